"""A difference as plain text; the golden file is what a mail would say."""

from pathlib import Path

from service.domain.text import Block, BlockKind, Mark, MarkKind, Sentence, plain, redline
from tests.domain.text.builders import document, paragraph
from tests.golden import assert_golden

GOLDEN = Path(__file__).parents[1] / "golden/difference.txt"

BASE = (
    Block("t", BlockKind.HEADING, "Give each partnership a contact", 1),
    paragraph(
        "a",
        "EU Delegations should name, within five months, a contact for every partnership in their country and "
        "make the name known to both cities.",
    ),
    paragraph("b", "A partnership has two town halls, two languages and two sets of rules."),
    Block("c", BlockKind.LIST_ITEM, "one desk in each city hall, with a name on its door and a telephone", 1),
    Block("d", BlockKind.QUOTATION, "We never knew whom to call."),
    paragraph("e", "It costs nothing."),
    paragraph("f", "See the programme."),
)
AMENDED = (
    BASE[0],
    paragraph(
        "a",
        "EU Delegations should name, within seven months, a contact and a deputy for every partnership in their "
        "country and make the name known to both cities.",
    ),
    BASE[4],
    BASE[2],
    Block(
        "c", BlockKind.LIST_ITEM, "one desk in each town hall, with a name on its doors and a telephone", 1
    ),
    Block(
        "f", BlockKind.PARAGRAPH, "See the programme.", marks=(Mark(MarkKind.LINK, 8, 17, "https://x.eu/"),)
    ),
    paragraph("n", "Success can be seen when both cities have met that person once."),
)


def test_a_difference_reads_well_as_plain_text() -> None:
    assert_golden(GOLDEN, plain(redline(BASE, AMENDED)))


def test_no_difference_is_told_in_a_sentence() -> None:
    assert plain(redline(BASE, BASE)) == "Nothing changes.\n"


def test_what_is_said_around_the_words_can_be_translated() -> None:
    base, amended = document("One city."), document("One town.")

    def shouting(sentence: Sentence) -> str:
        return sentence.template.upper() if not sentence.values else f"<{sentence.text}>"

    assert plain(redline(base, amended), shouting).splitlines() == [
        "WORDS THAT GO STAND IN [REMOVED: …], WORDS THAT COME IN [ADDED: …].",
        "",
        "One <[removed: city]> <[added: town]>.",
    ]


def test_a_change_of_white_space_alone_is_still_shown() -> None:
    told = plain(redline(document("ab cd"), document("ab-cd")))
    assert told.splitlines()[2] == "ab[removed:  ] [added: -]cd"
