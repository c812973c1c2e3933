"""How a difference is shown: exact still, cut only where a reader would cut, and no wider than allowed."""

import random
from collections.abc import Callable
from itertools import accumulate

import fast_diff_match_patch
import pytest
from hypothesis import given

from service.domain.text import Block, SpanState, redline, word_spans
from service.domain.text.align import Change, changes
from service.domain.text.readable import joined, readable
from service.domain.text.slide import slid
from service.domain.text.tokens import offsets, tokenise
from tests.properties.text.strategies import blocks, examples, texts, wild_texts


def words_in(text: str) -> list[str]:
    return [token for token in tokenise(text) if not token.isspace()]


COMMON = words_in("the of and to in for a on with that by as is be are from their its this through")
RARE = words_in(
    "cities union partnership local authorities climate water sanitation food systems migration funding programme "
    "delegation council mayors citizens peer learning exchange technical political resolution budget indicator "
    "evidence support strengthen calls underlines welcomes invites commits proposes recognises integrated urban "
    "development inclusive green resilient infrastructure services mobility waste energy housing health education "
    "culture youth women participation transparency accountability monitoring evaluation framework strategy agenda"
)
WORDS, EDITED = 2_000, 0.2
SEEDS = range(8)


def written(chance: random.Random) -> list[str]:
    """A text of words in sentences, half of them the small words that every text is full of."""
    found = []
    left = 0
    for _ in range(WORDS):
        word = chance.choice(COMMON if chance.random() < 0.45 else RARE)
        if left == 0:
            left = chance.randint(8, 24)
            word = word.capitalize()
        left -= 1
        found.append(f"{word}." if left == 0 else f"{word}," if chance.random() < 0.06 else word)
    return found


def edited(words: list[str], chance: random.Random, acts: str) -> list[str]:
    """The text with a fifth of its words replaced, taken out, or given another one beside them."""
    found = []
    for word in words:
        act = chance.choice(acts) if chance.random() < EDITED else ""
        if act == "r":
            found.append(chance.choice(RARE))
        elif act == "i":
            found += [word, chance.choice(RARE)]
        elif not act:
            found.append(word)
    return found


def by_peer(old: list[str], new: list[str]) -> list[Change]:
    """What diff-match-patch's semantic clean-up shows on the same tokens, neighbouring parts made one."""
    signs: dict[str, str] = {}
    for token in (*old, *new):
        # Surrogates are no characters, so the private ones above them are used.
        signs.setdefault(token, chr(0xE000 + len(signs)))
    before, after = ("".join(map(signs.__getitem__, side)) for side in (old, new))
    found: list[Change] = []
    a = c = 0
    for act, length in fast_diff_match_patch.diff(before, after, cleanup="Semantic", timelimit=0):
        b, d = (a if act == "+" else a + length), (c if act == "-" else c + length)
        if act != "=":
            touches = found and (found[-1][1], found[-1][3]) == (a, c)
            start = found.pop() if touches else (a, a, c, c)
            found.append((start[0], b, start[2], d))
        a, c = b, d
    return found


def size(found: list[Change], old: list[str], new: list[str]) -> int:
    """How many characters are marked."""
    before, after = (list(accumulate(map(len, side), initial=0)) for side in (old, new))
    return sum(before[b] - before[a] + after[d] - after[c] for a, b, c, d in found)


def exact(old: list[str], new: list[str]) -> list[Change]:
    return slid(changes(old, new), old, new)


@pytest.mark.parametrize("acts", ["rid", "rrid", "rrrid", "r"])
def test_a_fifth_of_a_long_text_edited_reads_no_worse_than_a_semantic_cleanup(acts: str) -> None:
    ours, peers = [0, 0], [0, 0]
    for seed in SEEDS:
        chance = random.Random(seed)  # noqa: S311 - the same texts in every run
        words = written(chance)
        old, new = tokenise(" ".join(words)), tokenise(" ".join(edited(words, chance, acts)))
        shown, theirs, least = readable(exact(old, new), old, new), by_peer(old, new), exact(old, new)
        assert 4 * size(shown, old, new) <= 5 * size(least, old, new)
        assert 4 * tokens_in(shown) <= 5 * tokens_in(least)
        ours = [ours[0] + len(shown), ours[1] + size(shown, old, new)]
        peers = [peers[0] + len(theirs), peers[1] + size(theirs, old, new)]
    assert ours[0] <= peers[0]
    assert ours[1] <= peers[1]


def tokens_in(found: list[Change]) -> int:
    return sum(b - a + d - c for a, b, c, d in found)


def of(text: Callable[[SpanState], bool], old: str, new: str) -> str:
    return "".join(span.text for span in word_spans(old, new) if text(span.state))


@examples
@given(texts | wild_texts, texts | wild_texts)
def test_what_is_kept_and_removed_is_the_old_text_and_what_is_kept_and_inserted_the_new(
    old: str, new: str
) -> None:
    assert of(lambda state: state is not SpanState.INSERTED, old, new) == old
    assert of(lambda state: state is not SpanState.REMOVED, old, new) == new


@examples
@given(texts | wild_texts, texts | wild_texts)
def test_nothing_is_cut_inside_a_word_or_a_visible_character(old: str, new: str) -> None:
    at = {SpanState.REMOVED: 0, SpanState.INSERTED: 0}
    seams = {SpanState.REMOVED: offsets(tokenise(old)), SpanState.INSERTED: offsets(tokenise(new))}
    for span in word_spans(old, new):
        for side, ends in seams.items():
            if span.state in {SpanState.KEPT, side}:
                at[side] += len(span.text)
                assert at[side] in ends


@examples
@given(texts | wild_texts, texts | wild_texts)
def test_what_is_shown_as_changed_is_at_most_a_quarter_more_than_what_is(old: str, new: str) -> None:
    before, after = tokenise(old), tokenise(new)
    least = exact(before, after)
    assert 4 * size(readable(least, before, after), before, after) <= 5 * size(least, before, after)


@examples
@given(texts, texts)
def test_changes_that_touch_already_are_left_as_they_are(old: str, new: str) -> None:
    before, after = tokenise(old), tokenise(new)
    once = joined(exact(before, after), before, after)
    assert joined(once, before, after) == once


@examples
@given(blocks("a"), blocks("a"))
def test_pieces_joined_are_their_stretch(old: Block, new: Block) -> None:
    (change,) = redline([old], [new])
    for span in change.spans:
        assert "".join(piece.text for piece in span.pieces) == span.text
        assert all(piece.text for piece in span.details)


def test_ten_thousand_changes_in_equal_words_are_shown_exactly() -> None:
    old, new = ["x", " "] * 10_000, ["x", " ", "y", " "] * 5_000
    built: list[str] = []
    at = 0
    for a, b, c, d in readable(exact(old, new), old, new):
        built += old[at:a] + new[c:d]
        at = b
    assert built + old[at:] == new
