"""Amendments that meet, group by group: which of them cannot all stand, and which can stand together."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.domain.text.blocks import Block
from service.domain.text.claims import CollisionKind
from service.domain.text.collisions import Collision, deed
from service.domain.text.operations import Operation

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
    too many wordings to list them.
    """

    kind: GroupKind
    wordings: tuple[tuple[str, ...], ...]
    beside: tuple[str, ...]
    collisions: tuple[Collision, ...]
    choices: tuple[tuple[int, ...], ...] | None

    @property
    def amendments(self) -> tuple[str, ...]:
        """Every amendment of the group, wording by wording."""
        return tuple(one for wording in self.wordings for one in wording)


def wordings(
    base: Sequence[Block],
    amendments: Mapping[str, Sequence[Operation]],
    found: Iterable[Collision],
    covers: Covers | None = None,
) -> tuple[tuple[str, ...], ...]:
    """Return the amendments, those that say the same together, in the order in which they come.

    A compromise stays by itself: what it covers falls with its adoption, even where it says the same.
    """
    alone = set(covers or ())
    alike = {one for c in found if c.kind is CollisionKind.IDENTICAL for one in (c.first, c.second)} - alone
    same: dict[object, list[str]] = {}
    for one in amendments:
        same.setdefault(deed(base, amendments[one]) if one in alike else one, []).append(one)
    return tuple(tuple(wording) for wording in same.values())


def groups(
    base: Sequence[Block],
    amendments: Mapping[str, Sequence[Operation]],
    found: Sequence[Collision],
    covers: Covers | None = None,
) -> tuple[Group, ...]:
    """Return the groups of the amendments that meet: those that cannot all stand first, then the others.

    Both in the order of the base's text. An amendment is in one group at most; one that meets nobody is in none.

    Args:
        base: the text all of them amend.
        amendments: amendment id to its operations, in the order in which they are to be named.
        found: their collisions, in the order of the text.
        covers: compromise amendments, each with those that it covers; all of them among the amendments.
    """
    told = wordings(base, amendments, found, covers)
    place = {one: at for at, wording in enumerate(told) for one in wording}
    against: dict[int, set[int]] = defaultdict(set)
    pairs = [(c.first, c.second) for c in found if c.in_the_way]
    pairs += [(one, other) for one, covered in (covers or {}).items() for other in covered]
    for one, other in pairs:
        against[place[one]].add(place[other])
        against[place[other]].add(place[one])
    contested = tuple(_parts(sorted(against), against))
    meeting: dict[int, set[int]] = defaultdict(set)
    for c in found:
        first, second = place[c.first], place[c.second]
        if first not in against and second not in against:
            meeting[first].add(second)
            meeting[second].add(first)
    where = {one: at for at, c in reversed(list(enumerate(found))) for one in (c.first, c.second)}
    of = defaultdict[str, list[int]](list)
    for at, c in enumerate(found):
        of[c.first].append(at)
        of[c.second].append(at)
    rows = [
        *(
            _group(GroupKind.INCOMPATIBLE, part, told, _met(part, told, found, of), against)
            for part in contested
        ),
        *(
            _group(GroupKind.COMPATIBLE, part, told, _met(part, told, found, of), {})
            for part in _parts(sorted(meeting), meeting)
        ),
    ]
    return tuple(
        sorted(
            rows,
            key=lambda group: (
                group.kind is not GroupKind.INCOMPATIBLE,
                min(where.get(one, len(found)) for one in group.amendments),
            ),
        )
    )


def _group(
    kind: GroupKind,
    part: Sequence[int],
    told: Sequence[tuple[str, ...]],
    here: Sequence[Collision],
    against: Mapping[int, set[int]],
) -> Group:
    own = tuple(told[at] for at in part)
    members = {one for wording in own for one in wording}
    others = {one for c in here for one in (c.first, c.second)} - members
    beside = tuple(one for wording in told for one in wording if one in others)
    within = tuple(c for c in here if c.first in members and c.second in members)
    choices: tuple[tuple[int, ...], ...] | None = (tuple(range(len(own))),)
    if kind is GroupKind.INCOMPATIBLE:
        known = {at: number for number, at in enumerate(part)}
        narrowed = [{known[other] for other in against[at]} for at in part]
        choices = tuple(sorted(_choices(narrowed))) if len(part) <= LARGEST else None
    elif len(own) == 1:
        kind = GroupKind.IDENTICAL
    return Group(kind, own, beside, within, choices)


def _met(
    part: Sequence[int],
    told: Sequence[tuple[str, ...]],
    found: Sequence[Collision],
    of: Mapping[str, Sequence[int]],
) -> list[Collision]:
    """Return the collisions in which a member of a group takes part, in their order; `of` tells each one's places."""
    ats = {at for wording in part for one in told[wording] for at in of.get(one, ())}
    return [found[at] for at in sorted(ats)]


def _parts(nodes: Iterable[int], edges: Mapping[int, set[int]]) -> Iterator[tuple[int, ...]]:
    """Yield the nodes that hang together, part by part."""
    seen: set[int] = set()
    for node in nodes:
        if node in seen:
            continue
        part, waiting = {node}, [node]
        while waiting:
            for other in edges[waiting.pop()] - part:
                part.add(other)
                waiting.append(other)
        seen |= part
        yield tuple(sorted(part))


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
