"""Operations carried out on the text they were made for, and refused by any other."""

from collections.abc import Mapping, Sequence

from service.domain.errors import PreconditionFailed
from service.domain.text import marks as marking
from service.domain.text.blocks import Block
from service.domain.text.diff import by_id
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    InsertBlock,
    Marking,
    MoveBlock,
    Operation,
    Restyle,
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
    struck = sum(isinstance(operation, DeleteBlock) for operation in operations)
    added = sum(isinstance(operation, InsertBlock) for operation in operations)
    if len(woven.blocks) != len(base) - struck + added:
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
    match operation:
        case Edit(start=start, end=end, deleted=deleted):
            found = 0 <= start <= end <= len(block.text) and block.text[start:end] == deleted
        case Marking(start=start, end=end):
            inside = 0 <= start < end <= len(block.text)
            carried = {value for *_, value in marking.values(block.marks, operation.mark, start, end)}
            found = inside and carried == {operation.before}
        case Restyle(old_kind=kind, old_level=level):
            found = (block.kind, block.level) == (kind, level)
        case DeleteBlock(content=content):
            found = block == content
        case _:
            found = before[block.id] == operation.origin
    if not found:
        raise PreconditionFailed(reason=f"the paragraph {block.id} is not as it was")


def _agree(operations: Sequence[Operation], blocks: Mapping[str, Block]) -> None:
    struck = {operation.block for operation in operations if isinstance(operation, DeleteBlock)}
    there = blocks.keys() | {op.block for op in operations if isinstance(op, InsertBlock | MoveBlock)}
    claims: set[tuple[str, str | None]] = set()
    reach: dict[str, int] = {}
    for operation in sorted(
        operations, key=lambda op: (op.start, op.end) if isinstance(op, Edit) else (-1, -1)
    ):
        name = operation.block
        if name in struck and not isinstance(operation, DeleteBlock):
            raise PreconditionFailed(reason=f"the paragraph {name} is both struck out and changed")
        if isinstance(operation, Marking):
            continue
        if isinstance(operation, Edit):
            if operation.start < reach.get(name, 0) or operation.end == reach.get(name):
                raise PreconditionFailed(reason=f"two changes meet in the paragraph {name}")
            reach[name] = operation.end
            continue
        claim: list[tuple[str, str | None]] = [(type(operation).__name__, name)]
        if isinstance(operation, InsertBlock | MoveBlock):
            after = operation.after
            if after is not None and (after in struck or after not in there):
                raise PreconditionFailed(reason=f"the paragraph {after} is not there to stand after")
            claim.append(("after", after))
        if claims.intersection(claim):
            raise PreconditionFailed(reason=f"two changes contradict each other at the paragraph {name}")
        claims.update(claim)
