import pytest

from service.domain.text import normalise
from tests.domain.text.builders import faults


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Ma\u0301laga", "Málaga"),
        ("  a\t b\r\nc\u2028d\u00a0e  ", "a b c d e"),
        ("pa\u200brt\u2060ner\u200dship\ufeff", "partnership"),
        ("user\u202egpj.exe\u2066", "usergpj.exe"),
        ("a\x00\x08b\x1b[31m\x7f", "ab[31m"),
        ("soft\u00adhyphen", "softhyphen"),
        ("not\ufffea\U0001ffffcharacter", "notacharacter"),
        ("a\ufe0f", "a"),
        ("x\U000e0041y", "xy"),
    ],
)
def test_normalise_removes_what_nobody_sees(raw: str, clean: str) -> None:
    assert normalise(raw) == clean


@pytest.mark.parametrize(
    "text",
    [
        "👩\u200d👩\u200d👧",
        "👩🏽\u200d🚒",
        "❤\ufe0f\u200d🔥",
        "1\ufe0f\u20e3",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "क्\u200dष",
        "葛\U000e0100",
        "🇪🇺",
    ],
)
def test_normalise_keeps_invisible_characters_that_shape_visible_ones(text: str) -> None:
    assert normalise(text) == text


def test_normalise_refuses_half_a_character() -> None:
    assert faults(lambda: normalise("a\ud800", field="blocks.3.text")) == [
        ("blocks.3.text", "Part of a character is missing here. Type the text again, or paste it again.")
    ]


def test_normalise_refuses_more_accents_than_a_reader_can_tell_apart() -> None:
    assert normalise("x" + "\u0316" * 8) == "x" + "\u0316" * 8
    assert faults(lambda: normalise("x" + "\u0316" * 9)) == [
        ("text", "A character carries more than 8 accents. Take some off.")
    ]


def test_normalise_refuses_a_word_without_end() -> None:
    assert normalise("x" * 1000) == "x" * 1000
    assert faults(lambda: normalise("x" * 1001)) == [
        ("text", "A word is longer than 1000 characters. Put a space into it.")
    ]


def test_normalise_takes_long_text_of_a_script_without_spaces() -> None:
    assert normalise("東京" * 600) == "東京" * 600


def test_normalise_refuses_a_paragraph_that_is_too_long() -> None:
    assert faults(lambda: normalise("word " * 4001)) == [
        ("text", "This has 20004 characters; at most 20000 fit into one paragraph. Split it.")
    ]


def test_normalise_answers_a_flood_of_joiners_as_quickly_as_any_text() -> None:
    flood = "\u0645" + "\u064b\u200c" * 9000
    assert faults(lambda: normalise(flood)) == [
        ("text", "A character carries more than 8 accents. Take some off.")
    ]


def test_normalise_does_not_even_read_what_is_far_too_long() -> None:
    assert faults(lambda: normalise("\u200d" * 200_001)) == [
        ("text", "This has 200001 characters; at most 20000 fit into one paragraph. Split it.")
    ]
