import pytest

from service.domain.text.tokens import joins, sentence_starts, tokenise

GREEK = "\u03b1"
"""A letter beyond those for which there is a quicker way to cut a text."""


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("the city's aim", ["the", " ", "city's", " ", "aim"]),
        ("l\u2019eau, etc.", ["l\u2019eau", ",", " ", "etc", "."]),
        ("co-operate", ["co", "-", "operate"]),
        ("a  b", ["a", "  ", "b"]),
        ("👩‍👩‍👧👍🏽🇪🇺", ["👩‍👩‍👧", "👍🏽", "🇪🇺"]),
        ("1️⃣2", ["1️⃣2"]),
        ("e\u0301a x", ["e\u0301a", " ", "x"]),
        (" \u0301x y", [" \u0301x", " ", "y"]),
        ("東京へ", ["東", "京", "へ"]),
        ("", []),
    ],
)
def test_tokens_are_cut_where_a_reader_would_cut(text: str, tokens: list[str]) -> None:
    assert tokenise(text) == tokens


@pytest.mark.parametrize("place", ["{}", "a{}b", " {} ", "it{}s {}{}", "{}'{}", "1{}2"])
def test_latin_text_is_cut_as_if_letters_beyond_it_were_there(place: str) -> None:
    for number in (*range(0x250), *range(0x2010, 0x2040), 0x20AC):
        text = place.format(*[chr(number)] * 3)
        assert tokenise(f"{text}.{GREEK}") == [*tokenise(text), ".", GREEK]


def test_sentences_begin_after_the_end_of_the_one_before() -> None:
    assert sentence_starts("One. Two (three!) four? “Five.” Six.") == [0, 5, 18, 24, 32]


@pytest.mark.parametrize(
    ("left", "right", "grown"),
    [
        ("city", "hall", True),
        ("a ", " b", True),
        ("city", " hall", False),
        ("city", ".", False),
        ("", "x", False),
    ],
)
def test_texts_that_meet_grow_together_only_within_a_token(left: str, right: str, grown: bool) -> None:  # noqa: FBT001 — the expected answer
    assert joins(left, right) is grown
