"""A text and its changes as paragraphs of a word processor."""

from service.domain.text import Block, BlockKind, Look, Mark, MarkKind
from service.domain.word import Change, Paragraph, Run, written
from tests.domain.text.builders import document, paragraph, rewritten

K, N, D = Change.KEPT, Change.INSERTED, Change.DELETED
BASE = document("One.", "Two of them. And more of it.", "Three of these.")


def kept(name: str, text: str, style: str = "body", level: int = 0) -> Paragraph:
    return Paragraph((Run(text),), K, (name,), style, level=level)


A, B, C = (
    "h_ca978112ca1bbdcafac231b39a23dc",
    "h_3e23e8160039594a33894f6564e1b1",
    "h_2e7d2c03a9507ae265ecf5b5356885",
)


def test_a_text_as_it_is_is_kept_with_a_bookmark_for_each_block() -> None:
    assert written(BASE, BASE) == (
        kept(A, "One."),
        kept(B, "Two of them. And more of it.", "ask"),
        kept(C, "Three of these."),
    )


def test_words_new_paragraphs_and_struck_ones_are_tracked() -> None:
    amended = (BASE[0], paragraph("n", "New."), *rewritten(BASE, b="Two of those. And more of it.")[1:2])
    assert written(BASE, amended) == (
        kept(A, "One."),
        Paragraph((Run("New.", N),), N, (), "ask"),
        Paragraph(
            (Run("Two of "), Run("them", D), Run("those", N), Run(". And more of it.")),
            K,
            (B,),
            "body",
            "ask",
        ),
        Paragraph((Run("Three of these.", D),), D, (C,), "body"),
    )


def test_a_split_is_an_end_that_was_inserted() -> None:
    amended = (
        BASE[0],
        paragraph("b", "Two of them."),
        paragraph("n", "And more of it."),
        BASE[2],
    )
    assert written(BASE, amended)[1:3] == (
        Paragraph((Run("Two of them."), Run(" ", D)), N, (B,), "ask"),
        Paragraph((Run("And more of it."),), K, (), "body"),
    )


def test_a_join_is_an_end_that_was_struck_out() -> None:
    amended = (BASE[0], paragraph("b", "Two of them. And more of it. Three of these."))
    assert written(BASE, amended)[1:] == (
        Paragraph((Run("Two of them. And more of it."),), D, (B,), "ask"),
        Paragraph((Run(" ", N), Run("Three of these.")), K, (C,), "ask", "body"),
    )


def test_a_move_is_struck_out_here_and_inserted_there() -> None:
    assert written(BASE, (BASE[0], BASE[2], BASE[1])) == (
        kept(A, "One."),
        Paragraph((Run("Three of these.", N),), N, (f"moved_{C}",), "ask"),
        Paragraph((Run("Two of them. And more of it."),), K, (B,), "body", "ask"),
        Paragraph((Run("Three of these.", D),), D, (C,), "body"),
    )


def test_looks_and_forms_are_told_with_what_they_were() -> None:
    base = (
        Block("T", BlockKind.HEADING, "Title", 1),
        Block("L", BlockKind.LIST_ITEM, "an item", 2),
        Block("Q", BlockKind.QUOTATION, "Said.", 2),
        Block("H", BlockKind.HEADING, "Why", 0),
    )
    amended = (
        base[0],
        Block("L", BlockKind.LIST_ITEM, "an item", 3, (Mark(MarkKind.STRONG, 0, 2),)),
        *base[2:],
    )
    assert written(base, amended) == (
        kept("b_T", "Title", "title", 1),
        Paragraph(
            (Run("an", K, Look(strong=True), Look()), Run(" item")), K, ("b_L",), "list 3", "list 2", 3
        ),
        Paragraph((Run("Said."),), K, ("b_Q",), "quote", "", 2),
        kept("b_H", "Why", "heading 1"),
    )
