"""Operations carried out on the text they were made for, and refused by any other."""

from collections.abc import Iterator, Mapping, Sequence

from service.domain.errors import PreconditionFailed
from service.domain.text import marks as marking
from service.domain.text.blocks import Block
from service.domain.text.diff import by_id
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    InsertBlock,
    JoinBlock,
    Marking,
    MoveBlock,
    Operation,
    Restyle,
    SplitBlock,
)
from service.domain.text.provenance import BASE, Credit
from service.domain.text.weave import weave


def apply(base: Sequence[Block], operations: Sequence[Operation]) -> tuple[Block, ...]:
    """Return the base with the operations carried out; `apply(a, diff(a, b)) == b`.

    Raises:
        PreconditionFailed: an operation does not find what it expects, or two of them contradict each other.
    """
    check(base, operations)
    woven = weave(base, [(operation, Credit((BASE,))) for operation in operations])
    gone = sum(isinstance(operation, DeleteBlock | JoinBlock) for operation in operations)
    added = sum(isinstance(operation, InsertBlock | SplitBlock) for operation in operations)
    if len(woven.blocks) != len(base) - gone + added:
        raise PreconditionFailed(reason="paragraphs are placed after each other in a circle")
    return woven.blocks


def check(base: Sequence[Block], *hands: Sequence[Operation]) -> None:
    """Refuse operations that do not fit the base, or others of the same hand.

    Raises:
        PreconditionFailed: as `apply`.
    """
    blocks = by_id(base)
    before: dict[str, str | None] = {
        block.id: previous.id if previous else None
        for previous, block in zip((None, *base), base, strict=False)
    }
    for operations in hands:
        for operation in operations:
            _fits(operation, blocks, before)
        _agree(operations, blocks)


def _fits(operation: Operation, blocks: Mapping[str, Block], before: Mapping[str, str | None]) -> None:
    if isinstance(operation, InsertBlock):
        if operation.block in blocks:
            raise PreconditionFailed(reason=f"the paragraph {operation.block} is there already")
        return
    block = blocks.get(operation.block)
    if block is None:
        raise PreconditionFailed(reason=f"the paragraph {operation.block} is not there")
    if not _finds(operation, block, blocks, before):
        raise PreconditionFailed(reason=f"the paragraph {block.id} is not as it was")


_OnBlock = Edit | Marking | Restyle | SplitBlock | JoinBlock | DeleteBlock | MoveBlock


def _finds(
    operation: _OnBlock, block: Block, blocks: Mapping[str, Block], before: Mapping[str, str | None]
) -> bool:
    match operation:
        case Edit(start=start, end=end, deleted=deleted):
            found = 0 <= start <= end <= len(block.text) and block.text[start:end] == deleted
        case Marking(start=start, end=end):
            inside = 0 <= start < end <= len(block.text)
            carried = {value for *_, value in marking.values(block.marks, operation.mark, start, end)}
            found = inside and carried == {operation.before}
        case Restyle(old_kind=kind, old_level=level):
            found = (block.kind, block.level) == (kind, level)
        case SplitBlock(content=content):
            found = content.id not in blocks and _parts(operation, block)
        case JoinBlock(into=into):
            found = into in blocks and before[block.id] == into and _closes(operation, blocks[into], block)
        case DeleteBlock(content=content):
            found = block == content
        case _:
            found = before[block.id] == operation.origin
    return found


def _parts(split: SplitBlock, block: Block) -> bool:
    start, end = split.start, split.end
    return 0 <= start <= end <= len(block.text) and block.text[start:end] == split.deleted


def _closes(join: JoinBlock, into: Block, block: Block) -> bool:
    start, end = join.start, join.end
    return min(start, end) >= 0 and into.text[start:] == join.deleted and block.text[:end] == join.struck


def _agree(operations: Sequence[Operation], blocks: Mapping[str, Block]) -> None:
    struck = {operation.block for operation in operations if isinstance(operation, DeleteBlock)}
    there = blocks.keys() | {op.block for op in operations if isinstance(op, InsertBlock | MoveBlock)}
    claims: set[tuple[str, str | None]] = set()
    for operation in operations:
        name = operation.block
        if name in struck and not isinstance(operation, DeleteBlock):
            raise PreconditionFailed(reason=f"the paragraph {name} is both struck out and changed")
        claim: list[tuple[str, str | None]] = []
        match operation:
            case Edit() | Marking():
                continue
            case SplitBlock(content=content):
                claim = [("new", content.id)]
            case JoinBlock(into=into):
                if into in struck:
                    raise PreconditionFailed(reason=f"the paragraph {into} is both struck out and joined")
                claim = [("JoinBlock", name), ("MoveBlock", name), ("Restyle", name), ("after", into)]
            case InsertBlock(after=after) | MoveBlock(after=after):
                if after is not None and (after in struck or after not in there):
                    raise PreconditionFailed(reason=f"the paragraph {after} is not there to stand after")
                kind = "new" if isinstance(operation, InsertBlock) else "MoveBlock"
                claim = [(kind, name), ("after", after)]
            case _:
                claim = [(type(operation).__name__, name)]
        if claims.intersection(claim):
            raise PreconditionFailed(reason=f"two changes contradict each other at the paragraph {name}")
        claims.update(claim)
    _apart(operations, blocks)


def _apart(operations: Sequence[Operation], blocks: Mapping[str, Block]) -> None:
    """Refuse ranges of words that meet."""
    reach: dict[str, int] = {}
    for name, start, end in sorted(
        range_ for operation in operations for range_ in _ranges(operation, blocks)
    ):
        if start < reach.get(name, 0) or end == reach.get(name):
            raise PreconditionFailed(reason=f"two changes meet in the paragraph {name}")
        reach[name] = end


def _ranges(operation: Operation, blocks: Mapping[str, Block]) -> Iterator[tuple[str, int, int]]:
    if isinstance(operation, Edit | SplitBlock):
        yield operation.block, operation.start, operation.end
    elif isinstance(operation, JoinBlock):
        yield operation.into, operation.start, len(blocks[operation.into].text)
        yield operation.block, 0, operation.end
