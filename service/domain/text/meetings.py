"""Where amendments meet, for whoever asks: what one meets, which come first, and how many there are.

Of hundreds of amendments to one paragraph nearly each meets each. Their claims are gathered once, block by block; what
is told of them is found there, and the pairs that nobody asks for are neither named nor kept.
"""

from bisect import bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product

from service.domain.text.blocks import Block
from service.domain.text.claims import (
    RANGES,
    Claim,
    CollisionKind,
    Subject,
    claims,
    parted,
    ranges_kind,
    touching,
    whole_kind,
)
from service.domain.text.collisions import Collision
from service.domain.text.diff import by_id
from service.domain.text.operations import Operation

Pair = tuple[Claim, Claim]
_Item = tuple[int, int, str, str, CollisionKind, bool]
"""A collision within its block, as what it is ranked by: start, end, first, second, kind, after."""


class Spot:
    """What is claimed at one block of the base, or at the place after it; None is the very beginning."""

    def __init__(
        self, block: str | None, text: str, ranges: Sequence[Claim], others: Sequence[Claim]
    ) -> None:
        self.block = block
        self._text = text
        self._ranges = sorted(ranges, key=_position)
        self._starts = [claim.start for claim in self._ranges]
        self._others = others
        self._strikes = [claim for claim in others if claim.subject is Subject.STRIKE]
        self._laid = {(claim.owner, claim.subject, claim.value) for claim in others}

    def pairs(self) -> Iterator[Pair]:
        """Yield the claims of different hands that may be in each other's way, two by two."""
        every = chain(touching(self._ranges), self._apart(self._strikes, self._ranges, self._others))
        return (pair for pair in every if pair[0].owner != pair[1].owner)

    def near(self, claim: Claim) -> Iterator[Pair]:
        """Yield the same pairs for one claim."""
        if claim.subject in RANGES:
            mine = _position(claim)
            for other in self._ranges[: bisect_right(self._starts, claim.end)]:
                if other.end >= claim.start and other.owner != claim.owner:
                    yield (claim, other) if mine < _position(other) else (other, claim)
            around: Sequence[Claim] = self._strikes
        else:
            around = [*self._others, *(self._ranges if claim.subject is Subject.STRIKE else ())]
        yield from ((claim, other) for other in around if other.owner != claim.owner)

    def kind(self, one: Claim, other: Claim) -> CollisionKind | None:
        """Return what the two of a pair are to each other; None where they go together."""
        ranges = (one.subject in RANGES) + (other.subject in RANGES)
        if ranges:
            both = ranges > 1
            return ranges_kind(one, other, self._text) if both else CollisionKind.DELETION_CONTAINS_EDIT
        kind = whole_kind(one, other)
        if kind is None or one.subject is other.subject:
            return kind
        # Hands that lay both claims, such as to move a block and to join another to it, agree.
        agreed = (one.owner, other.subject, other.value) in self._laid
        return None if agreed and (other.owner, one.subject, one.value) in self._laid else kind

    def in_the_way(self, one: Claim, other: Claim) -> bool:
        """Tell whether not both of a pair can stand."""
        kind = self.kind(one, other)
        if kind is None or not kind.blocks_merge:
            return False
        return kind is not CollisionKind.SAME_GAP or not _after(one, other)

    def collision(self, one: Claim, other: Claim, kind: CollisionKind) -> Collision:
        """Return a pair as what it is called."""
        return self._called(_item(one, other, kind))

    def count(self, members: Collection[str]) -> int:
        """Return how many collisions members have with each other here."""
        held, apart = self._of(members)
        items = {
            _item(one, other, kind) for one, other in apart if (kind := self.kind(one, other)) is not None
        }
        hands = {claim.owner: claim for claim in held}
        if len(hands) < len(held) or any(claim.words is None for claim in held):
            items.update(
                _item(one, other, kind)
                for one, other in touching(held)
                if one.owner != other.owner and (kind := self.kind(one, other)) is not None
            )
            return len(items)
        # Each hand changes words once: all that touch collide, and are counted where they begin.
        starts = [claim.start for claim in held]
        found = sum(bisect_right(starts, claim.end) - at - 1 for at, claim in enumerate(held))
        return found + sum(not self._is_told(hands, item) for item in items)

    def first(self, members: Collection[str], most: int) -> tuple[Collision, ...]:
        """Return the first collisions that members have with each other here."""
        held, apart = self._of(members)
        return tuple(self._called(item) for item in self._least(chain(apart, touching(held)), most))

    def begins(self, members: Collection[str]) -> tuple[object, ...]:
        """Return what ranks the first collision of a member with anybody here among all at this block."""
        (item,) = self._least(
            (pair for pair in self.pairs() if pair[0].owner in members or pair[1].owner in members), 1
        )
        return item

    def _least(self, pairs: Iterable[Pair], most: int) -> list[_Item]:
        best: list[_Item] = []
        for one, other in pairs:
            place = _place(one, other)
            if one.owner == other.owner or (len(best) == most and place > best[-1][:4]):
                continue
            kind = self.kind(one, other)
            item = None if kind is None else (*place, kind, _after(one, other))
            if item is not None and item not in best:
                insort(best, item)
                del best[most:]
        return best

    def kinds(
        self, members: Collection[str], *, merging: bool, but: Collection[CollisionKind]
    ) -> list[CollisionKind]:
        """Return in which other ways members meet each other here, the first first.

        Args:
            members: the amendments.
            merging: leave out what blocks no merge.
            but: the ways that are known.
        """
        held, apart = self._of(members)
        best: dict[CollisionKind, _Item] = {}
        for one, other in chain(apart, touching(held)):
            overlap = best.get(CollisionKind.OVERLAP)
            known = CollisionKind.OVERLAP in but or (overlap is not None and overlap[0] < one.start)
            # Words in the place of others can but overlap.
            if one.owner == other.owner or (merging and known and _replaces(one) and _replaces(other)):
                continue
            kind = self.kind(one, other)
            if kind is None or kind in but or (merging and not kind.blocks_merge):
                continue
            item = _item(one, other, kind)
            best[kind] = min(item, best.get(kind, item))
        return sorted(best, key=best.__getitem__)

    def _of(self, members: Collection[str]) -> tuple[list[Claim], Iterator[Pair]]:
        """Return what members claim in the text here, in its order, and the pairs of what else they claim."""
        held, strikes, others = (
            [claim for claim in some if claim.owner in members]
            for some in (self._ranges, self._strikes, self._others)
        )
        return held, self._apart(strikes, held, others)

    def _apart(
        self, strikes: Sequence[Claim], held: Sequence[Claim], others: Sequence[Claim]
    ) -> Iterator[Pair]:
        every = chain(product(strikes, held), combinations(others, 2))
        return (pair for pair in every if pair[0].owner != pair[1].owner)

    def _is_told(self, hands: Mapping[str, Claim], item: _Item) -> bool:
        """Tell whether two hands collide in their words just as they do in something else."""
        first, second = hands.get(item[2]), hands.get(item[3])
        if first is None or second is None:
            return False
        one, other = sorted((first, second), key=_position)
        kind = self.kind(one, other) if one.end >= other.start else None
        return kind is not None and _item(one, other, kind) == item

    def _called(self, item: _Item) -> Collision:
        start, end, first, second, kind, after = item
        return Collision(first, second, kind, self.block, start, end, after)


class Meetings:
    """Amendments to a text with what they claim in it: `claims` by amendment, `spots` in the order of the text.

    Args:
        base: the text all of them amend.
        amendments: amendment id to its operations, as `diff` made them from that base, in the order in which they are
            to be named.
    """

    def __init__(self, base: Sequence[Block], amendments: Mapping[str, Sequence[Operation]]) -> None:
        known = by_id(base)
        self.claims: Mapping[str, tuple[Claim, ...]] = {
            owner: tuple(claims(owner, known, does)) for owner, does in amendments.items()
        }
        self._order: Mapping[str | None, int] = {None: -1, **{block.id: at for at, block in enumerate(base)}}
        ranges, others = parted(chain.from_iterable(self.claims.values()))
        named = sorted({*ranges, *others}, key=lambda name: (self.at(name), name or ""))
        self.spots = tuple(
            Spot(
                name,
                known[name].text if name in known and name is not None else "",
                ranges.get(name, ()) if name is not None else (),
                others.get(name, ()),
            )
            for name in named
        )
        self._spots = {spot.block: spot for spot in self.spots}

    def at(self, block: str | None) -> int:
        """Return where a block stands in the text; after all others, if it is not in it."""
        return self._order.get(block, len(self._order) - 1)

    def of(self, owner: str) -> Iterator[tuple[Spot, Claim, Claim, CollisionKind]]:
        """Yield where one amendment meets others: the two claims of each pair, and how they meet."""
        for claim in self.claims[owner]:
            spot = self._spots[claim.block]
            for one, other in spot.near(claim):
                kind = spot.kind(one, other)
                if kind is not None:
                    yield spot, one, other, kind

    def count(self, members: Collection[str]) -> int:
        """Return how many collisions amendments have with each other."""
        return sum(spot.count(members) for spot in self.spots)

    def first(self, members: Collection[str], most: int) -> tuple[Collision, ...]:
        """Return the first collisions that amendments have with each other, in the order of the text."""
        found: tuple[Collision, ...] = ()
        for spot in self.spots:
            if len(found) < most:
                found += spot.first(members, most - len(found))
        return found

    def kinds(self, members: Collection[str], *, merging: bool) -> tuple[CollisionKind, ...]:
        """Return in which ways amendments meet each other, the first first; `merging`: but for what blocks no merge."""
        found: list[CollisionKind] = []
        for spot in self.spots:
            found += spot.kinds(members, merging=merging, but=found)
        return tuple(found)


def _position(claim: Claim) -> tuple[int, int, str, Subject]:
    return claim.start, claim.end, claim.owner, claim.subject


def _after(one: Claim, other: Claim) -> bool:
    return one.subject is other.subject is Subject.GAP


def _place(one: Claim, other: Claim) -> tuple[int, int, str, str]:
    first, second = (one.owner, other.owner) if one.owner < other.owner else (other.owner, one.owner)
    return min(one.start, other.start), max(one.end, other.end), first, second


def _item(one: Claim, other: Claim, kind: CollisionKind) -> _Item:
    return *_place(one, other), kind, _after(one, other)


def _replaces(claim: Claim) -> bool:
    """Tell whether a claim is to words in the place of others."""
    return claim.words is not None and claim.words.inserted != "" and claim.start < claim.end
