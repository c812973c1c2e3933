"""What the paper is drawn on: pages of A4, measured in points from the top left.

Everything drawn is either the content of a structure element or an artifact (rules, backgrounds, page furniture);
there is no third way, so nothing can be left out of the reading order by accident.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from service.adapters.pdf import arabic, fonts
from service.adapters.pdf.fonts import Face, Glyphs
from service.adapters.pdf.structure import Content, Element, Reference

PAGE_WIDTH = 595.2756
PAGE_HEIGHT = 841.8898


@dataclass(frozen=True, slots=True)
class Link:
    """A place on a page that leads to an address, or with a leading # to an anchor; the edges are PDF's own."""

    page: int
    box: tuple[float, float, float, float]
    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place that links, the contents and the outline lead to; `top` from the bottom of the page."""

    page: int
    top: float


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the outline."""

    level: int
    title: str
    anchor: str


class Surface:
    """The pages as they are being drawn, and what is said of them beside their content."""

    def __init__(self, tree: Element) -> None:
        fonts.load()
        self.tree = tree
        self.owners: list[list[Element]] = []
        self.links: list[Link] = []
        self.link_elements: list[Element] = []
        self.anchors: dict[str, Anchor] = {}
        self.outline: list[Heading] = []
        self._buffer = io.BytesIO()
        self._canvas = Canvas(
            self._buffer,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            invariant=1,
            pageCompression=0,
            initialFontName=Face.SANS.value,  # type: ignore[arg-type]  # the type hints declare a name as a number
        )
        self._marked = False
        self._furniture = False

    @property
    def page(self) -> int:
        """The number of the page being drawn, from 0."""
        return len(self.owners) - 1

    def begin_page(self) -> None:
        """Start a page."""
        self.owners.append([])

    def end_page(self) -> None:
        """Finish the page."""
        self._canvas.showPage()

    def close(self) -> bytes:
        """Return the pages as a plain PDF, without structure, links or metadata."""
        self._canvas.save()
        return self._buffer.getvalue()

    @contextmanager
    def content_of(self, element: Element) -> Iterator[None]:
        """Draw the content of an element."""
        if self._furniture:
            with self.artifact("Pagination"):
                yield
            return
        owners = self.owners[-1]
        element.kids.append(Content(self.page, len(owners)))
        with self._between(f"/{element.tag} <</MCID {len(owners)}>> BDC"):
            owners.append(element)
            yield

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """Draw what has no meaning of its own: Layout, or Pagination for page furniture."""
        with self._between(f"/Artifact <</Type /{kind}>> BDC"):
            yield

    @contextmanager
    def as_artifact(self, *, active: bool) -> Iterator[None]:
        """Draw what has been read once already, such as a table's repeated header; not nested."""
        self._furniture = active
        yield
        self._furniture = False

    @contextmanager
    def _between(self, opening: str) -> Iterator[None]:
        if self._marked:
            raise RuntimeError("Marked content cannot be nested.")
        self._marked = True
        self._canvas.addLiteral(opening)
        yield
        self._canvas.addLiteral("EMC")
        self._marked = False

    def write(self, x: float, baseline: float, glyphs: Sequence[Glyphs], size: float, colour: str) -> None:
        """Write stretches of text side by side; must be inside content or an artifact."""
        text = self._canvas.beginText(x, PAGE_HEIGHT - baseline)
        text.setFillColor(self._colour(colour))
        for part in glyphs:
            shown = arabic.visual(part.shown) if part.rtl else part.shown
            text.setFont(part.face.value, size)
            if part.needs_text:
                self._canvas.drawText(text)
                actual = ("\ufeff" + part.text).encode("utf-16-be").hex()
                self._canvas.addLiteral(f"/Span <</ActualText <{actual}>>> BDC")
                inner = self._canvas.beginText(text.getX(), PAGE_HEIGHT - baseline)
                inner.setFont(part.face.value, size)
                inner.textOut(shown)
                self._canvas.drawText(inner)
                self._canvas.addLiteral("EMC")
                text = self._canvas.beginText(inner.getX(), PAGE_HEIGHT - baseline)
            else:
                text.textOut(shown)
        self._canvas.drawText(text)

    def rule(
        self, x: float, y: float, to_x: float, to_y: float, *, colour: str, thickness: float = 0.5
    ) -> None:
        """Draw a straight line."""
        self._canvas.setStrokeColor(self._colour(colour))
        self._canvas.setLineWidth(thickness)
        self._canvas.line(x, PAGE_HEIGHT - y, to_x, PAGE_HEIGHT - to_y)

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str = "", stroke: str = ""
    ) -> None:
        """Draw a rectangle, filled or outlined or both."""
        self._prepare(fill, stroke)
        self._canvas.rect(x, PAGE_HEIGHT - y - height, width, height, stroke=bool(stroke), fill=bool(fill))

    def disc(self, x: float, y: float, radius: float, *, fill: str = "", stroke: str = "") -> None:
        """Draw a circle around a point."""
        self._prepare(fill, stroke)
        self._canvas.circle(x, PAGE_HEIGHT - y, radius, stroke=bool(stroke), fill=bool(fill))

    def polygon(self, points: Sequence[tuple[float, float]], *, fill: str = "", stroke: str = "") -> None:
        """Draw a closed shape."""
        self._prepare(fill, stroke)
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], PAGE_HEIGHT - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, PAGE_HEIGHT - y)
        path.close()
        self._canvas.drawPath(path, stroke=bool(stroke), fill=bool(fill))

    def link(
        self, element: Element, place: tuple[float, float, float, float], target: str, text: str
    ) -> None:
        """Make a place (left, top, width, height) lead somewhere; `text` says where, for those who do not see."""
        x, y, width, height = place
        edges = (x, PAGE_HEIGHT - y - height, x + width, PAGE_HEIGHT - y)
        element.kids.append(Reference(len(self.links)))
        self.links.append(Link(self.page, edges, target, text))
        self.link_elements.append(element)

    def anchor(self, key: str, y: float) -> None:
        """Name a place on this page."""
        self.anchors[key] = Anchor(self.page, PAGE_HEIGHT - y)

    def _prepare(self, fill: str, stroke: str) -> None:
        if fill:
            self._canvas.setFillColor(self._colour(fill))
        if stroke:
            self._canvas.setStrokeColor(self._colour(stroke))
            self._canvas.setLineWidth(0.8)

    @staticmethod
    def _colour(code: str) -> Color:
        return HexColor(code)
