"""Pages of the lessons learnt: the shared list of at most ten, and what is proposed for it."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.lessons import SHARED_LIST, LessonState
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.web.remembering import remembered
from service.workflows import lessons, library, reading
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
        agenda_id, form.text("organisation_id"), form.text("text"), form.all("evidence_ids")
    )
    form.submit(lambda: lessons.propose(ctx, command))
    return (
        _page(request, ctx, agenda_id, form) if form.refusal else see_other(f"/agendas/{agenda_id}/lessons")
    )


@post("/lessons/{lesson_id:str}/shortlist", sync_to_thread=True, include_in_schema=False)
def shortlist(
    request: Asked, lesson_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Put a lesson on the shared list, or take it off."""
    act = lessons.take_off if form.text("action") == "take_off" else lessons.shortlist
    form.submit(lambda: act(ctx, lesson_id))
    agenda_id = library.lesson(ctx, lesson_id).agenda_id
    return (
        _page(request, ctx, agenda_id, form) if form.refusal else see_other(f"/agendas/{agenda_id}/lessons")
    )


def _page(request: Asked, ctx: Context, agenda_id: str, form: Form) -> Response[str]:
    found = every(lambda cursor: library.lessons(ctx, agenda_id, 100, cursor))
    return page(
        request,
        ctx,
        "lessons.html",
        status=form.status,
        agenda=reading.agenda(ctx, agenda_id),
        shared=[lesson for lesson in found if lesson.state is LessonState.SHORTLISTED],
        proposed=[lesson for lesson in found if lesson.state is LessonState.PROPOSED],
        limit=SHARED_LIST,
        evidence={e.id: e for e in every(lambda cursor: library.evidence(ctx, agenda_id, 100, cursor))},
        abilities=reading.abilities(ctx, agenda_id),
        form=form,
    )
