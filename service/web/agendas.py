"""Pages of an agenda: overview, document, and the facility's moves of its phase."""

from datetime import datetime
from itertools import groupby

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.errors import Invalid, Unknown
from service.domain.permissions import Permission
from service.domain.phases import CAPABILITIES, Phase
from service.domain.views.agendas import AgendaView
from service.web import dates
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.web.remembering import remembered
from service.workflows import agendas, reading
from service.workflows.agendas import EditAgenda, MovePhase
from service.workflows.context import Context
from service.workflows.pages import every


@get("/agendas/{agenda_id:str}", sync_to_thread=True, include_in_schema=False)
@remembered
def agenda(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show an agenda: its figures, and its recommendations by whom they ask."""
    with ctx.reading():
        listed = every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))
        return page(
            request,
            ctx,
            "agenda.html",
            agenda=reading.agenda(ctx, agenda_id),
            figures=reading.figures(ctx, agenda_id),
            groups=[(who, tuple(asks)) for who, asks in groupby(listed, key=lambda r: r.addressee)],
            abilities=reading.abilities(ctx, agenda_id),
        )


@get("/agendas/{agenda_id:str}/document", sync_to_thread=True, include_in_schema=False)
@remembered
def document(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the whole agenda as one text to read or to print."""
    with ctx.reading():
        return page(
            request,
            ctx,
            "document.html",
            agenda=reading.agenda(ctx, agenda_id),
            recommendations=every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor)),
            versions={v.recommendation_id: v for v in reading.current_versions(ctx, agenda_id)},
        )


@get("/agendas/{agenda_id:str}/phase/{phase:str}", sync_to_thread=True, include_in_schema=False)
def confirm_phase(
    request: Asked, agenda_id: FromPath[str], phase: FromPath[str], ctx: Asking
) -> Response[str]:
    """Show what another phase opens and closes, before it is opened."""
    with ctx.reading():
        return _phase_page(request, ctx, reading.agenda(ctx, agenda_id), _named(phase), Form())


@post("/agendas/{agenda_id:str}/phase/{phase:str}", sync_to_thread=True, include_in_schema=False)
def move_phase(
    request: Asked,
    agenda_id: FromPath[str],
    phase: FromPath[str],
    form: Sent,
    ctx: Asking,
) -> Response[str] | Response[None]:
    """Open another phase."""
    view, target = reading.agenda(ctx, agenda_id), _named(phase)
    form.submit(
        lambda: agendas.move_phase(
            ctx, MovePhase(agenda_id, target, form.text("reason"), _closing(form, view))
        )
    )
    if form.refusal is not None:
        return _phase_page(request, ctx, view, target, form)
    return see_other(f"/agendas/{agenda_id}")


@get("/agendas/{agenda_id:str}/deadline", sync_to_thread=True, include_in_schema=False)
def deadline(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the form that sets another closing time for the open phase."""
    must(reading.abilities(ctx, agenda_id), Permission.AGENDA_EDIT)
    return page(request, ctx, "deadline.html", agenda=reading.agenda(ctx, agenda_id))


@post("/agendas/{agenda_id:str}/deadline", sync_to_thread=True, include_in_schema=False)
def set_deadline(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Set another closing time for the open phase."""
    view = reading.agenda(ctx, agenda_id)
    form.places = {"phase_closes_at": "closes_at"}
    form.submit(
        lambda: agendas.edit(ctx, EditAgenda(agenda_id, phase_closes_at=_closing(form, view, needed=True)))
    )
    if form.refusal is not None:
        return page(request, ctx, "deadline.html", status=form.status, agenda=view, form=form)
    return see_other(f"/agendas/{agenda_id}")


def _phase_page(request: Asked, ctx: Context, view: AgendaView, target: Phase, form: Form) -> Response[str]:
    must(reading.abilities(ctx, view.id), Permission.AGENDA_MOVE_PHASE)
    before, after = CAPABILITIES[view.phase], CAPABILITIES[target]
    return page(
        request,
        ctx,
        "phase.html",
        status=form.status,
        agenda=view,
        target=target,
        opens=sorted(after - before),
        closes=sorted(before - after),
        stays=sorted(after & before),
        planned=view.timetable.get(target),
        form=form,
    )


def _named(phase: str) -> Phase:
    if phase not in set(Phase):
        raise Unknown(thing="phase")
    return Phase(phase)


def _closing(form: Form, view: AgendaView, *, needed: bool = False) -> datetime | None:
    written = form.text("closes_at").strip()
    if not written and not needed:
        return None
    try:
        return dates.from_local_field(written, view.time_zone)
    except ValueError:
        raise Invalid.field("closes_at", "Give a day and an hour, such as 2024-02-09T18:00.") from None
