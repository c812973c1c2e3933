"""The order of decision by every pair that collides, each named: what is told without naming them all must equal it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.domain.deciding import Fall, FallReason, Standing, falls
from service.domain.text import (
    Block,
    Collision,
    CollisionKind,
    Covers,
    Distance,
    GroupKind,
    Operation,
    collisions,
    deed,
    distance,
    reach,
)
from service.domain.text.groups import LARGEST


@dataclass(frozen=True, slots=True)
class Pairwise:
    """A group with every collision in it."""

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
) -> tuple[Pairwise, ...]:
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
) -> Pairwise:
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
    return Pairwise(kind, own, beside, within, choices)


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


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision to take: on `amendments`, which say the same and are decided on together.

    `group` is the place of the group of those that cannot all stand, if it is in one. `distance` is measured in the
    blocks that they contend for. `falls` is what falls if they are adopted; `stays` are the others that they meet,
    which can still be decided on then. The decisions follow each other by `rank`.
    """

    amendments: tuple[str, ...]
    group: int | None
    compromise: bool
    distance: Distance
    falls: tuple[Fall, ...]
    stays: tuple[str, ...]
    rank: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Everything:
    """The amendments that meet, in groups, and the decisions on all that stand, one after the other."""

    groups: tuple[Pairwise, ...]
    decisions: tuple[Decided, ...]


def deciding_order(
    base: Sequence[Block],
    amendments: Standing,
    numbers: Mapping[str, int],
    compromises: Covers | None = None,
) -> Everything:
    """Return in which order the amendments to a text are decided on.

    Those that cannot all stand are decided on one after the other, by the rule; such groups, and what is in none of
    them, in the order of the text.

    Args:
        base: the text that all of them amend.
        amendments: every amendment that stands, with its operations.
        numbers: their numbers, by which they are named, and those of all that falls with a compromise.
        compromises: compromise amendments, each with those that fall with it, also where these stand on an older text;
            what has no number is left out.
    """
    named = {one: amendments[one] for one in sorted(amendments, key=lambda one: numbers[one])}
    falling = {
        one: frozenset(covered) & numbers.keys() - {one}
        for one, covered in (compromises or {}).items()
        if one in named
    }
    covers = {one: covered & named.keys() for one, covered in falling.items()}
    found = collisions(base, named)
    made = groups(base, named, found, covers)
    places = _places(base, named)
    fallen, meeting = falls(named, found, falling), _meeting(found)
    group_of = {one: at for at, group in enumerate(made) if _is_contested(group) for one in group.amendments}
    contended = {at: _contended(made[at]) for at in set(group_of.values())}
    decisions: list[Decided] = []
    for same in wordings(base, named, found, covers):
        group = group_of.get(same[0])
        members = same if group is None else made[group].amendments
        far = distance(base, named[same[0]], None if group is None else contended[group])
        compromise = same[0] in covers
        lost = fallen[same[0]] if len(same) == 1 else _together(fallen[one] for one in same)
        met = set[str]().union(*(meeting[one] for one in same)) - set(same) - lost.keys()
        where = *min(places[one] for one in members), min(numbers[one] for one in members)
        decision = Decided(
            amendments=same,
            group=group,
            compromise=compromise,
            distance=far,
            falls=tuple(Fall(one, lost[one]) for one in sorted(lost, key=numbers.__getitem__)),
            stays=tuple(sorted(met, key=numbers.__getitem__)),
            rank=(*where, *_by_the_rule(far, compromise=compromise), numbers[same[0]]),
        )
        decisions.append(decision)
    return Everything(made, tuple(sorted(decisions, key=lambda one: one.rank)))


def _by_the_rule(far: Distance, *, compromise: bool) -> tuple[int, ...]:
    return int(not compromise), -far.blocks, -far.characters, -far.others


def _is_contested(group: Pairwise) -> bool:
    return group.kind is GroupKind.INCOMPATIBLE


def _contended(group: Pairwise) -> frozenset[str | None] | None:
    """Return the blocks in which a group collides; None where only a compromise holds it together."""
    return frozenset(c.block for c in group.collisions if c.kind.blocks_merge) or None


def _places(base: Sequence[Block], amendments: Standing) -> dict[str, tuple[int, int]]:
    """Return where each amendment begins to change the text."""
    at = {block.id: number for number, block in enumerate(base)}
    return {
        one: min((-1 if block is None else at.get(block, len(at)), start) for block, start, _ in reach(base, does))
        for one, does in amendments.items()
    }  # fmt: skip


def _meeting(found: Iterable[Collision]) -> Mapping[str, set[str]]:
    meeting: dict[str, set[str]] = defaultdict(set)
    for collision in found:
        meeting[collision.first].add(collision.second)
        meeting[collision.second].add(collision.first)
    return meeting


def _together(
    lost: Iterable[Mapping[str, tuple[FallReason, ...]]],
) -> Mapping[str, tuple[FallReason, ...]]:
    """Return what falls with amendments that say the same: what any of them lets fall."""
    first, *others = lost
    if not others:
        return first
    every: dict[str, set[FallReason]] = defaultdict(set)
    for one in (first, *others):
        for other, why in one.items():
            every[other].update(why)
    return {other: tuple(sorted(why)) for other, why in every.items()}
