"""Consolidation: which amendments collide, and the next version made of those accepted."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.coverage import RealisedShare, Tally, share, tally
from service.api.lists import Cursor, Id, Limit, Listing, listing
from service.api.problems import FieldProblem, problem
from service.api.schemas import AmendmentRef, Identifier, OrganisationRef, Request, refuses, shown
from service.api.schemas_text import Block, Difference, Note, blocks, difference
from service.api.versions import Version, WordOrigins, current, word_origins
from service.domain import consolidation as consolidated
from service.domain.errors import (
    CannotRebase,
    IllegalMove,
    Invalid,
    NothingToMerge,
    OpenCollisions,
    PhaseClosed,
    PreviewOutdated,
)
from service.domain.text import CollisionKind, Resolution
from service.workflows import consolidation, reading
from service.workflows.context import Context

TAGS = ["Consolidation"]


class Collision(Struct, frozen=True):
    """Two amendments that touch the same words. Only where `blocks_merge`, somebody has to decide first."""

    first: AmendmentRef
    second: AmendmentRef
    kind: CollisionKind
    block_id: str | None
    start: int
    end: int
    blocks_merge: bool


class Settlement(Request, frozen=True):
    """What was decided where accepted amendments collide; in exactly one of three ways.

    `prefer`: this amendment stands, and what collides with it in the others falls. `replacement`: this text of
    `block` replaces what they make of it; empty strikes the block out. `in_order`: what all of them insert in one
    place stands, in the order in which they are named. `block` narrows a decision to one block.
    """

    amendments: tuple[Identifier, ...]
    prefer: Identifier | None = None
    block: str | None = None
    replacement: str | None = None
    in_order: bool = False


Amendments = (
    Annotated[
        tuple[Identifier, ...],
        Meta(max_length=500, description="Try these instead of the accepted ones; with a preview alone."),
    ]
    | None
)
Settlements = Annotated[tuple[Settlement, ...], Meta(max_length=500)]


class Scenario(Request, frozen=True):
    """A trial: which amendments are in, the accepted ones unless it says, and how their collisions are settled."""

    amendments: Amendments = None
    resolutions: Settlements = ()


class Scenarios(Request, frozen=True):
    """Two trials to compare."""

    first: Scenario
    second: Scenario


class Merge(Request, frozen=True):
    """The decisions on collisions, and a word to readers; a preview only shows what would come out.

    With the `digest` of a preview, nothing else than the text that it showed is made. With `amendments`, a preview
    tries these in the place of the accepted ones.
    """

    preview: bool = False
    digest: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")] | None = None
    resolutions: Settlements = ()
    note: Note = ""
    amendments: Amendments = None


class Served(Struct, frozen=True):
    """How much of what an organisation asked for, in the amendments that it made or signed, the text realises."""

    organisation: OrganisationRef
    amendment_numbers: tuple[int, ...]
    share: RealisedShare
    words: Tally
    forms: Tally


class MergePreview(Struct, frozen=True):
    """What the next version would be. `blocks` is null while something stands in the way.

    That is `unresolved` collisions, `blocked` amendments that do not fit the current text any more, or `faults` of what
    comes out, such as a text without any paragraph: they name blocks as a refusal does. Of those that
    have `fallen` nothing would be left, or a compromise covers them. So many `reconfirmations` would be asked of
    organisations, those in `reconfirming` (the first 500). `served` counts for each organisation what it asked for in
    amendments that are open, accepted or tried here.
    """

    base_version: int
    blocks: tuple[Block, ...] | None
    provenance: WordOrigins
    amendments: tuple[AmendmentRef, ...]
    fallen: tuple[AmendmentRef, ...]
    unresolved: tuple[Collision, ...]
    blocked: tuple[AmendmentRef, ...]
    reconfirmations: int
    digest: str | None
    reconfirming: tuple[OrganisationRef, ...]
    served: tuple[Served, ...]
    faults: tuple[FieldProblem, ...]


class MergeComparison(Struct, frozen=True):
    """Two trials. `difference` leads from the first text to the second; null while one of them has none."""

    first: MergePreview
    second: MergePreview
    difference: Difference | None


_collision = shown(Collision)
_reference = shown(AmendmentRef)


_organisation = shown(OrganisationRef)


def _served(view: consolidated.Served) -> Served:
    return Served(
        _organisation(view.organisation),
        view.numbers,
        share(view.share),
        tally(view.words),
        tally(view.forms),
    )


def previewed(ctx: Context, found: consolidation.Preview) -> MergePreview:
    """Return what the next version would be, as the API shows it."""
    return MergePreview(
        found.base_version,
        blocks(found.blocks) if found.blocks is not None else None,
        word_origins(ctx, found.provenance),
        tuple(map(_reference, found.amendments)),
        tuple(map(_reference, found.fallen)),
        tuple(map(_collision, found.unresolved)),
        tuple(map(_reference, found.blocked)),
        found.reconfirmations,
        found.digest,
        tuple(map(_organisation, found.reconfirming)),
        tuple(map(_served, found.served)),
        problem(Invalid(errors=found.faults)).errors,
    )


def _resolutions(sent: tuple[Settlement, ...]) -> tuple[Resolution, ...]:
    return tuple(Resolution(s.amendments, "", s.prefer, s.block, s.replacement, s.in_order) for s in sent)


def _scenario(recommendation_id: str, sent: Scenario) -> consolidation.Consolidate:
    return consolidation.Consolidate(
        recommendation_id, _resolutions(sent.resolutions), amendments=sent.amendments
    )


@get("/recommendations/{recommendation_id:str}/collisions", tags=TAGS, sync_to_thread=True)
def list_collisions(
    recommendation_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None
) -> Listing[Collision]:
    """List which amendments to the current version touch the same words, in the order of its text."""
    return listing(reading.collisions(ctx, recommendation_id, limit, cursor), _collision)


@post(
    "/recommendations/{recommendation_id:str}/merges",
    tags=TAGS,
    opt=refuses(
        PhaseClosed, OpenCollisions, PreviewOutdated, NothingToMerge, CannotRebase, IllegalMove, Invalid
    ),
    sync_to_thread=True,
)
def consolidate_recommendation(
    recommendation_id: Id,
    data: JSONBody[Merge],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Version] | Response[MergePreview]:
    """Work the accepted amendments into the next version. A preview answers 200, changes nothing, and says why not."""
    command = consolidation.Consolidate(
        recommendation_id, _resolutions(data.resolutions), data.note, data.digest, data.amendments
    )
    if data.preview:
        return Response(previewed(ctx, consolidation.preview(ctx, command)), status_code=200)
    return attempt.create(
        lambda: consolidation.consolidate(ctx, command),
        lambda made: current(ctx, made),
        "/versions/{id}",
    )


@post(
    "/recommendations/{recommendation_id:str}/merges/comparison",
    tags=TAGS,
    opt=refuses(PhaseClosed, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def compare_merges(recommendation_id: Id, data: JSONBody[Scenarios], ctx: Asking) -> MergeComparison:
    """Compare what two sets of amendments would make of the text, and whom each would serve; nothing is changed."""
    found = consolidation.compare(
        ctx, _scenario(recommendation_id, data.first), _scenario(recommendation_id, data.second)
    )
    one, other = found.first.blocks, found.second.blocks
    both = difference(one, other) if one is not None and other is not None else None
    return MergeComparison(previewed(ctx, found.first), previewed(ctx, found.second), both)


ROUTES = [list_collisions, consolidate_recommendation, compare_merges]
