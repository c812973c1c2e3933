"""Facts about corrections after publication."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.house_events import Event


@dataclass(frozen=True, slots=True)
class LessonCorrected(Event):
    """A lesson was corrected after publication."""

    name: ClassVar[str] = "lesson.corrected"
    lesson_id: str
    digest: str
    reason: str


@dataclass(frozen=True, slots=True)
class EvidenceCorrected(Event):
    """Evidence was corrected after publication."""

    name: ClassVar[str] = "evidence.corrected"
    evidence_id: str
    reason: str
