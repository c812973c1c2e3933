"""The order of decision, found without naming each pair, is what naming each pair says."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from service.domain.deciding import deciding_order
from service.domain.text import Block, Covers, GroupKind, Operation, diff
from tests.domain import pairwise
from tests.domain.text.builders import document, rewritten
from tests.domain.text.test_contested import BASE, WORDINGS
from tests.properties.text.strategies import amendments, examples

Case = tuple[tuple[Block, ...], list[tuple[Block, ...]]]
CROWDED = document("One two three four five six seven eight nine ten.", "Second with a few words, too.")
COVERS = st.dictionaries(st.integers(0, 15), st.sets(st.integers(0, 17), min_size=1), max_size=2)


def holds(
    base: Sequence[Block], versions: Sequence[tuple[Block, ...]], covered: Mapping[int, set[int]]
) -> None:
    """Compare all that is told of amendments, their numbers in another order than their names."""
    named = {f"A{at:02}": diff(base, version) for at, version in enumerate(versions)}
    hands = {name: does for name, does in named.items() if does}
    numbers = {f"A{at:02}": (at * 7) % 19 for at in range(19)}
    covers = {f"A{one:02}": {f"A{at:02}" for at in others} for one, others in covered.items()}
    told(base, hands, numbers, covers)


def told(
    base: Sequence[Block],
    hands: Mapping[str, Sequence[Operation]],
    numbers: Mapping[str, int],
    covers: Covers,
) -> None:
    found = deciding_order(base, hands, numbers, covers)
    every = pairwise.deciding_order(base, hands, numbers, covers)
    assert [(g.kind, g.wordings, g.beside, g.choices) for g in found.groups] == [
        (g.kind, g.wordings, g.beside, g.choices) for g in every.groups
    ]
    for group, other in zip(found.groups, every.groups, strict=True):
        members = frozenset(group.amendments)
        merging = group.kind is GroupKind.INCOMPATIBLE
        met: dict[str | None, set[str]] = {}
        for c in other.collisions:
            met.setdefault(c.block, set()).update((c.first, c.second))
        assert group.blocks == tuple((block, len(ids)) for block, ids in met.items())
        assert found.meetings.first(members, 3) == other.collisions[:3]
        assert found.meetings.first(members, 200) == other.collisions[:200]
        assert found.meetings.count(members) == len(other.collisions)
        assert found.meetings.kinds(members, merging=merging) == tuple(
            dict.fromkeys(c.kind for c in other.collisions if c.kind.blocks_merge or not merging)
        )
    assert [
        (d.amendments, d.group, d.compromise, d.distance, e.falls, e.stays, d.rank)
        for d in found.decisions
        for e in (found.effect(d),)
    ] == [
        (d.amendments, d.group, d.compromise, d.distance, d.falls, d.stays, d.rank) for d in every.decisions
    ]


@st.composite
def crowds(draw: st.DrawFn) -> list[tuple[Block, ...]]:
    """Versions in which a few words of the same paragraphs are replaced, with parts of what was there."""
    versions = []
    for _ in range(draw(st.integers(2, 18))):
        at = draw(st.sampled_from((0, 0, 0, 1)))
        words = CROWDED[at].text.split(" ")
        first = draw(st.integers(0, len(words) - 2))
        last = draw(st.integers(first, len(words) - 1))
        words[first:last] = draw(
            st.lists(st.sampled_from(("new", f"{words[first]}-new", ", new")), max_size=2)
        )
        versions.append(rewritten(CROWDED, **{"ab"[at]: " ".join(words)}))
    return versions


@examples
@given(crowds(), COVERS)
def test_the_order_in_a_crowd_is_what_the_pairs_say(
    versions: list[tuple[Block, ...]], covered: Mapping[int, set[int]]
) -> None:
    holds(CROWDED, versions, covered)


@examples
@given(amendments(8), COVERS)
def test_the_order_on_any_text_is_what_the_pairs_say(case: Case, covered: Mapping[int, set[int]]) -> None:
    holds(*case, covered)


@examples
@given(st.lists(st.sampled_from(WORDINGS), max_size=18), COVERS)
def test_the_order_of_all_ways_to_amend_is_what_the_pairs_say(
    versions: list[tuple[Block, ...]], covered: Mapping[int, set[int]]
) -> None:
    holds(BASE, versions, covered)
