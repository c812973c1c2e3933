"""What of an agenda's record is told to everyone who listens: by feed, by a live page, by a webhook.

Closed by default: an event that is not named here stays in the record, where whoever may see it reads it.
"""

from collections.abc import Mapping
from enum import StrEnum

from service.domain.amendments import AmendmentAction, AmendmentState, Opinion
from service.domain.comments import CommentState
from service.domain.editions import EditionState
from service.domain.events import (
    AgendaCreated,
    AgendaEdited,
    AmendmentAdvised,
    AmendmentCovering,
    AmendmentIncorporated,
    AmendmentMoved,
    AmendmentRebased,
    AmendmentSigned,
    AmendmentTabled,
    AmendmentWithdrawn,
    AssessmentGiven,
    AssessmentWithdrawn,
    CollisionSettled,
    CommentAnswered,
    CommentMoved,
    CommentPosted,
    DeadlineMoved,
    EditionApproved,
    EditionAssembled,
    EditionDeclined,
    EditionMoved,
    EditionSigned,
    Event,
    EvidenceAdded,
    EvidenceCorrected,
    LessonCorrected,
    LessonMoved,
    LessonProposed,
    LessonShortlisted,
    LessonTakenOff,
    ParticipantsAdmitted,
    PhaseMoved,
    PhaseMoveTakenBack,
    PositionTaken,
    PositionWithdrawn,
    RecommendationAdopted,
    RecommendationConsolidated,
    RecommendationCorrected,
    RecommendationEdited,
    RecommendationPublished,
    RecommendationRefused,
    RecommendationTabled,
    RecommendationWithdrawn,
    ReconfirmationRequested,
    SignatoryNamed,
    SignatoryTakenOff,
)
from service.domain.phases import Phase
from service.domain.positions import Stance

_PUBLIC: tuple[type[Event], ...] = (
    AgendaCreated,
    AgendaEdited,
    ParticipantsAdmitted,
    PhaseMoved,
    PhaseMoveTakenBack,
    DeadlineMoved,
    RecommendationTabled,
    RecommendationEdited,
    RecommendationCorrected,
    CollisionSettled,
    RecommendationConsolidated,
    RecommendationAdopted,
    RecommendationRefused,
    RecommendationWithdrawn,
    RecommendationPublished,
    AmendmentTabled,
    AmendmentCovering,
    AmendmentSigned,
    AmendmentRebased,
    AmendmentAdvised,
    AmendmentMoved,
    AmendmentWithdrawn,
    AmendmentIncorporated,
    CommentPosted,
    CommentAnswered,
    CommentMoved,
    AssessmentGiven,
    AssessmentWithdrawn,
    PositionTaken,
    PositionWithdrawn,
    ReconfirmationRequested,
    EvidenceAdded,
    EvidenceCorrected,
    LessonCorrected,
    LessonMoved,
    LessonProposed,
    LessonShortlisted,
    LessonTakenOff,
    EditionAssembled,
    SignatoryNamed,
    SignatoryTakenOff,
    EditionSigned,
    EditionDeclined,
    EditionApproved,
    EditionMoved,
)
TOLD: frozenset[str] = frozenset(event.name for event in _PUBLIC)


class ActivityKind(StrEnum):
    """What an entry is about, by the first word of its event's name."""

    AGENDA = "agenda"
    RECOMMENDATION = "recommendation"
    AMENDMENT = "amendment"
    COMMENT = "comment"
    ASSESSMENT = "assessment"
    POSITION = "position"
    EVIDENCE = "evidence"
    LESSON = "lesson"
    EDITION = "edition"


def told_of(kind: ActivityKind | None) -> frozenset[str]:
    """Return the names of the events of one kind that everyone is told, or of all kinds."""
    return TOLD if kind is None else frozenset(name for name in TOLD if name.partition(".")[0] == kind)


LEADS_TO: Mapping[str, tuple[str, type[StrEnum]]] = {
    PhaseMoved.name: ("target", Phase),
    PhaseMoveTakenBack.name: ("target", Phase),
    DeadlineMoved.name: ("phase", Phase),
    AmendmentAdvised.name: ("opinion", Opinion),
    AmendmentMoved.name: ("state", AmendmentState),
    CommentMoved.name: ("state", CommentState),
    PositionTaken.name: ("stance", Stance),
    EditionMoved.name: ("state", EditionState),
}
"""The fact of an event that tells what it led to, and which codes that can be."""
_BACK = frozenset({AmendmentAction.REOPEN, AmendmentAction.RESTORE})


def led_to(name: str, facts: Mapping[str, object]) -> StrEnum | None:
    """Return the phase, state, stance or opinion that an event led to; None where it led to none."""
    if name not in LEADS_TO:
        return None
    fact, codes = LEADS_TO[name]
    return codes(str(facts[fact]))


def is_again(name: str, facts: Mapping[str, object]) -> bool:
    """Tell whether an event led back to where an amendment had been, because a decision was taken back."""
    return name == AmendmentMoved.name and facts["action"] in _BACK
