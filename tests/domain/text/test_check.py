from dataclasses import replace

import pytest

from service.domain.text import Block, BlockKind, Mark, MarkKind, check_blocks, normalise_blocks
from tests.domain.text.builders import document, faults, paragraph

ONE = paragraph("a", "One two.")
OUTSIDE = "A mark lies outside the text. Mark the words again."
LEADS = "A link has to begin with https://, http:// or mailto: and name an address."
STRONG = MarkKind.STRONG


def marked(*marks: Mark) -> Block:
    return replace(ONE, marks=marks)


def link(href: str | None) -> Block:
    return marked(Mark(MarkKind.LINK, 0, 3, href))


@pytest.mark.parametrize(
    "blocks",
    [
        (ONE,),
        (link("https://cities.example/a?b#c"),),
        (link("http://cities.example"),),
        (link("mailto:desk@cities.example"),),
        (marked(Mark(STRONG, 0, 8), Mark(MarkKind.EMPHASIS, 4, 8)),),
        tuple(paragraph(f"p{n}", "x") for n in range(500)),
    ],
)
def test_a_sound_text_passes(blocks: tuple[Block, ...]) -> None:
    assert normalise_blocks(blocks) == blocks


@pytest.mark.parametrize(
    ("blocks", "field", "message"),
    [
        ((), "blocks", "The text is empty. Write at least one paragraph."),
        (
            tuple(paragraph(f"p{n}", "x") for n in range(501)),
            "blocks",
            "At most 500 paragraphs fit in. Join some.",
        ),
        (
            tuple(paragraph(f"p{n}", "x" * 20_000) for n in range(11)),
            "blocks",
            "At most 200000 characters fit in. Shorten the text.",
        ),
        ((ONE, paragraph("", "x")), "blocks.1.id", "A paragraph needs an id of 1 to 64 characters."),
        ((paragraph("x" * 65, "x"),), "blocks.0.id", "A paragraph needs an id of 1 to 64 characters."),
        ((ONE, ONE), "blocks.1.id", "Two paragraphs have the id a. Give each its own."),
        ((paragraph("a", ""),), "blocks.0.text", "This paragraph is empty. Write something, or take it out."),
        ((replace(ONE, level=7),), "blocks.0.level", "Choose a level from 0 to 6."),
        ((replace(ONE, level=-1),), "blocks.0.level", "Choose a level from 0 to 6."),
        ((marked(Mark(STRONG, 4, 9)),), "blocks.0.marks", OUTSIDE),
        ((marked(Mark(STRONG, -1, 4)),), "blocks.0.marks", OUTSIDE),
        ((marked(Mark(STRONG, 4, 2)),), "blocks.0.marks", OUTSIDE),
        (
            (marked(Mark(MarkKind.LINK, 0, 4, "https://a.eu"), Mark(MarkKind.LINK, 2, 6, "https://b.eu")),),
            "blocks.0.marks",
            "Two marks of the same kind lie over each other. Take one off.",
        ),
        (
            (replace(ONE, marks=tuple(Mark(STRONG, 2 * n, 2 * n + 1) for n in range(501))),),
            "blocks.0.marks",
            "At most 500 marks fit into one paragraph.",
        ),
        ((link(None),), "blocks.0.marks", LEADS),
        ((link("javascript:alert(1)"),), "blocks.0.marks", LEADS),
        ((link("https://"),), "blocks.0.marks", LEADS),
        ((link("https://a.eu:x/"),), "blocks.0.marks", LEADS),
        ((link("https://a.eu:0/"),), "blocks.0.marks", LEADS),
        ((link("https://[bad"),), "blocks.0.marks", LEADS),
        ((link("https://a.eu/ b"),), "blocks.0.marks", LEADS),
        ((link("https://a.eu/\nb"),), "blocks.0.marks", LEADS),
        ((link("mailto:"),), "blocks.0.marks", LEADS),
        ((link("//a.eu"),), "blocks.0.marks", LEADS),
        ((marked(Mark(STRONG, 0, 3, "https://a.eu")),), "blocks.0.marks", LEADS),
        (
            (link("https://a.eu/".ljust(2001, "b")),),
            "blocks.0.marks",
            "An address is longer than 2000 characters. Shorten it.",
        ),
    ],
)
def test_an_unsound_text_is_refused_by_the_name_of_its_field(
    blocks: tuple[Block, ...], field: str, message: str
) -> None:
    assert faults(lambda: check_blocks(blocks)) == [(field, message)]


def test_every_fault_is_named_at_once() -> None:
    blocks = (*document("x" * 1001, "Fine."), paragraph("c", "y\ud800"))
    assert [field for field, _ in faults(lambda: normalise_blocks(blocks))] == [
        "blocks.0.text",
        "blocks.2.text",
    ]


def test_a_text_of_nothing_but_space_is_empty() -> None:
    assert [field for field, _ in faults(lambda: normalise_blocks(document(" \t\n")))] == ["blocks.0.text"]


def test_marks_move_along_when_a_text_is_cleaned() -> None:
    raw = Block(
        "a",
        BlockKind.PARAGRAPH,
        "  e\u0301t\u200be\u0301  \n est ",
        marks=(Mark(STRONG, 2, 8), Mark(MarkKind.EMPHASIS, 11, 15)),
    )
    assert normalise_blocks([raw]) == (
        Block("a", BlockKind.PARAGRAPH, "été est", marks=(Mark(STRONG, 0, 3), Mark(MarkKind.EMPHASIS, 4, 7))),
    )


@pytest.mark.parametrize(
    ("text", "start", "end", "held"),
    [
        ("a👩\u200d👩\u200d👧b", 2, 4, "👩\u200d👩\u200d👧"),
        ("👍🏽!", 1, 2, "👍🏽"),
        ("🇪🇺🇪🇺", 1, 2, "🇪🇺"),
        ("x\u0316\u0317y", 2, 4, "x\u0316\u0317y"),
        ("क\u094dषि", 0, 3, "क\u094dषि"),
        ("été", 0, 1, "é"),
    ],
)
def test_a_mark_never_cuts_what_a_reader_sees_as_one_character(
    text: str, start: int, end: int, held: str
) -> None:
    (block,) = normalise_blocks([Block("a", BlockKind.PARAGRAPH, text, marks=(Mark(STRONG, start, end),))])
    (mark,) = block.marks
    assert block.text[mark.start : mark.end] == held


def test_two_links_on_one_visible_character_are_refused() -> None:
    links = (Mark(MarkKind.LINK, 0, 1, "https://a.eu"), Mark(MarkKind.LINK, 1, 2, "https://b.eu"))
    half = Block("a", BlockKind.PARAGRAPH, "👍🏽", marks=links)
    assert [field for field, _ in faults(lambda: normalise_blocks([half]))] == ["blocks.0.marks"]


def test_a_mark_outside_the_text_is_refused_before_it_is_moved() -> None:
    raw = replace(ONE, text=" Oné. ", marks=(Mark(STRONG, 0, 99), Mark(MarkKind.EMPHASIS, -2, 3)))
    assert faults(lambda: normalise_blocks([raw])) == [("blocks.0.marks", OUTSIDE)]


def test_what_is_known_already_stands_as_it_is() -> None:
    known = (paragraph("a", "As\u200b it came in long ago."), paragraph("b", "Two."))
    again = (known[0], paragraph("b", " Two  and a half. "), paragraph("c", " Three. "))
    assert normalise_blocks(again, known) == (
        known[0],
        paragraph("b", "Two and a half."),
        paragraph("c", "Three."),
    )


def test_what_is_known_already_still_fits_into_the_whole() -> None:
    twice = (ONE, ONE)
    assert [field for field, _ in faults(lambda: normalise_blocks(twice, (ONE,)))] == ["blocks.1.id"]


@pytest.mark.parametrize("mark", [Mark(STRONG, 40, 2), Mark(STRONG, 40, 41), Mark(STRONG, -1, 40)])
def test_a_mark_outside_a_text_that_is_cleaned_is_refused(mark: Mark) -> None:
    raw = replace(ONE, text=f"  {ONE.text} ", marks=(mark,))
    assert faults(lambda: normalise_blocks([raw])) == [("blocks.0.marks", OUTSIDE)]
