from itertools import pairwise

import pytest

from service.adapters.pdf import hyphenation


def divided(word: str, language: str) -> str:
    """Return a word with a stroke wherever it may be divided."""
    places = (0, *hyphenation.places(word, language), len(word))
    return "|".join(word[start:end] for start, end in pairwise(places))


@pytest.mark.parametrize(
    ("language", "word", "expected"),
    [
        ("en", "partnership", "part|ner|ship"),
        ("fr", "collectivités", "col|lec|ti|vi|tés"),
        ("es", "municipalidad", "muni|ci|pa|li|dad"),
        ("pt", "cooperação", "coo|pe|ra|ção"),
        ("de", "Partnerschaft", "Part|ner|schaft"),
        ("el", "συνεργασία", "συνερ|γα|σία"),  # noqa: RUF001  Greek is meant
        ("ru", "партнёрства", "парт|нёр|ства"),
    ],
)
def test_a_word_is_divided_by_the_rules_of_its_language(language: str, word: str, expected: str) -> None:
    assert divided(word, language) == expected


@pytest.mark.parametrize(
    "word",
    ["cities", "UNESCO", "UNESCO-LIKE", "OpenDocument", "a1b2c3d4e5", "x" * 61, "都市と地域都市と地域"],
)
def test_what_is_short_or_no_word_is_not_divided(word: str) -> None:
    assert hyphenation.places(word, "en") == ()


def test_signs_around_a_word_do_not_count() -> None:
    assert divided("“partnership”,", "en") == "“part|ner|ship”,"


@pytest.mark.parametrize(
    ("tag", "expected"), [("en", "en"), ("pt-BR", "pt"), ("FR", "fr"), ("ar", ""), ("", "")]
)
def test_a_language_without_rules_here_is_not_divided(tag: str, expected: str) -> None:
    assert hyphenation.language_of(tag) == expected
