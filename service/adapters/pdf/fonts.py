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
def _repertoire(face: Face) -> frozenset[int]:
    font = TTFont(face.value, TYPEFACES / f"{face.value}.ttf")
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def load() -> None:
    """Make every typeface known to the drawing library."""
    for face in Face:
        _repertoire(face)


def covers(face: Face, char: str) -> bool:
    """Say whether a cut has a glyph for a character."""
    return ord(char) in _repertoire(face)


@lru_cache(maxsize=50_000)
def width(shown: str, face: Face, size: float) -> float:
    """Return how wide the drawn characters are, in points."""
    _repertoire(face)
    return float(pdfmetrics.stringWidth(shown, face.value, size))


@lru_cache(maxsize=50_000)
def glyphs(word: str, face: Face) -> tuple[Glyphs, ...]:
    """Return a word as stretches that can be drawn, in logical order; what cannot be seen is left out."""
    found: list[tuple[str, str, Face, bool]] = []
    for char in word:
        shown, cut, rtl = _shown(char, face)
        if found and (cut, rtl) == found[-1][2:] and (char == shown) == (found[-1][0] == found[-1][1]):
            found[-1] = (found[-1][0] + char, found[-1][1] + shown, cut, rtl)
        else:
            found.append((char, shown, cut, rtl))
    return tuple(
        Glyphs(text, arabic.shaped(shown) if rtl else shown, cut, rtl)
        for text, shown, cut, rtl in found
        if shown
    )


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
    return ("" if category in {"Mn", "Me"} else REPLACEMENT), face, False
