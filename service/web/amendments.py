"""Pages of an amendment: what it changes and why, who stands behind it, and what becomes of it."""

from dataclasses import replace

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.amendments import (
    DECISIONS,
    LIFECYCLE,
    OPEN,
    AmendmentAction,
    AmendmentState,
    Opinion,
    steps_to,
)
from service.domain.errors import IllegalMove
from service.domain.text import CollisionKind, digest
from service.domain.views.amendments import AmendmentFilter, AmendmentRef, AmendmentView
from service.domain.views.deciding import MeetingView
from service.web import wordings
from service.web.decision_check import check_page, is_taken
from service.web.done import Done, decided
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.web.remembering import remembered
from service.workflows import (
    activity,
    amendments,
    compromises,
    deciding,
    decisions,
    library,
    reading,
)
from service.workflows.amendments import SignAmendment
from service.workflows.context import Context
from service.workflows.coverage import covering, own_covered
from service.workflows.decisions import Advise, Decide
from service.workflows.pages import every
from service.workflows.rehearsals import rehearse

# What people come to decide stands first, the steps on the way to it below.
_FINAL = (AmendmentAction.ACCEPT, AmendmentAction.ACCEPT_MODIFIED, AmendmentAction.REJECT)


@get("/agendas/{agenda_id:str}/amendments", sync_to_thread=True, include_in_schema=False)
@remembered
def listed(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show an agenda's amendments, narrowed by what the address asks for."""
    with ctx.reading():
        query = Form({name: (value,) for name, value in request.query_params.items()})
        return page(
            request, ctx, "amendments.html", agenda=reading.agenda(ctx, agenda_id), form=query,
            found=reading.amendments(ctx, _wanted(agenda_id, query), 25, query.text("cursor") or None),
            recommendations=every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor)),
            organisations=every(lambda cursor: library.organisations(ctx, agenda_id, 100, cursor)),
            states=tuple(one for one in AmendmentState if one is not AmendmentState.DRAFT),
        )  # fmt: skip


@get("/amendments/{amendment_id:str}", sync_to_thread=True, include_in_schema=False)
@remembered
def amendment(request: Asked, amendment_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show an amendment."""
    with ctx.reading():
        return _page(request, ctx, reading.amendment(ctx, amendment_id), Form())


@get("/amendments/{amendment_id:str}/sent", sync_to_thread=True, include_in_schema=False)
def sent(request: Asked, amendment_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the receipt of an amendment that was sent."""
    with ctx.reading():
        view = reading.amendment(ctx, amendment_id)
        agenda = reading.agenda(ctx, view.agenda_id)
        return page(
            request, ctx, "amend_sent.html", amendment=view, agenda=agenda, digest=digest(view.blocks)
        )


@post("/amendments/{amendment_id:str}/signatures", sync_to_thread=True, include_in_schema=False)
def sign(
    request: Asked, amendment_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Put an organisation's name under an amendment."""
    form.submit(
        lambda: amendments.sign(
            ctx, SignAmendment(amendment_id, form.text("organisation_id"), _revision(form))
        )
    )
    return _done(request, ctx, amendment_id, form, Done.CO_SIGNED)


@get("/amendments/{amendment_id:str}/withdrawal", sync_to_thread=True, include_in_schema=False)
def withdrawing(request: Asked, amendment_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show what withdrawing an amendment means, before it is done."""
    with ctx.reading():
        view = reading.amendment(ctx, amendment_id)
        must(reading.abilities(ctx, view.agenda_id), compromises.withdrawing(view.covers))
        values = {"amendment": view, "agenda": reading.agenda(ctx, view.agenda_id)}
        return page(request, ctx, "amend_withdraw.html", values, private=True)


@post("/amendments/{amendment_id:str}/withdrawal", sync_to_thread=True, include_in_schema=False)
def withdraw(
    request: Asked, amendment_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Withdraw an amendment."""
    form.submit(lambda: amendments.withdraw(ctx, amendment_id))
    return _done(request, ctx, amendment_id, form, Done.WITHDRAWN)


@post("/amendments/{amendment_id:str}/opinion", sync_to_thread=True, include_in_schema=False)
def advise(
    request: Asked, amendment_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Write down what the rapporteur recommends."""
    form.places = {"reason": "opinion_reason"}
    form.submit(
        lambda: decisions.advise(
            ctx, Advise(amendment_id, form.choice("opinion", Opinion), form.text("opinion_reason"))
        )
    )
    return _done(request, ctx, amendment_id, form, Done.ADVISED)


@post("/amendments/{amendment_id:str}/decision", sync_to_thread=True, include_in_schema=False)
def decide(
    request: Asked, amendment_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Show what a decision would bring; decide once it was seen."""
    view = reading.amendment(ctx, amendment_id)
    if is_taken(form):
        form.submit(lambda: decisions.decide(ctx, _decision(form, view)))
        return _done(request, ctx, amendment_id, form, decided(form.text("action")))
    seen = form.submit(lambda: rehearse(ctx, _decision(form, view))) if form.text("step") != "edit" else None
    return check_page(request, ctx, view, form, seen) if seen else _again(request, ctx, amendment_id, form)


def _page(request: Asked, ctx: Context, view: AmendmentView, form: Form) -> Response[str]:
    met = deciding.met(ctx, view.id)
    return page(
        request,
        ctx,
        "amendment.html",
        status=form.status,
        amendment=view,
        agenda=reading.agenda(ctx, view.agenda_id),
        abilities=reading.abilities(ctx, view.agenda_id),
        earlier=reading.earlier_wordings(ctx, view.id) if view.rebased else (),
        covering=covering(ctx, view.id) if _is_weighed(view) else None,
        meets=_meets(view, met),
        falls=met.falls,
        history=activity.of_amendment(ctx, view.agenda_id, view.id),
        kept=_kept(request),
        # Only whoever has just decided asks for it.
        left=lambda: deciding.left(ctx, view.recommendation_id),
        comments=reading.comments_on(ctx, view.id, 50, str(request.query_params.get("cursor", "")) or None),
        mine=own_covered(ctx, view.id) if view.covers and view.state in OPEN else (),
        actions=_possible(view),
        opinions=tuple(Opinion),
        decided=replace(form, values={**wordings.fields(view.base_blocks, view.blocks), **form.values}),
        form=form,
    )


def _is_weighed(view: AmendmentView) -> bool:
    """Tell whether there is another wording to hold it against."""
    return bool(view.covers or view.covered_by or view.decided_blocks) or view.stale


def _kept(request: Asked) -> str:
    """Return which draft was kept when its authors signed this amendment instead of sending it."""
    kept = str(request.query_params.get("kept", ""))
    return kept if kept.isascii() and kept.isalnum() else ""


def _meets(view: AmendmentView, found: MeetingView) -> list[tuple[AmendmentRef, CollisionKind]]:
    """Return which other amendments it meets, each sort of meeting once."""
    pairs = [(c.second if c.first.id == view.id else c.first, c) for c in found.collisions]
    return list({(other.id, c.kind): (other, c.kind) for other, c in pairs}.values())


def _possible(view: AmendmentView) -> tuple[AmendmentAction, ...]:
    """Return the decisions that the state allows, those included that are reached on the way."""
    return tuple(a for a in (*_FINAL, *(a for a in DECISIONS if a not in _FINAL)) if _leads(view, a))


def _leads(view: AmendmentView, action: AmendmentAction) -> bool:
    if view.incorporated_in is not None:
        return False
    try:
        steps_to(view.state, action)
    except IllegalMove:
        return LIFECYCLE.allows(view.state, action)
    return True


def _decision(form: Form, view: AmendmentView) -> Decide:
    action = form.choice("action", AmendmentAction)
    modified = action is AmendmentAction.ACCEPT_MODIFIED
    blocks = wordings.read(form, view.base_blocks) if modified else None
    return Decide(view.id, action, form.text("reason"), blocks, _revision(form), form.text("language"))


def _revision(form: Form) -> int | None:
    """Return which state of the amendment the page showed: nobody signs or decides on words that they did not see."""
    written = form.text("revision")
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 10 else None  # noqa: PLR2004 - far more than anyone changes


def _done(
    request: Asked, ctx: Context, amendment_id: str, form: Form, done: Done
) -> Response[str] | Response[None]:
    if form.refusal is not None:
        return _again(request, ctx, amendment_id, form)
    return see_other(f"/amendments/{amendment_id}", done)


def _again(request: Asked, ctx: Context, amendment_id: str, form: Form) -> Response[str]:
    with ctx.reading():
        return _page(request, ctx, reading.amendment(ctx, amendment_id), form)


def _wanted(agenda_id: str, query: Form) -> AmendmentFilter:
    state = query.text("state")
    return AmendmentFilter(
        agenda_id=agenda_id,
        recommendation_id=query.text("recommendation") or None,
        states=(AmendmentState(state),) if state in set(AmendmentState) else (),
        organisation_id=query.text("organisation") or None,
    )
