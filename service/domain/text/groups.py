"""Amendments that meet, group by group: which of them cannot all stand, and which can stand together."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from service.domain.text.claims import Claim
from service.domain.text.collisions import said
from service.domain.text.meetings import Meetings, Spot

LARGEST = 12
"""Of so many wordings the choices are listed: 81 at most. Each three wordings more make three times as many."""

Covers = Mapping[str, Collection[str]]
"""Compromise amendment to the amendments that fall when it is adopted."""


class GroupKind(StrEnum):
    """Whether the amendments of a group can all stand."""

    INCOMPATIBLE = "incompatible"
    COMPATIBLE = "compatible"
    IDENTICAL = "identical"


@dataclass(frozen=True, slots=True)
class Group:
    """Amendments that hang together because they meet, straight or over others.

    Each of the `wordings` is one amendment, or several that say the same: those keep their numbers, and stand or
    fall together. `beside` are amendments of no wording here that meet some, and stand in nobody's way. `choices`
    are the largest sets of wordings that can stand together, each by its places in `wordings`; None where there are
    too many wordings to list them. `blocks` is where they meet each other, each with how many do; where not all can
    stand, somebody has to decide in the `contended` ones before all can be merged.
    """

    kind: GroupKind
    wordings: tuple[tuple[str, ...], ...]
    beside: tuple[str, ...]
    blocks: tuple[tuple[str | None, int], ...]
    contended: frozenset[str | None]
    choices: tuple[tuple[int, ...], ...] | None

    @property
    def amendments(self) -> tuple[str, ...]:
        """Every amendment of the group, wording by wording."""
        return tuple(one for wording in self.wordings for one in wording)


class _Parts:
    """What hangs together, part by part, while it is being tied."""

    def __init__(self) -> None:
        self._parts: dict[int, set[int]] = {}

    def __contains__(self, one: int) -> bool:
        return one in self._parts

    def knows(self, one: int, other: int) -> bool:
        """Tell whether two hang together already."""
        return other in self._parts.get(one, ())

    def tie(self, one: int, other: int) -> None:
        """Let two hang together."""
        here, there = self._parts.setdefault(one, {one}), self._parts.setdefault(other, {other})
        if here is there:
            return
        if len(here) < len(there):
            here, there = there, here
        here |= there
        for node in there:
            self._parts[node] = here

    def tied(self) -> list[tuple[int, ...]]:
        """Return the parts, in the order of their first nodes."""
        return sorted(
            tuple(sorted(part)) for part in {id(part): part for part in self._parts.values()}.values()
        )


@dataclass(eq=False, slots=True)
class _Bundle:
    """A group while it is gathered: its wordings by their places, and what is found of them.

    It `begins` at the first spot, counted in the order of the text, at which any of them meets anything.
    """

    kind: GroupKind
    part: tuple[int, ...]
    begins: int | None = None
    met: dict[str | None, set[str]] = field(default_factory=lambda: defaultdict(set))
    contended: set[str | None] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    against: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @property
    def is_listed(self) -> bool:
        """Whether its choices are listed."""
        return self.kind is GroupKind.INCOMPATIBLE and len(self.part) <= LARGEST

    def knows(self, spot: Spot, pair: tuple[Claim, Claim], ats: tuple[int, int]) -> bool:
        """Tell whether comparing two of them tells nothing new."""
        met = self.met.get(spot.block)
        if met is None or not all(claim.owner in met for claim in pair):
            return False
        if self.kind is GroupKind.COMPATIBLE:
            return True
        told = not self.is_listed or ats[0] == ats[1] or ats[1] in self.against[ats[0]]
        return told and spot.block in self.contended

    def gather(self, spot: Spot, pair: tuple[Claim, Claim], ats: tuple[int, int], number: int) -> None:
        """Add what two of them are to each other."""
        kind = spot.kind(*pair)
        if kind is None:
            return
        self.begin(number)
        self.met[spot.block].update(claim.owner for claim in pair)
        if self.kind is GroupKind.INCOMPATIBLE and kind.blocks_merge:
            self.contended.add(spot.block)
        if self.is_listed and spot.in_the_way(*pair):
            self.oppose(*ats)

    def oppose(self, one: int, other: int) -> None:
        """Note that two of them cannot both stand."""
        self.against[one].add(other)
        self.against[other].add(one)

    def begin(self, number: int) -> None:
        """Note that one of them meets something at a spot."""
        if self.begins is None:
            self.begins = number


def wordings(meetings: Meetings, covers: Covers | None = None) -> tuple[tuple[str, ...], ...]:
    """Return the amendments, those that say the same together, in the order in which they come.

    A compromise stays by itself: what it covers falls with its adoption, even where it says the same.
    """
    alone = set(covers or ())
    same: dict[object, list[str]] = {}
    for one, claims in meetings.claims.items():
        same.setdefault(said(claims) if claims and one not in alone else one, []).append(one)
    return tuple(tuple(wording) for wording in same.values())


def groups(meetings: Meetings, covers: Covers | None = None) -> tuple[Group, ...]:
    """Return the groups of the amendments that meet: those that cannot all stand first, then the others.

    Both in the order of the base's text. An amendment is in one group at most; one that meets nobody is in none.

    Args:
        meetings: the amendments, with what they claim.
        covers: compromise amendments, each with those that it covers; all of them among the amendments.
    """
    told = wordings(meetings, covers)
    place = {one: at for at, wording in enumerate(told) for one in wording}
    bundles = _bundles(meetings, place, covers or {})
    _gather(meetings, place, bundles, covers or {})
    order = {one: at for at, one in enumerate(one for wording in told for one in wording)}
    made = [_group(bundle, told, order) for bundle in bundles]
    first = _firsts(meetings, bundles, made)
    ranked = sorted(
        range(len(made)), key=lambda at: (bundles[at].kind is not GroupKind.INCOMPATIBLE, first[at])
    )
    return tuple(made[at] for at in ranked)


def _bundles(meetings: Meetings, place: Mapping[str, int], covers: Covers) -> tuple[_Bundle, ...]:
    """Return what hangs together: what cannot all stand, then what else meets. Who hangs together is not compared."""
    contested, meeting = _Parts(), _Parts()
    for compromise, covered in covers.items():
        for amendment in covered:
            contested.tie(place[compromise], place[amendment])
    for spot, one, other in _pairs(meetings):
        first, second = place[one.owner], place[other.owner]
        if not contested.knows(first, second) and spot.in_the_way(one, other):
            contested.tie(first, second)
    for spot, one, other in _pairs(meetings):
        first, second = place[one.owner], place[other.owner]
        if first in contested or second in contested or meeting.knows(first, second):
            continue
        if spot.kind(one, other) is not None:
            meeting.tie(first, second)
    return (
        *(_Bundle(GroupKind.INCOMPATIBLE, part) for part in contested.tied()),
        *(_Bundle(GroupKind.COMPATIBLE, part) for part in meeting.tied()),
    )


def _gather(meetings: Meetings, place: Mapping[str, int], bundles: Sequence[_Bundle], covers: Covers) -> None:
    """Add to each bundle where its wordings meet, and what stands beside them."""
    own = {at: bundle for bundle in bundles for at in bundle.part}
    for compromise, covered in covers.items():
        for amendment in covered:
            own[place[compromise]].oppose(place[compromise], place[amendment])
    for number, spot in enumerate(meetings.spots):
        for one, other in spot.pairs():
            ats = place[one.owner], place[other.owner]
            here, there = own.get(ats[0]), own.get(ats[1])
            if here is not there:
                _set_beside((here, there), spot, (one, other), number)
            elif here is not None and not here.knows(spot, (one, other), ats):
                here.gather(spot, (one, other), ats, number)


def _set_beside(
    bundles: tuple[_Bundle | None, _Bundle | None], spot: Spot, pair: tuple[Claim, Claim], number: int
) -> None:
    """Note of the two of a pair, which are not in one bundle, that they stand beside the other's, if they meet."""
    owners = pair[1].owner, pair[0].owner
    new = [
        (bundle, owner)
        for bundle, owner in zip(bundles, owners, strict=True)
        if bundle is not None and owner not in bundle.beside
    ]
    if new and spot.kind(*pair) is not None:
        for bundle, owner in new:
            bundle.beside.add(owner)
            bundle.begin(number)


def _pairs(meetings: Meetings) -> Iterator[tuple[Spot, Claim, Claim]]:
    return ((spot, one, other) for spot in meetings.spots for one, other in spot.pairs())


def _firsts(
    meetings: Meetings, bundles: Sequence[_Bundle], made: Sequence[Group]
) -> list[tuple[object, ...]]:
    """Return where each group first meets anything: the number of the spot, and which collision it is there.

    Which it is matters only where several groups begin at one spot.
    """
    several = Counter(bundle.begins for bundle in bundles)
    firsts: list[tuple[object, ...]] = []
    for bundle, group in zip(bundles, made, strict=True):
        at = bundle.begins
        if at is None:
            # Only a compromise holds it together.
            firsts.append((len(meetings.spots),))
        elif several[at] == 1:
            firsts.append((at,))
        else:
            firsts.append((at, meetings.spots[at].begins(frozenset(group.amendments))))
    return firsts


def _group(bundle: _Bundle, told: Sequence[tuple[str, ...]], order: Mapping[str, int]) -> Group:
    own = tuple(told[at] for at in bundle.part)
    kind = bundle.kind
    choices: tuple[tuple[int, ...], ...] | None = (tuple(range(len(own))),)
    if kind is GroupKind.INCOMPATIBLE:
        known = {at: number for number, at in enumerate(bundle.part)}
        narrowed = [{known[other] for other in bundle.against[at]} for at in bundle.part]
        choices = tuple(sorted(_choices(narrowed))) if bundle.is_listed else None
    elif len(own) == 1:
        kind = GroupKind.IDENTICAL
    blocks = tuple((block, len(ids)) for block, ids in bundle.met.items())
    beside = tuple(sorted(bundle.beside, key=order.__getitem__))
    return Group(kind, own, beside, blocks, frozenset(bundle.contended), choices)


def _choices(against: Sequence[set[int]]) -> Iterator[tuple[int, ...]]:
    """Yield each largest set of nodes of which none is against another."""
    waiting: list[tuple[tuple[int, ...], set[int], set[int]]] = [((), set(range(len(against))), set())]
    while waiting:
        chosen, possible, done = waiting.pop()
        if not possible and not done:
            yield tuple(sorted(chosen))
        for node in sorted(possible):
            waiting.append(((*chosen, node), possible - against[node] - {node}, done - against[node]))
            possible = possible - {node}
            done = done | {node}
