"""Which changes are shown as one; each example in tokens, changes written (from, to, from, to)."""

from itertools import pairwise

import pytest

from service.domain.text.align import Change, changes
from service.domain.text.readable import Difference, joined, readable, readable_together
from service.domain.text.slide import slid
from service.domain.text.spans import SpanState, word_spans
from service.domain.text.tokens import tokenise


def shown(old: str, new: str) -> list[tuple[str, str]]:
    """The changes as they are shown, each with the words before and after."""
    exact = difference(old, new)
    return in_words(exact, readable(exact.changes, exact.old, exact.new))


def difference(old: str, new: str) -> Difference:
    before, after = tokenise(old), tokenise(new)
    return Difference(slid(changes(before, after), before, after), before, after)


def in_words(exact: Difference, found: list[Change]) -> list[tuple[str, str]]:
    return [("".join(exact.old[a:b]), "".join(exact.new[c:d])) for a, b, c, d in found]


def test_words_replaced_side_by_side_are_shown_as_one_phrase() -> None:
    assert shown("the large city councils", "one small town halls") == [
        ("the large city councils", "one small town halls")
    ]


def test_an_insertion_moves_to_the_word_that_gave_way_beside_it() -> None:
    old, new = "a firm framework of its own", "a firm water urban of its own"
    assert shown(old, new) == [("framework", "water urban")]


@pytest.mark.parametrize(
    ("old", "new", "changed", "touching"),
    [
        # An insertion after a replacement, with a white space between that it ends with, too.
        ("a b z", "a c x z", [(2, 3, 2, 3), (4, 4, 4, 6)], [(2, 3, 2, 5)]),
        # A deletion before a replacement moves right.
        ("x b z", "c z", [(0, 2, 0, 0), (2, 3, 0, 1)], [(0, 3, 0, 1)]),
        # Two replacements do not move.
        ("a b", "c d", [(0, 1, 0, 1), (2, 3, 2, 3)], [(0, 1, 0, 1), (2, 3, 2, 3)]),
    ],
)
def test_changes_touch_where_one_of_them_can_be_moved(
    old: str,
    new: str,
    changed: list[tuple[int, int, int, int]],
    touching: list[tuple[int, int, int, int]],
) -> None:
    assert joined(changed, tokenise(old), tokenise(new)) == touching


def test_changes_far_apart_are_not_moved() -> None:
    words = ["the", "same", "word"] * 40
    old, new = ["x", *words], [*words, "x"]
    far = [(0, 1, 0, 0), (len(old), len(old), len(new) - 1, len(new))]
    assert joined(far, old, new) == far


@pytest.mark.parametrize(
    ("sign", "phrases"),
    [
        (",", [("alphabet bakeries, cucumber doorbell", "elephant festival, guitarist hospital")]),
        (".", [("alphabet bakeries", "elephant festival"), ("cucumber doorbell", "guitarist hospital")]),
    ],
)
def test_a_gap_is_never_closed_over_the_end_of_a_sentence(sign: str, phrases: list[tuple[str, str]]) -> None:
    more = "more " * 20
    old = f"Stop. alphabet bakeries{sign} cucumber doorbell"
    new = f"{more}Stop. elephant festival{sign} guitarist hospital"
    assert shown(old, new) == [("", more), *phrases]


def test_what_both_sides_begin_or_end_with_stays_out_of_a_change() -> None:
    old = "one " * 6 + "be inclusive with partners"
    new = "two " * 6 + "inclusive of partners"
    spans = word_spans(old.strip(), new.strip())
    for removed, inserted in pairwise(spans):
        if (removed.state, inserted.state) == (SpanState.REMOVED, SpanState.INSERTED):
            assert tokenise(removed.text)[0] != tokenise(inserted.text)[0]
            assert tokenise(removed.text)[-1] != tokenise(inserted.text)[-1]


def test_nothing_and_one_change_are_shown_as_they_are() -> None:
    assert shown("same", "same") == []
    assert shown("one two", "one big two") == [("", "big ")]


def test_a_gap_that_would_make_too_much_of_a_small_change_stays_open() -> None:
    assert shown("one or two", "six or ten") == [("one", "six"), ("two", "ten")]


def test_what_one_passage_of_a_text_does_not_need_another_may_use() -> None:
    alone, roomy = difference("ab cd, ef gh", "qr st, uv wx"), difference("x" * 40, "y" * 40)
    assert in_words(alone, readable_together([alone])[0]) == [("ab cd", "qr st"), ("ef gh", "uv wx")]
    assert in_words(alone, readable_together([alone, roomy])[0]) == [("ab cd, ef gh", "qr st, uv wx")]


def test_passages_that_did_not_change_are_shown_so() -> None:
    passages = [difference("one", "one"), difference("two", "ten"), difference("six", "six")]
    assert readable_together(passages) == [[], [(0, 1, 0, 1)], []]


def test_words_that_a_wider_change_begins_with_on_both_sides_stay_out_of_it() -> None:
    more = "more " * 12
    old, new = "Stop. cities late act ", f"{more}Stop. cities cities cities late "
    assert shown(old, new) == [("", more), ("late act", "cities cities late")]
