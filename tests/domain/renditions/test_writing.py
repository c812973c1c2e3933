"""Texts as pieces: lists within lists, quotations, headings, evidence."""

from dataclasses import replace

from service.domain.publication import Evidence
from service.domain.renditions.tree import Heading, Listing, Manner, Paragraph, Piece, Words, line
from service.domain.renditions.voice import housed, woven
from service.domain.renditions.writing import pieces_of
from service.domain.text import Block, BlockKind
from service.domain.text.looks import Look
from tests.adapters.editions import an_edition
from tests.domain.renditions.made import rendered
from tests.domain.renditions.trees import section, told
from tests.domain.renditions.voices import PlainVoice


def item(text: str, level: int) -> Block:
    return Block(text, BlockKind.LIST_ITEM, text, level)


def said(text: str, manner: Manner = Manner.TEXT) -> Paragraph:
    return Paragraph((Words(text, "en"),), manner)


def test_items_that_are_deeper_stand_below_the_one_before() -> None:
    found = list(pieces_of([item("a", 1), item("b", 2), item("c", 3), item("d", 2), item("e", 1)], "en"))
    deepest: Piece = Listing(((said("c"),),))
    deeper: Piece = Listing(((said("b"), deepest), (said("d"),)))
    assert found == [Listing(((said("a"), deeper), (said("e"),)))]


def test_lists_end_where_something_else_begins() -> None:
    blocks = [
        item("a", 1),
        Block("p", BlockKind.PARAGRAPH, "p"),
        Block("q", BlockKind.QUOTATION, "q"),
        Block("h", BlockKind.HEADING, "h", 2),
        item("b", 1),
    ]
    assert list(pieces_of(blocks, "en")) == [
        Listing(((said("a"),),)),
        said("p"),
        said("q", Manner.QUOTE),
        Heading((Words("h", "en"),), 4),
        Listing(((said("b"),),)),
    ]


def test_evidence_names_what_there_is_of_it() -> None:
    given = (
        Evidence(1, "Report", "Archive", "7", "It lasts.", "https://example.org/report"),
        Evidence(2, "Does it last?"),
        Evidence(3, "Survey", "House"),
        Evidence(4, "Voices", quotation="Yes."),
    )
    ask = replace(an_edition(asks=1).recommendations[0], evidence=given)
    lines = told(section(rendered(replace(an_edition(asks=1), recommendations=(ask,))), "recommendation-1"))
    at = lines.index("Evidence")
    assert lines[at + 1 : at + 5] == [
        "Report. Archive, p. 7: “It lasts.” https://example.org/report",
        "Does it last?",
        "Survey. House.",
        "Voices. “Yes.”",
    ]


def test_words_are_woven_into_a_sentence_in_their_own_look() -> None:
    who = Words("Port Amara", name=True)
    assert woven(PlainVoice(), "%(who)s has %(count)s votes", {"who": who, "count": 3}) == (
        who,
        Words(" has "),
        Words("3"),
        Words(" votes"),
    )
    assert line("", who, "") == (who,)


def test_words_that_the_voice_does_not_know_keep_their_language() -> None:
    voice = PlainVoice("fr", {"Cities": "Villes"})
    assert (housed(voice, "Cities", "en"), housed(voice, "100 %", "en")) == (
        Words("Villes"),
        Words("100 %", "en"),
    )
    assert Words("x").look == Look()
