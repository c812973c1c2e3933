"""An edition as one HTML page with a style for print, for a renderer that takes pages of the web.

It is written down from what our own pages draw: every word in its typeface, size and colour, every link, list, table
and figure, in the same order and with the same tags. So both print the same, whatever is added to the paper later.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from pathlib import Path

from bench.shapes import Shape, svg
from service.adapters.pdf import render
from service.adapters.pdf.data import Data
from service.adapters.pdf.fonts import TYPEFACES, Face, Glyphs
from service.adapters.pdf.linebreaking import SOFT_HYPHEN
from service.adapters.pdf.structure import Content, Element, Reference
from service.adapters.pdf.surface import Surface
from service.domain.paper_codes import code_of
from service.domain.publication import Approval, Snapshot

STYLE = """
@page { size: A4; margin: 30mm 24mm 28mm 50mm; @top-left { content: string(chapter); font: 7.4pt NotoSans-Regular }
  @bottom-left { content: %(left)s; font: 7.4pt NotoSans-Regular }
  @bottom-right { content: %(right)s counter(page); font: 7.4pt NotoSans-Regular } }
body { font: 10.2pt/1.48 NotoSerif-Regular; hyphens: auto; orphans: 2; widows: 2; margin: 0 }
section { break-before: page } main > :first-child { background: #0b2f6b }
h1, h2, h3, h4, th { font-weight: normal; hyphens: manual }
h1, h2, h3, h4 { break-after: avoid; margin: 12pt 0 4pt }
h2 { string-set: chapter content() } p, blockquote { margin: 0 0 5pt } ul, ol { margin: 0; padding-left: 7mm }
table { border-collapse: collapse; width: 100%% }
td, th { border-bottom: 0.5pt solid #d5d6d9; padding: 2.6pt 3pt; text-align: left; vertical-align: top }
.underline { text-decoration: underline } .strike { text-decoration: line-through }
a { color: inherit; text-decoration: none } .toc a::after { content: leader(" ") target-counter(attr(href), page) }
"""
TAGS = {
    "Document": "main",
    "Sect": "section",
    "L": "ul",
    "LBody": "div",
    "BlockQuote": "blockquote",
    "Link": "a",
}
TAGS |= {
    "Span": "span",
    "Div": "div",
    "Code": "code",
    "TOC": "nav",
    "TOCI": "p",
    "Reference": "span",
    "Lbl": "span",
}
MARKS = {"Underline": "underline", "LineThrough": "strike"}


def page(snapshot: Snapshot, approval: Approval, verify_url: str, folder: Path) -> str:
    """Return the edition as HTML, with its figures in a folder."""
    data = Data.of(snapshot)
    paper = render.Paper(snapshot, approval, f"{verify_url}/{code_of(data.digest)}", data)
    transcript = Transcript(Element("Document", lang=snapshot.language))
    render.draw(paper, transcript)
    body = "".join(_Written(transcript, folder).of(transcript.tree))
    looks = [
        f".k{number} {{ font: {size:g}pt/1.45 {face.value}; color: {colour} }}"
        for (face, size, colour), number in transcript.looks.items()
    ]
    faces = [
        f'@font-face {{ font-family: {face.value}; src: url("{(TYPEFACES / face.value).as_uri()}.ttf") }}'
        for face in Face
    ]
    left = f'"{snapshot.subtitle} · edition {snapshot.edition}"'
    style = STYLE % {"left": left, "right": f'"sha-256 {data.digest[:8]} · "'}
    return (
        f'<!doctype html><html lang="{escape(snapshot.language)}"><meta charset="utf-8">'
        f"<title>{escape(snapshot.title)}</title><style>{''.join([*faces, style, *looks])}</style>"
        f"<body>{body}</body></html>"
    )


@dataclass
class Said:
    """What one stretch of content says: texts with the number of their look, or what is drawn."""

    texts: list[tuple[int, str]] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)


class Transcript(Surface):
    """A surface that remembers what is drawn on it."""

    def __init__(self, tree: Element) -> None:
        super().__init__(tree)
        self.said: dict[tuple[int, int], Said] = {}
        self.names: dict[int, str] = {}
        self.looks: dict[tuple[Face, float, str], int] = {}
        self._said, self._name = Said(), ""

    def content_of(self, element: Element) -> AbstractContextManager[None]:
        """Draw the content of an element."""
        before = len(element.kids)
        drawn = super().content_of(element)
        self._said = Said()
        if len(element.kids) > before:
            content = element.kids[-1]
            if isinstance(content, Content):
                self.said[content.page, content.mcid] = self._said
            if self._name:
                self.names[id(element)], self._name = self._name, ""
        return drawn

    def artifact(self, kind: str = "Layout") -> AbstractContextManager[None]:
        """Draw what is not read; the other renderer draws its own rules and furniture."""
        self._said = Said()
        return super().artifact(kind)

    def anchor(self, key: str, y: float) -> None:
        """Name a place on this page: what is written next."""
        super().anchor(key, y)
        self._name = key

    def write(self, x: float, baseline: float, glyphs: Sequence[Glyphs], size: float, colour: str) -> None:
        """Write stretches of text side by side."""
        super().write(x, baseline, glyphs, size, colour)
        for part in glyphs:
            look = self.looks.setdefault((part.face, size, colour), len(self.looks))
            self._said.texts.append((look, part.text.replace(SOFT_HYPHEN, "")))

    def rule(
        self, x: float, y: float, to_x: float, to_y: float, *, colour: str, thickness: float = 0.5
    ) -> None:
        """Draw a straight line."""
        super().rule(x, y, to_x, to_y, colour=colour, thickness=thickness)
        self._said.shapes.append(Shape("line", (x, y, to_x, to_y), stroke=colour, thickness=thickness))

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str = "", stroke: str = ""
    ) -> None:
        """Draw a rectangle."""
        super().box(x, y, width, height, fill=fill, stroke=stroke)
        self._said.shapes.append(Shape("rect", (x, y, x + width, y + height), fill, stroke))

    def disc(self, x: float, y: float, radius: float, *, fill: str = "", stroke: str = "") -> None:
        """Draw a circle around a point."""
        super().disc(x, y, radius, fill=fill, stroke=stroke)
        self._said.shapes.append(Shape("circle", (x, y), fill, stroke, radius=radius))

    def polygon(self, points: Sequence[tuple[float, float]], *, fill: str = "", stroke: str = "") -> None:
        """Draw a closed shape."""
        super().polygon(points, fill=fill, stroke=stroke)
        self._said.shapes.append(
            Shape("polygon", tuple(edge for point in points for edge in point), fill, stroke)
        )


class _Written:
    """The structure tree of a transcript, as elements of HTML."""

    def __init__(self, transcript: Transcript, folder: Path) -> None:
        self._transcript, self._folder = transcript, folder
        self._figures: dict[str, str] = {}

    def of(self, element: Element) -> Iterator[str]:
        """Yield an element and all in it; what nothing was drawn for is left out, as in our file."""
        if element.blank:
            return
        if element.tag == "Figure":
            yield self._figure(element)
            return
        tag = TAGS.get(element.tag, element.tag.lower())
        if element.tag == "L" and element.numbering == "Decimal":
            tag = "ol"
        own = {look for kid in element.kids for look, _ in self._said(kid).texts}
        look = own.pop() if len(own) == 1 else None
        yield f"<{tag}{''.join(self._attributes(element, look))}>"
        for kid in element.kids:
            if isinstance(kid, Content):
                yield from _words(self._said(kid), look)
            elif isinstance(kid, Element) and not self._made_anew(element, kid):
                yield from self.of(kid)
        yield f"</{tag}>{' ' if element.tag == 'Lbl' else ''}"

    def _made_anew(self, element: Element, kid: Element) -> bool:
        """Say whether the other renderer makes that part itself: the label of a list, the page in the contents."""
        return (element.tag == "LI" and kid.tag == "Lbl") or (
            element.tag == "Reference" and kid is element.kids[-1]
        )

    def _said(self, kid: "Element | Content | Reference") -> Said:
        return self._transcript.said[kid.page, kid.mcid] if isinstance(kid, Content) else Said()

    def _text(self, element: Element) -> str:
        return "".join(text for kid in element.kids for _, text in self._said(kid).texts).strip()

    def _attributes(self, element: Element, look: int | None) -> Iterator[str]:
        if id(element) in self._transcript.names:
            yield f' id="{escape(self._transcript.names[id(element)])}"'
        links = [kid for kid in element.kids if isinstance(kid, Reference)]
        if links:
            yield f' href="{escape(self._transcript.links[links[0].link].target)}"'
        label = element.kids[0] if element.tag == "LI" else None
        if isinstance(label, Element) and (number := self._text(label)).isdigit():
            yield f' value="{number}"'
        if element.lang and element.parent:
            yield f' lang="{escape(element.lang)}"'
        if element.scope:
            yield f' scope="{"col" if element.scope == "Column" else "row"}"'
        if element.columns > 1:
            yield f' colspan="{element.columns}"'
        kinds = [f"k{look}"] if look is not None else []
        kinds += [MARKS[element.decoration]] if element.decoration else []
        kinds += ["toc"] if element.tag == "TOCI" else []
        if kinds:
            yield f' class="{" ".join(kinds)}"'

    def _figure(self, element: Element) -> str:
        """Return a figure; those that are drawn alike are one file, which the other renderer reads once."""
        shapes = [shape for kid in element.kids for shape in self._said(kid).shapes]
        drawn, width, height = svg(shapes, element.bbox or (0, 0, 0, 0))
        name = self._figures.setdefault(drawn, f"figure-{len(self._figures)}.svg")
        path = self._folder / name
        if not path.exists():
            path.write_text(drawn, "utf-8")
        return f'<img src="{name}" alt="{escape(element.alt)}" style="width:{width:g}pt;height:{height:g}pt">'


def _words(said: Said, usual: int | None) -> Iterator[str]:
    for look, texts in groupby(said.texts, key=lambda one: one[0]):
        text = escape("".join(text for _, text in texts))
        yield text if look == usual else f'<span class="k{look}">{text}</span>'
