"""A courtesy translation on paper: the tree of a rendition, marked on every page, never sealed, never the edition."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from service.adapters.pdf import design, fonts, front
from service.adapters.pdf.finishing import About, finish
from service.adapters.pdf.fromtree import Setter, plain
from service.adapters.pdf.front import Entry
from service.adapters.pdf.pages import Chapter, Footer, lay_out
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Piece, Stack
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import PAGE_HEIGHT, Heading, Surface
from service.domain import canonical
from service.domain.renditions.tree import Rendition, line, strong

MOST_REPLACED = 100
"""Letters without a glyph that names may have; where there are more of them, whole sentences are not to be read."""


class Unreadable(ValueError):
    """A language whose letters no typeface of the paper has."""


def render_courtesy(rendition: Rendition, *, identifier: str, made_at: datetime) -> bytes:
    """Return a translated rendition as a tagged PDF without a seal, a code of its own or data inside.

    The same input gives the same bytes.

    Args:
        rendition: the tree; what it runs at the head and the foot of each page says what it is.
        identifier: names what it was made from.
        made_at: the moment that the file bears.

    Raises:
        TooTall: a part does not fit on a page and cannot be divided.
        Unreadable: the typefaces lack the letters of its language.
    """
    letters = Counter(canonical.to_json(rendition)).items()
    if sum(count for char, count in letters if char.isalpha() and fonts.is_replaced(char)) > MOST_REPLACED:
        raise Unreadable("The typefaces of the paper lack letters of this language.")
    pages: dict[str, int] = {}
    surface = Surface(Element("Document", lang=rendition.language))
    running = rendition.running
    lay_out(
        _chapters(rendition, surface.tree, pages),
        surface,
        Footer(running.left, running.right, running.head),
        pages,
    )
    about = About(
        title=rendition.title,
        author=rendition.editor,
        subject=running.head,
        language=rendition.language,
        identifier=identifier,
        made_at=made_at,
    )
    return finish(surface, about, [])


def _chapters(rendition: Rendition, root: Element, pages: Mapping[str, int]) -> list[Chapter]:
    setter = Setter(rendition.language)
    cover = Chapter((_Cover(rendition, setter, root.add("Sect")),), bleed=True)
    labels, running = rendition.labels, rendition.running
    sect = root.add("Sect")
    notices = setter.head(sect, line(running.left), line(labels.notices), "notices")
    notices += setter.pieces(rendition.notices, sect)
    entries = [
        Entry(one.anchor, "", f"{plain(one.kicker)}: {plain(one.title)}") for one in rendition.sections
    ]
    contents = front.contents(entries, pages, root, kicker=running.left, title=labels.contents)
    sections = [setter.chapter(section, root) for section in rendition.sections]
    return [cover, Chapter(tuple(notices)), contents, *sections]


class _Cover(Piece):
    """The cover: what it is a translation of stands in the band, in bold."""

    def __init__(self, rendition: Rendition, setter: Setter, sect: Element) -> None:
        cover = rendition.cover
        title = plain(cover.title)
        style = front.title_style(title)
        self._title = Paragraph(
            setter.words(cover.title, style),
            style,
            sect.add("H1"),
            anchor="cover",
            heading=Heading(0, title, "cover"),
        )
        self._programme = setter.paragraph(cover.programme, design.COVER_PROGRAMME, sect.add("P"))
        self._meeting = Stack(
            [setter.paragraph(one, design.COVER_MEETING, sect.add("P")) for one in cover.lines]
        )
        told = line(strong(rendition.running.head))
        band = [setter.paragraph(told, replace(design.COVER_STATUS, colour=design.RUST), sect.add("P"))]
        band += [setter.paragraph(one, design.COVER_NOTE, sect.add("P")) for one in cover.status]
        self._band = Stack(band)

    def height(self, width: float) -> float:  # noqa: ARG002  the whole page
        """Return the height of a page."""
        return PAGE_HEIGHT

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:  # noqa: ARG002  as above
        """Draw the cover."""
        front.draw_cover(surface, (x, width), self._title, self._programme, self._meeting, self._band)
