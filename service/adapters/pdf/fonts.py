"""The typefaces of the paper, and what each of them can print.

A letter that a typeface lacks is taken from another one; one that none has is shown by a stand-in, and the page
carries the letter itself behind it, so that searching, copying and reading aloud stay exact.
"""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from service.adapters.pdf import arabic

TYPEFACES = Path(__file__).parent / "typefaces"
REPLACEMENT = "\ufffd"
_JOINERS = "\u200c\u200d"
STAND_INS = {
    "→": "->",
    "←": "<-",
    "↔": "<->",
    "⇒": "=>",
    "✓": "(yes)",
    "✔": "(yes)",
    "≤": "<=",
    "≥": ">=",
    "≈": "~",
    "●": "•",
    "■": "•",
    "▪": "•",
    "\t": " ",
}


class Face(StrEnum):
    """One cut of a typeface, by its PostScript name."""

    SERIF = "NotoSerif-Regular"
    SERIF_BOLD = "NotoSerif-Bold"
    SERIF_ITALIC = "NotoSerif-Italic"
    SANS = "NotoSans-Regular"
    SANS_BOLD = "NotoSans-Bold"
    ARABIC = "NotoSansArabic-Regular"

    # That of an enumeration is slow, and cuts are looked up for each word.
    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True)
class Glyphs:
    """A stretch of text in one cut: the text itself, and the characters that are drawn for it."""

    text: str
    shown: str
    face: Face
    rtl: bool = False

    @property
    def needs_text(self) -> bool:
        """Say whether the text cannot be read off the drawn characters."""
        return self.rtl or self.text != self.shown


@cache
def _font(face: Face) -> TTFont:
    font = TTFont(face.value, TYPEFACES / f"{face.value}.ttf")
    pdfmetrics.registerFont(font)
    return font


@cache
def _repertoire(face: Face) -> frozenset[int]:
    return frozenset(_font(face).face.charToGlyph)


@cache
def _ordinary(face: Face) -> frozenset[str]:
    """Return the letters of Latin, and signs, that stand for themselves in a cut."""
    return frozenset(
        char for char in map(chr, range(0x20, 0x180)) if _shown(char, face) == (char, face, False)
    )


def load(face: Face) -> None:
    """Make a cut known to the drawing library."""
    _font(face)


def covers(face: Face, char: str) -> bool:
    """Say whether a cut has a glyph for a character."""
    return ord(char) in _repertoire(face)


@lru_cache(maxsize=50_000)
def width(shown: str, face: Face, size: float) -> float:
    """Return how wide the drawn characters are, in points."""
    return 0.001 * size * sum(map(_advances(face).__getitem__, shown))


class _Advances(dict[str, float]):
    """How wide each character is, in thousandths of the size; one without a glyph is as wide as the box for it."""

    def __init__(self, font: TTFont) -> None:
        super().__init__((chr(code), advance) for code, advance in font.face.charWidths.items())
        self._otherwise = font.face.defaultWidth

    def __missing__(self, char: str) -> float:
        return float(self._otherwise)


@cache
def _advances(face: Face) -> _Advances:
    return _Advances(_font(face))


@lru_cache(maxsize=50_000)
def glyphs(word: str, face: Face) -> tuple[Glyphs, ...]:
    """Return a word as stretches that can be drawn, in logical order.

    What has no place of its own on paper, such as an accent without a glyph or what joins two emoji, stays behind the
    character that it belongs to; what cannot be seen at all, such as a turn of the direction of writing, is left out.
    """
    if word and _ordinary(face).issuperset(word):
        return (Glyphs(word, word, face),)
    found: list[tuple[str, str, Face, bool]] = []
    for char in word:
        shown, cut, rtl = _shown(char, face)
        if not shown and not found and _is_accent(char):
            shown = REPLACEMENT
        if not shown and found and _belongs(char):
            text, drawn, cut, rtl = found.pop()
            if len(drawn) == len(text) > 1:
                found.append((text[:-1], drawn[:-1], cut, rtl))
                text, drawn = text[-1], drawn[-1]
            found.append((text + char, drawn, cut, rtl))
        elif found and (cut, rtl) == found[-1][2:] and _alike((char, shown), found[-1][:2]):
            found[-1] = (found[-1][0] + char, found[-1][1] + shown, cut, rtl)
        else:
            found.append((char, shown, cut, rtl))
    return tuple(
        Glyphs(text, arabic.shaped(shown) if rtl else shown, cut, rtl)
        for text, shown, cut, rtl in found
        if shown
    )


def is_replaced(char: str) -> bool:
    """Say whether no typeface has a character that can be seen, so that a sign stands for it, or it stays behind."""
    shown = _shown(char, Face.SERIF)[0]
    return char != REPLACEMENT and (shown == REPLACEMENT or (not shown and _is_accent(char)))


def _alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Say whether two stretches can be one: both drawn as they are, or both with a sign for each character."""
    return (one[0] == one[1]) == (other[0] == other[1]) and all(
        len(text) == len(shown) for text, shown in (one, other)
    )


def _belongs(char: str) -> bool:
    """Say whether a character that is not drawn is part of the one before it."""
    return char in _JOINERS or _is_accent(char) or "\U000e0020" <= char <= "\U000e007f"


def _is_accent(char: str) -> bool:
    return unicodedata.category(char) in {"Mn", "Me"}


@lru_cache(maxsize=10_000)
def _shown(char: str, face: Face) -> tuple[str, Face, bool]:
    category = unicodedata.category(char)
    if char != "\t" and category in {"Cc", "Cf", "Cs"}:
        return "", face, False
    rtl = arabic.is_rtl(char) or (category == "Mn" and covers(Face.ARABIC, char) and not covers(face, char))
    for cut in (Face.ARABIC, face) if rtl else (face, Face.ARABIC):
        if covers(cut, char):
            return char, cut, rtl
    if char in STAND_INS:
        return STAND_INS[char], face, False
    return ("" if _is_accent(char) else REPLACEMENT), face, False
