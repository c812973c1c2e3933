import pytest

from service.domain.comments import TEXT_LENGTH, Audience, Place, check_amendment, check_text, place
from service.domain.recommendations import Version
from service.domain.text import Block, BlockKind
from tests.domain.actors import NOW
from tests.domain.faults import fields_refused

TEXT = "Name a contact, and a contact’s deputy."
VERSION = Version(
    "v1", "r1", 1, None, "ada", (Block("a", BlockKind.PARAGRAPH, TEXT),), {}, "0" * 64, "", NOW, {}
)


def test_a_comment_of_any_length_up_to_the_limit_is_accepted() -> None:
    check_text("c" * TEXT_LENGTH)


@pytest.mark.parametrize("text", ["", "c" * (TEXT_LENGTH + 1)])
def test_an_empty_or_overlong_comment_is_refused_by_its_field(text: str) -> None:
    assert fields_refused(lambda: check_text(text, "resolution")) == ["resolution"]


def test_a_comment_on_a_block_quotes_all_of_it() -> None:
    assert place(VERSION, "a", None, None, "") == Place("a", 0, len(TEXT), TEXT)


def test_a_comment_finds_its_place_by_the_words_it_quotes() -> None:
    assert place(VERSION, "a", None, None, "deputy") == Place("a", 32, 38, "deputy")


def test_a_comment_at_a_place_quotes_what_stands_there() -> None:
    assert place(VERSION, "a", 0, 4, "") == Place("a", 0, 4, "Name")
    assert place(VERSION, "a", 0, 4, "Name") == Place("a", 0, 4, "Name")


@pytest.mark.parametrize(
    ("block", "start", "end", "quotation", "field"),
    [
        ("b", None, None, "", "block_id"),
        ("a", None, None, "a contact", "quotation"),
        ("a", None, None, "nothing of the kind", "quotation"),
        ("a", 0, 4, "Game", "quotation"),
        ("a", 0, None, "", "end"),
        ("a", None, 4, "", "end"),
        ("a", 4, 4, "", "end"),
        ("a", 5, 4, "", "end"),
        ("a", -1, 4, "", "end"),
        ("a", 0, len(TEXT) + 1, "", "end"),
    ],
)
def test_a_place_that_is_not_there_is_refused(
    block: str, start: int | None, end: int | None, quotation: str, field: str
) -> None:
    assert fields_refused(lambda: place(VERSION, block, start, end, quotation)) == [field]


def test_the_last_character_can_be_commented_on() -> None:
    assert place(VERSION, "a", len(TEXT) - 1, len(TEXT), "") == Place("a", len(TEXT) - 1, len(TEXT), ".")


def test_a_comment_on_an_amendment_is_about_nothing_else_and_tells_nobody_of_a_draft() -> None:
    everyone, ours = Audience.EVERYONE, Audience.ORGANISATION
    check_amendment(tabled=True, audience=everyone, block_id=None)
    check_amendment(tabled=False, audience=ours, block_id=None)
    told = [
        fields_refused(lambda: check_amendment(tabled=True, audience=everyone, block_id=None, official=True)),
        fields_refused(lambda: check_amendment(tabled=True, audience=everyone, block_id="a")),
        fields_refused(lambda: check_amendment(tabled=False, audience=everyone, block_id=None)),
    ]
    assert told == [["amendment"], ["block_id"], ["audience"]]
