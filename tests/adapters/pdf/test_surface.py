"""What a page says of its text is what the drawing library would say."""

import io
import re

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from service.adapters.pdf import fonts
from service.adapters.pdf.fonts import Face, Glyphs
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import PAGE_HEIGHT, PAGE_WIDTH, Surface

MANY = "".join(char for char in map(chr, range(0x21, 0x500)) if fonts.covers(Face.SERIF, char))


@pytest.mark.parametrize(
    "texts",
    [["Ordinary words", "ordinary words"], ["(brackets\\)", "é – „x“"], ["Ωmega", MANY, "Ω once more", MANY]],
)
def test_text_is_shown_by_the_codes_that_the_library_gives_it(texts: list[str]) -> None:
    surface = Surface(Element("Document"))
    surface.begin_page()
    with surface.artifact():
        for text in texts:
            surface.write(50, 100, [Glyphs(text, text, Face.SERIF)], 10.2, "#000000")
    surface.end_page()

    found = shown(surface.close())
    assert len(found) >= len(texts)
    assert found == shown(by_library(texts))


def by_library(texts: list[str]) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=0)
    for text in texts:
        written = canvas.beginText()
        written.setFont(Face.SERIF.value, 10.2)
        written.textOut(text)
        canvas.drawText(written)
    canvas.save()
    return file.getvalue()


def shown(file: bytes) -> list[bytes]:
    """Return the operators that choose a part of a typeface and show text in it, whatever the typeface is called."""
    with pikepdf.open(io.BytesIO(file)) as pdf:
        page = pdf.pages[0].Contents.read_bytes()
    return re.findall(rb"\+\d+ 10\.2 Tf 12\.24 TL \((?:[^\\)]|\\.)*\) Tj", page)


@pytest.mark.parametrize("face", list(Face))
@pytest.mark.parametrize("text", ["", "Words, and more", "Ωмега", "\ufffd\u4e00"])
def test_text_is_as_wide_as_the_library_says(face: Face, text: str) -> None:
    fonts.load(face)

    assert fonts.width(text, face, 7.8) == pdfmetrics.stringWidth(text, face.value, 7.8)


def test_marked_content_is_never_nested() -> None:
    surface = Surface(Element("Document"))
    surface.begin_page()

    with surface.artifact(), pytest.raises(RuntimeError, match="cannot be nested"), surface.artifact():
        pass
