import pytest

from service.adapters.pdf import arabic


@pytest.mark.parametrize(
    ("word", "shaped"),
    [
        ("سلام", "\ufeb3\ufefc\ufee1"),
        ("مدينة", "\ufee3\ufeaa\ufef3\ufee8\ufe94"),
        ("باب", "\ufe91\ufe8e\ufe8f"),
        ("و", "\ufeed"),
        ("abc", "abc"),
        ("", ""),
    ],
)
def test_letters_take_the_form_that_their_neighbours_ask_for(word: str, shaped: str) -> None:
    assert arabic.shaped(word) == shaped


def test_a_run_is_drawn_from_right_to_left_but_its_numbers_are_not() -> None:
    assert arabic.visual("ab 2,024 cd") == "dc 2,024 ba"


def test_brackets_are_mirrored_and_accents_stay_on_their_letters() -> None:
    assert arabic.visual("(a\u0301b)") == "(ba\u0301)"


@pytest.mark.parametrize(
    ("text", "expected"), [("مرحبا EU", True), ("EU مرحبا", False), ("12 ", False), ("", False)]
)
def test_the_first_letter_with_a_direction_decides(text: str, expected: bool) -> None:  # noqa: FBT001  a parameter
    assert arabic.starts_rtl(text) is expected
