"""How a difference looks: the one tree of blocks and spans that pages, papers and mails all render."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from service.domain.text.blocks import Block, BlockKind
from service.domain.text.diff import by_id, diff
from service.domain.text.operations import MoveBlock
from service.domain.text.spans import Span, spans_between


class BlockState(StrEnum):
    """What became of a block as a whole; the first that applies, in this order."""

    INSERTED = "inserted"
    REMOVED = "removed"
    MOVED = "moved"
    CHANGED = "changed"
    RESTYLED = "restyled"
    KEPT = "kept"


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
            removed = BlockChange(BlockState.REMOVED, block, block, None, spans_between(block, None))
            gone.setdefault(anchor, []).append(removed)
        elif block.id not in moved:
            anchor = block.id
    shown = list(gone.get(None, ()))
    for block in amended:
        shown.append(_change(olds.get(block.id), block, moved))
        shown += gone.get(block.id, ())
    return tuple(shown)


def _change(old: Block | None, new: Block, moved: set[str]) -> BlockChange:
    if old is None:
        return BlockChange(BlockState.INSERTED, new, None, new, spans_between(None, new))
    state = BlockState.KEPT
    if new.id in moved:
        state = BlockState.MOVED
    elif old.text != new.text:
        state = BlockState.CHANGED
    elif old != new:
        state = BlockState.RESTYLED
    return BlockChange(state, new, old, new, spans_between(old, new))
