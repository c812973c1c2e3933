"""A text as Markdown: what is read, what is written, and what is left as words."""

import pytest

from service.domain.text import Block, BlockKind, Mark, MarkKind, from_markdown, read_markdown, to_markdown
from service.domain.text.check import MAX_ADDRESS
from tests.domain.text.builders import faults

HEADING, PARAGRAPH, ITEM, QUOTATION = BlockKind
EMPHASIS, STRONG, LINK = MarkKind
HOME = "https://cities.example"


def a(kind: BlockKind, text: str, level: int = 0, *marks: Mark) -> Block:
    return Block("", kind, text, level, marks)


def said(*texts: str) -> tuple[Block, ...]:
    return tuple(a(PARAGRAPH, text) for text in texts)


@pytest.mark.parametrize(
    ("written", "blocks"),
    [
        ("One\ntwo\n\n\nThree", said("One two", "Three")),
        ("One\r\ntwo\r\rThree", said("One two", "Three")),
        ("One  \ntwo\\\nthree\\\\\nfour", said("One two three\\ four")),
        ("\ufeff# Title", (a(HEADING, "Title", 1),)),
        ("# Title\nText", (a(HEADING, "Title", 1), *said("Text"))),
        ("Text\n### Deep ###", (*said("Text"), a(HEADING, "Deep", 3))),
        ("## C#\n\n# ##", (a(HEADING, "C#", 2), a(HEADING, "##", 1))),
        ("####### Seven\n\n#tag\n\n#", said("####### Seven", "#tag", "#")),
        ("- a\n* b\n+ c", (a(ITEM, "a", 1), a(ITEM, "b", 1), a(ITEM, "c", 1))),
        ("- a\n  goes on\nlazily\n\n- b", (a(ITEM, "a goes on lazily", 1), a(ITEM, "b", 1))),
        ("- a\n  - b\n    - c\n  - d", tuple(a(ITEM, t, n) for t, n in zip("abcd", (1, 2, 3, 2), strict=True))),
        ("* a\n    * b\n* c", (a(ITEM, "a", 1), a(ITEM, "b", 2), a(ITEM, "c", 1))),
        ("* a\n\t* b\n\t\t* c", (a(ITEM, "a", 1), a(ITEM, "b", 2), a(ITEM, "c", 3))),
        ("    - far in", (a(ITEM, "far in", 1),)),
        ("- - - deep", (a(ITEM, "deep", 3),)),
        ("\n".join(" " * 2 * at + "- x" for at in range(8)), tuple(a(ITEM, "x", min(at, 6)) for at in range(1, 9))),
        ("- " * 8 + "deep", (a(ITEM, "- - deep", 6),)),
        ("- a\n\n  more\n\n  - b", (a(ITEM, "a", 1), *said("more"), a(ITEM, "b", 2))),
        ("- a\n\nmore\n\n  - b", (a(ITEM, "a", 1), *said("more"), a(ITEM, "b", 1))),
        ("1. a\n2) b\n   - c", (a(ITEM, "1. a", 1), a(ITEM, "2) b", 1), a(ITEM, "c", 2))),
        ("It ended in\n14. It began in\n1. March", (*said("It ended in 14. It began in"), a(ITEM, "1. March", 1))),
        ("2024. It began.", said("2024. It began.")),
        ("-\n\n1.\n\n---", said("-", "1.", "---")),
        ("> a\n> b\nc\n>> d", (a(QUOTATION, "a b c"), a(QUOTATION, "d", 1))),
        ("> a\n>\n> # b", (a(QUOTATION, "a"), a(QUOTATION, "# b"))),
        (">" * 9 + "a", (a(QUOTATION, ">>a", 6),)),
        ("\\0# a\nb\n\\0- c\n\\3 d", (a(HEADING, "a"), *said("b"), a(ITEM, "c"), a(PARAGRAPH, "d", 3))),
        ("One\n\u200b\u2060\nTwo", said("One", "Two")),
        ("<b>x</b>\n```\n| a |\n[a]: https://cities.example", said("<b>x</b> ``` | a | [a]: https://cities.example")),
    ],
)  # fmt: skip
def test_lines_are_read_as_blocks(written: str, blocks: tuple[Block, ...]) -> None:
    assert from_markdown(written) == blocks


@pytest.mark.parametrize(
    ("written", "text", "marks"),
    [
        ("*a* b", "a b", [Mark(EMPHASIS, 0, 1)]),
        ("**a** b", "a b", [Mark(STRONG, 0, 1)]),
        ("***a** b*", "a b", [Mark(STRONG, 0, 1), Mark(EMPHASIS, 0, 3)]),
        ("*a **b* c**", "a b c", [Mark(EMPHASIS, 0, 3), Mark(STRONG, 2, 5)]),
        ("un*frigging*believable", "unfriggingbelievable", [Mark(EMPHASIS, 2, 10)]),
        ("*&#32;a&#32;*b", "a b", [Mark(EMPHASIS, 0, 2)]),
        ("5 * 3 * 2", "5 * 3 * 2", []),
        ("cities* and ***", "cities* and ***", []),
        ("**a*", "**a*", []),
        ("****a****", "****a****", []),
        (r"\*a\* \d \\", r"*a* \d " + "\\", []),
        ("_a_ __b__ ~~c~~", "_a_ __b__ ~~c~~", []),
        (f"[a]({HOME})", "a", [Mark(LINK, 0, 1, HOME)]),
        (f"[*a*]({HOME})", "a", [Mark(EMPHASIS, 0, 1), Mark(LINK, 0, 1, HOME)]),
        (f"[a [b] c]({HOME})", "a [b] c", [Mark(LINK, 0, 7, HOME)]),
        (f"[a [b]({HOME}) c]({HOME})", f"[a b c]({HOME})", [Mark(LINK, 3, 4, HOME)]),
        (f"(see [a]({HOME}/b_(c)))", "(see a)", [Mark(LINK, 5, 6, f"{HOME}/b_(c)")]),
        (rf"[a]({HOME}/\)\\)", "a", [Mark(LINK, 0, 1, rf"{HOME}/)" + "\\")]),
        (f"[a]({HOME}/*b*c)", "a", [Mark(LINK, 0, 1, f"{HOME}/*b*c")]),
        ("[a](mailto:desk@cities.example)", "a", [Mark(LINK, 0, 1, "mailto:desk@cities.example")]),
        ("[a](javascript:alert) [b](/c)", "[a](javascript:alert) [b](/c)", []),
        (f"[a]({HOME} 'title')", f"[a]({HOME} 'title')", []),
        (f"[]({HOME}) ]({HOME})", f"[]({HOME}) ]({HOME})", []),
        (f"![a]({HOME})", f"![a]({HOME})", []),
        (f"\\![a]({HOME})", "!a", [Mark(LINK, 1, 2, HOME)]),
        ("[a][b] <https://cities.example>", "[a][b] <https://cities.example>", []),
    ],
)
def test_signs_are_read_as_marks(written: str, text: str, marks: list[Mark]) -> None:
    assert from_markdown(written) == (a(PARAGRAPH, text, 0, *marks),)


@pytest.mark.parametrize("beyond", [1, MAX_ADDRESS + 1])
def test_an_address_that_no_mark_may_have_is_left_as_words(beyond: int) -> None:
    # A text that stands in no block, because no space is in it, is refused for that and not for its link.
    path = f"{HOME}/".ljust(MAX_ADDRESS, "東")
    assert from_markdown(f"[a]({path})") == (a(PARAGRAPH, "a", 0, Mark(LINK, 0, 1, path)),)
    longer = f"[a]({path}{'東' * beyond})"
    assert from_markdown(longer) == said(longer)


@pytest.mark.parametrize(
    ("blocks", "written"),
    [
        ((a(HEADING, "Title", 1), *said("Text.")), "# Title\n\nText.\n"),
        (said("# a", "- a", "+ a", "* a", "> a"), "\\# a\n\n\\- a\n\n\\+ a\n\n\\* a\n\n\\> a\n"),
        (said("1. a", "14) a", "2024. a", "1.a"), "1\\. a\n\n14\\) a\n\n2024. a\n\n1.a\n"),
        (said("[sic]", "a](b", "a\\b", "&#32; &"), "[sic]\n\na\\](b\n\na\\\\b\n\n\\&#32; &\n"),
        ((a(HEADING, "C#", 2), a(HEADING, "1. # b")), "## C\\#\n\n\\0# 1. # b\n"),
        ((a(ITEM, "a", 1), a(ITEM, "- b", 2), a(ITEM, "1. c", 1)), "- a\n  - \\- b\n- 1. c\n"),
        ((a(ITEM, "a", 3), a(ITEM, "b", 1), a(ITEM, "c", 6)), "- - - a\n- b\n  - - - - - c\n"),
        ((a(ITEM, "a", 1), a(ITEM, "b"), a(ITEM, "c", 1)), "- a\n\n\\0- b\n\n- c\n"),
        ((a(QUOTATION, "a"), a(QUOTATION, "b"), a(QUOTATION, "> c", 1)), "> a\n\n> b\n\n> > \\> c\n"),
        ((a(PARAGRAPH, "- a", 2),), "\\2 - a\n"),
        ((a(PARAGRAPH, "a b c", 0, Mark(EMPHASIS, 1, 4), Mark(STRONG, 4, 5)),), "a*&#32;b&#32;***c**\n"),
        ((a(PARAGRAPH, "a b", 0, Mark(STRONG, 0, 3), Mark(EMPHASIS, 2, 3)),), "**a *b***\n"),
        ((a(PARAGRAPH, "a b", 0, Mark(EMPHASIS, 0, 2), Mark(STRONG, 1, 3)),), "*a**&#32;*b**\n"),
        ((a(PARAGRAPH, "[a]!b", 0, Mark(LINK, 4, 5, f"{HOME}/(c)")),), f"\\[a\\]\\![b]({HOME}/\\(c\\))\n"),
    ],
)  # fmt: skip
def test_blocks_are_written_so_that_they_are_read_again(blocks: tuple[Block, ...], written: str) -> None:
    assert to_markdown(blocks) == written
    assert from_markdown(written) == blocks


def test_no_blocks_are_no_text() -> None:
    assert to_markdown(()) == ""


def test_each_block_knows_its_line() -> None:
    assert read_markdown("# a\n\nb\nb\n\n> c\n- d").lines == (1, 3, 6, 7)


@pytest.mark.parametrize(
    ("written", "field", "message"),
    [
        (" \n\u200b", "markdown", "The text is empty. Write at least one paragraph."),
        ("a\n\n" * 501, "markdown", "At most 500 paragraphs fit in. Join some."),
        (
            "Fine.\n\n" + "x" * 1001,
            "markdown.3",
            "A word is longer than 1000 characters. Put a space into it.",
        ),
        (
            "Fine.\na\n- b\n- \ud800",
            "markdown.4",
            "Part of a character is missing here. Type the text again, or paste it again.",
        ),
        ("*a* " * 501, "markdown.1", "At most 500 marks fit into one paragraph."),
        ("# \u200b", "markdown.1", "This paragraph is empty. Write something, or take it out."),
    ],
)
def test_a_fault_is_named_by_its_line(written: str, field: str, message: str) -> None:
    assert faults(lambda: from_markdown(written)) == [(field, message)]
