"""/versions: the immutable states of a recommendation's text, and who brought which words."""

from datetime import datetime
from typing import Annotated, ClassVar

from litestar import MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from msgspec import UNSET, Meta, Struct, UnsetType

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.lists import ID, Cursor, Id, Limit, Listing, listing, whole
from service.api.schemas import Identifier, NumberedRef, Request, VersionRef, refuses, shown
from service.api.schemas_text import (
    Block,
    BlocksIn,
    Difference,
    Format,
    Markdown,
    Note,
    blocks,
    difference,
    either,
    readable,
)
from service.domain.errors import EmptyChange, IllegalMove, Invalid, PhaseClosed, StaleBase
from service.domain.text import Provenance, to_markdown
from service.domain.views.recommendations import VersionView
from service.workflows import reading, recommendations
from service.workflows.context import Context

TAGS = ["Versions"]
MARKDOWN = "text/markdown"
TEXT = """# Fund what lasts after a partnership ends

Calls on the European Commission to reserve **a tenth** of each partnership's budget for its upkeep.
"""
Other = Annotated[
    str,
    QueryParameter(
        name="with", pattern=ID, description="The id of the version to compare with, the earlier one."
    ),
]


class Descent(Struct, frozen=True):
    """How a block came about in the version with this number: split from one block, or joined out of several."""

    version: int
    blocks: tuple[str, ...]


class Version(Struct, frozen=True):
    """An immutable state of a recommendation's text; the digest is that of its blocks.

    `lineage` tells of blocks that came from others, by their ids, the oldest change first.
    """

    id: str
    number: int
    digest: str
    recommendation_id: str
    parent_id: str | None
    note: str
    created_at: datetime
    blocks: tuple[Block, ...]
    lineage: dict[str, tuple[Descent, ...]]


class SettledCollision(Struct, frozen=True):
    """How a collision of accepted amendments was settled when this version was made: who, when, and which way.

    Exactly one of three: `prefer` names the amendment that stands, `replacement` is the text of the block that stands
    in the place of all (empty: the block went), or all stand `in_order`, the one in which they are named.
    """

    amendments: tuple[NumberedRef, ...]
    prefer: str | None
    block_id: str | None
    replacement: str | None
    in_order: bool
    resolver: str
    settled_at: datetime


class Run(Struct, frozen=True):
    """A stretch of a block's text with its origins: amendments, versions, or `base`; and who settled a collision."""

    start: int
    end: int
    origins: tuple[str, ...]
    resolver: str | None


class OriginRef(Struct, frozen=True):
    """What an origin stands for: an amendment with its organisations, or a version written by hand.

    `compromise` tells that the amendment covers others.
    """

    amendment_number: int | None
    organisations: tuple[str, ...]
    version_number: int | None
    compromise: bool


class WordOrigins(Struct, frozen=True):
    """Who brought which words: for each block runs that cover every character once, and what the origins are."""

    blocks: dict[str, tuple[Run, ...]]
    origins: dict[str, OriginRef]


class Comparison(Struct, frozen=True):
    """What leads from one version to another."""

    base: VersionRef
    version: VersionRef
    difference: Difference


class CameFrom(Request, frozen=True):
    """A block that was made of blocks of the version before: split from one, or joined out of several."""

    block: Annotated[int, Meta(ge=0, le=499, description="Its place in `blocks`, from 0.")]
    origins: Annotated[tuple[Identifier, ...], Meta(min_length=1, max_length=100)]


class NewVersion(Request, frozen=True):
    """A new version, written by hand on the current one.

    It is sent either in `blocks`, ids kept, or in `markdown`. Which blocks came from others is seen from the words;
    `lineage` tells of those where it is not, such as a part that was moved elsewhere.
    """

    exactly_one: ClassVar[tuple[str, ...]] = ("blocks", "markdown")
    base_version: Identifier
    blocks: BlocksIn | UnsetType = UNSET
    markdown: Markdown | UnsetType = UNSET
    note: Note = ""
    lineage: Annotated[tuple[CameFrom, ...], Meta(max_length=500)] = ()


_settlement = shown(SettledCollision)


def version(view: VersionView) -> Version:
    """Render a version."""
    return Version(
        view.id,
        view.number,
        view.digest,
        view.recommendation_id,
        view.parent_id,
        view.note,
        view.created_at,
        blocks(view.blocks),
        {
            block: tuple(Descent(one.version, one.blocks) for one in descents)
            for block, descents in view.lineage.items()
        },
    )


def current(ctx: Context, version_id: str) -> Version:
    """Return a version by its id."""
    return version(reading.version(ctx, version_id))


def word_origins(ctx: Context, provenance: Provenance) -> WordOrigins:
    """Render who brought which words."""
    named = reading.origins(ctx, provenance)
    return WordOrigins(
        {
            block: tuple(Run(r.start, r.end, r.origins, r.resolver) for r in runs)
            for block, runs in provenance.items()
        },
        {
            key: OriginRef(
                o.amendment_number, tuple(r.name for r in o.organisations), o.version_number, o.compromise
            )
            for key, o in named.items()
        },
    )


@get("/recommendations/{recommendation_id:str}/versions", tags=TAGS, sync_to_thread=True)
def list_versions(
    recommendation_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None
) -> Listing[Version]:
    """List a recommendation's versions with their texts."""
    return listing(reading.versions(ctx, recommendation_id, limit=limit, cursor=cursor), version)


@post(
    "/recommendations/{recommendation_id:str}/versions",
    tags=TAGS,
    opt=refuses(PhaseClosed, StaleBase, EmptyChange, IllegalMove, Invalid),
    sync_to_thread=True,
)
def rewrite_recommendation(
    recommendation_id: Id,
    data: JSONBody[NewVersion],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Version]:
    """Write a new version by hand, as the rapporteur."""
    sent = either(data.blocks, data.markdown)
    came = {one.block: one.origins for one in data.lineage}

    def run() -> str:
        text = reading.rewording(ctx, data.base_version, sent) if isinstance(sent, str) else sent
        command = recommendations.Rewrite(recommendation_id, data.base_version, text, data.note, came)
        return recommendations.rewrite(ctx, command)

    return attempt.create(
        run,
        lambda made: current(ctx, made),
        "/versions/{id}",
    )


@get("/versions/{version_id:str}", tags=TAGS, sync_to_thread=True)
def read_version(version_id: Id, ctx: Asking) -> Version:
    """Read a version: the exact text that amendments start from and positions are taken on."""
    return current(ctx, version_id)


@get(
    "/versions/{version_id:str}/text",
    tags=TAGS,
    opt={"answers": MARKDOWN, "example": TEXT},
    media_type=MARKDOWN,
    sync_to_thread=True,
)
def read_text(version_id: Id, ctx: Asking) -> Response[bytes]:
    """Read a version as Markdown: the whole of it, but for the ids of its blocks.

    Changed and sent as the `markdown` of an amendment, it is compared with the version it came from.
    """
    return Response(to_markdown(reading.version(ctx, version_id).blocks).encode(), media_type=MARKDOWN)


@get("/versions/{version_id:str}/provenance", tags=TAGS, sync_to_thread=True)
def read_provenance(version_id: Id, ctx: Asking) -> WordOrigins:
    """Say for each stretch of a version's text who brought the words."""
    return word_origins(ctx, reading.version(ctx, version_id).provenance)


@get("/versions/{version_id:str}/compare", tags=TAGS, sync_to_thread=True)
def compare_versions(
    version_id: Id, other: Other, ctx: Asking, form: Format = "json"
) -> Response[Comparison] | Response[str]:
    """Compare a version with another: the operations lead from that one to this; or all of it as text."""
    mine, base = reading.version(ctx, version_id), reading.version(ctx, other)
    if form == "text":
        return Response(readable(base.blocks, mine.blocks), media_type=MediaType.TEXT)
    shown = Comparison(
        VersionRef(base.id, base.number, base.digest),
        VersionRef(mine.id, mine.number, mine.digest),
        difference(base.blocks, mine.blocks),
    )
    return Response(shown)


@get("/versions/{version_id:str}/settlements", tags=TAGS, sync_to_thread=True)
def list_settlements(version_id: Id, ctx: Asking) -> Listing[SettledCollision]:
    """List how each collision was settled when a version was made."""
    return whole(reading.settlements(ctx, version_id), _settlement)


ROUTES = [
    list_settlements,
    list_versions,
    rewrite_recommendation,
    read_version,
    read_text,
    read_provenance,
    compare_versions,
]
