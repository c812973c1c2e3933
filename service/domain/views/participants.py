"""Views of who takes part, as the coordination facility and the holders of mandates see them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.actors import MandateLevel, MandateNature, Role, Scope
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


@dataclass(frozen=True, slots=True)
class ParticipantFilter:
    """Which persons are looked for: by how far they have come in, and by words in name, address or organisation."""

    invited: Invited | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Attendance:
    """An agenda's people in numbers: persons by how far they have come in, and organisations without anybody."""

    persons: dict[Invited, int]
    unmanned: tuple[OrganisationRef, ...]
