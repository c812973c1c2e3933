"""Many asks in two columns that reach into the margin, on one page where that can be."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.adapters.pdf import design, wording
from service.adapters.pdf.paragraphs import Paragraph, Style
from service.adapters.pdf.pieces import BODY_HEIGHT, Piece, Stack, Wide
from service.adapters.pdf.structure import Element
from service.adapters.pdf.tables import Grid, Row, Table
from service.adapters.pdf.voice import Voice
from service.domain.publication import Recommendation

REACH = design.MARGIN_OFFSET
GUTTER, NUMBER = 22.0, 20.0
WIDTH = (design.COLUMN + REACH - GUTTER) / 2
SIZES = ((8.6, 11.6, 2.6), (8.2, 10.9, 2.0), (7.8, 10.3, 1.5))
"""Type size, leading and the space above and below an ask, from the roomiest on."""


def columns(
    asks: Sequence[Recommendation], sect: Element, first: float, voice: Voice
) -> tuple[Element, list[Piece], bool]:
    """Return the list, what is drawn of it, and whether that is one page; `first` is the room on its first page.

    Asks that take several pages all the same are set in the roomiest way that takes no more of them.
    """
    made = [_set(asks, sect, first, size, voice) for size in SIZES]
    fewest = min(len(pages) for _, pages in made)
    listed, pages = next(one for one in made if len(one[1]) == fewest)
    return listed, pages, fewest == 1


def _set(
    asks: Sequence[Recommendation],
    sect: Element,
    first: float,
    scale: tuple[float, float, float],
    voice: Voice,
) -> tuple[Element, list[Piece]]:
    size, leading, padding = scale
    listed = Element("L", sect, numbering="Decimal")
    style = replace(design.BRIEF, size=size, leading=leading)
    rows = [_row(ask, listed, style, padding, voice) for ask in asks]
    return listed, [_side_by_side(left, right) for left, right in _pages(rows, first)]


def _pages(rows: Sequence[Piece], first: float) -> Iterator[tuple[Sequence[Piece], Sequence[Piece]]]:
    """Yield what stands at the left and at the right of each page; on the last one, both are about as high."""
    room = first
    while rows:
        left = _fitting(rows, room)
        right = _fitting(rows[left:], room)
        if left + right >= len(rows):
            left = _half(rows, room)
            yield rows[:left], rows[left:]
            return
        yield rows[:left], rows[left : left + right]
        rows, room = rows[left + right :], BODY_HEIGHT


def _fitting(rows: Sequence[Piece], room: float) -> int:
    """Return how many rows stand in a column: at least one, if it is too high for any."""
    count, used = 0, 0.0
    for row in rows:
        used += row.height(WIDTH)
        if count and used > room:
            break
        count += 1
    return count


def _half(rows: Sequence[Piece], room: float) -> int:
    """Return how many rows stand at the left: the fewest by which the right is no higher, if they have the room."""
    heights = [row.height(WIDTH) for row in rows]
    least = next(count for count in range(1, len(rows) + 1) if 2 * sum(heights[:count]) >= sum(heights))
    return min(least, _fitting(rows, room))


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> Piece:
    grid = Grid((WIDTH + GUTTER, WIDTH + GUTTER), gutter=GUTTER, padding=0)
    return Wide(Table(grid, [Row.of([Stack(left), Stack(right)])]), REACH)


def _row(ask: Recommendation, listed: Element, style: Style, padding: float, voice: Voice) -> Piece:
    item, colour = listed.add("LI"), design.colour_for(ask)
    number = replace(design.NUMBER, colour=colour, size=style.size, leading=style.leading)
    name, body = item.add("Lbl"), item.add("LBody")
    to = ", ".join(part for part in (voice.house(ask.addressee), wording.missed(voice, ask)) if part)
    words = [
        style.words(ask.title, target=f"#recommendation-{ask.number}"),
        replace(design.LABEL, size=style.size - 1, colour=colour).words(f" · {to}", language=voice.lang),
    ]
    cells = [Paragraph(str(ask.number), number, name), Paragraph(words, style, body.add("P"))]
    grid = Grid((NUMBER, WIDTH - NUMBER), gutter=0, padding=padding, rule=design.HAIRLINE)
    return Table(grid, [Row.of(cells)])
