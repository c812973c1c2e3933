"""Everything of one kind that lies beside a block, page by page: for whoever asks for more than the first few."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from litestar import Response, get
from litestar.params import FromPath

from service.domain.errors import Unknown
from service.domain.text import Block
from service.domain.views.amendments import AmendmentRef
from service.domain.views.margins import AmendmentMark, CommentMark
from service.domain.views.recommendations import CommentView
from service.web.margins import Around, Margin, Wording, margins, same_words, told
from service.web.pages import Asked, Asking, page
from service.web.remembering import remembered
from service.workflows import margins as lying
from service.workflows import reading
from service.workflows.context import Context

SHOWN = 25
ADDRESS = "/recommendations/{recommendation_id:str}/beside"


class Sort(StrEnum):
    """What lies beside a block, or the text: amendments that stand, those decided, comments that ask, those settled."""

    AMENDMENTS = "amendments"
    DECIDED = "decided"
    COMMENTS = "comments"
    SETTLED = "settled"
    WHOLE = "whole"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some of what is of one sort, of `count` in all; `first` and `last` count from 1, `next` is where to go on."""

    sort: Sort
    row: Margin | None
    count: int
    first: int
    last: int
    next: str | None
    wordings: tuple[Wording, ...] = ()
    decided: tuple[AmendmentRef, ...] = ()
    comments: tuple[CommentView, ...] = ()


@get(ADDRESS, sync_to_thread=True, include_in_schema=False)
@remembered
def everything(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show everything of one kind that lies beside a block, a page of it."""
    return _shown(request, ctx, recommendation_id, "beside.html")


@get(f"{ADDRESS}/part", sync_to_thread=True, include_in_schema=False)
@remembered
def part(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Return the same for the page of the recommendation, to be put in its place."""
    return _shown(request, ctx, recommendation_id, "beside_part.html")


def _shown(request: Asked, ctx: Context, recommendation_id: str, template: str) -> Response[str]:
    with ctx.reading():
        view = reading.recommendation(ctx, recommendation_id)
        version = reading.version(ctx, view.current_version.id)
        found = stretch(ctx, view.id, version.blocks, request)
        agenda = reading.agenda(ctx, view.agenda_id)
        return page(request, ctx, template, recommendation=view, agenda=agenda, found=found)


def stretch(ctx: Context, recommendation_id: str, blocks: tuple[Block, ...], request: Asked) -> Stretch:
    """Return the stretch that is asked for.

    Raises:
        Unknown: the text has no such block.
    """
    sort = next((s for s in Sort if s == request.query_params.get("what")), Sort.AMENDMENTS)
    lies = margins(blocks, lying.marks(ctx, recommendation_id, blocks))
    row = _row(lies, sort, str(request.query_params.get("block", "")))
    marks = _marks(lies, row, sort)
    after = str(request.query_params.get("after", ""))
    begun = sum(mark.id <= after for mark in marks)
    ids = [mark.id for mark in marks[begun : begun + SHOWN]]
    last = begun + len(ids)
    following = ids[-1] if last < len(marks) else None
    whole = (sort, row, len(marks), begun + 1, last, following)
    if row is not None and sort is Sort.AMENDMENTS:
        known, standing = lying.amendments(ctx, ids), [block.id for block in blocks]
        return Stretch(*whole, wordings=same_words(told(known[i], row.block.id, standing) for i in ids))
    if sort is Sort.DECIDED:
        refs = reading.references(ctx, ids)
        return Stretch(*whole, decided=tuple(refs[i] for i in ids))
    known_comments = lying.comments(ctx, ids)
    return Stretch(*whole, comments=tuple(known_comments[i] for i in ids))


def _row(lies: Around, sort: Sort, block_id: str) -> Margin | None:
    if sort in {Sort.WHOLE, Sort.GONE}:
        return None
    row = next((row for row in lies.rows if row.block.id == block_id), None)
    if row is None:
        raise Unknown(thing="block")
    return row


def _marks(lies: Around, row: Margin | None, sort: Sort) -> Sequence[AmendmentMark | CommentMark]:
    if row is None:
        return lies.whole if sort is Sort.WHOLE else lies.gone
    if sort in {Sort.AMENDMENTS, Sort.DECIDED}:
        return row.amendments if sort is Sort.AMENDMENTS else row.settled
    return row.open_comments if sort is Sort.COMMENTS else row.closed_comments


ROUTES = [everything, part]
