import pytest

from service.domain.likeness import alike, likeness, words

SMALL = "Small contracts arrive sooner than large ones."
LIKE = "Small contracts arrived sooner than large ones."
OTHER = "Plan the upkeep before anything is built."


def test_words_carry_a_statement_by_how_they_begin() -> None:
    assert words("The Städte partnered; Städte partnern.") == {"städte", "partne"}


@pytest.mark.parametrize(
    ("one", "other", "expected"), [(SMALL, SMALL, 1.0), (SMALL, OTHER, 0.0), ("", "a b", 0.0)]
)
def test_likeness_is_the_share_of_common_words(one: str, other: str, expected: float) -> None:
    assert likeness(one, other) == expected


def test_statements_that_share_half_of_their_words_are_alike() -> None:
    assert alike({"a": SMALL, "b": OTHER, "c": LIKE}) == {"a": {"c": 1.0}, "b": {}, "c": {"a": 1.0}}


def test_the_most_alike_comes_first() -> None:
    found = alike(
        {"a": "north south water roads", "b": "north south water trees", "c": "north south water roads"}
    )
    assert list(found["a"].items()) == [("c", 1.0), ("b", 0.6)]
