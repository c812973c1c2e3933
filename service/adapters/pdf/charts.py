"""Figures drawn from the data: who stands where on each recommendation, and how the text settled.

Each bar is a figure of its own that says in words what it shows. What a part of it means is told by its pattern and by
its place, not by colour alone; the numbers stand beside the bars or in the tables that follow.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from service.adapters.pdf import design, wording
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Hanging, Piece, Space, Stack, Together
from service.adapters.pdf.structure import Element
from service.adapters.pdf.surface import PAGE_HEIGHT, Surface
from service.adapters.pdf.tables import Grid, Row, Table
from service.adapters.pdf.voice import Voice, begun
from service.domain.anatomy import Settled, settled
from service.domain.figures import Statistics
from service.domain.publication import (
    NO_RECORD,
    STANCES,
    Snapshot,
)

LINE = 11.0
THICK = 8.0
LABEL_WIDTH = 62.0
FIGURES_WIDTH = 86.0
BAR_WIDTH = design.COLUMN - LABEL_WIDTH - FIGURES_WIDTH
KEY_WIDTH = 11.0
SHORTEST = 5.0

Fill = Callable[[Surface, float, float, float], None]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bar: what it stands for, how many, and how it is filled."""

    name: str
    count: int
    fill: Fill


class Bar(Piece):
    """A bar made of parts, as long as its share of the longest one."""

    def __init__(self, parts: Sequence[Part], longest: int, alt: str, language: str = "") -> None:
        self._parts = [part for part in parts if part.count]
        self._longest = max(longest, 1)
        self.element = Element("Figure", alt=alt, lang=language)

    def height(self, width: float) -> float:  # noqa: ARG002  as high as a line
        """Return the height of a line."""
        return LINE

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:
        """Draw the parts from left to right, a little apart."""
        top, left = y + (LINE - THICK) / 2, x
        bottom = PAGE_HEIGHT - top - THICK
        self.element.bbox = (x, bottom, x + width, bottom + THICK)
        with surface.content_of(self.element):
            for part, length in zip(self._parts, self.lengths(width), strict=True):
                part.fill(surface, left, top, max(length - 0.8, 0.4))
                left += length
            if not self._parts:
                surface.rule(x, top, x, top + THICK, colour=design.RULE)

    def lengths(self, width: float) -> list[float]:
        """Return how long each part is: none so short that its pattern is lost, at the cost of the longest."""
        lengths = [max(width * part.count / self._longest, SHORTEST) for part in self._parts]
        excess = sum(lengths) - width * sum(part.count for part in self._parts) / self._longest
        if lengths and excess > 0:
            most = lengths.index(max(lengths))
            lengths[most] = max(lengths[most] - excess, SHORTEST)
        return lengths


class Key(Piece):
    """A short piece of a pattern, beside the words that it stands for; whoever hears the page needs only these."""

    def __init__(self, fill: Fill) -> None:
        self._fill = fill

    def height(self, width: float) -> float:  # noqa: ARG002  as high as a line
        """Return the height of a line."""
        return LINE

    def draw(self, surface: Surface, x: float, y: float, width: float) -> None:  # noqa: ARG002  of one width
        """Draw the pattern."""
        with surface.artifact():
            self._fill(surface, x, y + (LINE - THICK) / 2, KEY_WIDTH)


def _solid(colour: str) -> Fill:
    def fill(surface: Surface, x: float, y: float, width: float) -> None:
        surface.box(x, y, width, THICK, fill=colour)

    return fill


def _outlined(colour: str) -> Fill:
    def fill(surface: Surface, x: float, y: float, width: float) -> None:
        surface.box(x + 0.4, y + 0.4, max(width - 0.8, 0.1), THICK - 0.8, fill=design.WHITE, stroke=colour)

    return fill


def _lined(colour: str) -> Fill:
    def fill(surface: Surface, x: float, y: float, width: float) -> None:
        for level in (0.6, 0.5 * THICK, THICK - 0.6):
            surface.rule(x, y + level, x + width, y + level, colour=colour, thickness=0.9)

    return fill


def _low(colour: str) -> Fill:
    def fill(surface: Surface, x: float, y: float, width: float) -> None:
        surface.box(x, y + THICK - 1.4, width, 1.4, fill=colour)

    return fill


def _waist(colour: str) -> Fill:
    def fill(surface: Surface, x: float, y: float, width: float) -> None:
        surface.box(x, y + THICK * 0.3, width, THICK * 0.4, fill=colour)

    return fill


_FILLS: Mapping[str, Fill] = {
    "endorsed": _solid(design.ACCENT),
    "endorsed_with_reservation": _outlined(design.ACCENT),
    "no_objection": _lined(design.ACCENT),
    "objection": _solid(design.RUST),
    "abstained": _outlined(design.GREY),
    "recused": _waist(design.GREY),
    NO_RECORD: _low(design.RULE),
}


def positions(snapshot: Snapshot, found: Statistics, sect: Element, voice: Voice) -> Iterator[Piece]:
    """Yield a bar for each recommendation: how the organisations stand on it."""
    words = (*STANCES, NO_RECORD)
    shown = [word for word in words if any(tally.stance(word) for tally in found.tallies)]
    if not shown:
        return
    own = voice.lang
    # A stack of its own, so that the space below it counts in a table, too.
    filled = [(wording.stance(voice, word), _FILLS[word]) for word in shown]
    key = Stack([_key(filled, sect, own), Space(0)])
    heading = Paragraph(voice.say("Who stands where"), design.SUBHEADING, sect.add("H3", lang=own))
    bars: list[Piece] = []
    for tally in found.tallies:
        parts = [Part(wording.stance(voice, word), tally.stance(word), _FILLS[word]) for word in shown]
        total = sum(part.count for part in parts)
        number = {"number": str(tally.recommendation)}
        alt = voice.say("Recommendation %(number)s: %(what)s.", {**number, "what": _told(parts, voice)})
        endorsed = tally.stance("endorsed") + tally.stance("endorsed_with_reservation")
        bars.append(
            _line(
                voice.say("No %(number)s", number),
                Bar(parts, total, alt, own),
                voice.say("%(count)s of %(total)s endorse", {"count": endorsed, "total": total}),
                sect.add("Div", lang=own),
            )
        )
    note = _basis(snapshot, found, voice)
    noted = [Paragraph(note, design.LABEL_STAYS, sect.add("P", lang=own))] if note else []
    # The key is drawn again above the bars on each further page.
    grid = Grid((design.COLUMN + 8,), padding=0)
    together = Table(grid, [Row.of([bar]) for bar in bars], header=Row.of([key]))
    yield from [heading, *noted, together]


def _basis(snapshot: Snapshot, found: Statistics, voice: Voice) -> str:
    """Return how many of the organisations shown count for adoption, where these are not all."""
    counted = {ask.outcome.counted for ask in snapshot.recommendations} - {0, found.organisations}
    if not counted:
        return ""
    told = voice.number(min(counted))
    for one in sorted(counted)[1:]:
        told = voice.say("%(one)s or %(other)s", {"one": told, "other": one})
    return voice.say(
        "Shown are all %(total)s organisations invited; %(count)s of them count for adoption.",
        {"total": found.organisations, "count": told},
    )


def convergence(snapshot: Snapshot, sect: Element, voice: Voice) -> Iterator[Piece]:
    """Yield a bar for each version: how many amendments it still met, and how many of them the next one took up.

    A single version shows nothing of how a text settled.
    """
    versions = settled(snapshot)
    if len(versions) <= 1:
        return
    own = voice.lang
    longest = max(one.stood for one in versions)
    heading = Paragraph(voice.say("How the text settled"), design.SUBHEADING, sect.add("H3", lang=own))
    note = Paragraph(
        voice.say("Amendments by the version that they last stood on, and what became of them."),
        design.LABEL_STAYS,
        sect.add("P", lang=own),
    )
    key = _key([(part.name, part.fill) for part in _counted(versions[0], voice)], sect, own)
    bars = []
    for one in versions:
        parts = _counted(one, voice)
        version = {"number": str(one.version)}
        stood = voice.tell("%(count)s amendment", "%(count)s amendments", one.stood)
        told = f"{stood}. {begun(_told(parts, voice))}."
        alt = voice.say("Version %(number)s: %(what)s", {**version, "what": told})
        bar = Bar(parts, longest, alt, own)
        label = voice.say("Version %(number)s", version)
        beside = voice.tell("%(count)s stood on it", "%(count)s stood on it", one.stood)
        bars.append(_line(label, bar, beside, sect.add("Div", lang=own)))
    yield Together([heading, note, key, *bars[:2]], before=heading.before)
    yield from bars[2:]


def _counted(found: Settled, voice: Voice) -> list[Part]:
    return [
        Part(voice.say("adopted"), found.adopted, _solid(design.ACCENT)),
        Part(voice.say("not adopted"), found.refused, _outlined(design.ACCENT)),
        Part(voice.say("undecided"), found.undecided, _low(design.RULE)),
    ]


def _told(parts: Sequence[Part], voice: Voice) -> str:
    told = [wording.counted(voice, voice.number(part.count), part.name) for part in parts if part.count]
    return ", ".join(told) or voice.say("none")


def _line(label: str, bar: Bar, figures: str, row: Element) -> Piece:
    name = Paragraph(label, design.CELL, row.add("P"))
    bar.element.parent = row
    row.kids.append(bar.element)
    beside = Paragraph(figures, replace(design.CELL, colour=design.GREY), row.add("P"))
    grid = Grid((LABEL_WIDTH, BAR_WIDTH, FIGURES_WIDTH), gutter=0, padding=1.4)
    return Table(grid, [Row.of([name, bar, Hanging(Stack(()), beside, 8)])])


def _key(entries: Sequence[tuple[str, Fill]], sect: Element, language: str) -> Piece:
    """Return what the patterns stand for, in as many rows as it takes."""
    rows: list[Piece] = []
    cells: list[Piece] = []
    widths: list[float] = []
    for name, fill in entries:
        text = Paragraph(name, design.CELL, sect.add("P", lang=language))
        needed = text.lines(design.COLUMN)[0].width + 12
        if sum(widths) + KEY_WIDTH + 5 + needed > design.COLUMN:
            rows.append(Table(Grid(tuple(widths), gutter=0, padding=1), [Row.of(cells)]))
            cells, widths = [], []
        cells += [Key(fill), text]
        widths += [KEY_WIDTH + 5, needed]
    rows.append(Table(Grid(tuple(widths), gutter=0, padding=1), [Row.of(cells)]))
    return Stack(rows, after=6)
