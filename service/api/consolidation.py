"""Consolidation: which amendments collide, and the next version made of those accepted."""

from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.lists import Id, Listing, whole
from service.api.schemas import Identifier, OrganisationRef, Request, refuses, shown
from service.api.schemas_text import Block, Note, blocks
from service.api.versions import Version, WordOrigins, current, word_origins
from service.domain.amendments import AmendmentState
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


class AmendmentRef(Struct, frozen=True):
    """An amendment by number."""

    id: str
    number: int | None
    state: AmendmentState
    organisations: tuple[OrganisationRef, ...]


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


class Merge(Request, frozen=True):
    """The decisions on collisions, and a word to readers; a preview only shows what would come out.

    With the `digest` of a preview, nothing else than the text that it showed is made.
    """

    preview: bool = False
    digest: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")] | None = None
    resolutions: Annotated[tuple[Settlement, ...], Meta(max_length=500)] = ()
    note: Note = ""


class MergePreview(Struct, frozen=True):
    """What the next version would be. `blocks` is null while something stands in the way.

    That is `unresolved` collisions, or `blocked` amendments that do not fit the current text any more. Of those that
    have `fallen` nothing would be left. So many `reconfirmations` would be asked of organisations.
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


_collision = shown(Collision)
_reference = shown(AmendmentRef)


def _preview(ctx: Context, command: consolidation.Consolidate) -> MergePreview:
    found = consolidation.preview(ctx, command)
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
    )


@get("/recommendations/{recommendation_id:str}/collisions", tags=TAGS, sync_to_thread=True)
def list_collisions(recommendation_id: Id, ctx: Asking) -> Listing[Collision]:
    """List which amendments to the current version touch the same words."""
    return whole(reading.collisions(ctx, recommendation_id), _collision)


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
    settled = tuple(
        Resolution(s.amendments, "", s.prefer, s.block, s.replacement, s.in_order) for s in data.resolutions
    )
    command = consolidation.Consolidate(recommendation_id, settled, data.note, data.digest)
    if data.preview:
        return Response(_preview(ctx, command), status_code=200)
    return attempt.create(
        lambda: consolidation.consolidate(ctx, command),
        lambda made: current(ctx, made),
        "/versions/{id}",
    )


ROUTES = [list_collisions, consolidate_recommendation]
