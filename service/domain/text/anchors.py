"""Where a commented range went: through the changes, drawn inwards, lost only when all of it is gone."""

from collections.abc import Sequence
from typing import NamedTuple

from service.domain.errors import PreconditionFailed
from service.domain.text.blocks import Block
from service.domain.text.diff import by_id, kept, token_changes


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
    old, there = by_id(base).get(block), by_id(new).get(block)
    if old is None or not 0 <= start <= end <= len(old.text):
        raise PreconditionFailed(reason=f"the range {start} to {end} of {block} is not there")
    if there is None:
        return None
    stretches = list(kept(token_changes(old.text, there.text), len(old.text), len(there.text)))
    if start == end:
        places = [c + start - a for a, b, c, _ in stretches if a <= start <= b]
        return Anchor(block, places[0], places[0]) if places else None
    left = [(c + max(start - a, 0), d - max(b - end, 0)) for a, b, c, d in stretches if a < end and start < b]
    return Anchor(block, left[0][0], left[-1][1]) if left else None
