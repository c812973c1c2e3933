"""Where amendments to the same base meet."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from service.domain.text.blocks import Block
from service.domain.text.claims import Claim, Clash, CollisionKind, Subject, claims, clashes
from service.domain.text.diff import by_id
from service.domain.text.operations import Operation

Place = tuple[str | None, int, int]
"""A range of a block's text in code points, as a block id, a start and an end; no block: the very beginning."""

Rank = tuple[int, str, int, int, str, str, str, int]
"""Where a collision stands among others, as plain values."""
RANK = (int, str, int, int, str, str, str, int)


@dataclass(frozen=True, slots=True)
class Collision:
    """Two amendments meet at a place of the base; `first` is the one whose id sorts first.

    `block` is where they meet, None when both place a paragraph at the very beginning; `start` and `end`
    are code points of that block's text, the same for what stands after the block: `after` tells that they
    meet there, between two blocks.
    """

    first: str
    second: str
    kind: CollisionKind
    block: str | None
    start: int
    end: int
    after: bool = False

    @property
    def in_the_way(self) -> bool:
        """Whether both cannot stand.

        New paragraphs in one place can, in an order that somebody settles. Words inserted in one place of a text
        cannot: they were written to be read without each other.
        """
        return self.kind.blocks_merge and not (self.kind is CollisionKind.SAME_GAP and self.after)


def collisions(base: Sequence[Block], amendments: Mapping[str, Sequence[Operation]]) -> tuple[Collision, ...]:
    """Return where the amendments meet, in the order of the base's text.

    Args:
        base: the text all of them amend.
        amendments: amendment id to its operations, as `diff` made them from that base.
    """
    known = by_id(base)
    held = [claim for owner in amendments for claim in claims(owner, known, amendments[owner])]
    return in_order(base, clashes(known, held))


def collisions_of(
    base: Sequence[Block],
    owner: str,
    operations: Sequence[Operation],
    others: Mapping[str, Sequence[Operation]],
) -> tuple[Collision, ...]:
    """Return where one amendment meets others, in the order of the base's text; not where those meet each other.

    Args:
        base: the text all of them amend.
        owner: the amendment's id.
        operations: what it does.
        others: the other amendments' ids to their operations.
    """
    known = by_id(base)
    mine: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in claims(owner, known, operations):
        mine[claim.block].append(claim)
    found: list[Clash] = []
    for other in others:
        theirs = tuple(claims(other, known, others[other]))
        here = [claim for name in {claim.block for claim in theirs} for claim in mine.get(name, ())]
        found += clashes(known, (*here, *theirs)) if here else ()
    return in_order(base, found)


def reach(base: Sequence[Block], operations: Sequence[Operation]) -> tuple[Place, ...]:
    """Return every place of the base that an amendment lays claim to; amendments that meet touch in one of them."""
    return tuple((claim.block, claim.start, claim.end) for claim in claims("", by_id(base), operations))


def identical(
    base: Sequence[Block],
    owner: str,
    amendments: Mapping[str, Sequence[Operation]],
    found: Iterable[Collision],
) -> frozenset[str]:
    """Return which of the amendments that one meets say exactly what it says.

    Args:
        base: the text all of them amend.
        owner: the one's id.
        amendments: it and those that it meets, by id.
        found: where it meets them.
    """
    alike = {one for c in found if c.kind is CollisionKind.IDENTICAL for one in (c.first, c.second)}
    mine = deed(base, amendments[owner]) if alike else None
    return frozenset(one for one in alike - {owner} if deed(base, amendments[one]) == mine)


def deed(base: Sequence[Block], operations: Sequence[Operation]) -> frozenset[object]:
    """Return what an amendment does: the same for two that say the same, whatever ids their new blocks got."""
    return said(claims("", by_id(base), operations))


def said(held: Iterable[Claim]) -> frozenset[object]:
    """Return the same of what somebody claims."""
    return frozenset(
        (claim.subject, claim.block, claim.start, claim.end, claim.value)
        for claim in held
        if claim.subject is not Subject.NAME
    )


def in_order(base: Sequence[Block], found: Iterable[Clash]) -> tuple[Collision, ...]:
    """Return clashes as collisions, each once, in the order of the base's text."""
    return tuple(sorted({_collision(clash) for clash in found}, key=ranking(base)))


def ranking(base: Sequence[Block]) -> Callable[[Collision], Rank]:
    """Return what tells the rank of a collision among all to this base, in the order of its text; no two share one."""
    place = {block.id: at for at, block in enumerate(base)}

    def rank(c: Collision) -> Rank:
        at = -1 if c.block is None else place.get(c.block, len(place))
        # A kind is compared and written as the text that it is; asking it for that text takes long for so many.
        return at, c.block or "", c.start, c.end, c.first, c.second, c.kind, int(c.after)

    return rank


def _collision(clash: Clash) -> Collision:
    one, other = clash.first, clash.second
    start, end = min(one.start, other.start), max(one.end, other.end)
    after = one.subject is other.subject is Subject.GAP
    return Collision(one.owner, other.owner, clash.kind, one.block, start, end, after)
