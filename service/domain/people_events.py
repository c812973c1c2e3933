"""Facts about who may act for whom, who was asked to come, and what an organisation says to itself.

They hold ids alone: names, addresses and reasons stay in tables that can be erased.
"""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.house_events import Event


@dataclass(frozen=True, slots=True)
class AlternateNamed(Event):
    """A second person was named who may act when the holder of a mandate cannot."""

    name: ClassVar[str] = "mandate.alternate_named"
    mandate_id: str
    source_id: str
    person_id: str
    organisation_id: str


@dataclass(frozen=True, slots=True)
class MandateDelegated(Event):
    """A holder lent some of a mandate to another person, until a date."""

    name: ClassVar[str] = "mandate.delegated"
    mandate_id: str
    source_id: str
    person_id: str
    organisation_id: str
    scopes: tuple[str, ...]
    expires_at: str


@dataclass(frozen=True, slots=True)
class MandateRevoked(Event):
    """A mandate was ended before its time."""

    name: ClassVar[str] = "mandate.revoked"
    mandate_id: str
    organisation_id: str


@dataclass(frozen=True, slots=True)
class MandateDocumentAttached(Event):
    """The document that a mandate rests on was handed in; the record commits to its SHA-256."""

    name: ClassVar[str] = "mandate.document_attached"
    mandate_id: str
    organisation_id: str
    document: str


@dataclass(frozen=True, slots=True)
class PositionEnteredOnPaper(Event):
    """The coordination facility entered a position that an organisation had sent by letter."""

    name: ClassVar[str] = "position.entered_on_paper"
    position_id: str
    organisation_id: str


@dataclass(frozen=True, slots=True)
class ContributionHandedIn(Event):
    """An organisation handed in its one official contribution on a recommendation."""

    name: ClassVar[str] = "comment.contributed"
    comment_id: str
    recommendation_id: str
    organisation_id: str


@dataclass(frozen=True, slots=True)
class InternalCommentPosted(Event):
    """An organisation noted something that it alone reads."""

    name: ClassVar[str] = "comment.noted"
    comment_id: str


@dataclass(frozen=True, slots=True)
class InternalCommentAnswered(Event):
    """Something that an organisation alone reads was answered."""

    name: ClassVar[str] = "comment.note_answered"
    comment_id: str
    reply_id: str


@dataclass(frozen=True, slots=True)
class InternalCommentMoved(Event):
    """Something that an organisation alone reads was settled, reopened or lost its place."""

    name: ClassVar[str] = "comment.note_moved"
    comment_id: str
    action: str
    state: str


@dataclass(frozen=True, slots=True)
class OrganisationCorrected(Event):
    """An organisation's kind, country or region was corrected."""

    name: ClassVar[str] = "organisation.corrected"
    organisation_id: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnershipRejoined(Event):
    """A partnership got new members, or another lead."""

    name: ClassVar[str] = "partnership.rejoined"
    partnership_id: str
    member_ids: tuple[str, ...]
    lead_id: str


@dataclass(frozen=True, slots=True)
class PersonCorrected(Event):
    """A person's name was corrected."""

    name: ClassVar[str] = "person.corrected"
    person_id: str


@dataclass(frozen=True, slots=True)
class PersonInvited(Event):
    """A person was invited to come in, for the first time or once more."""

    name: ClassVar[str] = "person.invited"
    person_id: str
    invitation_id: str
    times: int


@dataclass(frozen=True, slots=True)
class InvitationAccepted(Event):
    """An invited person came in."""

    name: ClassVar[str] = "invitation.accepted"
    invitation_id: str
    person_id: str


@dataclass(frozen=True, slots=True)
class InvitationWithdrawn(Event):
    """An invitation was taken back."""

    name: ClassVar[str] = "invitation.withdrawn"
    invitation_id: str
    person_id: str
