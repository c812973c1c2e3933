from service.domain.text import (
    Block,
    BlockKind,
    DeleteBlock,
    Edit,
    InsertBlock,
    Mark,
    Marking,
    MarkKind,
    MoveBlock,
    Restyle,
    diff,
)
from tests.domain.text.builders import document, faults, paragraph, rewritten

STRONG, LINK = MarkKind.STRONG, MarkKind.LINK


def test_diff_names_the_words_that_change() -> None:
    base = document("Cities call on the Union.")
    assert diff(base, rewritten(base, a="Cities call upon the European Union.")) == (
        Edit("a", 12, 14, "on", "upon"),
        Edit("a", 19, 19, "", "European "),
    )


def test_diff_counts_code_points() -> None:
    base = document("😀 one")
    assert diff(base, rewritten(base, a="😀 two")) == (Edit("a", 2, 5, "one", "two"),)


def test_diff_of_a_text_with_itself_is_nothing() -> None:
    base = document("One.", "Two.")
    assert diff(base, base) == ()


def test_diff_tells_new_struck_and_moved_blocks_apart() -> None:
    a, b, c = document("One.", "Two.", "Three.")
    new = paragraph("n", "New.")
    assert diff([a, b, c], [c, a, new]) == (
        DeleteBlock(b),
        MoveBlock("c", "b", None),
        InsertBlock("a", new),
    )


def test_diff_of_a_block_moved_from_the_beginning_says_so() -> None:
    a, b, c = document("One.", "Two.", "Three.")
    assert diff([a, b, c], [b, c, a]) == (MoveBlock("a", None, "c"),)


def test_diff_tells_a_change_of_kind_from_a_change_of_words() -> None:
    base = document("One.")
    heading = Block("a", BlockKind.HEADING, "One.", 2)
    assert diff(base, [heading]) == (Restyle("a", BlockKind.PARAGRAPH, 0, BlockKind.HEADING, 2),)


def test_diff_tells_marks_from_words() -> None:
    old = Block("a", BlockKind.PARAGRAPH, "one two three", marks=(Mark(LINK, 4, 7, "https://a.example"),))
    new = Block(
        "a",
        BlockKind.PARAGRAPH,
        "one two four",
        marks=(Mark(LINK, 4, 7, "https://b.example"), Mark(STRONG, 0, 3), Mark(STRONG, 8, 12)),
    )
    assert diff([old], [new]) == (
        Edit("a", 8, 13, "three", "four", (Mark(STRONG, 0, 4),)),
        Marking("a", 0, 3, STRONG, None, ""),
        Marking("a", 4, 7, LINK, "https://a.example", "https://b.example"),
    )


def test_diff_refuses_an_id_that_stands_twice() -> None:
    one = paragraph("a", "One.")
    assert faults(lambda: diff([one, one], [])) == [("blocks.1.id", "Two paragraphs have the same id: a.")]


def test_diff_refuses_marks_that_no_text_carries() -> None:
    beyond = Block("a", BlockKind.PARAGRAPH, "One.", marks=(Mark(STRONG, 2, 9),))
    crossed = Block(
        "a", BlockKind.PARAGRAPH, "One.", marks=(Mark(LINK, 0, 3, "https://a"), Mark(LINK, 2, 4, "https://b"))
    )
    said = "Marks have to lie within the text, and links not over each other."
    assert faults(lambda: diff([], [beyond])) == [("blocks.0.marks", said)]
    assert faults(lambda: diff([crossed], [])) == [("blocks.0.marks", said)]
