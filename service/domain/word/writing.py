"""From a text and what somebody would change in it to paragraphs with tracked changes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import Final

from service.domain.text import Block, BlockChange, BlockState, MoveBlock, Span, SpanState, diff, redline
from service.domain.word.tracked import MOVED, Change, Paragraph, Run, bookmark, merged, style_of

_BECAME: Final[Mapping[SpanState, Change]] = {
    SpanState.KEPT: Change.KEPT,
    SpanState.REMOVED: Change.DELETED,
    SpanState.INSERTED: Change.INSERTED,
}
# No id holds a space, so nothing else is named like this.
_ELSEWHERE: Final = "moved to "


def written(base: Sequence[Block], amended: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of both texts: with every change rejected they are the one, accepted the other.

    A moved block is struck out where it was and inserted where it goes, with a bookmark in both places.
    """
    moved = {operation.block for operation in diff(base, amended) if isinstance(operation, MoveBlock)}
    placed = [replace(b, id=f"{_ELSEWHERE}{b.id}") if b.id in moved else b for b in amended]
    return tuple(_Writer(base, placed).paragraphs())


class _Writer:
    """Writes one change after the other; what was one block and is several, or the other way, is told by the ends."""

    def __init__(self, base: Sequence[Block], amended: Sequence[Block]) -> None:
        self._before = {block.id: at for at, block in enumerate(base)}
        self._after = {block.id: at for at, block in enumerate(amended)}
        self._changes = redline(base, amended)

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs in the order in which they stand."""
        follows = [change.state is BlockState.SPLIT for change in self._changes[1:]]
        for change, goes_on in zip(self._changes, (*follows, False), strict=True):
            end = Change.INSERTED if goes_on else Change.KEPT
            match change.state:
                case BlockState.INSERTED:
                    yield self._paragraph(change.block, change.spans, Change.INSERTED, _place(change.id))
                case BlockState.REMOVED:
                    yield self._paragraph(change.block, change.spans, Change.DELETED, (bookmark(change.id),))
                case BlockState.SPLIT:
                    yield self._paragraph(change.block, change.spans, end, ())
                case _:
                    yield from self._whole(change, end)

    def _whole(self, change: BlockChange, end: Change) -> Iterator[Paragraph]:
        """Yield what was one block, or several: each of them with its bookmark, the ends between them struck out."""
        olds = (*filter(None, (change.before,)), *change.joined)
        rows = list(_rows(change.spans, [len(block.text) for block in olds[:-1]]))
        for at, (old, row) in enumerate(zip(olds, rows, strict=True)):
            last = at == len(olds) - 1
            yield self._paragraph(
                change.block, row, end if last else Change.DELETED, (bookmark(old.id),), old
            )

    def _paragraph(
        self,
        block: Block,
        spans: Sequence[Span],
        end: Change,
        names: tuple[str, ...],
        old: Block | None = None,
    ) -> Paragraph:
        style = style_of(block, self._after.get(block.id, self._before.get(block.id, 0)))
        was = style_of(old, self._before[old.id]) if old is not None else style
        runs = merged(
            Run(piece.text, _BECAME[span.state], piece.look, piece.was)
            for span in spans
            for piece in span.pieces
        )
        return Paragraph(runs, end, names, style, "" if was == style else was, block.level)


def _place(block_id: str) -> tuple[str, ...]:
    """Return the bookmark of a block that was moved here, or none for a new one."""
    name = block_id.removeprefix(_ELSEWHERE)
    return (f"{MOVED}{bookmark(name)}",) if name != block_id else ()


def _rows(spans: Sequence[Span], lengths: Sequence[int]) -> Iterator[list[Span]]:
    """Yield the spans of each old block; what was inserted between two of them stands with the second."""
    edges = list(accumulate(lengths))
    row: list[Span] = []
    at = 0
    for span in spans:
        left = 0
        if span.state is not SpanState.INSERTED:
            while edges and edges[0] <= at + len(span.text):
                right = edges.pop(0) - at
                yield [*row, *_part(span, left, right)]
                row, left = [], right
            at += len(span.text)
        row += _part(span, left, len(span.text))
    yield row


def _part(span: Span, start: int, end: int) -> list[Span]:
    return [span.cut(start, end)] if start < end else []
