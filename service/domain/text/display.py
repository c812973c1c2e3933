"""How a difference looks: the one tree that pages, papers and mails all render.

What is shown is cleaned for the reader: where two replacements stand side by side with only white space
between them, they are shown as one. That never changes an operation, and adds at most a quarter to what
is marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final

from service.domain.text.align import Change
from service.domain.text.blocks import Block, BlockKind
from service.domain.text.diff import by_id, diff, kept, token_changes
from service.domain.text.operations import MoveBlock

_ALLOWANCE: Final = 4


class SpanState(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    REMOVED = "removed"
    INSERTED = "inserted"


class BlockState(StrEnum):
    """What became of a block as a whole; the first that applies, in this order."""

    INSERTED = "inserted"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"
    RESTYLED = "restyled"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that was kept, removed or inserted."""

    state: SpanState
    text: str


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block as a reader of the change sees it.

    `block` is how it is now, or was when it is gone. `before` is None for a new block, `after` for a
    removed one. A moved block may have changed words too; its spans say so. The kept and removed spans
    together are the old text, the kept and inserted ones the new.
    """

    state: BlockState
    block: Block
    before: Block | None
    after: Block | None
    spans: tuple[Span, ...]

    @property
    def id(self) -> str:
        """The block's id."""
        return self.block.id

    @property
    def kind(self) -> BlockKind:
        """The kind of block it is now, or was when it is gone."""
        return self.block.kind

    @property
    def level(self) -> int:
        """The level it has now, or had when it is gone."""
        return self.block.level


def redline(base: Sequence[Block], amended: Sequence[Block]) -> tuple[BlockChange, ...]:
    """Return the blocks of both texts with their changes, in the amended order.

    A removed block stands where it stood: after the block that it followed. Versions and proposals never change, so
    what was worked out is kept for the next reader.
    """
    return _redline(tuple(base), tuple(amended))


@lru_cache(maxsize=2048)
def _redline(base: tuple[Block, ...], amended: tuple[Block, ...]) -> tuple[BlockChange, ...]:
    olds, news = by_id(base), by_id(amended)
    moved = {operation.block for operation in diff(base, amended) if isinstance(operation, MoveBlock)}
    gone: dict[str | None, list[BlockChange]] = {}
    anchor: str | None = None
    for block in base:
        if block.id not in news:
            spans = (Span(SpanState.REMOVED, block.text),)
            gone.setdefault(anchor, []).append(BlockChange(BlockState.REMOVED, block, block, None, spans))
        elif block.id not in moved:
            anchor = block.id
    shown = list(gone.get(None, ()))
    for block in amended:
        shown.append(_change(olds.get(block.id), block, moved))
        shown += gone.get(block.id, ())
    return tuple(shown)


def word_spans(old: str, new: str) -> tuple[Span, ...]:
    """Return what was kept, removed and inserted between two texts, cleaned for the reader."""
    spans = []
    changed = _readable(token_changes(old, new), old)
    stretches = [*((*change, True) for change in changed)]
    stretches += [(*same, False) for same in kept(changed, len(old), len(new))]
    for a, b, c, d, differs in sorted(stretches):
        if not differs:
            spans.append(Span(SpanState.KEPT, old[a:b]))
            continue
        if a < b:
            spans.append(Span(SpanState.REMOVED, old[a:b]))
        if c < d:
            spans.append(Span(SpanState.INSERTED, new[c:d]))
    return tuple(spans)


def _change(old: Block | None, new: Block, moved: set[str]) -> BlockChange:
    if old is None:
        return BlockChange(BlockState.INSERTED, new, None, new, (Span(SpanState.INSERTED, new.text),))
    state = BlockState.KEPT
    if new.id in moved:
        state = BlockState.MOVED
    elif old.text != new.text:
        state = BlockState.CHANGED
    elif old != new:
        state = BlockState.RESTYLED
    return BlockChange(state, new, old, new, word_spans(old.text, new.text))


def _readable(changed: Sequence[Change], old: str) -> list[Change]:
    allowance = sum(b - a + d - c for a, b, c, d in changed) // _ALLOWANCE
    shown: list[Change] = []
    for a, b, c, d in changed:
        if shown and _replaces((a, b, c, d)) and _replaces(shown[-1]):
            between = old[shown[-1][1] : a]
            if between.isspace() and 2 * len(between) <= allowance:
                allowance -= 2 * len(between)
                shown[-1] = (shown[-1][0], b, shown[-1][2], d)
                continue
        shown.append((a, b, c, d))
    return shown


def _replaces(change: Change) -> bool:
    a, b, c, d = change
    return a < b and c < d
