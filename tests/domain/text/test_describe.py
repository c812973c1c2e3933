import pytest

from service.domain.text import (
    Block,
    BlockKind,
    Look,
    Mark,
    MarkKind,
    Piece,
    describe,
    redline,
    remarks,
    shortened,
    summarise,
)
from service.domain.text.describe import describe_marks
from service.domain.text.sentences import TEMPLATES
from tests.domain.text.builders import document, paragraph, rewritten

BASE = document("Cities call on the Union.", "Second.")


def said(amended: tuple[Block, ...]) -> list[str]:
    return [sentence.text for sentence in describe(BASE, amended)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Cities call on the Council.", ["Replaces “Union” by “Council”."]),
        ("Cities call on the European Union.", ["Adds “European” after “Cities call on the”."]),
        ("All: Cities call on the Union.", ["Adds “All:” before “Cities call on the”."]),
        ("Cities call the Union.", ["Removes “on”."]),
        ("Towns call upon the Union.", ["Replaces “Cities” by “Towns”.", "Replaces “on” by “upon”."]),
        ("Cities call on the Union.", []),
    ],
)
def test_changed_words_are_told_one_by_one(text: str, sentences: list[str]) -> None:
    assert said(rewritten(BASE, a=text)) == sentences


def test_blocks_that_come_go_or_move_are_told_as_wholes() -> None:
    assert said((BASE[1], BASE[0])) == ["Moves the paragraph “Second.” to the beginning."]
    assert said(BASE[:1]) == ["Removes the paragraph “Second.”."]
    assert said((*BASE, Block("n", BlockKind.LIST_ITEM, "New.", 1))) == ["Adds the list item “New.”."]


def test_another_kind_level_or_emphasis_is_told() -> None:
    heading = Block("b", BlockKind.HEADING, "Second.", 2)
    strong = Block("b", BlockKind.PARAGRAPH, "Second.", marks=(Mark(MarkKind.STRONG, 0, 6),))
    assert said((BASE[0], heading)) == [
        "Makes “Second.” a heading.",
        "Changes the level of “Second.” from 0 to 2.",
    ]
    assert said((BASE[0], strong)) == ["Sets “Second” in bold."]


def test_a_block_that_was_empty_has_all_its_words_added() -> None:
    (sentence,) = describe([paragraph("a", "")], [paragraph("a", "New.")])
    assert sentence.text == "Adds “New.”."


def test_a_long_text_is_shortened_in_its_middle() -> None:
    text = " ".join(f"word{n}" for n in range(40))
    assert shortened(text, 40) == "word0 word1 word2 … word38 word39"
    assert shortened("x" * 50, 11) == "xxxx … xxxx"
    assert shortened("short") == "short"


def test_every_sentence_that_is_said_can_be_translated() -> None:
    amended = (paragraph("n", "New."), rewritten(BASE, a="Towns call on Union.")[0])
    sentences = describe(BASE, amended)
    assert len(sentences) == 4
    assert {sentence.template for sentence in sentences} <= set(TEMPLATES)


def marked(text: str, *marks: Mark) -> tuple[Block, ...]:
    return (Block("a", BlockKind.PARAGRAPH, text, marks=marks),)


EMPHASIS, STRONG, LINK, ELSEWHERE = (
    Mark(MarkKind.EMPHASIS, 4, 8),
    Mark(MarkKind.STRONG, 4, 8),
    Mark(MarkKind.LINK, 4, 8, "https://a.eu/"),
    Mark(MarkKind.LINK, 4, 8, "https://b.eu/"),
)


@pytest.mark.parametrize(
    ("before", "after", "sentences"),
    [
        ((), (EMPHASIS,), ["Emphasises “city”."]),
        ((EMPHASIS,), (), ["No longer emphasises “city”."]),
        ((), (STRONG,), ["Sets “city” in bold."]),
        ((STRONG,), (), ["No longer sets “city” in bold."]),
        ((), (LINK,), ["Links “city” to https://a.eu/."]),
        ((LINK,), (), ["Takes the link to https://a.eu/ off “city”."]),
        ((LINK,), (ELSEWHERE,), ["Links “city” to https://b.eu/ instead of https://a.eu/."]),
        ((EMPHASIS,), (STRONG,), ["No longer emphasises “city”.", "Sets “city” in bold."]),
        ((STRONG,), (STRONG,), []),
    ],
)
def test_changed_marks_are_told_by_kind_with_the_words_they_lie_on(
    before: tuple[Mark, ...], after: tuple[Mark, ...], sentences: list[str]
) -> None:
    base, amended = marked("The city leads.", *before), marked("The city leads.", *after)
    assert [sentence.text for sentence in describe(base, amended)] == sentences
    (change,) = redline(base, amended)
    assert [sentence.text for sentence in describe_marks(change)] == sentences


def test_a_mark_over_words_of_several_looks_is_told_once() -> None:
    base = marked("The city leads.", Mark(MarkKind.STRONG, 6, 8))
    amended = marked("The city leads.", Mark(MarkKind.STRONG, 6, 8), Mark(MarkKind.EMPHASIS, 4, 14))
    assert [sentence.text for sentence in describe(base, amended)] == ["Emphasises “city leads”."]


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        (None, Look(strong=True), []),
        (Look(), Look(emphasis=True, strong=True), ["now emphasised", "now bold"]),
        (Look(emphasis=True, strong=True), Look(), ["no longer emphasised", "no longer bold"]),
        (Look(), Look(href="https://a.eu/"), ["now a link to https://a.eu/"]),
        (Look(href="https://a.eu/"), Look(), ["no longer a link"]),
    ],
)
def test_what_became_of_a_look_is_told_beside_the_words(was: Look | None, now: Look, told: list[str]) -> None:
    assert [remark.text for remark in remarks(Piece("city", now, was))] == told


def test_a_moved_block_is_told_with_where_to() -> None:
    base = document("One.", "Two.", "Three.")
    (sentence,) = describe(base, (base[1], base[2], base[0]))
    assert sentence.text == "Moves the paragraph “One.” after “Three.”."


def test_a_summary_tells_how_many_changes_there_are_and_the_first_of_them() -> None:
    base = document("One.", "Two.", "Three.", "Four.")
    texts = [
        " ".join(sentence.text for sentence in summarise(base, amended, limit=2))
        for amended in (
            base,
            rewritten(base, a="1."),
            rewritten(base, a="1.", b="2."),
            rewritten(base, a="1.", b="2.", c="3."),
            rewritten(base, a="1.", b="2.", c="3.", d="4."),
        )
    ]
    first, second = "Replaces “One” by “1”.", "Replaces “Two” by “2”."
    assert texts == [
        "Nothing changes.",
        first,
        f"2 changes: {first} {second}",
        f"3 changes: {first} {second} And 1 more change.",
        f"4 changes: {first} {second} And 2 more changes.",
    ]
