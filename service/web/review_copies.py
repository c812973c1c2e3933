"""The review copy: the changes that fit a filter, set as Parliament sets its amendments, to print and to write on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from litestar import Response, get
from litestar.params import FromPath

from service.domain.text import BlockChange, BlockState, Span, SpanState, redline
from service.domain.views.amendments import AmendmentView
from service.web import review_filters as filters
from service.web.pages import Asked, Asking, page
from service.web.remembering import remembered
from service.workflows import reading, review

MOST = 150
"""So many amendments stand in a copy at most: more are chosen in parts."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One block in two columns; `number` is its own, or of the block that a new one comes after (0: none)."""

    number: int
    change: BlockChange

    @property
    def old(self) -> tuple[Span, ...]:
        """Its words as the text has them."""
        return tuple(span for span in self.change.spans if span.state is not SpanState.INSERTED)

    @property
    def new(self) -> tuple[Span, ...]:
        """Its words as they would be."""
        return tuple(span for span in self.change.spans if span.state is not SpanState.REMOVED)


@dataclass(frozen=True, slots=True)
class Entry:
    """One amendment in the copy."""

    amendment: AmendmentView
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The amendments to one recommendation."""

    entries: tuple[Entry, ...]

    @property
    def first(self) -> AmendmentView:
        """An amendment that tells which recommendation it is."""
        return self.entries[0].amendment


@get("/agendas/{agenda_id:str}/review-copy", sync_to_thread=True, include_in_schema=False)
@remembered
def review_copy(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the changes that fit the address as a paper."""
    query = filters.asked(dict(request.query_params))
    with ctx.reading():
        found, total = review.every(ctx, agenda_id, filters.wanted(query), MOST)
        return page(
            request, ctx, "review_copy.html", agenda=reading.agenda(ctx, agenda_id), total=total, shown=len(found),
            sections=[Section(tuple(entries)) for entries in _sections(found)], written=filters.written(query),
        )  # fmt: skip


def _sections(found: Sequence[AmendmentView]) -> Iterator[list[Entry]]:
    for _, those in groupby(found, key=lambda view: view.recommendation_id):
        yield [Entry(view, tuple(passages_of(view))) for view in those]


def passages_of(view: AmendmentView) -> Iterator[Passage]:
    """Yield the blocks that an amendment changes, each with its number, or that of the block that it comes after."""
    numbers = {block.id: number for number, block in enumerate(view.base_blocks, start=1)}
    last = 0
    for change in redline(view.base_blocks, view.blocks):
        last = numbers.get(change.id, last)
        if change.state is not BlockState.KEPT:
            yield Passage(last, change)
