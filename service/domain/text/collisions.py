"""Where amendments to the same base meet."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from service.domain.text.blocks import Block
from service.domain.text.claims import Clash, CollisionKind, claims, clashes
from service.domain.text.diff import by_id
from service.domain.text.operations import Operation


@dataclass(frozen=True, slots=True)
class Collision:
    """Two amendments meet at a place of the base; `first` is the one whose id sorts first.

    `block` is where they meet, None when both place a paragraph at the very beginning; `start` and `end`
    are code points of that block's text, the same for what stands after the block.
    """

    first: str
    second: str
    kind: CollisionKind
    block: str | None
    start: int
    end: int


def collisions(base: Sequence[Block], amendments: Mapping[str, Sequence[Operation]]) -> tuple[Collision, ...]:
    """Return where the amendments meet, in the order of the base's text.

    Args:
        base: the text all of them amend.
        amendments: amendment id to its operations, as `diff` made them from that base.
    """
    known = by_id(base)
    held = [claim for owner in amendments for claim in claims(owner, known, amendments[owner])]
    return in_order(base, clashes(known, held))


def in_order(base: Sequence[Block], found: Iterable[Clash]) -> tuple[Collision, ...]:
    """Return clashes as collisions, each once, in the order of the base's text."""
    place = {block.id: at for at, block in enumerate(base)}
    return tuple(
        sorted(
            {_collision(clash) for clash in found},
            key=lambda c: (
                -1 if c.block is None else place.get(c.block, len(place)),
                *(c.block or "", c.start, c.end, c.first, c.second, c.kind),
            ),
        )
    )


def _collision(clash: Clash) -> Collision:
    one, other = clash.first, clash.second
    return Collision(
        one.owner, other.owner, clash.kind, one.block, min(one.start, other.start), max(one.end, other.end)
    )
