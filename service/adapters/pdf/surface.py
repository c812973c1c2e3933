"""What the paper is drawn on: pages of A4, measured in points from the top left.

Everything drawn is either the content of a structure element or an artifact (rules, backgrounds, page furniture);
there is no third way, so nothing can be left out of the reading order by accident.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache

from reportlab.pdfgen.canvas import Canvas

from service.adapters.pdf import arabic, fonts, operators
from service.adapters.pdf.fonts import Face, Glyphs
from service.adapters.pdf.structure import Content, Element, Reference

PAGE_WIDTH = 595.2756
PAGE_HEIGHT = 841.8898
_BEGUN = "BT 1 0 0 1 0 0 Tm "
_ONE_LETTER = re.compile(r"(/F\d+\+0) 1 Tf 1\.2 TL \((.*)\) Tj", re.DOTALL)


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
        fonts.load(Face.SANS)
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
        self._drawn: list[str] = []
        self._marked = False
        self._furniture = False
        self._names: dict[Face, str] = {}
        self._codes: dict[Face, dict[str, str]] = {face: {} for face in Face}

    @property
    def page(self) -> int:
        """The number of the page being drawn, from 0."""
        return len(self.owners) - 1

    def begin_page(self) -> None:
        """Start a page."""
        self.owners.append([])

    def end_page(self) -> None:
        """Finish the page."""
        self._canvas.addLiteral("\n".join(self._drawn))
        self._drawn.clear()
        self._canvas.showPage()

    def close(self) -> bytes:
        """Return the pages as a plain PDF, without structure, links or metadata."""
        self._canvas.save()
        return self._buffer.getvalue()

    def content_of(self, element: Element) -> AbstractContextManager[None]:
        """Draw the content of an element."""
        if self._furniture:
            return self.artifact("Pagination")
        owners = self.owners[-1]
        element.kids.append(Content(self.page, len(owners)))
        owners.append(element)
        return _Between(self, f"/{element.tag} <</MCID {len(owners) - 1}>> BDC")

    def artifact(self, kind: str = "Layout") -> AbstractContextManager[None]:
        """Draw what has no meaning of its own: Layout, or Pagination for page furniture."""
        return _Between(self, f"/Artifact <</Type /{kind}>> BDC")

    @contextmanager
    def as_artifact(self, *, active: bool) -> Iterator[None]:
        """Draw what has been read once already, such as a table's repeated header; not nested."""
        self._furniture = active
        yield
        self._furniture = False

    def open(self, marked: str) -> None:
        """Begin a marked stretch of content."""
        if self._marked:
            raise RuntimeError("Marked content cannot be nested.")
        self._marked = True
        self._drawn.append(marked)

    def shut(self) -> None:
        """End a marked stretch of content."""
        self._drawn.append("EMC")
        self._marked = False

    def write(self, x: float, baseline: float, glyphs: Sequence[Glyphs], size: float, colour: str) -> None:
        """Write stretches of text side by side; must be inside content or an artifact."""
        y = operators.number(PAGE_HEIGHT - baseline)
        parts = [f"BT 1 0 0 1 {operators.number(x)} {y} Tm {operators.colour(colour)} rg"]
        for part in glyphs:
            shown = arabic.visual(part.shown) if part.rtl else part.shown
            if part.needs_text:
                actual = ("\ufeff" + part.text).encode("utf-16-be").hex()
                self._drawn += [
                    f"{' '.join(parts)} ET",
                    f"/Span <</ActualText <{actual}>>> BDC",
                    f"BT 1 0 0 1 {operators.number(x)} {y} Tm {self._shown(shown, part.face, size)} ET",
                    "EMC",
                ]
                x += fonts.width(shown, part.face, size)
                parts = [f"BT 1 0 0 1 {operators.number(x)} {y} Tm"]
            else:
                parts.append(self._shown(shown, part.face, size))
                x += fonts.width(shown, part.face, size)
        self._drawn.append(f"{' '.join(parts)} ET")

    def _shown(self, text: str, face: Face, size: float) -> str:
        """Return the operators that show a text; the drawing library is asked for the code of each new letter."""
        codes = self._codes[face]
        if not codes.keys() >= set(text):
            for char in text:
                if char not in codes:
                    self._learn(char, face)
        try:
            shown = "".join([codes[char] for char in text])
        except KeyError:
            return self._by_library(text, face, size)
        return f"{self._names[face]} {_set_in(size)} ({shown}) Tj"

    def _learn(self, char: str, face: Face) -> None:
        """Keep the code of a letter, if it is one of the first 256 of its typeface."""
        found = _ONE_LETTER.fullmatch(self._by_library(char, face, 1))
        if found:
            self._names[face], self._codes[face][char] = found.groups()

    def _by_library(self, text: str, face: Face, size: float) -> str:
        fonts.load(face)
        written = self._canvas.beginText()
        written.setFont(face.value, size)
        written.textOut(text)
        return str(written.getCode()).removeprefix(_BEGUN).removesuffix(" ET")

    def rule(
        self, x: float, y: float, to_x: float, to_y: float, *, colour: str, thickness: float = 0.5
    ) -> None:
        """Draw a straight line."""
        self._drawn += [
            f"{operators.colour(colour)} RG",
            f"{operators.number(thickness)} w",
            operators.line(x, PAGE_HEIGHT - y, to_x, PAGE_HEIGHT - to_y),
        ]

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str = "", stroke: str = ""
    ) -> None:
        """Draw a rectangle, filled or outlined or both."""
        self._prepare(fill, stroke)
        bottom = PAGE_HEIGHT - y - height
        self._drawn.append(operators.box(x, bottom, width, height, filled=bool(fill), outlined=bool(stroke)))

    def disc(self, x: float, y: float, radius: float, *, fill: str = "", stroke: str = "") -> None:
        """Draw a circle around a point."""
        self._prepare(fill, stroke)
        self._drawn.append(
            operators.circle(x, PAGE_HEIGHT - y, radius, filled=bool(fill), outlined=bool(stroke))
        )

    def polygon(self, points: Sequence[tuple[float, float]], *, fill: str = "", stroke: str = "") -> None:
        """Draw a closed shape."""
        self._prepare(fill, stroke)
        corners = [(x, PAGE_HEIGHT - y) for x, y in points]
        self._drawn.append(operators.polygon(corners, filled=bool(fill), outlined=bool(stroke)))

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
            self._drawn.append(f"{operators.colour(fill)} rg")
        if stroke:
            self._drawn += [f"{operators.colour(stroke)} RG", ".8 w"]


class _Between:
    """What is drawn between the two ends of a marked stretch."""

    __slots__ = ("_opening", "_surface")

    def __init__(self, surface: Surface, opening: str) -> None:
        self._surface, self._opening = surface, opening

    def __enter__(self) -> None:
        self._surface.open(self._opening)

    def __exit__(self, *_: object) -> None:
        self._surface.shut()


@cache
def _set_in(size: float) -> str:
    return f"{operators.number(size)} Tf {operators.number(size * 1.2)} TL"
