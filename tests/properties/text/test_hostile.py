"""Texts that try to cost much or to be cut apart: floods, one word without end, everything changed at once."""

from collections.abc import Callable, Sequence

import pytest
import regex
from hypothesis import given
from rapidfuzz.distance import Indel

from bench import corpus
from service.domain.errors import Invalid
from service.domain.text import (
    Block,
    BlockKind,
    Edit,
    SpanState,
    apply,
    attribute,
    collisions,
    diff,
    merge,
    normalise,
    rebase,
    recover_ids,
    word_spans,
)
from service.domain.text import align
from service.domain.text.normalise import MAX_MARKS
from service.domain.text.tokens import joins, offsets, tokenise
from tests.properties.text.strategies import documents, examples, floods

Pair = tuple[tuple[Block, ...], tuple[Block, ...]]
WORDS = 20_000
HOSTILE = corpus.hostile(WORDS)
MOST_CELLS = 20 * align.MAX_CELLS
"""What the largest texts may be compared for, all their parts together; the whole of them would be six times that."""


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
def test_the_largest_texts_are_compared_exactly_and_in_bounded_work(
    made: Callable[[], Pair], cells: list[int]
) -> None:
    base, amended = made()
    assert apply(base, diff(base, amended)) == amended
    assert max(cells, default=0) <= align.MAX_CELLS
    assert sum(cells) <= MOST_CELLS
