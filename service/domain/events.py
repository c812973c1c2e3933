"""Every fact that the service records, named subject.verb. Names are stable: they are the audit trail.

The first field of an event is the id of the thing it is about. Events hold ids, not personal data: the record has a
pseudonym in the place of each `person_id`, and a commitment in the place of words (`service.domain.commitments`).
`EVENTS` lists them all.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from service.domain import people_events
from service.domain.access_events import (
    AccountLinked,
    AccountUnlinked,
    CodesChanged,
    ConfirmationGiven,
    LinkUsed,
    PasskeyAdded,
    PasskeyRemoved,
    SessionsRevoked,
    TokenRevoked,
)
from service.domain.agenda_events import (
    AgendaCreated,
    AgendaEdited,
    DeadlineMoved,
    DeadlineNear,
    ParticipantsAdmitted,
    ParticipantsReminded,
    PhaseMoved,
    PhaseMoveTakenBack,
    RecommendationsOrdered,
    WordsErased,
)
from service.domain.amendment_events import (
    AmendmentAdvised,
    AmendmentCovering,
    AmendmentDrafted,
    AmendmentIncorporated,
    AmendmentMoved,
    AmendmentRebased,
    AmendmentSigned,
    AmendmentTabled,
    AmendmentWithdrawn,
)
from service.domain.correction_events import EvidenceCorrected, LessonCorrected
from service.domain.edition_events import EditionDeclined, EditionSigned, SignatoryNamed, SignatoryTakenOff
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
from service.domain.review_events import AssessmentGiven, AssessmentWithdrawn
from service.domain.seal_events import EditionRenewed, SealEnding, SignatoryKeyEnding, StampsEnding
from service.domain.translation_events import TranslationApproved, TranslationReopened, TranslationWritten
from service.domain.webhook_events import (
    WebhookDisabled,
    WebhookEnabled,
    WebhookRegistered,
    WebhookRetried,
    WebhookSecretRotated,
    WebhookTested,
)

# The others are declared here.
__all__ = [
    "EVENTS",
    "AccountLinked",
    "AccountUnlinked",
    "AgendaCreated",
    "AgendaEdited",
    "AmendmentAdvised",
    "AmendmentCovering",
    "AmendmentDrafted",
    "AmendmentIncorporated",
    "AmendmentMoved",
    "AmendmentRebased",
    "AmendmentSigned",
    "AmendmentTabled",
    "AmendmentWithdrawn",
    "AssessmentGiven",
    "AssessmentWithdrawn",
    "CodesChanged",
    "ConfirmationGiven",
    "DeadlineMoved",
    "DeadlineNear",
    "EditionDeclined",
    "EditionRenewed",
    "EditionSigned",
    "Event",
    "EvidenceCorrected",
    "LessonCorrected",
    "LinkUsed",
    "MandateGranted",
    "OrganisationAdmitted",
    "ParticipantsAdmitted",
    "ParticipantsReminded",
    "PartnershipEntered",
    "PasskeyAdded",
    "PasskeyRemoved",
    "PersonEntered",
    "PersonErased",
    "PhaseMoveTakenBack",
    "PhaseMoved",
    "RecommendationsOrdered",
    "SealEnding",
    "SessionClosed",
    "SessionOpened",
    "SessionsRevoked",
    "SignatoryKeyEnding",
    "SignatoryNamed",
    "SignatoryTakenOff",
    "StampsEnding",
    "TokenIssued",
    "TokenRevoked",
    "TranslationApproved",
    "TranslationReopened",
    "TranslationWritten",
    "WebhookDisabled",
    "WebhookEnabled",
    "WebhookRegistered",
    "WebhookRetried",
    "WebhookSecretRotated",
    "WebhookTested",
    "WordsErased",
    "people_events",
]


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
class RecommendationCorrected(Event):
    """A text that had been decided on was corrected, and is open for positions again."""

    name: ClassVar[str] = "recommendation.corrected"
    recommendation_id: str
    version_id: str
    digest: str
    reason: str


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
class RecommendationReturned(Event):
    """A recommendation stands where it stood before, as the opening of a phase was taken back."""

    name: ClassVar[str] = "recommendation.returned"
    recommendation_id: str
    state: str


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
    reservation: str | None = None
    statement: str = ""
    resolved_by: str = ""


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
class PositionCarried(Event):
    """The text is again the one that a position was taken on, so it stands without being asked for."""

    name: ClassVar[str] = "position.carried"
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
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LessonMoved(Event):
    """A lesson got another place on the shared list."""

    name: ClassVar[str] = "lesson.moved"
    lesson_id: str
    rank: int


@dataclass(frozen=True, slots=True)
class LessonTakenOff(Event):
    """A lesson was taken off the shared list."""

    name: ClassVar[str] = "lesson.taken_off"
    lesson_id: str


@dataclass(frozen=True, slots=True)
class EditionAssembled(Event):
    """The agenda was frozen into an edition; a further one has a reason."""

    name: ClassVar[str] = "edition.assembled"
    edition_id: str
    digest: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class EditionApproved(Event):
    """A second person approved exactly this edition."""

    name: ClassVar[str] = "edition.approved"
    edition_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class EditionMoved(Event):
    """The paper came one step further: rendered, signed, timestamped, verified, released; or was withdrawn."""

    name: ClassVar[str] = "edition.moved"
    edition_id: str
    state: str
    file_digest: str | None
    reason: str = ""


EVENTS: Mapping[str, type[Event]] = {event.name: event for event in Event.__subclasses__()}
