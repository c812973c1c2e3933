"""Where a commented range went: through the changes, drawn inwards, lost only when all of it is gone."""

from collections.abc import Sequence
from typing import NamedTuple

from service.domain.errors import PreconditionFailed
from service.domain.text.blocks import Block
from service.domain.text.diff import by_id
from service.domain.text.passages import passages


class Anchor(NamedTuple):
    """A range of a block's text, in code points; an empty one is a place between two characters."""

    block: str
    start: int
    end: int


def map_anchor(anchor: tuple[str, int, int], base: Sequence[Block], new: Sequence[Block]) -> Anchor | None:
    """Return where a range of `base` is in `new`, or None when nothing of it is left.

    Words inserted at the edge of the range stay outside it, words inserted within it belong to it.

    Raises:
        PreconditionFailed: the range does not lie in `base`.
    """
    block, start, end = anchor
    old = by_id(base).get(block)
    by_id(new)
    if old is None or not 0 <= start <= end <= len(old.text):
        raise PreconditionFailed(reason=f"the range {start} to {end} of {block} is not there")
    passage = next((p for p in passages(tuple(base), tuple(new)) if old in p.olds), None)
    if passage is None:
        return None
    here = passage.olds.index(old)
    found: dict[int, Anchor] = {}
    for a, b, c, d in passage.kept():
        if a.block != here or a.at > end or b.at < start:
            continue
        left, right = c.at + max(start - a.at, 0), d.at - max(b.at - end, 0)
        name, first = passage.news[c.block].id, found.get(c.block)
        if start == end:
            return Anchor(name, left, left)
        if left < right:
            found[c.block] = Anchor(name, first.start if first else left, right)
    # Of a range that was parted, most is where the reader looks for it; among equals the first.
    return max(found.values(), key=lambda anchor: anchor.end - anchor.start, default=None)
