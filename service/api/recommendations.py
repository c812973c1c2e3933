"""/recommendations: numbered asks, and whether they pass."""

from datetime import datetime
from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.conditions import Condition
from service.api.lists import Cursor, Id, Limit, Listing, listing
from service.api.schemas import Identifier, Request, VersionRef, refuses, shown
from service.api.schemas_text import BlocksIn, Note, written
from service.domain.errors import IllegalMove, Invalid, OrderSettled, PhaseClosed
from service.domain.positions import Stance
from service.domain.recommendations import Addressee, RecommendationState
from service.workflows import ordering, reading, recommendations
from service.workflows.context import Context

TAGS = ["Recommendations"]


class Recommendation(Struct, frozen=True):
    """One numbered ask, with what is going on around it; its title is the first block of its current version."""

    id: str
    number: int
    title: str
    state: RecommendationState
    current_version: VersionRef
    agenda_id: str
    addressee: Addressee
    theme: str
    changed_at: datetime
    amendments: int
    open_amendments: int
    colliding: int
    comments: int
    open_comments: int
    positions: int


class AdoptionOutcome(Struct, frozen=True):
    """Whether a recommendation passes on its current text, the count, and the reasons in words."""

    passed: bool
    counted: int
    tally: dict[Stance, int]
    silent: int
    reconfirmations: int
    reasons: tuple[str, ...]
    explanation: str


class NewRecommendation(Request, frozen=True):
    """A recommendation to begin."""

    addressee: Addressee
    theme: Annotated[str, Meta(description="Up to 100 characters.")]
    blocks: BlocksIn
    note: Note = ""


class Withdrawal(Request, frozen=True):
    """Why a recommendation is taken off the agenda; every reader sees it."""

    reason: str


class NewOrder(Request, frozen=True):
    """Every recommendation of the agenda once, in the order in which they are to be numbered."""

    recommendation_ids: Annotated[tuple[Identifier, ...], Meta(max_length=1_000)]


_recommendation = shown(Recommendation)


def current(ctx: Context, recommendation_id: str) -> Recommendation:
    """Return a recommendation as it is now."""
    return _recommendation(reading.recommendation(ctx, recommendation_id))


@get("/agendas/{agenda_id:str}/recommendations", tags=TAGS, sync_to_thread=True)
def list_recommendations(
    agenda_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None
) -> Listing[Recommendation]:
    """List an agenda's recommendations by number."""
    return listing(reading.recommendations(ctx, agenda_id, limit=limit, cursor=cursor), _recommendation)


@post(
    "/agendas/{agenda_id:str}/recommendations",
    tags=TAGS,
    opt=refuses(PhaseClosed, Invalid),
    sync_to_thread=True,
)
def draft_recommendation(
    agenda_id: Id,
    data: JSONBody[NewRecommendation],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Recommendation]:
    """Draft a recommendation, as the rapporteur."""
    command = recommendations.DraftRecommendation(
        agenda_id, data.addressee, data.theme, written(data.blocks), data.note
    )
    return attempt.create(
        lambda: recommendations.draft(ctx, command),
        lambda made: current(ctx, made),
        "/recommendations/{id}",
    )


@post(
    "/agendas/{agenda_id:str}/order",
    tags=TAGS,
    opt=refuses(PhaseClosed, Invalid, OrderSettled),
    status_code=204,
    sync_to_thread=True,
)
def order_recommendations(agenda_id: Id, data: JSONBody[NewOrder], ctx: Asking) -> None:
    """Put the drafts of an agenda into another order; they are numbered by it."""
    ordering.order(ctx, agenda_id, data.recommendation_ids)


@get("/recommendations/{recommendation_id:str}", tags=TAGS, sync_to_thread=True)
def read_recommendation(recommendation_id: Id, ctx: Asking) -> Recommendation:
    """Read a recommendation. Its text is that of its current version."""
    return current(ctx, recommendation_id)


@post(
    "/recommendations/{recommendation_id:str}/tabling",
    tags=TAGS,
    opt=refuses(PhaseClosed, IllegalMove),
    status_code=200,
    sync_to_thread=True,
)
def table_recommendation(
    recommendation_id: Id, ctx: Asking, condition: NamedDependency[Condition]
) -> Recommendation:
    """Lay a draft before the partnerships."""
    condition.honoured(lambda: current(ctx, recommendation_id))
    recommendations.table(ctx, recommendation_id)
    return current(ctx, recommendation_id)


@post(
    "/recommendations/{recommendation_id:str}/withdrawal",
    tags=TAGS,
    opt=refuses(IllegalMove, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def withdraw_recommendation(
    recommendation_id: Id,
    data: JSONBody[Withdrawal],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> Recommendation:
    """Take a recommendation off the agenda."""
    condition.honoured(lambda: current(ctx, recommendation_id))
    recommendations.withdraw(ctx, recommendation_id, data.reason)
    return current(ctx, recommendation_id)


@get("/recommendations/{recommendation_id:str}/outcome", tags=TAGS, sync_to_thread=True)
def read_outcome(recommendation_id: Id, ctx: Asking) -> AdoptionOutcome:
    """Say whether a recommendation passes as things stand, and why or what is missing."""
    found = reading.outcome(ctx, recommendation_id)
    return AdoptionOutcome(
        found.passed,
        found.counted,
        dict(found.tally),
        found.silent,
        found.reconfirmations,
        tuple(reason.text for reason in found.reasons),
        found.explanation,
    )


ROUTES = [
    list_recommendations,
    draft_recommendation,
    order_recommendations,
    read_recommendation,
    table_recommendation,
    withdraw_recommendation,
    read_outcome,
]
