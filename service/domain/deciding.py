"""In which order amendments are decided on, and what falls with what: the rule, and what follows from it.

A compromise comes first, then what is furthest from the text, then the lower number. What is adopted lets those fall
that cannot stand beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
    Meetings,
    Operation,
    distance_of,
    groups,
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
    blocks that they contend for. The decisions follow each other by `rank`.
    """

    amendments: tuple[str, ...]
    group: int | None
    compromise: bool
    distance: Distance
    rank: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows from a decision: `falls` if they are adopted, and `stays` of the others that they meet.

    Those that stay can still be decided on then.
    """

    falls: tuple[Fall, ...]
    stays: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecidingOrder:
    """The amendments that meet, in groups, and the decisions on all that stand, one after the other.

    What follows from a decision is found when it is asked for: nobody reads of all of them at once.
    """

    groups: tuple[Group, ...]
    decisions: tuple[Decision, ...]
    meetings: Meetings = field(repr=False, compare=False)
    _standing: Standing = field(repr=False)
    _numbers: Mapping[str, int] = field(repr=False)
    _falling: Covers = field(repr=False)

    def effect(self, decision: Decision) -> Effect:
        """Return what follows from a decision."""
        lost: dict[str, set[FallReason]] = defaultdict(set)
        met = set[str]()
        for one in decision.amendments:
            covered = self._falling.get(one, ())
            for spot, first, second, kind in self.meetings.of(one):
                other = second.owner if first.owner == one else first.owner
                met.add(other)
                collision = spot.collision(first, second, kind) if kind.blocks_merge else None
                if collision is not None and collision.in_the_way:
                    lost[other].add(_reason(collision, self._standing[one]))
            lost.update((other, {FallReason.COVERED}) for other in covered)
        number = self._numbers.__getitem__
        return Effect(
            tuple(Fall(one, tuple(sorted(lost[one]))) for one in sorted(lost, key=number)),
            tuple(sorted(met - lost.keys() - set(decision.amendments), key=number)),
        )


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
    meetings = Meetings(base, named)
    made = groups(meetings, covers)
    places = {one: _place(meetings, one) for one in named}
    where = {one: (*places[one], numbers[one]) for one in named}
    group_of: dict[str, int] = {}
    for at, group in enumerate(made):
        if group.kind is GroupKind.INCOMPATIBLE:
            members = group.amendments
            group_of |= dict.fromkeys(members, at)
            first = *min(places[one] for one in members), min(numbers[one] for one in members)
            where |= dict.fromkeys(members, first)
    decisions: list[Decision] = []
    for same in wordings(meetings, covers):
        one = same[0]
        place = group_of.get(one)
        # Where only a compromise holds a group together, all blocks count.
        far = distance_of(
            meetings.claims[one], (made[place].contended or None) if place is not None else None
        )
        compromise = one in covers
        begun = where[one] if place is not None else (*places[one], min(numbers[i] for i in same))
        rank = (*begun, *_by_the_rule(far, compromise=compromise), numbers[one])
        decisions.append(Decision(same, place, compromise, far, rank))
    ordered = tuple(sorted(decisions, key=lambda one: one.rank))
    return DecidingOrder(made, ordered, meetings, named, numbers, falling)


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


def _place(meetings: Meetings, one: str) -> tuple[int, int]:
    """Return where an amendment begins to change the text."""
    return min((meetings.at(claim.block), claim.start) for claim in meetings.claims[one])
