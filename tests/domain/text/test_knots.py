"""What hangs together at a block is what the pairs say, however many they are."""

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.text import Block, CollisionKind, Knot, Operation, collisions, diff, knots
from service.domain.text.knots import TOLD
from tests.domain.text.builders import rewritten
from tests.domain.text.test_contested import (
    BASE,
    DEUX,
    HEADING,
    JOINED,
    MOVED,
    NEW,
    NEWER,
    STRONG,
    STRUCK,
    WORDINGS,
    ZWEI,
)

OVERLAP, STRIKE = CollisionKind.OVERLAP, CollisionKind.DELETION_CONTAINS_EDIT


def named(versions: Sequence[tuple[Block, ...]]) -> dict[str, tuple[Operation, ...]]:
    return {f"{at:02}": diff(BASE, version) for at, version in enumerate(versions)}


def told(*versions: tuple[Block, ...]) -> list[tuple[str | None, str, CollisionKind | None]]:
    return [(k.block, " ".join(sorted(k.amendments)), k.kind) for k in knots(BASE, named(versions))]


def pairwise(amendments: Mapping[str, Sequence[Operation]]) -> set[Knot]:
    """The same by every pair that collides."""
    groups: list[tuple[str | None, set[str], set[CollisionKind]]] = []
    for c in collisions(BASE, amendments):
        if not c.kind.blocks_merge:
            continue
        near = [g for g in groups if g[0] == c.block and g[1] & {c.first, c.second}]
        groups = [g for g in groups if g not in near]
        hands = {c.first, c.second}.union(*(g[1] for g in near))
        groups.append((c.block, hands, {c.kind}.union(*(g[2] for g in near))))
    return {
        Knot(block, frozenset(hands), min(kinds) if len(kinds) == 1 and len(hands) <= TOLD else None)
        for block, hands, kinds in groups
    }


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ((DEUX, ZWEI), [("a", "00 01", OVERLAP)]),
        ((DEUX, DEUX), []),
        ((DEUX, DEUX, ZWEI), [("a", "00 01 02", OVERLAP)]),
        ((DEUX, ZWEI, STRUCK), [("a", "00 01 02", None)]),
        ((STRUCK, DEUX), [("a", "00 01", STRIKE)]),
        ((STRUCK, STRUCK), []),
        ((NEW, NEWER), [("c", "00 01", CollisionKind.SAME_GAP)]),
        ((JOINED, JOINED), []),
        ((STRONG, DEUX, HEADING), [("a", "00 01", OVERLAP)]),
        ((MOVED, STRUCK), []),
    ],
)
def test_what_collides_at_a_block_hangs_together(
    versions: tuple[tuple[Block, ...], ...], expected: list[tuple[str | None, str, CollisionKind | None]]
) -> None:
    assert told(*versions) == expected


def test_of_many_it_is_not_told_in_which_way() -> None:
    crowd = [rewritten(BASE, a=f"one {number} three four five") for number in range(TOLD + 1)]
    (many,), (few,) = knots(BASE, named(crowd)), knots(BASE, named(crowd[:TOLD]))
    assert (len(many.amendments), many.kind, len(few.amendments), few.kind) == (TOLD + 1, None, TOLD, OVERLAP)


@given(st.lists(st.sampled_from(WORDINGS), max_size=16))
def test_knots_are_what_the_pairs_say(versions: list[tuple[Block, ...]]) -> None:
    amendments = named(versions)
    assert set(knots(BASE, amendments)) == pairwise(amendments)


def test_knots_stand_in_the_order_of_the_text() -> None:
    both = [rewritten(BASE, a=f"one {n} three four five", c=f"Third {n}.") for n in ("x", "y")]
    first = [(paragraph, *BASE) for paragraph in (NEW[-1], NEWER[-1])]
    assert [k.block for k in knots(BASE, named([*both, *first]))] == [None, "a", "c"]
