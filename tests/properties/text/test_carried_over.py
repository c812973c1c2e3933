"""What a rebase comes to, beside the known truth: never silently wrong, and no conflict where there is none."""

from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bench import truth
from service.domain.text import Block, BlockKind, MoveBlock, Outcome, diff, map_anchor, rebase
from tests.properties.text.strategies import amended, documents, examples

CASES = truth.cases()


def test_rebases_by_id_all_come_to_the_truth() -> None:
    results = [(case, truth.carried(case, stripped=False)) for case in CASES]
    assert [(case.kind, result.outcome) for case, result in results] == [
        (case.kind, case.outcome) for case in CASES
    ]
    assert [truth.told(result.blocks) for _, result in results] == [truth.told(case.truth) for case in CASES]


def test_rebases_without_ids_are_never_wrong_and_seldom_ask_without_need() -> None:
    found = truth.tally(CASES, stripped=True)
    assert found.wrong == 0
    assert found.false_conflicts <= 0.1 * found.mergeable


def test_the_truth_has_every_kind_as_often() -> None:
    assert Counter(case.kind for case in CASES) == dict.fromkeys(truth.Kind, truth.CASES // len(truth.Kind))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(50))
def test_rebases_of_other_recommendations_come_to_the_truth_too(seed: int) -> None:
    cases = truth.cases(truth.CASES, seed)
    assert truth.tally(cases, stripped=False) == truth.Tally(0, 0, 400)
    assert truth.tally(cases, stripped=True).wrong == 0


@st.composite
def meetings(draw: st.DrawFn, *, apart: bool) -> tuple[list[str], list[tuple[int, int]]]:
    """The words of a sentence, and two ranges of them that share a word, or have one between them."""
    words = draw(st.lists(st.sampled_from(["the", "city", "of", "cities", "a"]), min_size=6, max_size=14))
    first = draw(st.integers(0, len(words) - 4))
    end = draw(st.integers(first + 1, min(first + 3, len(words) - 2)))
    start = draw(st.integers(end + 1, len(words) - 1)) if apart else draw(st.integers(first, end - 1))
    return words, [(first, end), (start, draw(st.integers(start + 1, len(words))))]


def paragraph(words: list[str]) -> tuple[Block, ...]:
    return (Block("a", BlockKind.PARAGRAPH, " ".join(words)),)


@examples
@given(meetings(apart=False))
def test_two_edits_to_the_same_words_always_conflict(case: tuple[list[str], list[tuple[int, int]]]) -> None:
    words, ((a, b), (c, d)) = case
    mine, theirs = [*words[:a], "mine", *words[b:]], [*words[:c], "theirs", *words[d:]]
    assert rebase(paragraph(words), paragraph(mine), paragraph(theirs)).outcome is Outcome.CONFLICT


@examples
@given(meetings(apart=True))
def test_two_edits_to_one_sentence_ask_the_author(case: tuple[list[str], list[tuple[int, int]]]) -> None:
    words, ((a, b), (c, d)) = case
    mine, theirs = [*words[:a], "mine", *words[b:]], [*words[:c], "theirs", *words[d:]]
    both = [*words[:a], "mine", *words[b:c], "theirs", *words[d:]]
    carried = rebase(paragraph(words), paragraph(mine), paragraph(theirs))
    assert (carried.outcome, carried.blocks) == (Outcome.TOUCHED_CONTEXT, paragraph(both))


@examples
@given(st.data())
def test_step_by_step_comes_to_the_same_as_at_once(data: st.DataObject) -> None:
    base = data.draw(documents(min_size=1))
    mine = data.draw(amended(base, [f"m{number}" for number in range(6)]))
    second = data.draw(amended(base, [f"s{number}" for number in range(6)]))
    third = data.draw(amended(second, [f"t{number}" for number in range(6)]))
    at_once, first_step = rebase(base, mine, third), rebase(base, mine, second)
    assume(at_once.outcome is Outcome.CLEAN and first_step.outcome is Outcome.CLEAN)
    assert first_step.blocks is not None
    last_step = rebase(second, first_step.blocks, third)
    assume(last_step.outcome is Outcome.CLEAN)
    assert last_step.blocks is not None
    assert at_once.blocks is not None
    assert set(last_step.blocks) == set(at_once.blocks)
    # Of two paragraphs that change places, which one moved is a matter of how the steps are cut.
    steps = diff(base, mine), diff(base, second), diff(second, third), diff(base, third)
    if not any(isinstance(operation, MoveBlock) for step in steps for operation in step):
        assert last_step.blocks == at_once.blocks


@examples
@given(documents(min_size=1), st.data())
def test_anchors_keep_their_order(base: tuple[Block, ...], data: st.DataObject) -> None:
    new = data.draw(amended(base, [f"n{number}" for number in range(6)]))
    block = data.draw(st.sampled_from(base))
    places = sorted(data.draw(st.lists(st.integers(0, len(block.text)), min_size=4, max_size=4)))
    for starts, ends in ((places[:2], places[2:]), (places[::2], places[1::2])):
        found = [map_anchor((block.id, a, b), base, new) for a, b in zip(starts, ends, strict=True)]
        if found[0] and found[1]:
            assert found[0].start <= found[1].start
            assert found[0].end <= found[1].end
