"""Corrections after publication: of what a lesson says, or of what and where a piece of evidence is.

Nobody's position is bound to them, so nothing is decided anew. A further edition says what was corrected, and why.
"""

from dataclasses import dataclass
from datetime import datetime

from service.domain import corrigenda, lessons
from service.domain.errors import EmptyChange
from service.domain.evidence import Evidence
from service.domain.lessons import Lesson

EVIDENCE = ("title", "source", "page", "quotation", "url")
"""What of a piece of evidence is corrected, in the order in which it is kept."""


@dataclass(eq=False)
class Correction:
    """One correction of a lesson or of a piece of evidence; `before` is what it said, field by field.

    Those of one thing are counted by `number`, from 1.
    """

    id: str
    agenda_id: str
    number: int
    before: tuple[str, ...]
    reason: str
    person_id: str
    corrected_at: datetime
    lesson_id: str | None = None
    evidence_id: str | None = None


def check_reason(reason: str) -> str:
    """Return why something published is corrected, as it is kept.

    Raises:
        Invalid: there is no reason, or it is too long.
    """
    return corrigenda.check_reason(reason, "Say what is corrected, and why: everyone can read it.")


def correct_lesson(lesson: Lesson, text: str, language: str) -> tuple[str, ...]:
    """Let a lesson say something else, or be in another language; returns what it said.

    Raises:
        Invalid: it says nothing, or too much.
        EmptyChange: nothing is different.
    """
    lessons.check_text(text)
    before = (lesson.text,)
    if (text, language) == (lesson.text, lesson.language):
        raise EmptyChange
    if text != lesson.text:
        lesson.wording += 1
    lesson.text, lesson.language = text, language
    return before


def correct_evidence(piece: Evidence, words: tuple[str, ...], language: str) -> tuple[str, ...]:
    """Let a piece of evidence be something else, in the fields of `EVIDENCE`; returns what it was.

    Raises:
        EmptyChange: nothing is different.
    """
    before = evidence_words(piece)
    if (words, language) == (before, piece.language):
        raise EmptyChange
    piece.title, piece.source, piece.page, piece.quotation, piece.url = words
    piece.language = language
    return before


def evidence_words(piece: Evidence) -> tuple[str, ...]:
    """Return what is corrected of a piece of evidence, as it stands."""
    return (piece.title, piece.source, piece.page, piece.quotation, piece.url)
