"""The desk of whoever leads a round: how far it has come, what waits, and reminding those who are silent."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.permissions import Permission
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import checklists, leading, reading
from service.workflows.context import Context

SHOWN = 20
"""How many of those who are silent the desk names; the others are one click away."""


@get("/agendas/{agenda_id:str}/desk", sync_to_thread=True, include_in_schema=False)
def desk(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show a round at a glance, and what waits for the facility."""
    with ctx.reading():
        must(reading.abilities(ctx, agenda_id), Permission.AGENDA_EDIT)
        return page(
            request, ctx, "desk.html", private=True, agenda=reading.agenda(ctx, agenda_id),
            desk=leading.desk(ctx, agenda_id), keys=checklists.keys(ctx),
            shown=None if request.query_params.get("silent") == "all" else SHOWN,
        )  # fmt: skip


@get("/agendas/{agenda_id:str}/reminder", sync_to_thread=True, include_in_schema=False)
def confirm_reminder(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show whom a reminder goes to, and what it says, before it is sent."""
    with ctx.reading():
        return _reminder_page(request, ctx, agenda_id, Form())


@post("/agendas/{agenda_id:str}/reminder", sync_to_thread=True, include_in_schema=False)
def remind(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Remind those who are silent."""
    told = form.submit(lambda: leading.remind(ctx, agenda_id))
    if told is None:
        return _reminder_page(request, ctx, agenda_id, form)
    return see_other(f"/agendas/{agenda_id}/desk", Done.REMINDED, told)


def _reminder_page(request: Asked, ctx: Context, agenda_id: str, form: Form) -> Response[str]:
    must(reading.abilities(ctx, agenda_id), Permission.PARTICIPANT_REMIND)
    return page(
        request, ctx, "reminder.html", status=form.status, private=True, form=form,
        agenda=reading.agenda(ctx, agenda_id), reminding=leading.reminding(ctx, agenda_id),
    )  # fmt: skip
