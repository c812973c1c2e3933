"""From chapters to pages: each chapter opens a page, and its pieces flow over as many as they need."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.adapters.pdf import design, linebreaking
from service.adapters.pdf.paragraphs import Style
from service.adapters.pdf.pieces import BODY_HEIGHT, NEARLY, Piece, Stack
from service.adapters.pdf.surface import Surface

FOOTER_RULE = 789.0
FOOTER_TEXT = 797.0
HEAD_TEXT = 30.0
HEAD = replace(design.FOOTER, face=design.FOOTER.bold, colour=design.RUST)


class TooTall(ValueError):
    """A piece that cannot be divided is higher than a page."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pieces that begin on a page of their own; a `bleed` chapter is one page without margins or furniture."""

    pieces: tuple[Piece, ...]
    bleed: bool = False


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot of each page, left and right; the page number follows on the right.

    `head` stands above each page of a paper that is none yet.
    """

    left: str
    right: str
    head: str = ""


def lay_out(chapters: Sequence[Chapter], surface: Surface, footer: Footer) -> None:
    """Draw all chapters.

    Raises:
        TooTall: A piece that cannot be divided is higher than a page.
    """
    for chapter in chapters:
        rest: Stack | None = Stack(chapter.pieces)
        while rest is not None:
            page, rest = (rest, None) if chapter.bleed else _page(rest)
            surface.begin_page()
            if not chapter.bleed:
                _foot(surface, footer)
            page.draw(surface, design.LEFT, 0 if chapter.bleed else design.TOP, design.COLUMN)
            surface.end_page()


def _page(stack: Stack) -> tuple[Stack, Stack | None]:
    if stack.height(design.COLUMN) <= BODY_HEIGHT + NEARLY:
        return stack, None
    parts = stack.split(design.COLUMN, BODY_HEIGHT)
    if not parts or not parts[0].pieces:
        raise TooTall("A part of the paper does not fit on a page and cannot be divided.")
    return parts


def _foot(surface: Surface, footer: Footer) -> None:
    right = design.LEFT + design.COLUMN
    if footer.head:
        _furniture(surface, footer.head, HEAD, design.LEFT, HEAD_TEXT)
    with surface.artifact("Pagination"):
        surface.rule(design.LEFT, FOOTER_RULE, right, FOOTER_RULE, colour=design.HAIRLINE)
    _furniture(surface, footer.left, design.FOOTER, design.LEFT)
    text = f"{footer.right} · {surface.page + 1}"
    _furniture(surface, text, design.FOOTER, right - _width(text, design.FOOTER))


def _furniture(surface: Surface, text: str, style: Style, x: float, y: float = FOOTER_TEXT) -> None:
    for line in linebreaking.lines([style.words(text)], design.COLUMN)[:1]:
        with surface.artifact("Pagination"):
            for stretch in line.stretches:
                surface.write(x + stretch.x, y + 8, [stretch.glyphs], style.size, style.colour)


def _width(text: str, style: Style) -> float:
    found = linebreaking.lines([style.words(text)], design.COLUMN)
    return found[0].width if found else 0.0
