"""Pages of corrections: what the facility puts right in a published lesson or in published evidence, and why."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.corrections import EVIDENCE
from service.domain.permissions import Permission
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import corrections, library, reading
from service.workflows.context import Context
from service.workflows.corrections import CorrectEvidence, CorrectLesson

_DIGITS = 9


@get("/lessons/{lesson_id:str}/correction", sync_to_thread=True, include_in_schema=False)
def lesson(request: Asked, lesson_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the facility what a published lesson says, to put it right."""
    with ctx.reading():
        return _lesson(request, ctx, lesson_id, Form())


@post("/lessons/{lesson_id:str}/correction", sync_to_thread=True, include_in_schema=False)
def correct_lesson(
    request: Asked, lesson_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Correct a published lesson."""
    command = CorrectLesson(
        lesson_id, form.text("text"), form.text("reason"), form.text("language"), _number(form, "revision")
    )
    form.submit(lambda: corrections.correct_lesson(ctx, command))
    if form.refusal is not None:
        return _lesson(request, ctx, lesson_id, form)
    view = library.lesson(ctx, lesson_id)
    return see_other(f"/agendas/{view.agenda_id}/lessons#l{view.number}", Done.CORRECTED)


@get("/evidence/{evidence_id:str}/correction", sync_to_thread=True, include_in_schema=False)
def evidence(request: Asked, evidence_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the facility a published piece of evidence, to put it right."""
    with ctx.reading():
        return _evidence(request, ctx, evidence_id, Form())


@post("/evidence/{evidence_id:str}/correction", sync_to_thread=True, include_in_schema=False)
def correct_evidence(
    request: Asked, evidence_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Correct a published piece of evidence."""
    words = {name: form.text(name) for name in (*EVIDENCE, "reason", "language")}
    command = CorrectEvidence(evidence_id, **words, known=_number(form, "known"))
    form.submit(lambda: corrections.correct_evidence(ctx, command))
    if form.refusal is not None:
        return _evidence(request, ctx, evidence_id, form)
    view = library.one_evidence(ctx, evidence_id)
    return see_other(f"/agendas/{view.agenda_id}/evidence#e{view.number}", Done.CORRECTED)


def _number(form: Form, name: str) -> int | None:
    written = form.text(name)
    return int(written) if written.isascii() and written.isdecimal() and len(written) <= _DIGITS else None


def _lesson(request: Asked, ctx: Context, lesson_id: str, form: Form) -> Response[str]:
    view = library.lesson(ctx, lesson_id)
    abilities = reading.abilities(ctx, view.agenda_id)
    must(abilities, Permission.LESSON_CORRECT)
    return page(
        request, ctx, "lesson_correct.html", status=form.status, private=True, form=form, lesson=view,
        agenda=reading.agenda(ctx, view.agenda_id), abilities=abilities,
    )  # fmt: skip


def _evidence(request: Asked, ctx: Context, evidence_id: str, form: Form) -> Response[str]:
    view = library.one_evidence(ctx, evidence_id)
    abilities = reading.abilities(ctx, view.agenda_id)
    must(abilities, Permission.EVIDENCE_CORRECT)
    return page(
        request, ctx, "evidence_correct.html", status=form.status, private=True, form=form, piece=view,
        agenda=reading.agenda(ctx, view.agenda_id), abilities=abilities,
    )  # fmt: skip
