"""/claims and /shortlist: claims with the evidence for each, and lessons with what speaks for each."""

from typing import Annotated

from litestar import get, patch, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.conditions import Condition
from service.api.lessons import Lesson, current
from service.api.lists import Id, Listing, whole
from service.api.schemas import Identifier, Request, refuses, shown
from service.api.schemas_text import Block
from service.domain.errors import IllegalMove, Invalid, PhaseClosed, TooManyLessons, Unknown
from service.domain.views.weighing import CandidateView
from service.workflows import lessons, library, weighing

Without = Annotated[
    bool, QueryParameter(name="without_evidence", description="Only claims that no evidence names.")
]
Reason = Annotated[str, Meta(description="Up to 1,000 characters; everyone can read it.")]


class Claim(Struct, frozen=True):
    """A block that asserts something; `place` is its number in the text.

    Every paragraph and list item is one, but for the first paragraph, which is the ask. Evidence counts for a claim
    when it names exactly that block.
    """

    recommendation_id: str
    place: int
    block: Block
    evidence_ids: tuple[str, ...]


class Alike(Struct, frozen=True):
    """Another lesson that shares at least half of the words; `share` is from 0 to 1."""

    lesson_id: str
    share: float


class Candidate(Struct, frozen=True):
    """A lesson with what speaks for it: the partnerships whose members proposed it or brought its evidence."""

    lesson: Lesson
    partnerships: tuple[str, ...]
    alike: tuple[Alike, ...]


class Shortlisting(Request, frozen=True):
    """A lesson to put at the end of the shared list, and why."""

    lesson_id: Identifier
    reason: Reason = ""


class NewRank(Request, frozen=True):
    """Another place on the shared list, counted from 1."""

    rank: Annotated[int, Meta(ge=1, le=100)]


_block = shown(Block)
_lesson = shown(Lesson)


def _candidate(view: CandidateView) -> Candidate:
    near = tuple(Alike(one.lesson.id, round(one.share, 2)) for one in view.alike)
    return Candidate(_lesson(view.lesson), view.partnerships, near)


@get("/agendas/{agenda_id:str}/claims", tags=["Evidence"], sync_to_thread=True)
def list_claims(agenda_id: Id, ctx: Asking, without_evidence: Without = False) -> Listing[Claim]:  # noqa: FBT002 - a parameter of the address
    """List the claims of an agenda's recommendations with the evidence that names each."""
    found = tuple(
        Claim(one.recommendation.id, claim.place, _block(claim.block), claim.evidence_ids)
        for one in weighing.claims(ctx, agenda_id)
        for claim in (one.found.bare if without_evidence else one.found.claims)
    )
    return whole(found, lambda claim: claim)


@get("/agendas/{agenda_id:str}/shortlist", tags=["Lessons"], sync_to_thread=True)
def list_candidates(agenda_id: Id, ctx: Asking) -> Listing[Candidate]:
    """List an agenda's lessons with what speaks for each, the best underpinned first, and which are alike."""
    return whole(weighing.candidates(ctx, agenda_id), _candidate)


@post(
    "/agendas/{agenda_id:str}/shortlist",
    tags=["Lessons"],
    opt=refuses(PhaseClosed, TooManyLessons, IllegalMove, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def shortlist_with_reason(agenda_id: Id, data: JSONBody[Shortlisting], ctx: Asking) -> Lesson:
    """Put a lesson at the end of the shared list of at most ten, and say why."""
    if library.lesson(ctx, data.lesson_id).agenda_id != agenda_id:
        raise Unknown(thing="lesson")
    lessons.shortlist(ctx, data.lesson_id, data.reason)
    return current(ctx, data.lesson_id)


@patch(
    "/lessons/{lesson_id:str}/shortlist",
    tags=["Lessons"],
    opt=refuses(PhaseClosed, IllegalMove, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def move_lesson(
    lesson_id: Id, data: JSONBody[NewRank], ctx: Asking, condition: NamedDependency[Condition]
) -> Lesson:
    """Give a lesson another place on the shared list. If-Match takes the ETag of the lesson."""
    with ctx.transaction():
        condition.required(current(ctx, lesson_id))
        lessons.move(ctx, lesson_id, data.rank)
        return current(ctx, lesson_id)


ROUTES = [list_claims, list_candidates, shortlist_with_reason, move_lesson]
