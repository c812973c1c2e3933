"""Collisions, merges and costs beside what simpler and slower ways find."""

from collections.abc import Sequence
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Indel

from service.domain.errors import OpenCollisions
from service.domain.text import Block, BlockKind, Edit, collisions, diff, merge, word_spans
from service.domain.text.diff import token_changes
from service.domain.text.tokens import tokenise
from tests.properties.text.strategies import examples, texts

WORDS = ["the", "city", "of", "cities", ",", "a"]


@dataclass
class Region:
    """A stretch of the base in which hunks of one side or of both lie without a kept character between them."""

    start: int
    end: int
    sides: dict[str, list[Edit]]

    def text(self, base: str, side: str) -> str:
        """What one side makes of the stretch."""
        made, at = "", self.start
        for edit in self.sides.get(side, []):
            made += base[at : edit.start] + edit.inserted
            at = edit.end
        return made + base[at : self.end]


def regions(sides: dict[str, Sequence[Edit]]) -> list[Region]:
    """The changed stretches of a three-way comparison, as diff3 cuts them."""
    found: list[Region] = []
    hunks = sorted((edit.start, edit.end, side, edit) for side, edits in sides.items() for edit in edits)
    for start, end, side, edit in hunks:
        if found and start <= found[-1].end:
            found[-1].end = max(found[-1].end, end)
        else:
            found.append(Region(start, end, {}))
        found[-1].sides.setdefault(side, []).append(edit)
    return found


def diff3(base: str, one: str, other: str) -> tuple[str, list[Region]]:
    """The text that both sides make, and the stretches in which they disagree."""
    versions = {"one": one, "other": other}
    merged, at, conflicts = "", 0, []
    for region in regions({side: edits(base, text) for side, text in versions.items()}):
        wanted = {region.text(base, side) for side in region.sides}
        if len(wanted) > 1:
            conflicts.append(region)
        merged += base[at : region.start] + min(wanted)
        at = region.end
    return merged + base[at:], conflicts


def edits(base: str, text: str) -> list[Edit]:
    return [operation for operation in diff(block(base), block(text)) if isinstance(operation, Edit)]


def block(text: str) -> tuple[Block, ...]:
    return (Block("a", BlockKind.PARAGRAPH, text),)


@st.composite
def versions(draw: st.DrawFn) -> list[str]:
    """A sentence and two versions of it."""
    base = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=9))
    made = [" ".join(base)]
    for _ in range(2):
        words = list(base)
        for _ in range(draw(st.integers(0, 2))):
            at = draw(st.integers(0, len(words)))
            words[at : at + draw(st.integers(0, 3))] = draw(
                st.lists(st.sampled_from(["new", "town", ",", "the"]), max_size=2)
            )
        made.append(" ".join(words))
    return made


@examples
@given(versions())
def test_collisions_and_merges_agree_with_diff3(case: list[str]) -> None:
    base, one, other = case
    hands = {"one": diff(block(base), block(one)), "other": diff(block(base), block(other))}
    met = collisions(block(base), hands)
    merged, conflicts = diff3(base, one, other)
    for region in conflicts:
        assert any(region.start <= c.start and c.end <= region.end for c in met)
    for collision in met:
        if collision.kind.blocks_merge:
            assert any(r.start <= collision.start and collision.end <= r.end for r in conflicts)
    try:
        assert merge(block(base), hands).blocks == block(merged) or conflicts
    except OpenCollisions:
        assert conflicts


@examples
@given(texts, texts)
def test_what_is_changed_is_the_least_and_what_is_shown_at_most_a_quarter_more(old: str, new: str) -> None:
    least = Indel.distance(tokenise(old), tokenise(new))
    changed = token_changes(old, new)
    assert sum(len(tokenise(old[a:b])) + len(tokenise(new[c:d])) for a, b, c, d in changed) == least
    shown = sum(len(span.text) for span in word_spans(old, new) if span.state != "kept")
    assert 4 * shown <= 5 * sum(b - a + d - c for a, b, c, d in changed)
