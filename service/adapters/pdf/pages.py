"""From chapters to pages: each chapter opens a page, and its pieces flow over as many as they need."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from service.adapters.pdf import design, linebreaking
from service.adapters.pdf.paragraphs import Paragraph, Style
from service.adapters.pdf.pieces import BODY_HEIGHT, NEARLY, Piece, Stack
from service.adapters.pdf.surface import Surface

FOOTER_RULE = 789.0
FOOTER_TEXT = 797.0
HEAD_TEXT = 50.0
SPILLED, LITTLE, FILLED = 0.3, 0.4, 0.55
TIGHT = 0.6
EXTRA = 18.0
OPENING = 2
APART = 20.0
HEAD_WORDS = 7
"""What stands above a page is passed over when it is read aloud, so it names the chapter and is no sentence."""
LONGEST_FURNITURE = 600
DRAFT_TEXT = 30.0


class TooTall(ValueError):
    """A piece that cannot be divided is higher than a page."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """Pieces that begin on a page of their own; a `bleed` chapter is one page without margins or furniture."""

    pieces: tuple[Piece, ...]
    bleed: bool = False

    @property
    def anchor(self) -> str:
        """The name of the place where it opens, if it has one."""
        return next((piece.anchor for piece in self._opening), "")

    @property
    def head(self) -> str:
        """What stands above its pages from the second on: how the chapter is called."""
        called = ("".join(words.text for words in piece.words) for piece in self._opening)
        words = " · ".join(" ".join(one.split()) for one in called).split()
        ends = [at for at, word in enumerate(words, 1) if word != "·"][:HEAD_WORDS]
        last = ends[-1] if ends else 0
        return " ".join(words) if len(words) <= last else f"{' '.join(words[:last])} …"

    @property
    def _opening(self) -> "list[Paragraph]":
        opening = self.pieces[:OPENING]
        return [piece for piece in opening if isinstance(piece, Paragraph) and piece.opens]


@dataclass(frozen=True, slots=True)
class Footer:
    """What stands at the foot of each page, left and right; the page number follows on the right.

    `head` stands above each page of a paper that is none yet.
    """

    left: str
    right: str
    head: str = ""


def lay_out(
    chapters: Sequence[Chapter], surface: Surface, footer: Footer, opens: dict[str, int] | None = None
) -> None:
    """Draw all chapters; before the first is drawn, `opens` is told on which page each of them opens, by its anchor.

    Raises:
        TooTall: A piece that cannot be divided is higher than a page.
    """
    laid = [[Stack(chapter.pieces)] if chapter.bleed else _pages(chapter) for chapter in chapters]
    if opens is not None:
        starts = accumulate(map(len, laid), initial=1)
        opens.update((chapter.anchor, start) for chapter, start in zip(chapters, starts, strict=False))
    for chapter, pages in zip(chapters, laid, strict=True):
        for number, page in enumerate(pages):
            surface.begin_page()
            if number:
                # The head stands above what is widest on the page.
                reach = max((piece.reach for piece in page.pieces), default=0.0)
                _furniture(surface, chapter.head, (design.LEFT - reach, HEAD_TEXT), design.COLUMN + reach)
            if not chapter.bleed:
                _foot(surface, footer)
            page.draw(surface, design.LEFT, 0 if chapter.bleed else design.TOP, design.COLUMN)
            surface.end_page()


def _pages(chapter: Chapter) -> list[Stack]:
    """Return a chapter's pages; if little of it stands on the last one, it is set tighter where that saves the page.

    Where it does not, a whole section stands there rather than the last lines of one.
    """
    pages = _filled(Stack(chapter.pieces), BODY_HEIGHT)
    left = pages[-1].height(design.COLUMN) if len(pages) > 1 else BODY_HEIGHT
    if left < SPILLED * BODY_HEIGHT:
        tighter = _filled(Stack(chapter.pieces, tight=TIGHT), BODY_HEIGHT + EXTRA)
        if len(tighter) < len(pages):
            return tighter
    return (_sectioned(chapter.pieces, len(pages)) if left < LITTLE * BODY_HEIGHT else None) or pages


def _sectioned(pieces: Sequence[Piece], count: int) -> list[Stack] | None:
    """Return as many pages, the last of which begins with a section's heading; None where none would be well filled."""
    for at in filter(lambda at: _announces(pieces, at), range(len(pieces) - 1, 0, -1)):
        last = Stack(pieces[at:])
        if last.height(design.COLUMN) < SPILLED * BODY_HEIGHT:
            continue
        if last.height(design.COLUMN) > BODY_HEIGHT:
            return None
        before = _filled(Stack(pieces[:at]), BODY_HEIGHT)
        if len(before) == count - 1 and before[-1].height(design.COLUMN) >= FILLED * BODY_HEIGHT:
            return [*before, last]
    return None


def _announces(pieces: Sequence[Piece], at: int) -> bool:
    """Say whether a section begins with a piece: it stays with what follows, and not so the piece before it."""
    return pieces[at].stays and not pieces[at - 1].stays


def _filled(stack: Stack, room: float) -> list[Stack]:
    pages: list[Stack] = []
    while stack.height(design.COLUMN) > room + NEARLY:
        # Rather a heading that stands alone than no paper.
        parts = stack.split(design.COLUMN, room) or stack.forced(design.COLUMN, room)
        if not parts or not parts[0].pieces:
            raise TooTall("A part of the paper does not fit on a page and cannot be divided.")
        pages.append(parts[0])
        stack = parts[1]
    return [*pages, stack]


def _foot(surface: Surface, footer: Footer) -> None:
    right = design.LEFT + design.COLUMN
    if footer.head:
        _furniture(surface, footer.head, (design.LEFT, DRAFT_TEXT))
    with surface.artifact("Pagination"):
        surface.rule(design.LEFT, FOOTER_RULE, right, FOOTER_RULE, colour=design.HAIRLINE)
    text = f"{footer.right} · {surface.page + 1}"
    taken = _width(text, design.FOOTER)
    _furniture(surface, footer.left, (design.LEFT, FOOTER_TEXT), design.COLUMN - taken - APART)
    _furniture(surface, text, (right - taken, FOOTER_TEXT))


def _furniture(surface: Surface, text: str, place: tuple[float, float], width: float = design.COLUMN) -> None:
    """Write one line; what does not fit on it is left out, and dots say so."""
    style, (x, y), text = design.FOOTER, place, text[:LONGEST_FURNITURE]
    found = linebreaking.lines([style.words(text)], width)
    if len(found) > 1:
        kept = linebreaking.lines([style.words(text)], width - 2 * style.size)[0]
        text = "".join(stretch.glyphs.text for stretch in kept.stretches).rstrip()
        found = linebreaking.lines([style.words(f"{text} …")], design.COLUMN)
    for line in found[:1]:
        with surface.artifact("Pagination"):
            for stretch in line.stretches:
                surface.write(x + stretch.x, y + 8, [stretch.glyphs], style.size, style.colour)


def _width(text: str, style: Style) -> float:
    found = linebreaking.lines([style.words(text)], design.COLUMN)
    return found[0].width if found else 0.0
