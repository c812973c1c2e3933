"""Whatever somebody writes is refused by the rules for text, or printed as text: the paper is always built."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import process_time

import pytest

from service.adapters.pdf import fonts, linebreaking
from service.adapters.pdf.fonts import Face
from service.adapters.pdf.linebreaking import Line, Words
from service.adapters.pdf.render import render
from service.domain.errors import Invalid
from service.domain.publication import Position, Snapshot
from service.domain.text import Block, BlockKind
from service.domain.text.normalise import normalise
from tests.adapters.editions import VERIFY_URL, an_approval, an_edition
from tests.adapters.pdf.reading import text_of
from tests.hostile.texts import CHARACTERS, FLOODS, MARKUP

MORE = {
    "private use": "a\ue000b\U000f0000",
    "unassigned": "a\u0378b\U000fffff",
    "letters without a typeface": "都市と地域 \u1200\u1208 \u13a0",
    "a thousand of them": "水" * 1_000,
    "many arrows": "→" * 300,
    "a long Arabic word": "سلام" * 250,
    "joined emoji": "👩\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3 🏴\U000e0067\U000e0062\U000e007f",
    "many accents": "Z\u0351\u036b\u0343\u0342\u030ba\u0353\u0900l",
    "accents in front": "\u0900a \u20dd",
    "too many accents": "a" + "\u0353" * 9,
    "a word of a thousand letters": "x" * 1_000,
    "an address of a thousand signs": "https://example.org/" + "a/b?" * 240,
    "clinging signs": "; ! ? : " * 300,
    "single letters": "a " * 1_000,
    "a turn in the middle": "safe \u202eelbisrever\u202c safe",
    "half a character": "a\ud800b",
    "right to left within left to right": "one مدينة two (ثلاثة) 4",
}
TEXTS = MARKUP | CHARACTERS | FLOODS | MORE
REFUSED = {
    "accents",
    "one word",
    "one paragraph",
    "brackets",
    "stars",
    "half a character",
    "too many accents",
}
"""The rules say no to these; everything else passes them, and must be printed."""
SECONDS = 10.0
PLACES = 10
"""At how many places of the paper each text stands."""


def around(texts: Sequence[str]) -> Snapshot:
    """Return an edition that has each of these texts wherever people write."""
    calm = an_edition(asks=1, organisations=len(texts), amendments=1, lessons=1)
    (ask,) = calm.recommendations
    amendment, evidence = ask.amendments[0], ask.evidence[0]
    blocks = [Block(f"b{number}", BlockKind.PARAGRAPH, text) for number, text in enumerate(texts)]
    return replace(
        calm,
        recommendations=(
            replace(
                ask,
                blocks=(
                    *ask.blocks[:2],
                    *blocks,
                    *(replace(one, kind=BlockKind.LIST_ITEM) for one in blocks),
                ),
                provenance=(),
                amendments=tuple(
                    replace(amendment, justification=block.text, reason=block.text, amended=(block,))
                    for block in blocks
                ),
                positions=tuple(
                    Position(who.id, "objection", statement=text, resolved_by=text)
                    for who, text in zip(calm.organisations, texts, strict=True)
                ),
                evidence=tuple(replace(evidence, title=text, quotation=text) for text in texts),
            ),
        ),
        lessons=tuple(replace(calm.lessons[0], text=text) for text in texts),
    )


def written(text: str) -> str | None:
    """Return a text as it is kept; nothing if it is refused."""
    try:
        return normalise(text)
    except Invalid:
        return None


def test_the_rules_refuse_what_is_too_much_of_something() -> None:
    assert {name for name, text in TEXTS.items() if written(text) is None} == REFUSED


@pytest.mark.parametrize("group", [MARKUP, CHARACTERS, MORE], ids=["markup", "characters", "more"])
def test_what_the_rules_let_pass_is_printed_in_full_and_in_time(group: Mapping[str, str]) -> None:
    texts = {name: kept for name, text in group.items() if (kept := written(text))}
    before = process_time()

    paper = render(around(list(texts.values())), an_approval(), verify_url=VERIFY_URL)

    assert process_time() - before < SECONDS
    printed = "".join(text_of(paper).split())
    times = {name: printed.count("".join(text.split())) for name, text in texts.items()}
    assert {name for name, count in times.items() if count < PLACES} == set()


@pytest.mark.parametrize("name", ["one word", "line breaks", "accents", "never closed", "null character"])
def test_what_the_rules_would_refuse_does_no_harm_either(name: str) -> None:
    calm = an_edition(asks=1, organisations=1, amendments=0, lessons=0)
    before = process_time()

    paper = render(replace(calm, mandate=TEXTS[name]), an_approval(), verify_url=VERIFY_URL)

    assert process_time() - before < SECONDS
    assert paper.startswith(b"%PDF-1.7")


def lines_of(text: str) -> tuple[Line, ...]:
    return linebreaking.lines([Words(text, Face.SERIF, 10, "#000000")], 300)


@pytest.mark.parametrize("turn", ["\u202e", "\u202d", "\u2067", "\u2066", "\u200f", "\u061c"])
def test_what_turns_the_direction_of_writing_changes_no_place_on_paper(turn: str) -> None:
    def places(text: str) -> list[tuple[str, float]]:
        return [(one.glyphs.shown, one.x) for line in lines_of(text) for one in line.stretches]

    assert places(f"one {turn}two three") == places("one two three")


@pytest.mark.parametrize("word", ["→" * 1_000, "سلام" * 250, "水" * 1_000, "a\u0900" * 400])
def test_no_line_is_wider_than_the_measure_whatever_it_is_made_of(word: str) -> None:
    found = lines_of(word)

    assert max(line.width for line in found) <= 300
    assert "".join(part.glyphs.text for line in found for part in line.stretches) == word


@pytest.mark.parametrize(
    ("text", "described"), [("水", True), ("\ue000", True), ("€ → é", False), ("\u0900", True)]
)
def test_a_sign_that_stands_for_other_characters_is_explained_where_it_occurs(
    text: str, *, described: bool
) -> None:
    calm = an_edition(asks=0, organisations=0, amendments=0, lessons=0)

    paper = text_of(render(replace(calm, mandate=text), an_approval(), verify_url=VERIFY_URL))

    assert ("stands for a character that no typeface" in paper) is described


@pytest.mark.parametrize("face", list(Face)[:5])
def test_the_sign_for_other_characters_can_be_seen(face: Face) -> None:
    assert fonts.covers(face, fonts.REPLACEMENT)
