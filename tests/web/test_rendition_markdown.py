"""An edition as Markdown: read back, it says what was written, and nothing of it is taken for a sign."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from service.domain.renditions.tree import Words
from service.domain.text.looks import Look
from service.domain.text.spans import SpanState
from service.web.rendition_markdown import _words
from service.web.renditions import HouseRenditions
from tests.adapters.editions import an_edition
from tests.domain.renditions.made import a_courtesy, facts_of
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden"
SMALL = an_edition(asks=1, organisations=3, amendments=4, lessons=1)
HOUSE = HouseRenditions("")
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TAGS = {"<ins>", "</ins>", "<del>", "</del>", "<br>", "<em>", "</em>", "<strong>", "</strong>"}
LOOK_ALIKES = (
    "# not a heading",
    "1. not a list",
    "12) nor this",
    "- nor this",
    "+ nor this",
    "===",
    "---",
    "***",
    "> no quotation",
    "| no | table |",
    "`no code` ``` ~~~",
    "*no* _emphasis_ **at** __all__ ~~here~~",
    "[no](https://example.org) ![picture](x) [^1] <https://example.org>",
    "<b>no tag</b> <!-- nor this --> &lt; &copy; &#65;",
    "a line that ends in a \\",
    "https://example.org www.example.org who@example.org",
    "two\nlines\r\nand a\ttab \x00\x07",
    "$x$ ~y~ #tag @name",
)


def file_of() -> str:
    return HOUSE.markdown(SMALL, facts_of(SMALL), "")


def inline(tokens: list[Token]) -> Iterator[Token]:
    """Yield every token within a line."""
    for token in tokens:
        yield from token.children or ()


def said(text: str) -> str:
    """Return what a reader sees of Markdown."""
    return "".join(
        token.content
        for token in inline(READER.parse(text))
        if token.type in {"text", "code_inline", "text_special"}
    )


def test_the_file_stays_as_it_is() -> None:
    assert_golden(GOLDEN / "edition.md", file_of())


def test_read_back_it_has_the_headings_tables_and_lists_of_the_edition() -> None:
    tokens = READER.parse(file_of())
    headings = [
        (one.tag, said(tokens[at + 1].content)) for at, one in enumerate(tokens) if one.type == "heading_open"
    ]
    assert [words for tag, words in headings if tag == "h1"] == [SMALL.title]
    assert f"Recommendation 1: {SMALL.recommendations[0].title}" in [
        words for tag, words in headings if tag == "h2"
    ]
    assert sum(one.type == "table_open" for one in tokens) == 12
    assert {one.content for one in inline(tokens) if one.type == "html_inline"} <= TAGS
    assert [one for one in tokens if one.type in {"html_block", "code_block", "fence", "hr"}] == []


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_what_looks_like_a_sign_stays_text_wherever_it_stands(text: str) -> None:
    seen = " ".join(text.replace("\x00", "").replace("\x07", "").split())
    ask = replace(SMALL.recommendations[0], theme=text, due=text, success=text)
    snapshot = replace(
        SMALL,
        title=text,
        mandate=text,
        recommendations=(ask,),
        organisations=tuple(replace(one, name=text, country=f"X{text}") for one in SMALL.organisations),
    )
    tokens = READER.parse(HOUSE.markdown(snapshot, facts_of(snapshot), ""))
    lines = [said(one.content) for one in tokens if one.type == "inline"]
    assert (lines[0], lines.count(seen) >= 3, f"Theme: {seen}" in lines) == (seen, True, True)
    assert {one.content for one in inline(tokens) if one.type == "html_inline"} <= TAGS
    assert {one.attrGet("href") for one in inline(tokens) if one.type == "link_open"} == {
        one.attrGet("href") for one in inline(READER.parse(file_of())) if one.type == "link_open"
    }
    kinds = [one.type for one in tokens if one.type.endswith("_open") and one.type != "tr_open"]
    plain = replace(
        snapshot,
        title="x",
        mandate="x",
        recommendations=(replace(ask, theme="x", due="x", success="x"),),
        organisations=tuple(replace(one, name="x", country="X") for one in SMALL.organisations),
    )
    expected = READER.parse(HOUSE.markdown(plain, facts_of(plain), ""))
    assert kinds == [one.type for one in expected if one.type.endswith("_open") and one.type != "tr_open"]


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ([Words("so", look=Look(strong=True)), Words("so", look=Look(emphasis=True))], "**so**<em>so</em>"),
        ([Words("“so”", look=Look(strong=True, emphasis=True)), Words("on")], "<strong><em>“so”</em></strong>on"),
        ([Words("it "), Words(" is ", look=Look(emphasis=True, strong=True)), Words("so")], "it  ***is*** so"),
        ([Words("a", state=SpanState.REMOVED), Words("b", state=SpanState.INSERTED)], "<del>a</del><ins>b</ins>"),
        ([Words("here", look=Look(href="https://a.eu/a_b?c=(d)&e|f"))], "[here](<https://a.eu/a\\_b?c=(d)\\&e%7Cf>)"),
        ([Words("https://example.org", look=Look(href="https://example.org"))], "<https://example.org>"),
        ([Words("there", look=Look(href="#there")), Words("x", look=Look(href="javascript:x"))], "therex"),
        ([Words("ab12", code=True), Words(" "), Words("a`b", code=True)], "`ab12` a\\`b"),
        ([Words("3 things")], "3 things"),
        ([Words("3. things")], "3\\. things"),
        ([Words("  ")], ""),
    ],
)  # fmt: skip
def test_looks_are_written_so_that_they_cannot_be_misread(words: list[Words], written: str) -> None:
    assert _words(tuple(words)) == written


def test_a_translation_stands_with_its_original_below() -> None:
    courtesy = a_courtesy(SMALL.recommendations[0], b1="Nommer les villes")
    file = HOUSE.markdown(SMALL, facts_of(SMALL), "fr", (courtesy,))
    assert "1: Nommer les villes" in said(file.split("\n## ")[4].split("\n")[0])
    assert f"> #### {SMALL.recommendations[0].title}" in file
