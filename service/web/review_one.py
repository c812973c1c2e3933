"""One change at a time: what it is, what this reader may do with it, and the way to the next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.amendments import OPEN, AmendmentAction, Opinion
from service.domain.comments import CommentKind
from service.domain.errors import Invalid
from service.domain.permissions import Permission
from service.domain.reviewing import still_possible
from service.domain.text import BlockChange
from service.domain.views.amendments import AmendmentView, WordingView
from service.domain.views.deciding import MeetingView
from service.domain.views.review import Queued
from service.web import review_filters as filters
from service.web.done import STEPS, Done
from service.web.entering import local
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.web.redlines import passages
from service.workflows import comments, deciding, decisions, reading, review, review_wishes
from service.workflows.comments import PostComment
from service.workflows.context import Context
from service.workflows.decisions import Advise, Decide

# What can be decided here; other words are typed on the amendment's own page.
DECIDING = (
    AmendmentAction.ADMIT,
    AmendmentAction.DECLARE_INADMISSIBLE,
    AmendmentAction.EXAMINE,
    AmendmentAction.ACCEPT,
    AmendmentAction.REJECT,
)

DONE = {
    "seen": Done.SEEN_NEXT,
    "advise": Done.ADVISED_NEXT,
    "decide": Done.DECIDED_NEXT,
    "discuss": Done.COMMENTED_NEXT,
}


@dataclass(frozen=True, slots=True)
class Compared:
    """What is shown of a change: the whole of it, or what became of it since the reader last looked."""

    changes: tuple[BlockChange, ...]
    since: WordingView | None
    asked_whole: bool


@get("/amendments/{amendment_id:str}/review", sync_to_thread=True, include_in_schema=False)
def one(request: Asked, amendment_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show one change of a queue."""
    with ctx.reading():
        return _page(request, ctx, amendment_id, filters.asked(dict(request.query_params)), Form())


@post("/amendments/{amendment_id:str}/review", sync_to_thread=True, include_in_schema=False)
def go_on(
    request: Asked, amendment_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Do with a change what was asked, and go on to the next."""
    query = filters.kept_in(form.text("filter"))
    view = reading.amendment(ctx, amendment_id)
    # The next one is found before: what is decided on may fit the filter no more.
    there = review.place(ctx, view.agenda_id, amendment_id, filters.wanted(query))
    form.submit(lambda: _do(ctx, view, form))
    if form.refusal is not None:
        with ctx.reading():
            return _page(request, ctx, amendment_id, query, form)
    if there.next_id is None:
        return see_other(f"/agendas/{view.agenda_id}/review?{filters.written(query)}", Done.LAST_REVIEWED)
    deed = form.text("do")
    step = deed == "decide" and form.text("action") in STEPS
    return see_other(
        f"/amendments/{there.next_id}/review?{filters.written(query)}#change",
        Done.STEP_TAKEN if step else DONE[deed],
    )


@post("/me/keys", sync_to_thread=True, include_in_schema=False)
def keys(form: Sent, ctx: Asking) -> Response[None]:
    """Remember whether single letters are commands to the reader."""
    review_wishes.wish_letters(ctx, wanted=form.text("letters") == "on")
    return see_other(local(form.text("then", "/me")), Done.CHOICE_SAVED)


def _do(ctx: Context, view: AmendmentView, form: Form) -> None:
    deeds: Mapping[str, Callable[[], object]] = {
        "seen": lambda: None,
        "advise": lambda: decisions.advise(
            ctx, Advise(view.id, form.choice("opinion", Opinion), form.text("opinion_reason"))
        ),
        "decide": lambda: decisions.decide(ctx, _decision(form, view)),
        "discuss": lambda: comments.post(ctx, _comment(view, form)),
    }
    form.places = {"reason": "opinion_reason"} if form.text("do") == "advise" else {}
    if form.text("do") not in deeds:
        raise Invalid.field("do", "Choose one of these.")
    with ctx.transaction():
        deeds[form.text("do")]()
        review.mark_seen(ctx, view.agenda_id, [view.id])


def _decision(form: Form, view: AmendmentView) -> Decide:
    action = form.choice("action", AmendmentAction)
    if action not in DECIDING:
        raise Invalid.field("action", "Choose one of these.")
    return Decide(view.id, action, form.text("reason"), None, view.revision, form.text("reason_language"))


def _comment(view: AmendmentView, form: Form) -> PostComment:
    return PostComment(
        view.recommendation_id,
        form.text("organisation_id"),
        CommentKind.TECHNICAL,
        form.text("text"),
        amendment_id=view.id,
        language=form.text("language"),
    )


def _compared(ctx: Context, entry: Queued, *, whole: bool) -> Compared:
    """Compare with what the reader saw last, where it has been worded anew since and they do not ask for the whole."""
    view, seen = entry.amendment, entry.seen_wording
    if seen is not None and seen < view.rebased and not whole:
        wording = reading.earlier_wordings(ctx, view.id)[seen]
        return Compared(passages(wording.blocks, view.blocks), wording, asked_whole=False)
    return Compared(passages(view.base_blocks, view.blocks), None, asked_whole=whole)


def _page(request: Asked, ctx: Context, amendment_id: str, query: Form, form: Form) -> Response[str]:
    entry = review.queued(ctx, amendment_id)
    view = entry.amendment
    able = reading.abilities(ctx, view.agenda_id)
    met: MeetingView = deciding.met(ctx, view.id)
    return page(
        request, ctx, "review_one.html", status=form.status, entry=entry, amendment=view, abilities=able,
        agenda=reading.agenda(ctx, view.agenda_id), met=met, form=form, written=filters.written(query),
        place=review.place(ctx, view.agenda_id, view.id, filters.wanted(query)),
        compared=_compared(ctx, entry, whole=request.query_params.get("base") == "whole"),
        opinions=tuple(Opinion), actions=_possible(view) if able.may(Permission.AMENDMENT_DECIDE) else (),
        advises=view.state in OPEN and able.may(Permission.AMENDMENT_ADVISE),
        letters=review_wishes.letters(ctx),
    )  # fmt: skip


def _possible(view: AmendmentView) -> tuple[AmendmentAction, ...]:
    return tuple(action for action in DECIDING if view.state in OPEN and still_possible(view.state, action))
