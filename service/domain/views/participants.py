"""Views of who takes part, as the coordination facility and the holders of mandates see them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.domain.actors import MandateLevel, MandateNature, Region, Role, Scope
from service.domain.invitations import InvitationState
from service.domain.views.people import OrganisationRef


@dataclass(frozen=True, slots=True)
class AttachedDocument:
    """The document that a mandate rests on, as a file: its SHA-256, its size in bytes, and since when."""

    digest: str
    size: int
    added_at: datetime


@dataclass(frozen=True, slots=True)
class MandateDetail:
    """A mandate with who holds it; `in_force` tells whether it can be used now."""

    id: str
    organisation: OrganisationRef
    person_id: str
    person: str
    email: str
    role: Role
    scopes: tuple[Scope, ...]
    level: MandateLevel
    document: str
    valid_from: datetime
    expires_at: datetime | None
    nature: MandateNature
    source_id: str | None
    source_person_id: str | None
    source_person: str | None
    revoked_at: datetime | None
    revocation: str
    in_force: bool
    attached: AttachedDocument | None = None


class Invited(StrEnum):
    """How far a person has come in."""

    NOT_YET = "not_yet"
    SENT = "sent"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class InvitationView:
    """An invitation as it stands."""

    state: InvitationState
    sent_at: datetime
    expires_at: datetime
    times_sent: int
    accepted_at: datetime | None

    def at(self, now: datetime) -> Invited:
        """Return how far the person has come in; a link that nobody followed in time has expired."""
        if self.state is InvitationState.SENT and self.expires_at <= now:
            return Invited.EXPIRED
        return Invited(self.state.value)


class NextStep(StrEnum):
    """What the facility does next for a person who takes part."""

    MANDATE_OVER = "mandate_over"
    INVITE = "invite"
    INVITE_AGAIN = "invite_again"
    AWAIT = "await"
    MANDATE_ENDS_SOON = "mandate_ends_soon"
    NOTHING = "nothing"


ENDS_SOON = timedelta(days=30)
"""How long before a mandate ends the facility sees to the next one."""


@dataclass(frozen=True, slots=True)
class ParticipantView:
    """A person who takes part in an agenda, with all their mandates for its organisations."""

    person_id: str
    name: str
    email: str
    language: str
    invited: Invited
    invitation: InvitationView | None
    mandates: tuple[MandateDetail, ...]

    def next_step(self, now: datetime) -> NextStep:
        """Return what the facility does next for this person: without a mandate, coming in is of no use."""
        held = [mandate for mandate in self.mandates if mandate.in_force]
        if not held:
            return NextStep.MANDATE_OVER
        if self.invited is Invited.NOT_YET:
            return NextStep.INVITE
        if self.invited in {Invited.EXPIRED, Invited.WITHDRAWN}:
            return NextStep.INVITE_AGAIN
        if self.invited is Invited.SENT:
            return NextStep.AWAIT
        soon = all(one.expires_at is not None and one.expires_at <= now + ENDS_SOON for one in held)
        return NextStep.MANDATE_ENDS_SOON if soon else NextStep.NOTHING


@dataclass(frozen=True, slots=True)
class ParticipantFilter:
    """Which persons are looked for.

    By how far they have come in, by words in name, address or organisation, and by where the organisations are that
    they act for, or which partnership these belong to.
    """

    invited: Invited | None = None
    words: str = ""
    region: Region | None = None
    partnership_id: str | None = None


@dataclass(frozen=True, slots=True)
class PartnershipRef:
    """A partnership by name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Attendance:
    """An agenda's people in numbers: persons by how far they have come in, and organisations without anybody."""

    persons: dict[Invited, int]
    unmanned: tuple[OrganisationRef, ...]
