"""Which amendments meet, told in three ways that have to agree: all at once, one by one, and in groups."""

from dataclasses import replace
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from service.domain.amendments import wording
from service.domain.text import (
    Block,
    Meetings,
    Operation,
    collisions,
    collisions_of,
    contested,
    deed,
    diff,
    groups,
    reach,
)
from tests.properties.text.strategies import amendments, examples

Case = tuple[tuple[Block, ...], list[tuple[Block, ...]]]


def named(case: Case) -> dict[str, tuple[Operation, ...]]:
    base, versions = case
    return {f"A{at}": diff(base, version) for at, version in enumerate(versions)}


@examples
@given(amendments(4))
def test_what_one_meets_is_its_part_of_what_all_meet(case: Case) -> None:
    base, hands = case[0], named(case)
    every = collisions(base, hands)
    for one, operations in hands.items():
        others = {other: hands[other] for other in hands if other != one}
        assert collisions_of(base, one, operations, others) == tuple(
            c for c in every if one in (c.first, c.second)
        )


@examples
@given(amendments(4))
def test_amendments_that_meet_claim_places_that_touch(case: Case) -> None:
    base, hands = case[0], named(case)
    met = {frozenset((c.first, c.second)) for c in collisions(base, hands)}
    touching = {
        frozenset((one, other))
        for one, other in combinations(hands, 2)
        for block, start, end in reach(base, hands[one])
        for name, first, last in reach(base, hands[other])
        if block == name and start <= last and first <= end
    }
    assert met <= touching


@examples
@given(amendments(5), st.integers(0, 4))
def test_who_is_in_the_way_is_told_alike_with_and_without_the_pairs(case: Case, again: int) -> None:
    base, versions = case
    hands = named((base, [*versions, versions[again]]))
    blocking = [c for c in collisions(base, hands) if c.kind.blocks_merge]
    assert contested(base, hands) == {one for c in blocking for one in (c.first, c.second)}


@examples
@given(amendments(3))
def test_amendments_do_the_same_exactly_when_they_say_the_same(case: Case) -> None:
    base, versions = case
    known = {block.id for block in base}
    # One more that says what the first says, its new paragraphs under other ids.
    same = tuple(b if b.id in known else replace(b, id=f"{b.id}'") for b in versions[0])
    for one, other in combinations((*versions, same), 2):
        alike = deed(base, diff(base, one)) == deed(base, diff(base, other))
        assert alike == (wording(base, one) == wording(base, other))


@examples
@given(amendments(6))
def test_groups_are_apart_and_their_choices_are_the_largest(case: Case) -> None:
    base, hands = case[0], named(case)
    found = collisions(base, hands)
    made = groups(Meetings(base, hands))
    members = [one for group in made for one in group.amendments]
    assert len(members) == len(set(members))
    against = {frozenset((c.first, c.second)) for c in found if c.in_the_way}
    assert {one for pair in against for one in pair} == {
        one for group in made if group.kind == "incompatible" for one in group.amendments
    }
    for group in made:
        first = [wording[0] for wording in group.wordings]
        free = [
            chosen
            for size in range(1, len(first) + 1)
            for chosen in combinations(range(len(first)), size)
            if not any(frozenset((first[a], first[b])) in against for a, b in combinations(chosen, 2))
        ]
        largest = [one for one in free if not any(set(one) < set(other) for other in free)]
        assert group.choices == tuple(sorted(largest))
