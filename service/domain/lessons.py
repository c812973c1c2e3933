"""Lessons learnt: statements with evidence, at most ten of which make the shared list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.errors import IllegalMove, Invalid, TooManyLessons
from service.domain.machine import Machine
from service.domain.text import Block, BlockKind

SHARED_LIST = 10
TEXT_LENGTH = 1_000
BLOCK = "lesson"
"""A lesson is one paragraph, and this is its id wherever words are told apart by the ids of their blocks."""


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
    """One lesson learnt, with the evidence that underpins it; on the shared list it has a rank, and maybe a reason.

    `wording` counts, from 1, how often its words were put right.
    """

    id: str
    agenda_id: str
    number: int
    text: str
    evidence_ids: tuple[str, ...]
    organisation_id: str
    person_id: str
    created_at: datetime
    state: LessonState = LIFECYCLE.initial
    rank: int | None = None
    reason: str = ""
    language: str = ""
    wording: int = 1
    revision: int = 1


def words_of(text: str) -> tuple[Block, ...]:
    """Return the words of a lesson as a text of one block, so that they can be compared, translated and named."""
    return (Block(BLOCK, BlockKind.PARAGRAPH, text),)


def check_text(text: str) -> None:
    """Refuse an empty or overlong lesson.

    Raises:
        Invalid: names the field.
    """
    if not text:
        raise Invalid.field("text", "Say in one sentence what was learnt.")
    if len(text) > TEXT_LENGTH:
        raise Invalid.field("text", "Please keep this under %(limit)s characters.", limit=TEXT_LENGTH)


def check_reason(reason: str) -> None:
    """Refuse an overlong reason.

    Raises:
        Invalid: names the field.
    """
    if len(reason) > TEXT_LENGTH:
        raise Invalid.field("reason", "Please keep this under %(limit)s characters.", limit=TEXT_LENGTH)


def shortlist(lesson: Lesson, on_the_list: int, reason: str = "") -> None:
    """Put a lesson at the end of the shared list, on which `on_the_list` stand already, and say why.

    Raises:
        TooManyLessons: the list is full.
        IllegalMove: it stands on the list already.
        Invalid: the reason is too long.
    """
    state = LIFECYCLE.next(lesson.state, LessonAction.SHORTLIST)
    if on_the_list >= SHARED_LIST:
        raise TooManyLessons(limit=SHARED_LIST)
    check_reason(reason)
    lesson.state, lesson.rank, lesson.reason = state, on_the_list + 1, reason


def take_off(lesson: Lesson, shared: Sequence[Lesson]) -> None:
    """Take a lesson off the shared list; those that follow it move up.

    Raises:
        IllegalMove: it does not stand on the list.
    """
    lesson.state = LIFECYCLE.next(lesson.state, LessonAction.TAKE_OFF)
    rank, lesson.rank, lesson.reason = lesson.rank or 0, None, ""
    for one in shared:
        if one is not lesson and one.rank is not None and one.rank > rank:
            one.rank -= 1


def move(lesson: Lesson, rank: int, shared: Sequence[Lesson]) -> None:
    """Give a lesson of the shared list another rank; those in between move by one.

    Raises:
        IllegalMove: it does not stand on the list.
        Invalid: the list has no such place, or the lesson stands there already.
    """
    if lesson.state is not LessonState.SHORTLISTED:
        raise IllegalMove(LIFECYCLE.name, lesson.state, "move", LIFECYCLE.actions(lesson.state))
    if not 1 <= rank <= len(shared) or rank == lesson.rank:
        raise Invalid.field("rank", "Choose another place, from 1 to %(count)s.", count=len(shared))
    others = sorted((one for one in shared if one is not lesson), key=lambda one: one.rank or 0)
    others.insert(rank - 1, lesson)
    for place, one in enumerate(others, 1):
        if one.rank != place:
            one.rank = place
