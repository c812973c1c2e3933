"""Texts that try to cost much or to be cut apart: floods, one word without end, everything changed at once."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from math import sqrt

import pytest
import regex
from hypothesis import given
from rapidfuzz.distance import Indel

from bench import corpus
from service.domain.errors import Invalid, OpenCollisions
from service.domain.text import (
    Block,
    align,
    apply,
    collisions,
    diff,
    map_anchor,
    merge,
    normalise,
    rebase,
    recover_ids,
    redline,
    word_spans,
)
from service.domain.text.tokens import joins, offsets, tokenise
from tests.properties.text.strategies import documents, examples, floods, texts

Pair = tuple[tuple[Block, ...], tuple[Block, ...]]
WORDS = 20_000
HOSTILE: dict[str, Callable[[], Pair]] = {
    **corpus.hostile(WORDS),
    "100,000 equal words": lambda: corpus.equal_words(100_000),
}


@pytest.fixture
def cells(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many pairs of tokens each comparison spans, in the order of the comparisons."""
    counted: list[int] = []

    class Counting:
        @staticmethod
        def opcodes(old: Sequence[object], new: Sequence[object]) -> object:
            counted.append(len(old) * len(new))
            return Indel.opcodes(old, new)

    monkeypatch.setattr(align, "Indel", Counting)
    return counted


@pytest.mark.parametrize("made", HOSTILE.values(), ids=HOSTILE)
def test_the_work_on_the_largest_texts_grows_with_their_length_not_with_its_square(
    made: Callable[[], Pair], cells: list[int]
) -> None:
    base, amended = made()
    assert apply(base, diff(base, amended)) == amended
    tokens = [sum(len(tokenise(block.text)) for block in text) for text in (base, amended)]
    assert max(cells, default=0) <= align.MAX_CELLS
    assert sum(cells) <= 2 * sqrt(align.MAX_CELLS * tokens[0] * tokens[1])


def test_the_largest_texts_are_carried_over_and_shown() -> None:
    base = corpus.in_one_block(corpus.draft(WORDS))
    mine, theirs = corpus.edited(base, 0.2, "mine"), corpus.edited(base, 0.2, "theirs")
    assert rebase(base, mine, theirs).blocks is None
    assert rebase(base, mine, base).blocks == mine
    assert merge(base, {"A": diff(base, mine)}).blocks == mine
    (change,) = redline(base, mine)
    assert "".join(span.text for span in change.spans if span.state != "removed") == mine[0].text


def test_ids_of_five_thousand_paragraphs_are_not_compared_each_with_each() -> None:
    base = corpus.draft(WORDS, per_block=WORDS // 5_000)
    bare = [Block("", block.kind, block.text) for block in corpus.rewritten(base)]
    found = recover_ids(base, bare)
    assert [block.id for block in found] == [f"new-{number}" for number in range(1, len(bare) + 1)]


@examples
@given(documents(of=floods()), documents(of=floods()))
def test_a_diff_of_floods_is_exact_both_ways(one: tuple[Block, ...], other: tuple[Block, ...]) -> None:
    assert apply(one, diff(one, other)) == other
    assert apply(other, diff(other, one)) == one


@examples
@given(floods())
def test_no_token_of_a_flood_cuts_a_visible_character(text: str) -> None:
    graphemes = {0, *(found.end() for found in regex.finditer(r"\X", text))}
    assert "".join(tokenise(text)) == text
    assert set(offsets(tokenise(text))) <= graphemes


@examples
@given(floods(), floods())
def test_no_shown_stretch_of_a_flood_cuts_a_word_or_a_visible_character(old: str, new: str) -> None:
    for text, gone in ((old, "inserted"), (new, "removed")):
        at, ends = 0, set()
        for span in word_spans(old, new):
            at += len(span.text) if span.state != gone else 0
            ends.add(at)
        assert ends <= set(offsets(tokenise(text)))


@examples
@given(texts | floods(), texts | floods())
def test_texts_that_do_not_grow_together_are_cut_as_each_alone(left: str, right: str) -> None:
    apart = [*tokenise(left), *tokenise(right)]
    assert (tokenise(left + right) == apart) or joins(left, right)


@examples
@given(floods())
def test_what_is_let_in_is_in_its_one_form_and_what_is_not_names_the_field(text: str) -> None:
    try:
        first = normalise(text)
    except Invalid as refusal:
        faults = refusal.errors
    else:
        faults = ()
        assert normalise(first) == first
    assert {error.field for error in faults} <= {"text"}


@examples
@given(documents(of=floods(), min_size=1), documents(of=floods()), documents(of=floods()))
def test_two_hands_in_a_flood_are_merged_whole_or_refused_and_carried_over_alike(
    base: tuple[Block, ...], one: tuple[Block, ...], other: tuple[Block, ...]
) -> None:
    hands = {"one": diff(base, one), "other": diff(base, other)}
    carried = rebase(base, one, other)
    if any(collision.kind.blocks_merge for collision in collisions(base, hands)):
        with pytest.raises(OpenCollisions):
            merge(base, hands)
        return
    merged = merge(base, hands)
    assert merged == merge(base, dict(reversed(hands.items())))
    assert carried.blocks is not None
    assert [block.text for block in carried.blocks] == [block.text for block in merged.blocks]
    for block in merged.blocks:
        assert "".join(block.text[run.start : run.end] for run in merged.provenance[block.id]) == block.text


@examples
@given(documents(of=floods(), min_size=1), documents(of=floods(), min_size=1))
def test_anchors_in_a_flood_stay_in_bounds(base: tuple[Block, ...], new: tuple[Block, ...]) -> None:
    lengths = {block.id: len(block.text) for block in new}
    for block in base:
        ranges = list(pairwise(offsets(tokenise(block.text))))
        for start, end in (*ranges[:2], *ranges[-2:]):
            found = map_anchor((block.id, start, end), base, new)
            assert found is None or 0 <= found.start < found.end <= lengths[block.id]
