"""Pages of the positions: what organisations say of exactly one text, and whether that is enough."""

from collections.abc import Iterable

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.permissions import Act, Permission
from service.domain.positions import CURRENT, PositionState, Reservation, Stance, check
from service.domain.tasks import Task, TaskKind
from service.domain.views.recommendations import PositionView
from service.web.confirming import ask_to_confirm, confirming
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.me import WAYS
from service.web.pages import Asked, Asking, page, see_other
from service.web.remembering import remembered
from service.workflows import answers, positions, reading, tasks
from service.workflows.context import Context
from service.workflows.pages import every
from service.workflows.positions import ConfirmPosition, TakePosition


@get("/agendas/{agenda_id:str}/unanswered", sync_to_thread=True, include_in_schema=False)
def unanswered(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the facility who has not answered, and whom to ask."""
    with ctx.reading():
        return page(
            request, ctx, "unanswered.html", private=True, agenda=reading.agenda(ctx, agenda_id),
            awaited=answers.unanswered(ctx, agenda_id), voices=answers.voices(ctx, agenda_id),
        )  # fmt: skip


@get("/recommendations/{recommendation_id:str}/position", sync_to_thread=True, include_in_schema=False)
def take(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the exact text, and the form for a position on it."""
    with ctx.reading():
        return _form(request, ctx, recommendation_id, Form(), "position.html")


@post("/recommendations/{recommendation_id:str}/position", sync_to_thread=True, include_in_schema=False)
def taken(
    request: Asked,
    recommendation_id: FromPath[str],
    form: Sent,
    ctx: Asking,
) -> Response[str] | Response[None]:
    """Check a position once more, or take it."""
    if form.text("step") == "send":
        command = form.submit(lambda: _position(form, recommendation_id))
        if command is None:
            return _form(request, ctx, recommendation_id, form, "position.html")
        act = positions.act_of(command)
        position_id = form.submit(lambda: confirming(ctx, act, lambda: positions.take(ctx, command)))
        if form.unconfirmed:
            return ask_to_confirm(request, ctx, act, form)
        if position_id is not None:
            return see_other(f"/positions/{position_id}", Done.POSITION_TAKEN)
    elif form.text("step") == "check":
        form.submit(lambda: _checked(_position(form, recommendation_id)))
        if form.refusal is None:
            return _form(request, ctx, recommendation_id, form, "position_check.html")
    return _form(request, ctx, recommendation_id, form, "position.html")


@get("/positions/{position_id:str}", sync_to_thread=True, include_in_schema=False)
@remembered
def position(request: Asked, position_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show a position."""
    with ctx.reading():
        return _page(request, ctx, position_id, Form())


@post("/positions/{position_id:str}/confirmation", sync_to_thread=True, include_in_schema=False)
def confirm(
    request: Asked, position_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Say of the changed text what was said before."""
    command = ConfirmPosition(position_id, form.text("version_id"), form.text("digest"))
    act = positions.act_of_confirming(ctx, command)
    made = form.submit(lambda: confirming(ctx, act, lambda: positions.confirm(ctx, command)))
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    if made is None:
        return _page(request, ctx, position_id, form)
    return see_other(f"/positions/{made}", Done.POSITION_TAKEN)


@post("/positions/{position_id:str}/withdrawal", sync_to_thread=True, include_in_schema=False)
def withdraw(
    request: Asked, position_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Withdraw a position."""
    act = Act(Permission.POSITION_WITHDRAW, position_id, reading.position(ctx, position_id).version.digest)
    form.submit(lambda: confirming(ctx, act, lambda: positions.withdraw(ctx, position_id)))
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    if form.refusal is not None:
        return _page(request, ctx, position_id, form)
    return see_other(f"/positions/{position_id}", Done.POSITION_WITHDRAWN)


def _position(form: Form, recommendation_id: str) -> TakePosition:
    return TakePosition(
        recommendation_id=recommendation_id,
        organisation_id=form.text("organisation_id"),
        version_id=form.text("version_id"),
        digest=form.text("digest"),
        stance=form.choice("stance", Stance),
        reservation=form.chosen("reservation", Reservation),
        statement=form.text("statement"),
        resolved_by=form.text("resolved_by"),
        language=form.text("language"),
    )


def _checked(command: TakePosition) -> None:
    check(command.stance, command.reservation, command.statement.strip(), command.resolved_by.strip())


def _form(request: Asked, ctx: Context, recommendation_id: str, form: Form, template: str) -> Response[str]:
    view = reading.recommendation(ctx, recommendation_id)
    abilities = reading.abilities(ctx, view.agenda_id)
    must(abilities, Permission.POSITION_TAKE)
    mine = {o.id for o in abilities.organisations(Permission.POSITION_TAKE)}
    earlier = every(lambda cursor: reading.positions(ctx, recommendation_id, 100, cursor))
    return page(
        request, ctx, template, status=form.status, private=True, recommendation=view, abilities=abilities,
        agenda=reading.agenda(ctx, view.agenda_id), version=reading.version(ctx, view.current_version.id),
        earlier=(standing := [p for p in earlier if p.organisation.id in mine and p.state in CURRENT]),
        before=(gone := withdrawn(view.current_version.digest, [p for p in earlier if p.organisation.id in mine])),
        known={
            p.version.id: reading.version(ctx, p.version.id) for p in (*standing, *gone) if not p.counts
        },
        stances=tuple(Stance), reservations=tuple(Reservation), form=form,
    )  # fmt: skip


def withdrawn(digest: str, positions: Iterable[PositionView]) -> list[PositionView]:
    """Return what organisations without a position said last, of another text than this: what changed matters to them.

    Args:
        digest: of the present text.
        positions: theirs, in the order in which they were taken.
    """
    last = {position.organisation.id: position for position in positions}
    return [p for p in last.values() if p.state not in CURRENT and p.version.digest != digest]


def _waiting(ctx: Context, agenda_id: str) -> list[Task]:
    """Return which other positions of a round wait for the reader."""
    kinds = {TaskKind.TAKE_POSITION, TaskKind.CONFIRM_POSITION}
    return [one for one in tasks.tasks(ctx) if one.agenda_id == agenda_id and one.kind in kinds]


def _page(request: Asked, ctx: Context, position_id: str, form: Form) -> Response[str]:
    view = reading.position(ctx, position_id)
    recommendation = reading.recommendation(ctx, view.recommendation_id)
    abilities = reading.abilities(ctx, recommendation.agenda_id)
    changed = view.version.digest != recommendation.current_version.digest
    may = abilities.may_for(Permission.POSITION_WITHDRAW, view.organisation.id)
    return page(
        request, ctx, "position_taken.html", status=form.status, position=view, recommendation=recommendation,
        agenda=reading.agenda(ctx, recommendation.agenda_id), form=form,
        outcome=reading.outcome(ctx, recommendation.id), may_withdraw=may and view.state in CURRENT,
        may_confirm=may and view.state is PositionState.RECONFIRMATION_REQUESTED,
        read=reading.version(ctx, view.version.id) if changed else None,
        now_reads=reading.version(ctx, recommendation.current_version.id) if changed else None,
        # Only whoever has just taken one asks for it.
        waiting=lambda: _waiting(ctx, recommendation.agenda_id), ways=WAYS,
        history=every(
            lambda cursor: reading.positions(ctx, recommendation.id, 100, cursor, view.organisation.id)
        ),
    )  # fmt: skip
