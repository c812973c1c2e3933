"""Pages on which the rapporteur begins a recommendation, tables it, or takes it off the agenda."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.errors import FieldError, Invalid
from service.domain.permissions import Permission
from service.domain.recommendations import Addressee
from service.domain.text import Block, BlockKind, from_markdown, normalise
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import reading, recommendations
from service.workflows.context import Context
from service.workflows.recommendations import DraftRecommendation

TITLE = 1


@get("/agendas/{agenda_id:str}/recommendations/new", sync_to_thread=True, include_in_schema=False)
def new_recommendation(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the form with which a recommendation is begun."""
    with ctx.reading():
        return _draft_page(request, ctx, agenda_id, Form())


@post("/agendas/{agenda_id:str}/recommendations/new", sync_to_thread=True, include_in_schema=False)
def draft_recommendation(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Begin a recommendation as a draft."""
    made = form.submit(lambda: recommendations.draft(ctx, _drafted(agenda_id, form)))
    if made is None:
        return _draft_page(request, ctx, agenda_id, form)
    return see_other(f"/recommendations/{made}/edit", Done.DRAFT_BEGUN)


@post("/recommendations/{recommendation_id:str}/tabling", sync_to_thread=True, include_in_schema=False)
def table_recommendation(recommendation_id: FromPath[str], form: Sent, ctx: Asking) -> Response[None]:
    """Lay a draft before the partnerships."""
    _ = form
    recommendations.table(ctx, recommendation_id)
    return see_other(f"/recommendations/{recommendation_id}", Done.RECOMMENDATION_TABLED)


@get("/recommendations/{recommendation_id:str}/withdrawal", sync_to_thread=True, include_in_schema=False)
def confirm_withdrawal(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show what taking a recommendation off the agenda means, and ask why."""
    with ctx.reading():
        return _withdrawal_page(request, ctx, recommendation_id, Form())


@post("/recommendations/{recommendation_id:str}/withdrawal", sync_to_thread=True, include_in_schema=False)
def withdraw_recommendation(
    request: Asked, recommendation_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Take a recommendation off the agenda, with a reason that everyone reads."""
    form.submit(lambda: recommendations.withdraw(ctx, recommendation_id, form.text("reason")))
    if form.refusal is not None:
        return _withdrawal_page(request, ctx, recommendation_id, form)
    return see_other(f"/recommendations/{recommendation_id}", Done.RECOMMENDATION_WITHDRAWN)


def _drafted(agenda_id: str, form: Form) -> DraftRecommendation:
    form.places = {"blocks.0.text": "title", "blocks": "text"}
    addressee = form.choice("addressee", Addressee)
    title = Block("title", BlockKind.HEADING, normalise(form.text("title"), field="title"), TITLE)
    if not title.text:
        raise Invalid.field("title", "Please fill this in.")
    try:
        blocks = from_markdown(form.text("text")) if form.text("text").strip() else ()
    except Invalid as refusal:
        raise Invalid(errors=[FieldError("text", e.template, e.values) for e in refusal.errors]) from None
    form.places = {
        **form.places,
        **{
            f"blocks.{at}.{part}": "text"
            for at in range(1, len(blocks) + 1)
            for part in ("text", "kind", "level", "marks")
        },
    }
    return DraftRecommendation(agenda_id, addressee, form.text("theme"), (title, *blocks), form.text("note"))


def _draft_page(request: Asked, ctx: Context, agenda_id: str, form: Form) -> Response[str]:
    must(reading.abilities(ctx, agenda_id), Permission.RECOMMENDATION_DRAFT)
    return page(
        request, ctx, "draft.html", status=form.status, private=True, form=form,
        agenda=reading.agenda(ctx, agenda_id), addressees=tuple(Addressee),
    )  # fmt: skip


def _withdrawal_page(request: Asked, ctx: Context, recommendation_id: str, form: Form) -> Response[str]:
    view = reading.recommendation(ctx, recommendation_id)
    must(reading.abilities(ctx, view.agenda_id), Permission.RECOMMENDATION_WITHDRAW)
    return page(
        request, ctx, "withdrawal.html", status=form.status, private=True, form=form, recommendation=view,
        agenda=reading.agenda(ctx, view.agenda_id),
    )  # fmt: skip
