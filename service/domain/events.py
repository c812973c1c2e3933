"""Every fact that the service records, named subject.verb. Names are stable: they are the audit trail.

The first field of an event is the id of the thing it is about. Events hold ids, not personal data: the record has a
pseudonym in the place of each `person_id`, and a commitment in the place of words (`service.domain.commitments`).
`EVENTS` lists them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from service.domain.house_events import (
    Event,
    MandateGranted,
    OrganisationAdmitted,
    PartnershipEntered,
    PersonEntered,
    PersonErased,
    SessionClosed,
    SessionOpened,
    TokenIssued,
)

# The others are declared here.
__all__ = [
    "EVENTS",
    "Event",
    "MandateGranted",
    "OrganisationAdmitted",
    "PartnershipEntered",
    "PersonEntered",
    "PersonErased",
    "SessionClosed",
    "SessionOpened",
    "TokenIssued",
]


@dataclass(frozen=True, slots=True)
class AgendaCreated(Event):
    """A round was opened."""

    name: ClassVar[str] = "agenda.created"
    agenda_id: str


@dataclass(frozen=True, slots=True)
class AgendaEdited(Event):
    """The agenda's particulars or its timetable were changed."""

    name: ClassVar[str] = "agenda.edited"
    agenda_id: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParticipantsAdmitted(Event):
    """Organisations were admitted to the round."""

    name: ClassVar[str] = "agenda.participants_admitted"
    agenda_id: str
    organisation_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhaseMoved(Event):
    """The agenda moved to another phase."""

    name: ClassVar[str] = "agenda.phase_moved"
    agenda_id: str
    source: str
    target: str
    reason: str
    closes_at: str | None


@dataclass(frozen=True, slots=True)
class WordsErased(Event):
    """The words of an earlier entry were erased, because they said something of a person."""

    name: ClassVar[str] = "agenda.words_erased"
    agenda_id: str
    number: int


@dataclass(frozen=True, slots=True)
class RecommendationDrafted(Event):
    """A recommendation was drafted, with its first version."""

    name: ClassVar[str] = "recommendation.drafted"
    recommendation_id: str
    version_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class RecommendationEdited(Event):
    """A new version was written by hand."""

    name: ClassVar[str] = "recommendation.edited"
    recommendation_id: str
    version_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class RecommendationTabled(Event):
    """A recommendation was laid before the partnerships."""

    name: ClassVar[str] = "recommendation.tabled"
    recommendation_id: str


@dataclass(frozen=True, slots=True)
class CollisionSettled(Event):
    """A collision was settled: one amendment stands, or other words in the place of all, or all in an order."""

    name: ClassVar[str] = "recommendation.collision_settled"
    recommendation_id: str
    version_id: str
    amendment_ids: tuple[str, ...]
    prefer: str | None
    block: str | None
    replacement: str | None
    in_order: bool


@dataclass(frozen=True, slots=True)
class RecommendationConsolidated(Event):
    """Accepted amendments were worked into a new version."""

    name: ClassVar[str] = "recommendation.consolidated"
    recommendation_id: str
    version_id: str
    digest: str
    amendment_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RecommendationAdopted(Event):
    """The rule was met."""

    name: ClassVar[str] = "recommendation.adopted"
    recommendation_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class RecommendationRefused(Event):
    """The rule was not met."""

    name: ClassVar[str] = "recommendation.refused"
    recommendation_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class RecommendationWithdrawn(Event):
    """A recommendation was taken off the agenda."""

    name: ClassVar[str] = "recommendation.withdrawn"
    recommendation_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class RecommendationPublished(Event):
    """A recommendation stands in a released edition."""

    name: ClassVar[str] = "recommendation.published"
    recommendation_id: str
    edition_id: str


@dataclass(frozen=True, slots=True)
class AmendmentDrafted(Event):
    """An amendment was begun and kept as a draft."""

    name: ClassVar[str] = "amendment.drafted"
    amendment_id: str
    recommendation_id: str


@dataclass(frozen=True, slots=True)
class AmendmentTabled(Event):
    """An amendment was tabled."""

    name: ClassVar[str] = "amendment.tabled"
    amendment_id: str
    recommendation_id: str
    base_version_id: str
    number: int


@dataclass(frozen=True, slots=True)
class AmendmentCovering(Event):
    """A compromise was said to cover other amendments."""

    name: ClassVar[str] = "amendment.covering"
    amendment_id: str
    covered_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmendmentSigned(Event):
    """An organisation put its name under an amendment."""

    name: ClassVar[str] = "amendment.signed"
    amendment_id: str
    organisation_id: str


@dataclass(frozen=True, slots=True)
class AmendmentRebased(Event):
    """An amendment was carried over to a newer version; the names of who signed other words came off."""

    name: ClassVar[str] = "amendment.rebased"
    amendment_id: str
    from_version_id: str
    to_version_id: str
    lapsed_organisation_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmendmentAdvised(Event):
    """The rapporteur recommended what to do with an amendment."""

    name: ClassVar[str] = "amendment.advised"
    amendment_id: str
    opinion: str


@dataclass(frozen=True, slots=True)
class AmendmentMoved(Event):
    """An amendment's state changed by a decision."""

    name: ClassVar[str] = "amendment.moved"
    amendment_id: str
    action: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class AmendmentWithdrawn(Event):
    """An amendment was withdrawn by its authors."""

    name: ClassVar[str] = "amendment.withdrawn"
    amendment_id: str


@dataclass(frozen=True, slots=True)
class AmendmentIncorporated(Event):
    """An amendment's words are part of a version."""

    name: ClassVar[str] = "amendment.incorporated"
    amendment_id: str
    version_id: str


@dataclass(frozen=True, slots=True)
class CommentPosted(Event):
    """A comment was posted."""

    name: ClassVar[str] = "comment.posted"
    comment_id: str
    recommendation_id: str


@dataclass(frozen=True, slots=True)
class CommentAnswered(Event):
    """A comment was answered."""

    name: ClassVar[str] = "comment.answered"
    comment_id: str
    reply_id: str


@dataclass(frozen=True, slots=True)
class CommentMoved(Event):
    """A comment was resolved, declined, reopened or lost its place."""

    name: ClassVar[str] = "comment.moved"
    comment_id: str
    action: str
    state: str


@dataclass(frozen=True, slots=True)
class PositionTaken(Event):
    """An organisation took a position on exactly this text."""

    name: ClassVar[str] = "position.taken"
    position_id: str
    recommendation_id: str
    organisation_id: str
    version_id: str
    digest: str
    stance: str


@dataclass(frozen=True, slots=True)
class PositionWithdrawn(Event):
    """An organisation withdrew its position."""

    name: ClassVar[str] = "position.withdrawn"
    position_id: str
    organisation_id: str


@dataclass(frozen=True, slots=True)
class ReconfirmationRequested(Event):
    """The text changed, so a position is asked for again."""

    name: ClassVar[str] = "position.reconfirmation_requested"
    position_id: str
    version_id: str


@dataclass(frozen=True, slots=True)
class EvidenceAdded(Event):
    """Evidence was added."""

    name: ClassVar[str] = "evidence.added"
    evidence_id: str
    recommendation_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LessonProposed(Event):
    """A lesson was proposed."""

    name: ClassVar[str] = "lesson.proposed"
    lesson_id: str


@dataclass(frozen=True, slots=True)
class LessonShortlisted(Event):
    """A lesson was put on the shared list."""

    name: ClassVar[str] = "lesson.shortlisted"
    lesson_id: str


@dataclass(frozen=True, slots=True)
class LessonTakenOff(Event):
    """A lesson was taken off the shared list."""

    name: ClassVar[str] = "lesson.taken_off"
    lesson_id: str


@dataclass(frozen=True, slots=True)
class EditionAssembled(Event):
    """The agenda was frozen into an edition."""

    name: ClassVar[str] = "edition.assembled"
    edition_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class EditionApproved(Event):
    """A second person approved exactly this edition."""

    name: ClassVar[str] = "edition.approved"
    edition_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class EditionMoved(Event):
    """The paper came one step further: rendered, signed, timestamped, verified, released or withdrawn."""

    name: ClassVar[str] = "edition.moved"
    edition_id: str
    state: str
    file_digest: str | None


EVENTS: Mapping[str, type[Event]] = {event.name: event for event in Event.__subclasses__()}
