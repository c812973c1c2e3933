"""Pages of the lessons learnt: the shared list of at most ten, and what is proposed for it."""

from collections.abc import Iterable

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.lessons import SHARED_LIST, LessonState
from service.domain.views.translations import LessonInOtherWords
from service.domain.views.weighing import CandidateView
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.web.remembering import remembered
from service.workflows import lessons, library, reading, translations, weighing
from service.workflows.context import Context
from service.workflows.lessons import ProposeLesson
from service.workflows.pages import every


@get("/agendas/{agenda_id:str}/lessons", sync_to_thread=True, include_in_schema=False)
@remembered
def listed(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show an agenda's lessons learnt."""
    with ctx.reading():
        return _page(request, ctx, agenda_id, Form())


@post("/agendas/{agenda_id:str}/lessons", sync_to_thread=True, include_in_schema=False)
def propose(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Propose a lesson."""
    command = ProposeLesson(
        agenda_id,
        form.text("organisation_id"),
        form.text("text"),
        form.all("evidence_ids"),
        form.text("language"),
    )
    made = form.submit(lambda: lessons.propose(ctx, command))
    if made is None:
        return _page(request, ctx, agenda_id, form)
    return see_other(
        f"/agendas/{agenda_id}/lessons#l{library.lesson(ctx, made).number}", Done.LESSON_PROPOSED
    )


@get("/agendas/{agenda_id:str}/lessons/shortlist", sync_to_thread=True, include_in_schema=False)
@remembered
def candidates(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show what speaks for each lesson, and which say nearly the same, to choose the ten."""
    with ctx.reading():
        return _choice(request, ctx, agenda_id, Form())


@post("/lessons/{lesson_id:str}/shortlist", sync_to_thread=True, include_in_schema=False)
def shortlist(
    request: Asked, lesson_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Put a lesson on the shared list, or take it off."""
    done = Done.LESSON_LISTED
    if form.text("action") == "take_off":
        done = Done.LESSON_TAKEN_OFF
        form.submit(lambda: lessons.take_off(ctx, lesson_id))
    else:
        form.submit(lambda: lessons.shortlist(ctx, lesson_id, form.text("reason")))
    return _done(request, ctx, lesson_id, form, done)


@post("/lessons/{lesson_id:str}/rank", sync_to_thread=True, include_in_schema=False)
def move(request: Asked, lesson_id: FromPath[str], form: Sent, ctx: Asking) -> Response[str] | Response[None]:
    """Give a lesson another place on the shared list."""
    written = form.text("rank")
    rank = int(written) if written.isascii() and written.isdecimal() and len(written) < 4 else 0  # noqa: PLR2004 - far more places than the list has
    form.submit(lambda: lessons.move(ctx, lesson_id, rank))
    return _done(request, ctx, lesson_id, form, Done.LESSON_MOVED)


def _done(
    request: Asked, ctx: Context, lesson_id: str, form: Form, done: Done
) -> Response[str] | Response[None]:
    """Go back to where the form was sent from, or show there why it was refused."""
    lesson = library.lesson(ctx, lesson_id)
    agenda_id = lesson.agenda_id
    at_choice = form.text("at") == "choice"
    if form.refusal is not None:
        return (_choice if at_choice else _page)(request, ctx, agenda_id, form)
    there = f"/agendas/{agenda_id}/lessons{'/shortlist' if at_choice else ''}"
    return see_other(f"{there}#l{lesson.number}", done)


def _choice(request: Asked, ctx: Context, agenda_id: str, form: Form) -> Response[str]:
    found = weighing.candidates(ctx, agenda_id)
    return page(
        request, ctx, "lessons_choice.html", status=form.status, agenda=reading.agenda(ctx, agenda_id),
        shared=_ranked(one for one in found if one.lesson.state is LessonState.SHORTLISTED),
        proposed=[one for one in found if one.lesson.state is LessonState.PROPOSED],
        limit=SHARED_LIST, abilities=reading.abilities(ctx, agenda_id), form=form,
    )  # fmt: skip


def _ranked(shared: Iterable[CandidateView]) -> list[CandidateView]:
    return sorted(shared, key=lambda one: one.lesson.rank or one.lesson.number)


def _by_lesson(found: Iterable[LessonInOtherWords]) -> dict[str, list[LessonInOtherWords]]:
    """Return translations by the lesson that they are of."""
    those: dict[str, list[LessonInOtherWords]] = {}
    for one in found:
        those.setdefault(one.ref.lesson_id or "", []).append(one)
    return those


def _page(request: Asked, ctx: Context, agenda_id: str, form: Form) -> Response[str]:
    found = every(lambda cursor: library.lessons(ctx, agenda_id, 100, cursor))
    return page(
        request,
        ctx,
        "lessons.html",
        status=form.status,
        agenda=reading.agenda(ctx, agenda_id),
        shared=sorted(
            (one for one in found if one.state is LessonState.SHORTLISTED), key=lambda one: one.rank or 0
        ),
        proposed=[lesson for lesson in found if lesson.state is LessonState.PROPOSED],
        limit=SHARED_LIST,
        translated=_by_lesson(translations.lessons_offered(ctx, agenda_id)),
        evidence={e.id: e for e in every(lambda cursor: library.evidence(ctx, agenda_id, 100, cursor))},
        abilities=reading.abilities(ctx, agenda_id),
        form=form,
    )
