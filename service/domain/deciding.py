"""In which order amendments are decided on, and what falls with what: the rule, and what follows from it.

A compromise comes first, then what is furthest from the text, then the lower number. What is adopted lets those fall
that cannot stand beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations

from service.domain.text import (
    Block,
    Collision,
    CollisionKind,
    Covers,
    DeleteBlock,
    Distance,
    Edit,
    Group,
    GroupKind,
    Operation,
    collisions,
    distance,
    groups,
    reach,
    wordings,
)

Standing = Mapping[str, Sequence[Operation]]


class FallReason(StrEnum):
    """Why an amendment falls when another is adopted."""

    COVERED = "covered"
    SAME_PLACE = "same_place"
    STRUCK_OUT = "struck_out"
    STRIKES_OUT = "strikes_out"


SENTENCES: Mapping[FallReason, str] = {
    FallReason.COVERED: "The compromise covers it.",
    FallReason.SAME_PLACE: "It changes the same words, or the same place.",
    FallReason.STRUCK_OUT: "What it changes would be struck out.",
    FallReason.STRIKES_OUT: "It strikes out what would stand.",
}
"""Each reason in a sentence."""


@dataclass(frozen=True, slots=True)
class Fall:
    """An amendment that falls when another is adopted, and why."""

    amendment: str
    reasons: tuple[FallReason, ...]


@dataclass(frozen=True, slots=True)
class Decision:
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
class DecidingOrder:
    """The amendments that meet, in groups, and the decisions on all that stand, one after the other."""

    groups: tuple[Group, ...]
    decisions: tuple[Decision, ...]


def deciding_order(
    base: Sequence[Block],
    amendments: Standing,
    numbers: Mapping[str, int],
    compromises: Covers | None = None,
) -> DecidingOrder:
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
    decisions: list[Decision] = []
    for same in wordings(base, named, found, covers):
        group = group_of.get(same[0])
        members = same if group is None else made[group].amendments
        far = distance(base, named[same[0]], None if group is None else contended[group])
        compromise = same[0] in covers
        lost = fallen[same[0]] if len(same) == 1 else _together(fallen[one] for one in same)
        met = set[str]().union(*(meeting[one] for one in same)) - set(same) - lost.keys()
        where = *min(places[one] for one in members), min(numbers[one] for one in members)
        decision = Decision(
            amendments=same,
            group=group,
            compromise=compromise,
            distance=far,
            falls=tuple(Fall(one, lost[one]) for one in sorted(lost, key=numbers.__getitem__)),
            stays=tuple(sorted(met, key=numbers.__getitem__)),
            rank=(*where, *_by_the_rule(far, compromise=compromise), numbers[same[0]]),
        )
        decisions.append(decision)
    return DecidingOrder(made, tuple(sorted(decisions, key=lambda one: one.rank)))


def falls(
    amendments: Standing, found: Iterable[Collision], covers: Covers | None = None
) -> Mapping[str, Mapping[str, tuple[FallReason, ...]]]:
    """Return what falls if an amendment is adopted, and why, for each that lets any fall.

    Args:
        amendments: those that collide, with their operations.
        found: their collisions.
        covers: compromise amendments, each with those that it covers.
    """
    lost: dict[str, dict[str, set[FallReason]]] = defaultdict(lambda: defaultdict(set))
    for collision in found:
        if collision.in_the_way:
            for one, other in permutations((collision.first, collision.second)):
                lost[one][other].add(_reason(collision, amendments[one]))
    for one, covered in (covers or {}).items():
        for other in covered:
            lost[one][other] = {FallReason.COVERED}
    return defaultdict(
        dict,
        {one: {other: tuple(sorted(why)) for other, why in others.items()} for one, others in lost.items()},
    )


def _reason(collision: Collision, adopted: Sequence[Operation]) -> FallReason:
    if collision.kind is not CollisionKind.DELETION_CONTAINS_EDIT:
        return FallReason.SAME_PLACE
    around = (collision.block, collision.start, collision.end)
    deletes = any(
        (isinstance(one, DeleteBlock) and one.block == collision.block)
        or (isinstance(one, Edit) and not one.inserted and (one.block, one.start, one.end) == around)
        for one in adopted
    )
    return FallReason.STRUCK_OUT if deletes else FallReason.STRIKES_OUT


def _by_the_rule(far: Distance, *, compromise: bool) -> tuple[int, ...]:
    return int(not compromise), -far.blocks, -far.characters, -far.others


def _is_contested(group: Group) -> bool:
    return group.kind is GroupKind.INCOMPATIBLE


def _contended(group: Group) -> frozenset[str | None] | None:
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
