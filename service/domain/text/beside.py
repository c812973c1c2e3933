"""Beside which blocks of a text an amendment lies, told from what it does, without reading what it says."""

from collections.abc import Collection, Iterable, Sequence

from service.domain.text.blocks import Block
from service.domain.text.operations import InsertBlock, Operation, SplitBlock, touched


def beside(
    base: Sequence[Block], operations: Iterable[Operation], standing: Collection[str]
) -> tuple[str | None, ...]:
    """Return the blocks beside which an amendment lies, each once, in the order of its operations.

    A paragraph that it inserts lies beside the block that the paragraph follows, a block that stands no more beside
    the one before it; None is the beginning.

    Args:
        base: the text that the amendment is to.
        operations: what it does.
        standing: the ids of the blocks that are shown, of this text or of a later one.
    """
    told = tuple(operations)
    before: dict[str, str | None] = {}
    last: str | None = None
    for block in base:
        before[block.id], last = last, block.id
    for operation in told:
        match operation:
            case InsertBlock(after=after):
                before.setdefault(operation.block, after)
            case SplitBlock(block=parted, content=content):
                before.setdefault(content.id, parted)
            case _:
                pass
    found: dict[str | None, None] = {}
    for operation in told:
        for name in touched(operation):
            place: str | None = name
            while place is not None and place not in standing:
                place = before.get(place)
            found[place] = None
    return tuple(found)
