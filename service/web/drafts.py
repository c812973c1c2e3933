"""Pages of a draft amendment: going on with it, and sending it."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.amendments import AmendmentState
from service.domain.errors import StaleBase
from service.domain.permissions import Permission
from service.domain.text import BlockKind
from service.domain.unsent import Kept
from service.domain.views.amendments import AmendmentView
from service.web import compromises, wordings
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.web.proposals import SIGN, Sheet, looked_at
from service.web.unsent import found_again, keep_for_later, place_of, sent_away
from service.workflows import amendments, reading
from service.workflows.amendments import EditDraft, Foreseen
from service.workflows.context import Context
from service.workflows.cosigning import co_sign


@get("/amendments/{amendment_id:str}/edit", sync_to_thread=True, include_in_schema=False)
def edit(request: Asked, amendment_id: FromPath[str], ctx: Asking) -> Response[str] | Response[None]:
    """Show a draft in the form in which it was written."""
    with ctx.reading():
        view = reading.amendment(ctx, amendment_id)
        permission = Permission.AMENDMENT_COMPROMISE if view.covers else Permission.AMENDMENT_TABLE
        must(reading.abilities(ctx, view.agenda_id), permission)
        if view.state is not AmendmentState.DRAFT:
            return see_other(f"/amendments/{amendment_id}")
        if view.stale:
            return see_other(f"/amendments/{amendment_id}/rebase")
        form, kept = found_again(ctx, place_of(request))
        form.values = {**({} if kept is not None else _fields(view)), **form.values}
        return _form(request, ctx, view, form, None, kept=kept)


@post("/amendments/{amendment_id:str}/edit", sync_to_thread=True, include_in_schema=False)
def edited(
    request: Asked, amendment_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Keep, preview, check or send a draft."""
    view = reading.amendment(ctx, amendment_id)
    step = form.text("step", "check")
    if step in {"send", "draft"}:
        return _kept(request, ctx, view, form, send=step == "send")
    if step.startswith(SIGN):
        return _co_signed(request, ctx, view, form, step.removeprefix(SIGN))
    return _looked_at(request, ctx, view, form, step)


def _looked_at(
    request: Asked, ctx: Context, view: AmendmentView, form: Form, step: str
) -> Response[str] | Response[None]:
    if view.state is not AmendmentState.DRAFT:
        # A draft is there for its organisation alone; for what was sent, nobody has a difference computed here.
        return see_other(f"/amendments/{view.id}")
    keep_for_later(ctx, form)
    form, seen = looked_at(ctx, _sheet(ctx, view, form), form, step)
    if step == "check" and form.refusal is None:
        return page(request, ctx, "amend_check.html", _around(ctx, view, form), form=form, seen=seen)
    return _form(request, ctx, view, form, seen)


def _co_signed(
    request: Asked, ctx: Context, view: AmendmentView, form: Form, amendment_id: str
) -> Response[str] | Response[None]:
    form.submit(lambda: co_sign(ctx, amendment_id, _command(view, form)))
    if form.refusal is None:
        sent_away(ctx, form)
        return see_other(f"/amendments/{amendment_id}?kept={view.id}", Done.CO_SIGNED)
    return _looked_at(request, ctx, view, form, "check")


def _kept(
    request: Asked, ctx: Context, view: AmendmentView, form: Form, *, send: bool
) -> Response[str] | Response[None]:
    command = form.submit(lambda: _command(view, form))
    if command is not None:
        form.submit(lambda: _save(ctx, command, send=send))
    if command is not None and isinstance(form.refusal, StaleBase):
        # The wording is kept as the draft, so it can be carried over from there.
        amendments.edit_draft(ctx, command)
        sent_away(ctx, form)
        return see_other(f"/amendments/{view.id}/rebase")
    if form.refusal is not None:
        return _form(request, ctx, view, form, None)
    sent_away(ctx, form)
    if send:
        return see_other(f"/amendments/{view.id}/sent")
    return see_other(f"/amendments/{view.id}/edit", Done.DRAFT_KEPT)


def _command(view: AmendmentView, form: Form) -> EditDraft:
    blocks = wordings.read(form, view.base_blocks)
    covers = compromises.covered(form)
    return EditDraft(view.id, blocks, form.text("justification"), form.text("language", "en"), covers=covers)


def _save(ctx: Context, command: EditDraft, *, send: bool) -> None:
    with ctx.transaction():
        amendments.edit_draft(ctx, command)
        if send:
            amendments.table_draft(ctx, command.amendment_id)


def _form(
    request: Asked,
    ctx: Context,
    view: AmendmentView,
    form: Form,
    seen: Foreseen | None,
    *,
    kept: Kept | None = None,
) -> Response[str]:
    return page(
        request,
        ctx,
        "amend.html",
        _around(ctx, view, form),
        status=form.status,
        private=True,
        form=form,
        kept=kept,
        seen=seen,
        rows=wordings.rows(form, view.base_blocks),
        kinds=tuple(BlockKind),
    )


def _fields(view: AmendmentView) -> dict[str, tuple[str, ...]]:
    return {
        **wordings.opened(view.base_blocks, view.blocks),
        "justification": (view.justification,),
        "language": (view.language,),
        "organisation_id": (view.organisations[0].id,),
        **compromises.kept(ref.id for ref in view.covers),
    }


def _sheet(ctx: Context, view: AmendmentView, form: Form) -> Sheet:
    recommendation = reading.recommendation(ctx, view.recommendation_id)
    base = reading.version(ctx, view.base_version.id)
    return Sheet(recommendation, base, compromises.offer(ctx, base, form))


def _around(ctx: Context, view: AmendmentView, form: Form) -> dict[str, object]:
    sheet = _sheet(ctx, view, form)
    return {
        "sheet": sheet,
        "recommendation": sheet.recommendation,
        "agenda": reading.agenda(ctx, view.agenda_id),
        "abilities": reading.abilities(ctx, view.agenda_id),
        "target": f"/amendments/{view.id}/edit",
        "draft": view,
    }
