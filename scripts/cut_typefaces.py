"""Cut the static, subsetted typefaces of the paper out of the variable Noto fonts.

Run once, when the fonts or the repertoire change; the result is committed, with its licence, so that the service
itself needs neither fonttools nor the font packages:

    uv pip install fonttools fontpkg-noto-serif fontpkg-noto-sans fontpkg-noto-sans-arabic
    python scripts/cut_typefaces.py

The output depends only on the versions of these packages; `tests/adapters/pdf/test_fonts.py` holds its digests.
"""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

TARGET = Path(__file__).parent.parent / "service" / "adapters" / "pdf" / "typefaces"

EUROPEAN = (
    (0x20, 0x24F),  # Latin
    (0x2B0, 0x36F),  # modifier letters, combining marks
    (0x370, 0x3FF),  # Greek
    (0x400, 0x52F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin of Viet Nam, Wales and West Africa
    (0x1F00, 0x1FFF),  # Greek with all its accents
    (0x2000, 0x209F),  # punctuation, superscripts
    (0x20A0, 0x20C0),  # currencies
    (0x2100, 0x215F),  # letter-like, fractions
    (0x2190, 0x2199),  # arrows
    (0x2200, 0x22FF),  # mathematics
    (0x25A0, 0x25FF),  # geometric shapes
    (0xFB00, 0xFB06),  # ligatures
    (0xFFFD, 0xFFFD),  # the sign for a letter that no typeface here has
)
ARABIC = (
    (0x20, 0x7E),
    (0xA0, 0xA0),
    (0x600, 0x6FF),
    (0x750, 0x77F),
    (0x200C, 0x200F),
    (0xFB50, 0xFDFF),
    (0xFE70, 0xFEFC),
)


@dataclass(frozen=True)
class Cut:
    """One static cut: where it comes from, how heavy it is, and what it can print."""

    name: str
    package: str
    file: str
    weight: int
    repertoire: tuple[tuple[int, int], ...]


CUTS = (
    Cut("NotoSerif-Regular", "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf", 400, EUROPEAN),
    Cut("NotoSerif-Bold", "fontpkg_noto_serif", "NotoSerif[wdth,wght].ttf", 700, EUROPEAN),
    Cut("NotoSerif-Italic", "fontpkg_noto_serif", "NotoSerif-Italic[wdth,wght].ttf", 400, EUROPEAN),
    Cut("NotoSans-Regular", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", 400, EUROPEAN),
    Cut("NotoSans-Bold", "fontpkg_noto_sans", "NotoSans[wdth,wght].ttf", 650, EUROPEAN),
    Cut("NotoSansArabic-Regular", "fontpkg_noto_sans_arabic", "NotoSansArabic[wdth,wght].ttf", 400, ARABIC),
)


def source(cut: Cut) -> Path:
    """Return the variable font that a cut is made from."""
    found = importlib.util.find_spec(cut.package)
    if found is None or found.origin is None:
        raise SystemExit(f"{cut.package} is not installed; see the top of this file.")
    return Path(found.origin).parent / "files" / cut.file


def make(cut: Cut) -> int:
    """Write one cut and return its size in bytes."""
    font = instantiateVariableFont(
        TTFont(source(cut), recalcTimestamp=False), {"wght": cut.weight, "wdth": 100}, inplace=True
    )
    options = Options(
        hinting=False,
        layout_features=[],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        notdef_outline=True,
        glyph_names=False,
        drop_tables=["GSUB", "GPOS", "GDEF", "STAT", "MVAR", "HVAR", "DSIG", "meta"],
    )
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[code for first, last in cut.repertoire for code in range(first, last + 1)])
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID == 6:  # noqa: PLR2004  the PostScript name, which the PDF shows
            record.string = cut.name
    path = TARGET / f"{cut.name}.ttf"
    font.save(path, reorderTables=True)
    return path.stat().st_size


if __name__ == "__main__":
    TARGET.mkdir(parents=True, exist_ok=True)
    for one in CUTS:
        print(f"{one.name:<24} {make(one):>8,} bytes")
