"""/review: the changes that somebody looks through, what they do with several at once, and the views that they keep."""

from datetime import datetime
from typing import Annotated

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta, Struct

from service.api.amendments import Amendment, Of, States, To, rendered
from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.conditions import Condition
from service.api.lists import Cursor, Id, Limit, Listing, listing, whole
from service.api.schemas import Identifier, NumberedRef, OnBehalfOf, Request, refuses, shown
from service.domain.actors import OrganisationKind, Region
from service.domain.assessments import EvidenceStrength, PolicyFit
from service.domain.errors import (
    BadCursor,
    DeadlinePassed,
    ForeignOrganisation,
    Invalid,
    PhaseClosed,
    Unknown,
)
from service.domain.recommendations import Addressee
from service.domain.reviewing import Fate, ReviewOrder, Together
from service.domain.views import Page
from service.domain.views.review import Foreseen, Queued, ReviewFilter
from service.workflows import review, review_together, review_wishes
from service.workflows.context import Context

TAGS = ["Review"]
ADDRESSEE = Annotated[
    Addressee | None, QueryParameter(description="Only those to a text addressed to these.")
]
KIND = Annotated[OrganisationKind | None, QueryParameter(description="Only those of such organisations.")]
REGION = Annotated[Region | None, QueryParameter(description="Only those of organisations of this region.")]
LANGUAGE = Annotated[
    str | None,
    QueryParameter(pattern=r"^[A-Za-z0-9-]{1,20}$", description="Only those written in this language."),
]
COLLIDING = Annotated[bool, QueryParameter(description="Only those that stand in another's way.")]
NOT_WORKED_IN = Annotated[
    bool, QueryParameter(description="Only those that are accepted and not part of a version yet.")
]
TO_ASSESS = Annotated[
    bool, QueryParameter(description="Only those to texts that your service has not assessed as they stand.")
]
UNSEEN = Annotated[bool, QueryParameter(description="Only those in which something is new to you.")]
WORDS = Annotated[
    str,
    QueryParameter(
        max_length=200, description="Only those that say all of these words, or whose authors do."
    ),
]
ORDER = Annotated[ReviewOrder, QueryParameter(description="In the order of the text, or the newest first.")]


class AssessmentSummary(Struct, frozen=True):
    """How EU services assessed the recommendation; `earlier` of them looked at an earlier text."""

    given: int
    earlier: int
    fits: dict[PolicyFit, int]
    strengths: dict[EvidenceStrength, int]


class ReviewItem(Struct, frozen=True):
    """A change to look at. `unseen` tells that something in it is new to the reader."""

    amendment: Amendment
    collides: bool
    unseen: bool
    assessed: AssessmentSummary | None


class ReviewAction(Request, frozen=True):
    """One thing to do with several changes: with all that it can still be done with, or with none.

    With `preview` nothing is done: the answer tells what would become of each.
    """

    amendments: Annotated[tuple[Identifier, ...], Meta(min_length=1, max_length=review_together.MOST)]
    action: Together
    reason: Annotated[str, Meta(description="The same for each of them; every reader sees it.")] = ""
    on_behalf_of: OnBehalfOf = None
    preview: bool = False


class ReviewFate(Struct, frozen=True):
    """What becomes of one change."""

    amendment: NumberedRef
    fate: Fate


class ReviewOutcome(Struct, frozen=True):
    """What becomes of each change that was chosen, in the order of their numbers."""

    items: tuple[ReviewFate, ...]


class SavedView(Struct, frozen=True):
    """A filter that the reader keeps; `query` is what stands after the question mark of the page's address."""

    id: str
    agenda_id: str
    name: str
    query: str
    created_at: datetime


class NewView(Request, frozen=True):
    """A filter to keep."""

    name: Annotated[str, Meta(description="Up to 80 characters.")]
    query: Annotated[str, Meta(description="Such as `region=asia_pacific&colliding=yes`.")] = ""


class ViewName(Request, frozen=True):
    """Another name for a view."""

    name: Annotated[str, Meta(description="Up to 80 characters.")]


_view = shown(SavedView)
_reference = shown(NumberedRef)
_summary = shown(AssessmentSummary)


@get("/agendas/{agenda_id:str}/review", tags=TAGS, sync_to_thread=True)
def list_review(
    agenda_id: Id,
    *,
    ctx: Asking,
    states: States = None,
    organisation: Of = None,
    recommendation: To = None,
    addressee: ADDRESSEE = None,
    kind: KIND = None,
    region: REGION = None,
    language: LANGUAGE = None,
    colliding: COLLIDING = False,
    to_assess: TO_ASSESS = False,
    unseen: UNSEEN = False,
    words: WORDS = "",
    order: ORDER = ReviewOrder.TEXT,
    not_worked_in: NOT_WORKED_IN = False,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Listing[ReviewItem]:
    """List the tabled amendments of an agenda with what whoever reviews them wants to know; at most 50 at a time."""
    wanted = ReviewFilter(
        recommendation, tuple(states or ()), addressee, organisation, kind, region, language,
        colliding, to_assess, unseen, words, order, not_worked_in,
    )  # fmt: skip
    found = review.queue(ctx, agenda_id, wanted, page=_page(cursor), size=limit)
    following = str(found.page + 1) if found.page < found.pages else None
    return listing(Page(found.items, following), _item)


@post(
    "/agendas/{agenda_id:str}/review",
    tags=TAGS,
    opt=refuses(PhaseClosed, DeadlinePassed, ForeignOrganisation, Invalid, Unknown),
    status_code=200,
    sync_to_thread=True,
)
def act_on_several(agenda_id: Id, data: JSONBody[ReviewAction], ctx: Asking) -> ReviewOutcome:
    """Do one thing with several amendments, or see what would become of each."""
    command = review_together.ActTogether(
        agenda_id, data.amendments, data.action, data.reason, data.on_behalf_of or ""
    )
    found = (review_together.foresee if data.preview else review_together.act)(ctx, command)
    return ReviewOutcome(tuple(_fate(one) for one in found))


@get("/agendas/{agenda_id:str}/review/views", tags=TAGS, sync_to_thread=True)
def list_views(agenda_id: Id, ctx: Asking) -> Listing[SavedView]:
    """List the views that the reader keeps of an agenda, by name."""
    return whole(review_wishes.views(ctx, agenda_id), _view)


@post("/agendas/{agenda_id:str}/review/views", tags=TAGS, opt=refuses(Invalid), sync_to_thread=True)
def keep_view(
    agenda_id: Id, data: JSONBody[NewView], ctx: Asking, attempt: NamedDependency[Attempt]
) -> Response[SavedView]:
    """Keep a filter under a name."""
    return attempt.create(
        lambda: review_wishes.keep(ctx, agenda_id, data.name, data.query),
        lambda made: current(ctx, made),
        "/review-views/{id}",
    )


@get("/review-views/{view_id:str}", tags=TAGS, sync_to_thread=True)
def read_view(view_id: Id, ctx: Asking) -> SavedView:
    """Read a view that the reader keeps."""
    return current(ctx, view_id)


@patch("/review-views/{view_id:str}", tags=TAGS, opt=refuses(Invalid), sync_to_thread=True)
def rename_view(
    view_id: Id, data: JSONBody[ViewName], ctx: Asking, condition: NamedDependency[Condition]
) -> SavedView:
    """Give a view another name."""
    condition.required(current(ctx, view_id))
    review_wishes.rename(ctx, view_id, data.name)
    return current(ctx, view_id)


@delete("/review-views/{view_id:str}", tags=TAGS, status_code=200, sync_to_thread=True)
def delete_view(view_id: Id, ctx: Asking, condition: NamedDependency[Condition]) -> SavedView:
    """Let go of a view; it is shown a last time. If-Match takes its ETag."""
    view = current(ctx, view_id)
    condition.required(view)
    review_wishes.let_go(ctx, view_id)
    return view


def current(ctx: Context, view_id: str) -> SavedView:
    """Return a view as it is now."""
    return _view(review_wishes.view(ctx, view_id))


def _page(cursor: str | None) -> int:
    """Return which page a cursor names: a queue is counted, so its pages are, too."""
    if cursor is None:
        return 1
    if not (cursor.isascii() and cursor.isdecimal() and 0 < len(cursor) < 6):  # noqa: PLR2004 - more than anyone has
        raise BadCursor
    return int(cursor)


def _item(one: Queued) -> ReviewItem:
    assessed = _summary(one.assessed) if one.assessed is not None else None
    return ReviewItem(rendered(one.amendment), one.collides, one.unseen, assessed)


def _fate(one: Foreseen) -> ReviewFate:
    return ReviewFate(_reference(one.amendment), one.fate)


ROUTES = [list_review, act_on_several, list_views, keep_view, read_view, rename_view, delete_view]
