"""Lessons learnt: statements with evidence, at most ten of which make the shared list."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.errors import Invalid, TooManyLessons
from service.domain.machine import Machine

SHARED_LIST = 10
TEXT_LENGTH = 1_000


class LessonState(StrEnum):
    """Whether a lesson stands on the shared list."""

    PROPOSED = "proposed"
    SHORTLISTED = "shortlisted"


class LessonAction(StrEnum):
    """What happens to a lesson."""

    SHORTLIST = "shortlist"
    TAKE_OFF = "take_off"


LIFECYCLE = Machine(
    name="lesson",
    initial=LessonState.PROPOSED,
    moves={
        (LessonState.PROPOSED, LessonAction.SHORTLIST): LessonState.SHORTLISTED,
        (LessonState.SHORTLISTED, LessonAction.TAKE_OFF): LessonState.PROPOSED,
    },
)


@dataclass(eq=False)
class Lesson:
    """One lesson learnt, with the evidence that underpins it."""

    id: str
    agenda_id: str
    number: int
    text: str
    evidence_ids: tuple[str, ...]
    organisation_id: str
    person_id: str
    created_at: datetime
    state: LessonState = LIFECYCLE.initial
    revision: int = 1


def check_text(text: str) -> None:
    """Refuse an empty or overlong lesson.

    Raises:
        Invalid: names the field.
    """
    if not text:
        raise Invalid.field("text", "Say in one sentence what was learnt.")
    if len(text) > TEXT_LENGTH:
        raise Invalid.field("text", "Please keep this under %(limit)s characters.", limit=TEXT_LENGTH)


def shortlist(lesson: Lesson, on_the_list: int) -> None:
    """Put a lesson on the shared list, on which `on_the_list` stand already.

    Raises:
        TooManyLessons: the list is full.
        IllegalMove: it stands on the list already.
    """
    state = LIFECYCLE.next(lesson.state, LessonAction.SHORTLIST)
    if on_the_list >= SHARED_LIST:
        raise TooManyLessons(limit=SHARED_LIST)
    lesson.state = state
