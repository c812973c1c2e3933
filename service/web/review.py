"""The queue of whoever reviews: the changes that fit a filter, views that are kept, and several at once."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.actors import OrganisationKind, Region
from service.domain.amendments import AmendmentState
from service.domain.permissions import Permission
from service.domain.recommendations import Addressee
from service.domain.reviewing import Fate, ReviewOrder, Together
from service.domain.views.review import Foreseen
from service.web import review_filters as filters
from service.web.done import Done, reviewed
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import library, reading, review, review_together, review_wishes
from service.workflows.context import Context
from service.workflows.pages import every
from service.workflows.review_together import ActTogether

SHOWN = 25
CHOSEN = "amendment"


@get("/agendas/{agenda_id:str}/review", sync_to_thread=True, include_in_schema=False)
def queue(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the changes of an agenda that fit the address."""
    with ctx.reading():
        return _queue(request, ctx, agenda_id, filters.asked(dict(request.query_params)), Form())


@post("/agendas/{agenda_id:str}/review", sync_to_thread=True, include_in_schema=False)
def together(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Show what would become of the chosen changes, or do it."""
    query = filters.kept_in(form.text("filter"))
    if form.text("step") == "send":
        done = form.submit(lambda: review_together.act(ctx, _command(form, agenda_id)))
        if done is not None:
            return see_other(_address(agenda_id, query), *_told(Together(form.text("action")), done))
    with ctx.reading():
        foreseen = form.submit(lambda: review_together.foresee(ctx, _command(form, agenda_id)))
        if foreseen is None and form.refusal is not None:
            form.places = {"amendments": "chosen"}
            return _queue(request, ctx, agenda_id, query, form)
        return page(
            request, ctx, "review_check.html", status=form.status, private=True, foreseen=foreseen,
            agenda=reading.agenda(ctx, agenda_id), abilities=reading.abilities(ctx, agenda_id),
            action=Together(form.text("action")), form=form, query=query, address=_address(agenda_id, query),
        )  # fmt: skip


@post("/agendas/{agenda_id:str}/review/views", sync_to_thread=True, include_in_schema=False)
def keep_view(
    request: Asked, agenda_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Keep the present filter under a name."""
    query = filters.kept_in(form.text("filter"))
    kept = form.submit(lambda: review_wishes.keep(ctx, agenda_id, form.text("name"), filters.written(query)))
    if kept is None:
        with ctx.reading():
            return _queue(request, ctx, agenda_id, query, form)
    return see_other(_address(agenda_id, query) + "#views", Done.VIEW_KEPT)


@get("/review-views/{view_id:str}", sync_to_thread=True, include_in_schema=False)
def view(request: Asked, view_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show a view that is kept, to give it another name or let go of it."""
    with ctx.reading():
        return _view(request, ctx, view_id, Form())


@post("/review-views/{view_id:str}", sync_to_thread=True, include_in_schema=False)
def rename_view(
    request: Asked, view_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Give a view another name."""
    form.submit(lambda: review_wishes.rename(ctx, view_id, form.text("name")))
    if form.refusal is not None:
        with ctx.reading():
            return _view(request, ctx, view_id, form)
    return see_other(_opened(ctx, view_id), Done.VIEW_CHANGED)


@post("/review-views/{view_id:str}/deletion", sync_to_thread=True, include_in_schema=False)
def delete_view(view_id: FromPath[str], form: Sent, ctx: Asking) -> Response[None]:
    """Let go of a view."""
    del form  # reading it has made sure that the person meant it
    there = _opened(ctx, view_id)
    review_wishes.let_go(ctx, view_id)
    return see_other(there, Done.VIEW_DELETED)


def _command(form: Form, agenda_id: str) -> ActTogether:
    return ActTogether(
        agenda_id,
        form.all(CHOSEN),
        form.choice("action", Together),
        form.text("reason"),
        form.text("organisation_id"),
    )


def _told(action: Together, became: tuple[Foreseen, ...]) -> tuple[Done, int]:
    """Return what is said of what was done at once, and with how many it was."""
    return reviewed(action), sum(one.fate is Fate.DONE for one in became)


def _address(agenda_id: str, query: Form) -> str:
    told = filters.written(query)
    return f"/agendas/{agenda_id}/review" + (f"?{told}" if told else "")


def _opened(ctx: Context, view_id: str) -> str:
    kept = review_wishes.view(ctx, view_id)
    return _address(kept.agenda_id, filters.kept_in(kept.query)) + "#views"


def _view(request: Asked, ctx: Context, view_id: str, form: Form) -> Response[str]:
    kept = review_wishes.view(ctx, view_id)
    return page(
        request, ctx, "review_view.html", status=form.status, private=True, view=kept, form=form,
        agenda=reading.agenda(ctx, kept.agenda_id), address=_address(kept.agenda_id, filters.kept_in(kept.query)),
    )  # fmt: skip


def _queue(request: Asked, ctx: Context, agenda_id: str, query: Form, form: Form) -> Response[str]:
    number = str(request.query_params.get("page", ""))
    at = int(number) if number.isascii() and number.isdecimal() and len(number) < 6 else 1  # noqa: PLR2004 - more than anyone has
    able = reading.abilities(ctx, agenda_id)
    return page(
        request, ctx, "review.html", status=form.status, agenda=reading.agenda(ctx, agenda_id),
        queue=review.queue(ctx, agenda_id, filters.wanted(query), page=at, size=SHOWN),
        recommendations=every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor)),
        organisations=every(lambda cursor: library.organisations(ctx, agenda_id, 100, cursor)),
        written_in=review.languages(ctx, agenda_id), views=review_wishes.views(ctx, agenda_id),
        actions=review_together.possible(ctx, agenda_id), assesses=able.may(Permission.ASSESSMENT_GIVE),
        states=tuple(AmendmentState)[1:], addressees=tuple(Addressee), kinds=tuple(OrganisationKind),
        regions=tuple(Region), orders=tuple(ReviewOrder), query=query, written=filters.written(query),
        form=form, chosen=form.all(CHOSEN),
        whole_page=request.query_params.get("chosen") == "page",
    )  # fmt: skip
