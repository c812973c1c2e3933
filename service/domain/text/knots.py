"""Where not everything can stand: amendments that hang together at one block because they collide.

Nobody reads the names of ten thousand pairs. Once many hang together, another pair of them tells nothing new, and is
not compared.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from service.domain.text.blocks import Block
from service.domain.text.claims import (
    Claim,
    CollisionKind,
    Subject,
    claims,
    parted,
    ranges_kind,
    touching,
    whole_kind,
)
from service.domain.text.diff import by_id
from service.domain.text.operations import Operation

TOLD = 12
"""Of so many amendments that hang together it is told in which way they collide."""

Pair = tuple[Claim, Claim]


@dataclass(frozen=True, slots=True)
class Knot:
    """Amendments that collide at a block, straight or over a third one; no block: at the very beginning.

    `kind` is the one way in which they all do; None where there are several ways, or more than `TOLD` amendments.
    """

    block: str | None
    amendments: frozenset[str]
    kind: CollisionKind | None


class _Ties:
    """The knots of one block while they are being tied."""

    def __init__(self) -> None:
        self._knots: dict[str, tuple[set[str], set[CollisionKind]]] = {}

    def knows(self, one: str, other: str) -> bool:
        """Tell whether comparing two changes nothing: they are one hand, or hang together beyond telling."""
        here = self._knots.get(one)
        if one == other:
            return True
        return here is not None and other in here[0] and (len(here[0]) > TOLD or len(here[1]) > 1)

    def tie(self, one: str, other: str, kind: CollisionKind) -> None:
        """Let two hang together."""
        hands, kinds = self._knots.setdefault(one, ({one}, set()))
        others, more = self._knots.setdefault(other, ({other}, set()))
        kinds.add(kind)
        if hands is others:
            return
        if len(hands) < len(others):
            hands, kinds, others, more = others, more, hands, kinds
        hands |= others
        kinds |= more
        for hand in others:
            self._knots[hand] = hands, kinds

    def tied(self, block: str | None) -> Iterator[Knot]:
        """Yield the knots."""
        for hands, kinds in {id(knot[0]): knot for knot in self._knots.values()}.values():
            told = len(hands) <= TOLD and len(kinds) == 1
            yield Knot(block, frozenset(hands), next(iter(kinds)) if told else None)


def knots(base: Sequence[Block], amendments: Mapping[str, Sequence[Operation]]) -> tuple[Knot, ...]:
    """Return the knots at each block, in the order of the base's text.

    Args:
        base: the text all of them amend.
        amendments: amendment id to its operations, as `diff` made them from that base.
    """
    known = by_id(base)
    ranges, others = parted(c for owner in amendments for c in claims(owner, known, amendments[owner]))
    ties: dict[str | None, _Ties] = {}
    for name, held in ranges.items():
        here = ties.setdefault(name, _Ties())
        strikes = [c for c in others.get(name, ()) if c.subject is Subject.STRIKE]
        for one, other in product(strikes, held):
            if one.owner != other.owner:
                here.tie(one.owner, other.owner, CollisionKind.DELETION_CONTAINS_EDIT)
        for one, other in _untold(here, touching(held)):
            _tie(here, one, other, ranges_kind(one, other, known[name].text))
    for place, wholes in others.items():
        here = ties.setdefault(place, _Ties())
        laid = {(c.owner, c.subject, c.value) for c in wholes}
        for one, other in _untold(here, combinations(wholes, 2)):
            # Hands that lay both claims, such as to move a block and to join another to it, agree.
            agreed = (one.owner, other.subject, other.value) in laid and (
                other.owner,
                one.subject,
                one.value,
            ) in laid
            if one.subject is other.subject or not agreed:
                _tie(here, one, other, whole_kind(one, other))
    order = {block.id: at for at, block in enumerate(base)}
    return tuple(
        sorted(
            (knot for place, here in ties.items() for knot in here.tied(place)),
            key=lambda k: (-1 if k.block is None else order.get(k.block, len(order)), min(k.amendments)),
        )
    )


def _untold(here: _Ties, pairs: Iterable[Pair]) -> Iterator[Pair]:
    return (pair for pair in pairs if not here.knows(pair[0].owner, pair[1].owner))


def _tie(here: _Ties, one: Claim, other: Claim, kind: CollisionKind | None) -> None:
    if kind is not None and kind.blocks_merge:
        here.tie(one.owner, other.owner, kind)
