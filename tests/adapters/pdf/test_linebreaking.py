import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service.adapters.pdf import linebreaking
from service.adapters.pdf.fonts import Face
from service.adapters.pdf.linebreaking import Line, Words


def plain(text: str, mark: str = "", target: str = "") -> Words:
    return Words(text, Face.SERIF, 10, "#000000", mark, target)


def text_of(line: Line) -> str:
    return "".join(stretch.glyphs.text for stretch in line.stretches)


def test_no_line_is_wider_than_the_measure() -> None:
    text = "Partnerships have shown results that programmes of other kinds rarely reach. " * 5

    assert all(line.width <= 180 for line in linebreaking.lines([plain(text)], 180))


def test_a_paragraph_does_not_end_in_a_single_short_word() -> None:
    text = "We ask that every city may be heard twice in a year by those who decide on its own ground as is"

    last = linebreaking.lines([plain(text)], 200)[-1]

    assert last.width > 200 * linebreaking.SHORT_END


def test_balanced_lines_are_of_similar_length() -> None:
    text = "Write decentralised cooperation into the next financing instrument"

    widths = [line.width for line in linebreaking.lines([plain(text)], 300, balanced=True)]

    assert len(widths) == 2
    assert min(widths) > 0.8 * max(widths)


def test_a_word_wider_than_the_measure_is_cut_and_no_letter_is_lost() -> None:
    word = "w" * 5_000

    found = linebreaking.lines([plain(word)], 200)

    assert "".join(map(text_of, found)) == word
    assert all(line.width <= 200 for line in found)


def test_an_address_breaks_at_its_signs() -> None:
    found = linebreaking.lines([plain("https://example.org/a-long-path/to/a/page?question=seven")], 150)

    assert [text_of(line) for line in found] == [
        "https://example.org/a-long-",
        "path/to/a/page?question=seven",
    ]


def test_a_digest_breaks_in_even_parts() -> None:
    found = linebreaking.lines([plain("0123456789abcdef" * 4)], 200, balanced=True)

    assert [len(text_of(line)) for line in found] == [32, 32]


def test_a_word_wider_than_the_measure_is_divided_by_the_rules_of_its_language() -> None:
    found = linebreaking.lines([plain("Internationalisation")], 75, language="en")

    assert [text_of(line) for line in found] == ["International\u00ad", "isation"]
    assert [stretch.glyphs.shown for stretch in found[0].stretches] == ["International", "-"]


def test_other_words_are_divided_only_where_a_line_would_be_strikingly_short() -> None:
    text = "The beneficiaries of municipal partnerships are heard by those who decide"

    whole = linebreaking.lines([plain(text)], 104, language="en")
    divided = linebreaking.lines([plain(text)], 104, language="en", divided=True)

    assert [text_of(line).strip() for line in whole] == [
        "The beneficiaries",
        "of municipal",
        "partnerships are",
        "heard by those who",
        "decide",
    ]
    assert [text_of(line).strip() for line in divided] == [
        "The beneficiaries of",
        "municipal partner\u00ad",
        "ships are heard by",
        "those who decide",
    ]


def test_a_word_with_dashes_is_whole_where_words_are_not_divided_and_fits_on_a_line() -> None:
    text = "What a City-to-city partnership asks for"

    whole = linebreaking.lines([plain(text)], 85, language="en")
    divided = linebreaking.lines([plain(text)], 85, language="en", divided=True)
    narrow = linebreaking.lines([plain("City-to-city")], 45)

    assert [text_of(line).strip() for line in whole] == ["What a", "City-to-city", "partnership", "asks for"]
    assert [text_of(line).strip() for line in divided] == ["What a City-to-", "city partnership", "asks for"]
    assert [text_of(line).strip() for line in narrow] == ["City-to-", "city"]


def test_a_word_too_wide_for_a_title_leaves_the_others_whole() -> None:
    text = "Partnerships of municipalities"

    found = linebreaking.lines([plain(text)], 65, language="en")

    assert [text_of(line).strip() for line in found] == ["Partnerships", "of municipal\u00ad", "ities"]


def test_the_rest_of_a_word_is_not_left_alone_on_the_last_line() -> None:
    found = linebreaking.lines(
        [plain("The beneficiaries of municipal partnerships")], 104, language="en", divided=True
    )

    assert [text_of(line).strip() for line in found] == ["The beneficiaries", "of municipal", "partnerships"]


def test_a_passage_in_another_language_is_divided_by_its_own_rules() -> None:
    french = Words("collectivités", Face.SERIF, 10, "#000000", language="fr")

    assert [text_of(line) for line in linebreaking.lines([french], 50, language="en")] == [
        "collectivi\u00ad",
        "tés",
    ]


def test_a_sign_that_french_sets_apart_stays_with_its_word() -> None:
    found = linebreaking.lines([plain("Que demandent les villes ? « Une place »")], 100)

    assert all(text_of(line).strip()[0] not in "?»" for line in found)
    assert all(text_of(line).strip()[-1] != "«" for line in found)


def test_markup_is_text_like_any_other() -> None:
    hostile = '<font color="red">&amp;</font><img src="/etc/passwd"/>'

    assert "".join(map(text_of, linebreaking.lines([plain(hostile)], 400))) == hostile


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u200b"])
def test_nothing_to_see_makes_no_line(text: str) -> None:
    assert linebreaking.lines([plain(text)], 200) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(alphabet="ab cd-–/éش 水", max_size=40), max_size=4), st.floats(40, 300))
def test_lines_hold_all_visible_text_in_order(texts: list[str], measure: float) -> None:
    words = [plain(text, mark="underline" if index % 2 else "") for index, text in enumerate(texts)]

    found = linebreaking.lines(words, measure)

    assert "".join("".join(map(text_of, found)).split()) == "".join("".join(texts).split())


def test_an_arabic_line_starts_at_the_right() -> None:
    line = linebreaking.lines([plain("مرحبا EU باب")], 300)[0]

    places = [
        (stretch.glyphs.text.strip(), stretch.x) for stretch in line.stretches if stretch.glyphs.text.strip()
    ]
    assert line.rtl
    assert [text for text, _ in places] == ["مرحبا", "EU", "باب"]
    assert places[0][1] > places[1][1] > places[2][1]
