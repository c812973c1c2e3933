"""Paragraphs and headings."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from service.adapters.pdf import linebreaking
from service.adapters.pdf.fonts import Face
from service.adapters.pdf.linebreaking import Line, Stretch, Words
from service.adapters.pdf.pieces import BODY_HEIGHT, Piece
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import Heading, Surface

FEWEST_LINES = 2
LIGHT, HEAVY = 0.06, 0.12
DECORATIONS = {"underline": "Underline", "strike": "LineThrough"}


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set; measures in points. One that divides may break words by the rules of its language."""

    face: Face
    size: float
    leading: float
    colour: str
    before: float = 0
    after: float = 0
    align: str = "left"
    balanced: bool = False
    stays: bool = False
    divides: bool = False
    bold: Face = Face.SERIF_BOLD
    italic: Face = Face.SERIF_ITALIC

    def words(self, text: str, *, mark: str = "", target: str = "", language: str = "") -> Words:
        """Return text in this look."""
        return Words(text, self.face, self.size, self.colour, mark, target, language=language)

    def strong(self, text: str, *, mark: str = "", target: str = "", language: str = "") -> Words:
        """Return text in this look, bold."""
        return Words(text, self.bold, self.size, self.colour, mark, target, language=language)

    def emphasis(self, text: str, *, mark: str = "", target: str = "", language: str = "") -> Words:
        """Return text in this look, slanted."""
        return Words(text, self.italic, self.size, self.colour, mark, target, language=language)


class Paragraph(Piece):
    """Lines of text that belong to one structure element; at least two of them stay on a page.

    What `opens` a chapter is named above its other pages.
    """

    def __init__(
        self,
        text: str | Sequence[Words],
        style: Style,
        element: Element,
        *,
        anchor: str = "",
        heading: Heading | None = None,
        opens: bool = False,
    ) -> None:
        self.words = (style.words(text),) if isinstance(text, str) else tuple(text)
        self.style, self.element = style, element
        self.before, self.after, self.stays = style.before, style.after, style.stays
        self.anchor, self._heading = anchor, heading
        self.opens = opens
        # By identity: the same words may stand in a paragraph twice.
        self._links: dict[int, Element] = {}
        self._lines: dict[float, tuple[Line, ...]] = {}

    def lines(self, width: float) -> tuple[Line, ...]:
        """Return its lines at this width."""
        if width not in self._lines:
            self._lines[width] = linebreaking.lines(
                self.words,
                width,
                balanced=self.style.balanced,
                language=self.element.language,
                divided=self.style.divides,
            )
        return self._lines[width]

    def height(self, width: float) -> float:
        """Return the height of its lines."""
        return len(self.lines(width)) * self.style.leading

    def split(self, width: float, room: float) -> "tuple[Piece, Piece] | None":
        """Divide it between lines, never leaving a single line on either side."""
        lines = self.lines(width)
        fitting = min(int((room + 0.01) / self.style.leading), len(lines) - FEWEST_LINES)
        if fitting < FEWEST_LINES or (self.stays and self.height(width) <= BODY_HEIGHT):
            return None
        return self._part(width, lines[:fitting], first=True), self._part(width, lines[fitting:], first=False)

    def _part(self, width: float, lines: tuple[Line, ...], *, first: bool) -> "Paragraph":
        style = replace(self.style, after=0) if first else replace(self.style, before=0)
        anchor, heading = (self.anchor, self._heading) if first else ("", None)
        part = Paragraph(self.words, style, self.element, anchor=anchor, heading=heading)
        part._links = self._links
        part._lines = {width: lines}
        return part

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:
        """Write the lines, then underline or strike what is marked."""
        if self.anchor:
            surface.anchor(self.anchor, max(y - 24, 0))
        if self._heading:
            surface.outline.append(self._heading)
        placed = list(self._placed(x, y, width))
        for _, group in groupby(placed, key=lambda item: id(item[3])):
            stretches = list(group)
            own = stretches[0][3]
            element = self._element_of(own) if own else self.element
            with surface.content_of(element):
                for stretch, left, baseline, _ in stretches:
                    surface.write(left, baseline, [stretch.glyphs], stretch.look.size, stretch.look.colour)
        self._decorate(surface, placed)

    def _placed(self, x: float, y: float, width: float) -> "list[tuple[Stretch, float, float, Words | None]]":
        size, leading = self.style.size, self.style.leading
        placed: list[tuple[Stretch, float, float, Words | None]] = []
        for index, line in enumerate(self.lines(width)):
            slack = width - line.width
            start = {"left": 0.0, "centre": slack / 2, "right": slack}[self.style.align]
            if line.rtl:
                start = slack - start
            baseline = y + index * leading + leading / 2 + size * 0.36
            for stretch in line.stretches:
                look = stretch.look
                own = look if look.target or look.mark or look.language else None
                placed.append((stretch, x + start + stretch.x, baseline, own))
        return placed

    def _element_of(self, look: Words) -> Element:
        if id(look) not in self._links:
            child = self.element.add("Link" if look.target else "Span")
            child.decoration = DECORATIONS.get(look.mark, "")
            child.lang = look.language
            self._links[id(look)] = child
        return self._links[id(look)]

    def _decorate(self, surface: Surface, placed: "list[tuple[Stretch, float, float, Words | None]]") -> None:
        for stretch, left, baseline, own in placed:
            if own is None or not stretch.glyphs.text.strip():
                continue
            size = stretch.look.size
            if own.mark:
                level = baseline + size * 0.16 if own.mark == "underline" else baseline - size * 0.27
                thickness = size * (HEAVY if own.heavy else LIGHT)
                with surface.artifact():
                    surface.rule(
                        left, level, left + stretch.width, level, colour=own.colour, thickness=thickness
                    )
            if own.target:
                place = (left, baseline - size, stretch.width, size * 1.3)
                surface.link(self._links[id(own)], place, own.target, own.text.strip())
