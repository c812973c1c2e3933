"""How a difference looks: the one tree of blocks and spans that pages, papers and mails all render."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.domain.keeping import keeping
from service.domain.text.blocks import Block, BlockKind, characters
from service.domain.text.diff import diff
from service.domain.text.operations import MoveBlock
from service.domain.text.passages import SEAM, Passage, as_one, passages
from service.domain.text.spans import Span, SpanState, spans_between, spans_of_all


class BlockState(StrEnum):
    """What became of a block as a whole; the first that applies, in this order."""

    INSERTED = "inserted"
    REMOVED = "removed"
    SPLIT = "split"
    MOVED = "moved"
    JOINED = "joined"
    CHANGED = "changed"
    RESTYLED = "restyled"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class BlockChange:
    """A block as a reader of the change sees it.

    `block` is how it is now, or was when it is gone. `before` is None for a new block, `after` for a
    removed one. A moved block may have changed words too; its spans say so. A split block is new, and holds
    words of `origin`; a joined one holds those of the blocks `joined` to it as well. The kept and removed
    spans together are the old text, the kept and inserted ones the new; those of an old block that was split
    go on in the blocks that follow.
    """

    state: BlockState
    block: Block
    before: Block | None
    after: Block | None
    spans: tuple[Span, ...]
    origin: Block | None = None
    joined: tuple[Block, ...] = ()

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

    A removed block stands where it stood: after the block that it followed. What was worked out is kept for the next
    reader.
    """
    return _redline(tuple(base), tuple(amended))


@keeping(lambda base, amended: characters(base) + characters(amended))
def _redline(base: tuple[Block, ...], amended: tuple[Block, ...]) -> tuple[BlockChange, ...]:
    moved = {operation.block for operation in diff(base, amended) if isinstance(operation, MoveBlock)}
    found = passages(base, amended)
    staying = {block.id for passage in found if passage.news[0].id not in moved for block in passage.olds}
    lost = {block.id for block in base} - {block.id for passage in found for block in passage.olds}
    last = {block.id: passage.news[-1].id for passage in found for block in passage.olds}
    gone: dict[str | None, list[BlockChange]] = {}
    anchor: str | None = None
    for block in base:
        if block.id in lost:
            removed = BlockChange(BlockState.REMOVED, block, block, None, spans_between(block, None))
            gone.setdefault(anchor, []).append(removed)
        elif block.id in staying:
            anchor = last[block.id]
    spans = spans_of_all([(as_one(passage.olds), as_one(passage.news)) for passage in found])
    changes = {
        change.id: change
        for passage, whole in zip(found, spans, strict=True)
        for change in _changes(passage, whole, moved)
    }
    shown = list(gone.get(None, ()))
    for block in amended:
        inserted = BlockChange(BlockState.INSERTED, block, None, block, spans_between(None, block))
        shown.append(changes.get(block.id, inserted))
        shown += gone.get(block.id, ())
    return tuple(shown)


def _changes(passage: Passage, whole: tuple[Span, ...], moved: Collection[str]) -> Iterator[BlockChange]:
    """Yield the blocks that a passage is now, each with its part of the spans."""
    old, *joined = passage.olds
    first, *rest = passage.news
    parts = _parted(whole) if joined or rest else iter((whole,))
    yield BlockChange(_state(passage, moved), first, old, first, next(parts), joined=tuple(joined))
    for new, part in zip(rest, parts, strict=True):
        yield BlockChange(BlockState.SPLIT, new, None, new, part, origin=old)


def _state(passage: Passage, moved: Collection[str]) -> BlockState:
    old, new = passage.olds[0], passage.news[0]
    if new.id in moved:
        return BlockState.MOVED
    if len(passage.olds) > 1:
        return BlockState.JOINED
    if old.text != new.text:
        return BlockState.CHANGED
    return BlockState.KEPT if old == new else BlockState.RESTYLED


def _parted(spans: Iterable[Span]) -> Iterator[tuple[Span, ...]]:
    """Yield the spans of each new block; the seams themselves, which no reader sees, are left out."""
    part: list[Span] = []
    for span in spans:
        at = 0
        for words in span.text.split(SEAM):
            if at and span.state is SpanState.INSERTED:
                yield tuple(part)
                part = []
            part += (span.cut(at, at + len(words)),) if words else ()
            at += len(words) + len(SEAM)
    yield tuple(part)
