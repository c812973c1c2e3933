"""PATCH /lessons and /evidence: what the facility puts right after publication, and why."""

from typing import Annotated

from litestar import patch
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import UNSET, Meta, UnsetType

from service.api import evidence as pieces
from service.api import lessons
from service.api.asking import Asking
from service.api.conditions import Condition
from service.api.lists import Id
from service.api.schemas import LanguageTag, Request, refuses
from service.domain.corrections import EVIDENCE
from service.domain.errors import EmptyChange, Invalid, PhaseClosed, StaleState
from service.workflows import corrections, library

Why = Annotated[
    str, Meta(description="What is corrected, and why: everyone can read it. Up to 2,000 characters.")
]


class CorrectedLesson(Request, frozen=True):
    """What a published lesson says from now on, and why; what is left out stays."""

    reason: Why
    text: str | UnsetType = UNSET
    language: LanguageTag | UnsetType = UNSET


class CorrectedEvidence(Request, frozen=True):
    """What a published piece of evidence is from now on, and why; what is left out stays."""

    reason: Why
    title: str | UnsetType = UNSET
    source: str | UnsetType = UNSET
    page: str | UnsetType = UNSET
    quotation: str | UnsetType = UNSET
    url: str | UnsetType = UNSET
    language: LanguageTag | UnsetType = UNSET


@patch(
    "/lessons/{lesson_id:str}",
    tags=lessons.TAGS,
    opt=refuses(PhaseClosed, Invalid, EmptyChange, StaleState),
    sync_to_thread=True,
)
def correct_lesson(
    lesson_id: Id,
    data: JSONBody[CorrectedLesson],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> lessons.Lesson:
    """Correct a published lesson, as the facility; a further edition says so. If-Match takes the ETag of the lesson."""
    with ctx.transaction():
        view = library.lesson(ctx, lesson_id)
        condition.required(lessons.current(ctx, lesson_id))
        text = view.text if data.text is UNSET else data.text
        language = view.language if data.language is UNSET else data.language
        command = corrections.CorrectLesson(lesson_id, text, data.reason, language, view.revision)
        corrections.correct_lesson(ctx, command)
        return lessons.current(ctx, lesson_id)


@patch(
    "/evidence/{evidence_id:str}",
    tags=pieces.TAGS,
    opt=refuses(PhaseClosed, Invalid, EmptyChange, StaleState),
    sync_to_thread=True,
)
def correct_evidence(
    evidence_id: Id,
    data: JSONBody[CorrectedEvidence],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> pieces.Evidence:
    """Correct a published piece of evidence, as the facility. If-Match takes the ETag of the evidence."""
    with ctx.transaction():
        view = library.one_evidence(ctx, evidence_id)
        condition.required(pieces.current(ctx, evidence_id))
        sent = {name: getattr(data, name) for name in (*EVIDENCE, "language")}
        words = {name: getattr(view, name) if said is UNSET else said for name, said in sent.items()}
        command = corrections.CorrectEvidence(
            evidence_id, **words, reason=data.reason, known=len(view.corrections)
        )
        corrections.correct_evidence(ctx, command)
        return pieces.current(ctx, evidence_id)


ROUTES = [correct_lesson, correct_evidence]
