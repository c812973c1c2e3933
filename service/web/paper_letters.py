"""The page on which the coordination facility enters a position that came by letter."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.errors import Invalid
from service.domain.permissions import Permission
from service.domain.positions import Reservation, Stance
from service.web.confirming import ask_to_confirm, confirming
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import library, positions, reading
from service.workflows.context import Context
from service.workflows.pages import every
from service.workflows.positions import TakePosition


@get("/recommendations/{recommendation_id:str}/letter", sync_to_thread=True, include_in_schema=False)
def letter(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the form for a letter."""
    with ctx.reading():
        return _page(request, ctx, recommendation_id, Form())


@post("/recommendations/{recommendation_id:str}/letter", sync_to_thread=True, include_in_schema=False)
def entered(
    request: Asked, recommendation_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Enter the position that a letter tells."""
    command = form.submit(lambda: _position(form, recommendation_id))
    if command is None:
        return _page(request, ctx, recommendation_id, form)
    act = positions.act_of(command)
    position_id = form.submit(lambda: confirming(ctx, act, lambda: positions.take(ctx, command)))
    if form.unconfirmed:
        return ask_to_confirm(request, ctx, act, form)
    if position_id is None:
        return _page(request, ctx, recommendation_id, form)
    return see_other(f"/positions/{position_id}", Done.LETTER_ENTERED)


def _position(form: Form, recommendation_id: str) -> TakePosition:
    if not form.text("organisation_id"):
        raise Invalid.field("organisation_id", "Choose one of these.")
    if not form.text("on_paper").strip():
        raise Invalid.field("on_paper", "Name the letter: who signed it, and on which day.")
    return TakePosition(
        recommendation_id,
        form.text("organisation_id"),
        form.text("version_id"),
        form.text("digest"),
        form.choice("stance", Stance),
        form.chosen("reservation", Reservation),
        form.text("statement"),
        form.text("resolved_by"),
        form.text("on_paper"),
        form.text("language"),
    )


def _page(request: Asked, ctx: Context, recommendation_id: str, form: Form) -> Response[str]:
    view = reading.recommendation(ctx, recommendation_id)
    must(reading.abilities(ctx, view.agenda_id), Permission.POSITION_TAKE_ON_PAPER)
    return page(
        request, ctx, "letter.html", status=form.status, private=True, recommendation=view, form=form,
        agenda=reading.agenda(ctx, view.agenda_id), version=reading.version(ctx, view.current_version.id),
        organisations=every(lambda cursor: library.organisations(ctx, view.agenda_id, 100, cursor)),
        stances=tuple(Stance), reservations=tuple(Reservation),
    )  # fmt: skip
