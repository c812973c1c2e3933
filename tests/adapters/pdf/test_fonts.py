import hashlib

import pytest

from service.adapters.pdf import fonts
from service.adapters.pdf.fonts import TYPEFACES, Face, Glyphs

DIGESTS = {
    "NotoSans-Bold.ttf": "ed9ee4972a90c7d6394b8b2c8361cd1d4282ba075676cf772185a2707386fa30",
    "NotoSans-Regular.ttf": "456c334ddd23fd3919100a0339bddf356291d589a86bfaa0585bcdc6aac53356",
    "NotoSansArabic-Regular.ttf": "8a8508c90efb1eb8a8b4c519de3a1f87d1a7f201bf8bee37c6b67b40ddf58a0e",
    "NotoSerif-Bold.ttf": "d6de13e3b8e0c3568e339ecf6f4343c1c1f11e2ecb62ea81f59937c8cc7b31e9",
    "NotoSerif-Italic.ttf": "410c7484ab0ce156d5eb4f9fa9acddb0caa9ec6107d81ed704a3260a49eb69e8",
    "NotoSerif-Regular.ttf": "68a43584b5dcb4d11523cf8ea4c7ebda06512a9af44d34d4b8bdf1b8babfeb05",
}


def test_the_typefaces_are_those_that_were_cut() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in TYPEFACES.glob("*.ttf")}

    assert found == DIGESTS


def test_the_typefaces_are_small_and_come_with_their_licence() -> None:
    assert sum(path.stat().st_size for path in TYPEFACES.iterdir()) < 1_500_000
    assert "SIL OPEN FONT LICENSE" in (TYPEFACES / "OFL.txt").read_text("utf-8").upper()


@pytest.mark.parametrize("face", [face for face in Face if face is not Face.ARABIC])
def test_every_european_typeface_prints_latin_greek_and_cyrillic(face: Face) -> None:
    letters = "Ąß ẽ ơ Ω ώ Я ї — “” … € № ½ ×"

    assert [letter for letter in letters if not fonts.covers(face, letter)] == []


def test_a_word_in_one_script_is_one_stretch() -> None:
    assert fonts.glyphs("café", Face.SERIF) == (Glyphs("café", "café", Face.SERIF),)


def test_arabic_is_taken_from_its_own_typeface_and_shaped() -> None:
    assert fonts.glyphs("باب", Face.SERIF) == (Glyphs("باب", "\ufe91\ufe8e\ufe8f", Face.ARABIC, rtl=True),)


def test_a_letter_that_no_typeface_has_is_replaced_and_kept_behind() -> None:
    assert fonts.glyphs("a水b", Face.SANS) == (
        Glyphs("a", "a", Face.SANS),
        Glyphs("水", fonts.REPLACEMENT, Face.SANS),
        Glyphs("b", "b", Face.SANS),
    )
    assert fonts.glyphs("水", Face.SANS)[0].needs_text


def test_an_arrow_has_a_stand_in() -> None:
    assert fonts.glyphs("→", Face.SERIF) == (Glyphs("→", "->", Face.SERIF),)


@pytest.mark.parametrize("shown", sorted(set(fonts.STAND_INS.values())))
def test_every_stand_in_can_be_printed(shown: str) -> None:
    assert all(fonts.covers(face, char) for face in Face for char in shown if face is not Face.ARABIC)


@pytest.mark.parametrize("char", ["\x00", "\x1b", "\u200b", "\u202e", "\ufeff"])
def test_what_cannot_be_seen_is_not_drawn(char: str) -> None:
    assert fonts.glyphs(char, Face.SERIF) == ()
