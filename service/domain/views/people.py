"""Views of organisations, partnerships and the reader."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.actors import MandateLevel, MandateNature, OrganisationKind, Region, Role, Scope
from service.domain.signatory_keys import KeyHint, SignatoryKey


@dataclass(frozen=True, slots=True)
class OrganisationRef:
    """An organisation by name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class OrganisationView:
    """An organisation."""

    id: str
    name: str
    kind: OrganisationKind
    country: str
    region: Region
    invented: bool


@dataclass(frozen=True, slots=True)
class PartnershipView:
    """A partnership with its members, the lead first."""

    id: str
    name: str
    region: Region
    themes: tuple[str, ...]
    lead_id: str
    members: tuple[OrganisationRef, ...]


@dataclass(frozen=True, slots=True)
class MandateView:
    """A mandate; `scopes` are those that it can be used for now."""

    id: str
    organisation_id: str
    organisation: str
    role: Role
    scopes: tuple[Scope, ...]
    expires_at: datetime | None = None
    level: MandateLevel = MandateLevel.TECHNICAL
    nature: MandateNature = MandateNature.OWN


@dataclass(frozen=True, slots=True)
class MeView:
    """The reader: None for everything when nobody is signed in."""

    id: str
    name: str
    email: str
    language: str
    time_zone: str
    mandates: tuple[MandateView, ...]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Someone as whom a visitor of the demonstration can sign in."""

    id: str
    email: str
    name: str
    language: str
    role: Role
    organisation: str


@dataclass(frozen=True, slots=True)
class ApproverView:
    """Someone who may approve an edition, and for whom; `key` is what is known of the key that signs for them.

    `hint` is what should be known of it before they are named to sign.
    """

    person_id: str
    name: str
    organisation: OrganisationRef
    email: str = ""
    key: SignatoryKey | None = None
    hint: KeyHint | None = None

    @property
    def ends(self) -> datetime | None:
        """When the certificate of their key ends, as far as it is known."""
        return self.key.term.ends if self.key is not None and self.key.term is not None else None
