"""Who acts: organisations, partnerships, persons, and the mandates that join them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class OrganisationKind(StrEnum):
    """What an organisation is; an agenda's rule says which kinds count."""

    LOCAL_AUTHORITY = "local_authority"
    EU_SERVICE = "eu_service"
    NETWORK = "network"
    FACILITY = "facility"


class Region(StrEnum):
    """The part of the world a partnership works in."""

    SUB_SAHARAN_AFRICA = "sub_saharan_africa"
    ASIA_PACIFIC = "asia_pacific"
    LATIN_AMERICA_CARIBBEAN = "latin_america_caribbean"
    SOUTHERN_NEIGHBOURHOOD = "southern_neighbourhood"
    EASTERN_NEIGHBOURHOOD = "eastern_neighbourhood"
    EUROPEAN_UNION = "european_union"


class Role(StrEnum):
    """In what capacity a person acts for an organisation."""

    REPRESENTATIVE = "representative"
    STAKEHOLDER = "stakeholder"
    FACILITY = "facility"
    RAPPORTEUR = "rapporteur"
    SIGNATORY = "signatory"
    OBSERVER = "observer"


class Scope(StrEnum):
    """What a mandate, or an API token, lets its holder do."""

    COMMENT = "comment"
    AMEND = "amend"
    POSITION = "position"
    CONSOLIDATE = "consolidate"
    FACILITATE = "facilitate"
    APPROVE = "approve"


class MandateLevel(StrEnum):
    """How binding the authority is."""

    TECHNICAL = "technical"
    POLITICAL = "political"
    COUNCIL_RESOLUTION = "council_resolution"


class MandateNature(StrEnum):
    """Where a mandate comes from: the organisation itself, or someone who holds one of its mandates."""

    OWN = "own"
    # A second person who may act when the holder cannot.
    ALTERNATE = "alternate"
    # Lent until a date, to whom the holder chose.
    DELEGATED = "delegated"


# The most that a mandate in each capacity can hold.
ROLE_SCOPES: Mapping[Role, frozenset[Scope]] = {
    Role.REPRESENTATIVE: frozenset({Scope.COMMENT, Scope.AMEND, Scope.POSITION}),
    Role.STAKEHOLDER: frozenset({Scope.COMMENT, Scope.AMEND, Scope.POSITION}),
    Role.FACILITY: frozenset({Scope.COMMENT, Scope.CONSOLIDATE, Scope.FACILITATE}),
    Role.RAPPORTEUR: frozenset({Scope.COMMENT, Scope.CONSOLIDATE}),
    Role.SIGNATORY: frozenset({Scope.COMMENT, Scope.APPROVE}),
    Role.OBSERVER: frozenset(),
}


@dataclass(eq=False)
class Organisation:
    """A city or other local authority, an EU service, a network, or the coordination facility."""

    id: str
    name: str
    kind: OrganisationKind
    country: str
    region: Region
    invented: bool = False


@dataclass(eq=False)
class Partnership:
    """A city-to-city project of several organisations, one of which leads."""

    id: str
    name: str
    region: Region
    themes: tuple[str, ...]
    lead_id: str
    member_ids: tuple[str, ...]


NOBODYS = "@erased.invalid"
"""How the address of a person ends who was erased: nobody has one there."""


@dataclass(eq=False)
class Person:
    """Someone with an account; `language` is a BCP 47 tag, `time_zone` an IANA name."""

    id: str
    email: str
    name: str
    language: str
    time_zone: str

    @property
    def erased(self) -> bool:
        """Whether nobody is known any more behind this account."""
        return self.email.endswith(NOBODYS)


@dataclass(eq=False)
class Mandate:
    """A person's authority to act for an organisation, from `valid_from` until `expires_at` (UTC).

    What is not the organisation's own comes from another mandate, `source_id`, and ends with it.
    """

    id: str
    person_id: str
    organisation_id: str
    role: Role
    scopes: tuple[Scope, ...]
    level: MandateLevel
    document: str
    valid_from: datetime
    expires_at: datetime | None = None
    nature: MandateNature = MandateNature.OWN
    source_id: str | None = None
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    revocation: str = ""

    def in_force(self, now: datetime) -> bool:
        """Tell whether it can be used at `now`, as far as it alone says; its source has to be in force, too."""
        return (
            self.revoked_at is None
            and self.valid_from <= now
            and (self.expires_at is None or now < self.expires_at)
        )


@dataclass(frozen=True, slots=True)
class Authority:
    """One mandate as it stands at the moment of use."""

    mandate_id: str
    organisation_id: str
    organisation: str
    role: Role
    scopes: frozenset[Scope]
    nature: MandateNature = MandateNature.OWN
    source_id: str | None = None
    level: MandateLevel = MandateLevel.TECHNICAL
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks: a person with mandates in force, or an anonymous reader.

    `token_scopes` narrows what a person can do to what an API token was given; None means no token is in play.
    `operator` is whoever runs the service and gives commands on its machine. `session_id` names the session in which
    a person sits before a browser.
    """

    person_id: str | None
    name: str = ""
    authorities: tuple[Authority, ...] = ()
    token_scopes: frozenset[Scope] | None = None
    token_id: str | None = None
    operator: bool = False
    session_id: str | None = None

    def holds(self, scope: Scope) -> bool:
        """Tell whether any mandate in force carries `scope`."""
        return any(scope in self.effective(a) for a in self.authorities)

    def holds_for(self, scope: Scope, organisation_id: str) -> bool:
        """Tell whether a mandate for that organisation carries `scope`."""
        return any(
            scope in self.effective(a) for a in self.authorities if a.organisation_id == organisation_id
        )

    def effective(self, authority: Authority) -> frozenset[Scope]:
        """Return the scopes of one mandate, narrowed by the token in use."""
        return authority.scopes if self.token_scopes is None else authority.scopes & self.token_scopes

    @property
    def organisation_ids(self) -> frozenset[str]:
        """The organisations the actor acts for."""
        return frozenset(a.organisation_id for a in self.authorities)


ANONYMOUS = Actor(person_id=None)
OPERATOR = Actor(person_id=None, name="Operator", operator=True)
