"""Facts about an agenda itself: its timetable, its phases, who takes part."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.house_events import Event


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
class ParticipantsReminded(Event):
    """The coordination facility reminded those who are asked for something and have not answered."""

    name: ClassVar[str] = "agenda.participants_reminded"
    agenda_id: str
    phase: str
    reminded: int


@dataclass(frozen=True, slots=True)
class RecommendationsOrdered(Event):
    """The recommendations were put into another order."""

    name: ClassVar[str] = "agenda.recommendations_ordered"
    agenda_id: str
    recommendation_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhaseMoved(Event):
    """The agenda moved to another phase."""

    name: ClassVar[str] = "agenda.phase_moved"
    agenda_id: str
    source: str
    target: str
    reason: str
    closes_at: str | None
    # When the phase that ended was to close.
    source_closes_at: str | None


@dataclass(frozen=True, slots=True)
class PhaseMoveTakenBack(Event):
    """The opening of a phase was taken back before anything came of it."""

    name: ClassVar[str] = "agenda.phase_move_taken_back"
    agenda_id: str
    source: str
    target: str
    reason: str
    closes_at: str | None


@dataclass(frozen=True, slots=True)
class DeadlineMoved(Event):
    """The closing time of the open phase was moved."""

    name: ClassVar[str] = "agenda.deadline_moved"
    agenda_id: str
    phase: str
    before: str | None
    closes_at: str
    reason: str


@dataclass(frozen=True, slots=True)
class DeadlineNear(Event):
    """The deadline of the open phase is near, and those who can still act were reminded."""

    name: ClassVar[str] = "agenda.deadline_near"
    agenda_id: str
    phase: str
    closes_at: str
    hours: int
    reminded: int


@dataclass(frozen=True, slots=True)
class WordsErased(Event):
    """The words of an earlier entry were erased, because they said something of a person."""

    name: ClassVar[str] = "agenda.words_erased"
    agenda_id: str
    number: int
