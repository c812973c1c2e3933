from dataclasses import replace
from fractions import Fraction

import pytest

from service.domain.text import (
    Block,
    BlockKind,
    Coverage,
    Mark,
    MarkKind,
    Missing,
    Tally,
    Wish,
    coverage,
    diff,
    share,
)
from tests.domain.text.builders import document, paragraph, rewritten

BASE = document(
    "Title", "Kept open in one place, with its cost secured by December 2024.", "A third sentence."
)
JUNE = rewritten(BASE, b="Kept open in one place, with its cost secured by June 2025.")
UNTIL = rewritten(BASE, b="Kept open in one place, with its cost secured until the end of 2030.")
BOTH = rewritten(
    BASE, b="Kept open in one place, with its cost secured, by March 2025, until the end of 2030."
)


def covered(asked: tuple[Block, ...], made: tuple[Block, ...], base: tuple[Block, ...] = BASE) -> Coverage:
    return coverage(base, diff(base, asked), diff(base, made))


def told(found: Coverage) -> tuple[int, int, list[tuple[Wish, str]]]:
    words = found.words
    return words.realised, words.asked, [(missing.wish, missing.text) for missing in found.missing]


def test_words_struck_out_and_words_added_count_each() -> None:
    assert told(covered(JUNE, BOTH)) == (3, 4, [(Wish.ADD, "June")])
    assert told(covered(UNTIL, BOTH)) == (7, 8, [(Wish.STRIKE, "by")])


def test_an_amendment_covers_itself_whatever_the_ids_of_its_new_blocks() -> None:
    one, other = ((*BASE, paragraph(name, "More words."), paragraph(name * 2, "…")) for name in "xy")
    found = covered(one, other)
    assert (found.words, found.forms, found.share) == (Tally(2, 2), Tally(1, 1), Fraction(1))


def test_nothing_and_what_happens_elsewhere_realise_nothing() -> None:
    elsewhere = rewritten(BASE, c="A June 2025 sentence.")
    for made in (BASE, elsewhere):
        assert told(covered(JUNE, made)) == (
            0,
            4,
            [(Wish.STRIKE, "December"), (Wish.ADD, "June"), (Wish.STRIKE, "2024"), (Wish.ADD, "2025")],
        )


def test_words_further_on_behind_others_that_stand_are_in_another_place() -> None:
    asked = rewritten(BASE, b=BASE[1].text.replace("open", "freely open"))
    made = rewritten(BASE, b=BASE[1].text.replace("its cost", "its freely cost"))
    assert told(covered(asked, made)) == (0, 1, [(Wish.ADD, "freely")])


def test_one_word_that_is_added_realises_one_wish_of_two() -> None:
    base = document("one two three")
    asked = rewritten(base, a="new one new two three")
    assert told(covered(asked, rewritten(base, a="new three"), base))[:2] == (1, 2)


def test_a_paragraph_struck_out_word_by_word_or_as_a_whole_is_gone() -> None:
    asked = BASE[:2]
    assert told(covered(asked, asked)) == (3, 3, [])
    partly = rewritten(BASE, c="A sentence.")
    assert told(covered(asked, partly)) == (1, 3, [(Wish.STRIKE, "A"), (Wish.STRIKE, "sentence")])


def test_what_is_changed_in_a_paragraph_that_goes_is_gone_but_not_said() -> None:
    asked = rewritten(BASE, c="A fourth sentence.")
    assert told(covered(asked, BASE[:2])) == (1, 2, [(Wish.ADD, "fourth")])


def test_a_new_paragraph_counts_where_it_was_asked_for() -> None:
    first, second = paragraph("n", "Open to all residents."), paragraph("m", "Open to residents.")
    asked = (*BASE[:2], first, BASE[2])
    assert told(covered(asked, (*BASE[:2], second, BASE[2]))) == (3, 4, [(Wish.ADD, "all")])
    assert told(covered(asked, (*BASE, second)))[:2] == (0, 4)
    assert told(covered((first, *BASE), (second, *BASE)))[:2] == (3, 4)


def test_a_new_paragraph_stands_in_the_same_gap_when_its_neighbour_is_struck_out() -> None:
    new, same = paragraph("n", "Open to all."), paragraph("m", "Open to all.")
    asked = (*BASE[:2], new, BASE[2])
    assert told(covered(asked, (BASE[0], same, BASE[2])))[:2] == (3, 3)
    assert told(covered((*BASE[:1], new, *BASE[1:]), (same, BASE[2])))[:2] == (3, 3)


def test_several_new_paragraphs_follow_each_other_and_what_was_moved() -> None:
    news = [paragraph(name, f"Number {name}.") for name in "xyz"]
    asked = (BASE[2], news[0], BASE[0], BASE[1], *news[1:])
    found = covered(asked, asked)
    assert (found.words, found.share) == (Tally(6, 6), Fraction(1))


def test_moves_styles_marks_and_signs_are_counted_apart() -> None:
    moved = (BASE[0], BASE[2], BASE[1])
    bold = (replace(BASE[0], marks=(Mark(MarkKind.STRONG, 0, 5),)), *BASE[1:])
    listed = (*BASE[:2], replace(BASE[2], kind=BlockKind.LIST_ITEM))
    signs = rewritten(BASE, c="A third sentence!")
    for asked in (moved, bold, listed, signs):
        itself, nothing = covered(asked, asked), covered(asked, JUNE)
        assert (itself.words, itself.forms, itself.share) == (Tally(), Tally(1, 1), Fraction(1))
        assert (nothing.forms, nothing.share) == (Tally(0, 1), Fraction(0))


def test_words_decide_the_share_where_any_are_asked_for() -> None:
    asked = (BASE[0], BASE[2], JUNE[1])
    found = covered(asked, BOTH)
    assert (found.words, found.forms, found.share) == (Tally(3, 4), Tally(0, 1), Fraction(3, 4))


def test_who_asks_for_nothing_lacks_nothing() -> None:
    assert coverage(BASE, (), diff(BASE, JUNE)).share == 1


def test_each_operation_tells_what_became_of_it() -> None:
    asked = rewritten(JUNE, c="A fourth sentence.")
    found = covered(asked, rewritten(BOTH, c="A fifth sentence."))
    assert [(part.operation.block, part.words) for part in found.parts] == [
        ("b", Tally(1, 2)),
        ("b", Tally(2, 2)),
        ("c", Tally(1, 2)),
    ]
    assert found.missing == (Missing(Wish.ADD, "b", "June"), Missing(Wish.ADD, "c", "fourth"))


def test_scripts_without_spaces_are_counted_by_the_visible_character() -> None:
    base = document("東京の都市")
    assert told(covered(rewritten(base, a="東京の村"), rewritten(base, a="東京の町"), base)) == (
        2,
        3,
        [(Wish.ADD, "村")],
    )


@pytest.mark.parametrize(
    ("words", "forms", "expected"),
    [
        (Tally(1, 3), Tally(1, 1), Fraction(1, 3)),
        (Tally(), Tally(1, 2), Fraction(1, 2)),
        (Tally(), Tally(), Fraction(1)),
    ],
)
def test_a_share_is_exact(words: Tally, forms: Tally, expected: Fraction) -> None:
    assert share(words, forms) == expected


WHOLE = document("The Union funds towns, and cities report every year.", "Partners learn from others.")
APART = (paragraph("a", "The Union funds towns."), paragraph("n", "Cities report every year."), WHOLE[1])
AS_ONE = (paragraph("a", f"{WHOLE[0].text} Partners learn from others."),)


def test_a_split_and_a_join_are_forms_beside_the_words_that_change_at_them() -> None:
    apart = (paragraph("a", "The Union funds towns."), paragraph("m", "Cities report every year."), WHOLE[1])
    found = coverage(WHOLE, diff(WHOLE, APART), diff(WHOLE, apart))
    assert (found.words, found.forms) == (Tally(3, 3), Tally(1, 1))
    joined = coverage(WHOLE, diff(WHOLE, AS_ONE), diff(WHOLE, AS_ONE))
    assert (joined.words, joined.forms) == (Tally(), Tally(1, 1))


def test_a_split_that_is_not_made_leaves_its_words_missing() -> None:
    found = coverage(WHOLE, diff(WHOLE, APART), diff(WHOLE, AS_ONE))
    assert (found.words, found.forms) == (Tally(0, 3), Tally(0, 1))
    assert [(missing.wish, missing.text) for missing in found.missing] == [
        (Wish.STRIKE, "and cities"),
        (Wish.ADD, "Cities"),
    ]


def test_words_struck_at_a_join_count() -> None:
    joined = (
        paragraph(
            "a", "The Union funds towns, and cities report every year, and partners learn from others."
        ),
    )
    found = coverage(WHOLE, diff(WHOLE, joined), diff(WHOLE, joined))
    assert (found.words, found.forms) == (Tally(3, 3), Tally(1, 1))
