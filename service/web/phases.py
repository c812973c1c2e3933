"""Pages on which the facility opens a phase, takes that back, or moves a deadline; each shows first what it does."""

from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.errors import Invalid, Unknown
from service.domain.permissions import Permission
from service.domain.phases import Phase
from service.domain.views.agendas import AgendaView
from service.web import dates
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import agendas, moving, reading
from service.workflows.agendas import EditAgenda, MovePhase, Reschedule
from service.workflows.context import Context
from service.workflows.moving import TakeBack


@get("/agendas/{agenda_id:str}/phase/{phase:str}", sync_to_thread=True, include_in_schema=False)
def confirm_phase(
    request: Asked, agenda_id: FromPath[str], phase: FromPath[str], ctx: Asking
) -> Response[str]:
    """Show what another phase opens and closes, and who is told, before it is opened."""
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
    return see_other(f"/agendas/{agenda_id}", Done.PHASE_OPENED)


@get("/agendas/{agenda_id:str}/undo", sync_to_thread=True, include_in_schema=False)
def confirm_undo(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show which phase is open again when the last opening is taken back."""
    with ctx.reading():
        return _undo_page(request, ctx, reading.agenda(ctx, agenda_id), Form())


@post("/agendas/{agenda_id:str}/undo", sync_to_thread=True, include_in_schema=False)
def take_back(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Take the last opening of a phase back."""
    view = reading.agenda(ctx, agenda_id)
    form.submit(lambda: moving.take_back(ctx, TakeBack(agenda_id, form.text("reason"), _closing(form, view))))
    if form.refusal is not None:
        return _undo_page(request, ctx, view, form)
    return see_other(f"/agendas/{agenda_id}", Done.PHASE_TAKEN_BACK)


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
    form.submit(lambda: agendas.reschedule(ctx, _reschedule(form, view)))
    if form.refusal is not None:
        return page(request, ctx, "deadline.html", status=form.status, agenda=view, form=form)
    return see_other(f"/agendas/{agenda_id}", Done.DEADLINE_SET)


@get("/agendas/{agenda_id:str}/timetable", sync_to_thread=True, include_in_schema=False)
def timetable(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show when the phases that are still to come close."""
    return _timetable_page(request, ctx, reading.agenda(ctx, agenda_id), Form())


@post("/agendas/{agenda_id:str}/timetable", sync_to_thread=True, include_in_schema=False)
def plan(request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking) -> Response[str] | Response[None]:
    """Set when the phases that are still to come close."""
    view = reading.agenda(ctx, agenda_id)
    form.places = {f"timetable.{phase}": phase.value for phase in _ahead(view)}
    form.submit(lambda: agendas.edit(ctx, EditAgenda(agenda_id, timetable=_planned(form, view))))
    if form.refusal is not None:
        return _timetable_page(request, ctx, view, form)
    return see_other(f"/agendas/{agenda_id}", Done.TIMETABLE_SET)


def _timetable_page(request: Asked, ctx: Context, view: AgendaView, form: Form) -> Response[str]:
    must(reading.abilities(ctx, view.id), Permission.AGENDA_EDIT)
    return page(
        request, ctx, "timetable.html", status=form.status, private=True, agenda=view, form=form,
        ahead=_ahead(view),
    )  # fmt: skip


def _ahead(view: AgendaView) -> tuple[Phase, ...]:
    phases = tuple(Phase)
    return phases[phases.index(view.phase) + 1 :]


def _planned(form: Form, view: AgendaView) -> dict[Phase, datetime]:
    """Return the timetable with the times of the form; a phase whose field is empty closes by hand."""
    ahead = _ahead(view)
    planned = {phase: at for phase, at in view.timetable.items() if phase not in ahead}
    for phase in ahead:
        if (closes_at := _closing(form, view, phase.value)) is not None:
            planned[phase] = closes_at
    return planned


def _phase_page(request: Asked, ctx: Context, view: AgendaView, target: Phase, form: Form) -> Response[str]:
    must(reading.abilities(ctx, view.id), Permission.AGENDA_MOVE_PHASE)
    move = moving.foreseen(ctx, view.id, target)
    return page(
        request, ctx, "phase.html", status=form.status, private=True, agenda=view, move=move, form=form
    )


def _undo_page(request: Asked, ctx: Context, view: AgendaView, form: Form) -> Response[str]:
    must(reading.abilities(ctx, view.id), Permission.AGENDA_MOVE_PHASE)
    undo = moving.undoable(ctx, view.id)
    return page(
        request, ctx, "undo.html", status=form.status, private=True, agenda=view, undo=undo, form=form
    )


def _named(phase: str) -> Phase:
    if phase not in set(Phase):
        raise Unknown(thing="phase")
    return Phase(phase)


def _reschedule(form: Form, view: AgendaView) -> Reschedule:
    phase = form.choice("phase", Phase) if form.has("phase") else view.phase
    closes_at = _closing(form, view)
    if closes_at is None:
        raise _no_moment()
    return Reschedule(view.id, phase, closes_at, form.text("reason"))


def _closing(form: Form, view: AgendaView, name: str = "closes_at") -> datetime | None:
    written = form.text(name).strip()
    if not written:
        return None
    try:
        return dates.from_local_field(written, view.time_zone)
    except ValueError:
        raise _no_moment(name) from None


def _no_moment(name: str = "closes_at") -> Invalid:
    return Invalid.field(name, "Give a day and an hour, such as 2024-02-09T18:00.")
