"""What several amendments make of one base: whatever the order, every word with its origin, never silent."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import OpenCollisions
from service.domain.text import (
    Block,
    Merged,
    Operation,
    Outcome,
    Provenance,
    apply,
    attribute,
    collisions,
    diff,
    merge,
    provenance_from_json,
    provenance_to_json,
    rebase,
)
from tests.properties.text.strategies import amendments, documents, examples

Case = tuple[tuple[Block, ...], list[tuple[Block, ...]]]


@examples
@given(amendments(2))
def test_rebasing_on_the_same_base_changes_nothing(case: Case) -> None:
    base, (one, _) = case
    carried = rebase(base, one, base)
    assert carried.blocks == one
    assert {result.outcome for result in carried.operations} <= {Outcome.CLEAN}


@examples
@given(documents(min_size=1), documents(min_size=1))
def test_rebasing_nothing_gives_the_new_base(base: tuple[Block, ...], new: tuple[Block, ...]) -> None:
    assert rebase(base, base, new).blocks == new


@examples
@given(documents(min_size=1), documents(min_size=1))
def test_rebasing_on_ones_own_text_finds_all_of_it_contained(
    base: tuple[Block, ...], new: tuple[Block, ...]
) -> None:
    carried = rebase(base, new, new)
    assert carried.blocks == new
    assert {result.outcome for result in carried.operations} <= {Outcome.ALREADY_CONTAINED}


@examples
@given(amendments(2))
def test_amendments_that_do_not_collide_commute(case: Case) -> None:
    base, (one, other) = case
    there, back = rebase(base, one, other), rebase(base, other, one)
    met = collisions(base, {"one": diff(base, one), "other": diff(base, other)})
    if not any(collision.kind.blocks_merge for collision in met):
        merged = merge(base, {"one": diff(base, one), "other": diff(base, other)})
        assert there.blocks is not None
        assert back.blocks is not None
        assert _same_words(there.blocks, back.blocks)
        assert _same_words(there.blocks, merged.blocks)
    else:
        assert there.blocks is None or back.blocks is None


def _same_words(one: tuple[Block, ...], other: tuple[Block, ...]) -> bool:
    """Identical new paragraphs are one, under either hand's id."""
    return [(b.kind, b.text, b.level, b.marks) for b in one] == [
        (b.kind, b.text, b.level, b.marks) for b in other
    ]


@examples
@given(amendments(3))
def test_a_merge_is_a_function_of_the_set(case: Case) -> None:
    base, versions = case
    named = {f"A{at}": diff(base, version) for at, version in enumerate(versions)}
    results: list[Merged | str] = []
    for order in permutations(named):
        try:
            results.append(merge(base, {name: named[name] for name in order}))
        except OpenCollisions as refusal:
            results.append(refusal.message)
    assert all(result == results[0] for result in results)


@examples
@given(amendments(1))
def test_a_merge_of_one_is_its_text(case: Case) -> None:
    base, (one,) = case
    assert merge(base, {"A1": diff(base, one)}).blocks == one == apply(base, diff(base, one))


@examples
@given(amendments(3))
def test_every_character_is_attributed_exactly_once(case: Case) -> None:
    base, versions = case
    done: dict[str, tuple[Operation, ...]] = {}
    for at, version in enumerate(versions):
        try:
            merged = merge(base, {**done, f"A{at}": diff(base, version)})
        except OpenCollisions:
            continue
        done[f"A{at}"] = diff(base, version)
        _assert_covered(merged.blocks, merged.provenance)
        assert provenance_from_json(provenance_to_json(merged.provenance)) == merged.provenance
        again = attribute(merged.blocks, merged.provenance, version, "editor")
        _assert_covered(version, again)


def _assert_covered(blocks: tuple[Block, ...], provenance: Provenance) -> None:
    assert set(provenance) == {block.id for block in blocks}
    for block in blocks:
        ends = [0]
        for run in provenance[block.id]:
            assert run.start == ends[-1] < run.end
            assert run.origins
            ends.append(run.end)
        assert ends[-1] == len(block.text)


@examples
@given(amendments(2), st.permutations(["x", "y"]))
def test_collisions_do_not_depend_on_who_comes_first(case: Case, names: list[str]) -> None:
    base, versions = case
    one = {name: diff(base, version) for name, version in zip(names, versions, strict=True)}
    other = dict(reversed(one.items()))
    swapped = {names[1 - at]: diff(base, version) for at, version in enumerate(versions)}
    assert collisions(base, one) == collisions(base, other)
    assert [(c.kind, c.block, c.start, c.end) for c in collisions(base, one)] == [
        (c.kind, c.block, c.start, c.end) for c in collisions(base, swapped)
    ]


@examples
@given(amendments(1))
def test_the_same_change_by_two_is_no_obstacle(case: Case) -> None:
    base, (one,) = case
    operations = diff(base, one)
    merged = merge(base, {"A1": operations, "A2": operations})
    assert merged.blocks == one
    assert {collision.kind.value for collision in merged.collisions} <= {"identical", "adjacent"}
