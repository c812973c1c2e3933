"""The geometry of the pictures: where each mark of an inline SVG stands, worked out from what readers may see.

Places along a line of text are per cent, so that a picture is as wide as its page and its letters keep their size;
those across are pixels. `mirrored` is for languages that are written from right to left.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from service.domain.actors import Region
from service.domain.overviews import Day, Stage, stage
from service.domain.phases import Phase
from service.domain.positions import Stance
from service.domain.recommendations import RecommendationState
from service.domain.views.overviews import BlockContest, PartnershipOverview
from service.domain.views.recommendations import PositionView, RecommendationSummary, VersionView

WHOLE = 100
TRACK, STRIP, BAR, LINE = 34, 44, 46, 24
"""How high one row is in each picture, in pixels."""
PLOT = 100
"""The square in which a curve is drawn before it is stretched."""
_ENDED = frozenset({RecommendationState.NOT_ADOPTED, RecommendationState.WITHDRAWN})


def percent(place: float, width: float = 0, *, mirrored: bool = False) -> str:
    """Return where something of this width begins, from the left edge."""
    return f"{round(WHOLE - place - width if mirrored else place, 2):g}%"


@dataclass(frozen=True, slots=True)
class Track:
    """A recommendation on its way: how far it has come, its stops on the way, and whether it ended there."""

    ask: RecommendationSummary
    stage: Stage
    ended: bool
    y: int
    begins: str
    at: str
    passed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stages:
    """Recommendations on their ways, one below the other."""

    height: int
    stops: tuple[str, ...]
    tracks: tuple[Track, ...]


def stages(recommendations: Sequence[RecommendationSummary], phase: Phase, *, mirrored: bool) -> Stages:
    """Return how far each recommendation has come; one that is open stands as far as its amendments are decided."""
    width = WHOLE / len(Stage)
    stops = {one: (at + 0.5) * width for at, one in enumerate(Stage)}
    tracks = []
    for row, ask in enumerate(recommendations):
        reached = stage(ask.state, ask.open_amendments, phase)
        decided = (ask.amendments - ask.open_amendments) / (ask.amendments or 1)
        # Less than the whole way: what is left to decide keeps it from the next stop.
        further = 0.8 * width * decided if reached is Stage.OPEN else 0
        at = stops[reached] + further
        tracks.append(
            Track(
                ask,
                reached,
                ask.state in _ENDED,
                row * TRACK + TRACK // 2,
                percent(stops[Stage.DRAFTED], mirrored=mirrored),
                percent(at, mirrored=mirrored),
                tuple(percent(x, mirrored=mirrored) for x in stops.values() if x < at),
            )
        )
    return Stages(
        len(tracks) * TRACK, tuple(percent(x, mirrored=mirrored) for x in stops.values()), tuple(tracks)
    )


@dataclass(frozen=True, slots=True)
class Curve:
    """How many amendments were tabled and open, day by day, as two curves in a square of 100 by 100."""

    days: tuple[Day, ...]
    most: int
    tabled: str
    open: str
    area: str


def curve(days: Sequence[Day], *, mirrored: bool) -> Curve:
    """Return the curves; a number stands until the day on which it changes."""
    most = max((day.tabled for day in days), default=0)
    first = days[0].on.toordinal() if days else 0
    length = (days[-1].on.toordinal() - first if days else 0) + 1

    def along(days_after: int) -> str:
        x = PLOT * days_after / length
        return f"{round(PLOT - x if mirrored else x, 2):g}"

    def path(counts: Sequence[int]) -> str:
        steps = [
            f"H{along(day.on.toordinal() - first)}V{round(PLOT * (1 - n / most), 2):g}"
            for day, n in zip(days, counts, strict=True)
        ]
        return f"M{along(0)} {PLOT}" + "".join(steps) + f"H{along(length)}" if steps else ""

    opened = path([day.open for day in days])
    return Curve(
        tuple(days), most, path([day.tabled for day in days]), opened, opened and f"{opened}V{PLOT}Z"
    )


@dataclass(frozen=True, slots=True)
class Cell:
    """One block on a strip; `contest` is what is asked of it, None where nothing is."""

    number: int
    contest: BlockContest | None
    x: str
    width: str
    middle: str


@dataclass(frozen=True, slots=True)
class Strip:
    """A recommendation's text as a strip of its blocks, the title first."""

    ask: RecommendationSummary
    y: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Strips:
    """Recommendations as strips, one below the other."""

    height: int
    strips: tuple[Strip, ...]


def strips(
    recommendations: Iterable[RecommendationSummary],
    versions: Iterable[VersionView],
    contested: Iterable[BlockContest],
    *,
    mirrored: bool,
) -> Strips:
    """Return where each text is contested; a recommendation without its text is left out."""
    texts = {version.recommendation_id: version.blocks for version in versions}
    asked = {(c.recommendation_id, c.block_id): c for c in contested}
    found: list[Strip] = []
    for ask in recommendations:
        if ask.id not in texts:
            continue
        wide = (WHOLE - 9) / len(texts[ask.id])
        cells = []
        for at, block in enumerate(texts[ask.id]):
            here = asked.get((ask.id, block.id)) or (asked.get((ask.id, None)) if at == 0 else None)
            x = 9 + at * wide
            cells.append(
                Cell(
                    at + 1,
                    here,
                    percent(x, wide * 0.9, mirrored=mirrored),
                    percent(wide * 0.9),
                    percent(x + wide * 0.45, mirrored=mirrored),
                )
            )
        found.append(Strip(ask, len(found) * STRIP, tuple(cells)))
    return Strips(len(found) * STRIP, tuple(found))


@dataclass(frozen=True, slots=True)
class Bar:
    """The partnerships of a region: how many there are, and how many of them have said something."""

    region: Region
    total: int
    active: int
    y: int
    x: str
    width: str
    filled_x: str
    filled: str
    after: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Regions as bars, one below the other."""

    height: int
    total: int
    active: int
    bars: tuple[Bar, ...]


def regions(partnerships: Iterable[PartnershipOverview], *, mirrored: bool) -> Bars:
    """Return the partnerships of each region, and how many of them have taken part."""
    grouped = [(region, list(found)) for region, found in groupby(partnerships, key=lambda p: p.region)]
    most = max((len(found) for _, found in grouped), default=1)
    bars = []
    for row, (region, found) in enumerate(grouped):
        active = sum(1 for one in found if one.heard)
        width, filled = (70 * n / most for n in (len(found), active))
        bars.append(
            Bar(
                region,
                len(found),
                active,
                row * BAR,
                percent(0, width, mirrored=mirrored),
                percent(width),
                percent(0, filled, mirrored=mirrored),
                percent(filled),
                percent(width + 2, mirrored=mirrored),
            )
        )
    return Bars(len(bars) * BAR, sum(b.total for b in bars), sum(b.active for b in bars), tuple(bars))


@dataclass(frozen=True, slots=True)
class Said:
    """What members of a partnership say of a recommendation with one voice; `counts`: of exactly its current text."""

    stance: Stance
    counts: bool
    organisations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A partnership, and what its members say of each recommendation, in the order of the recommendations."""

    partnership: PartnershipOverview
    cells: tuple[tuple[Said, ...], ...]


def by_partnership(
    partnerships: Iterable[PartnershipOverview],
    recommendations: Sequence[RecommendationSummary],
    positions: Iterable[PositionView],
) -> tuple[Row, ...]:
    """Return what the members of each partnership say; members who say the same of a text are told as one."""
    said: dict[tuple[str, str], PositionView] = {
        (p.organisation.id, p.recommendation_id): p for p in positions
    }
    return tuple(
        Row(one, tuple(_voices([said.get((m.id, ask.id)) for m in one.members]) for ask in recommendations))
        for one in partnerships
    )


def _voices(found: Iterable[PositionView | None]) -> tuple[Said, ...]:
    voices: dict[tuple[Stance, bool], tuple[str, ...]] = {}
    for position in found:
        if position is not None:
            key = position.stance, position.counts
            voices[key] = (*voices.get(key, ()), position.organisation.name)
    order = tuple(Stance)
    ordered = sorted(voices.items(), key=lambda v: (order.index(v[0][0]), not v[0][1]))
    return tuple(Said(stance, counts, names) for (stance, counts), names in ordered)


def wanted_rows(rows: Iterable[Row], region: Region | None, stance: Stance | None) -> tuple[Row, ...]:
    """Return the partnerships of a region, and those of them in which somebody says that of any text."""
    return tuple(
        row
        for row in rows
        if (region is None or row.partnership.region is region)
        and (stance is None or any(said.stance is stance for cell in row.cells for said in cell))
    )


_SPREAD = 13


@dataclass(frozen=True, slots=True)
class Layout:
    """How a grid is laid out, in pixels: room for names beside the marks, columns, rows, and how far marks drop."""

    names: int
    column: int
    row: int
    drop: int
    least: int = 0


WIDE, NARROW = Layout(320, 40, LINE, 0), Layout(0, 24, 46, 20, 280)
"""Names beside the marks, or above them where a page is narrow."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One voice in a cell, and where its middle stands; `said` is None where nobody has spoken."""

    x: float
    said: Said | None


@dataclass(frozen=True, slots=True)
class GridRow:
    """A partnership's row: where its name stands, and where its marks do."""

    name: str
    y: int
    marks_y: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The partnerships of one region by recommendations, in pixels; small enough to stand on one page of paper."""

    region: Region
    width: int
    height: int
    name_x: int
    columns: tuple[tuple[int, float], ...]
    rows: tuple[GridRow, ...]


def grids(
    rows: Iterable[Row], numbers: Collection[int], *, narrow: bool = False, mirrored: bool
) -> tuple[Grid, ...]:
    """Return who says what, one grid for each region; several voices of one partnership stand side by side."""
    layout = NARROW if narrow else WIDE
    width = max(layout.names + layout.column * len(numbers), layout.least)
    middles = [layout.names + layout.column * (at + 0.5) for at in range(len(numbers))]

    def turned(x: float) -> float:
        return width - x if mirrored else x

    def row(at: int, one: Row) -> GridRow:
        y = LINE + layout.row * at + LINE // 2
        marks = tuple(
            Mark(turned(middle + _SPREAD * (place - (len(voices) - 1) / 2)), said)
            for middle, cell in zip(middles, one.cells, strict=True)
            for voices in [cell or (None,)]
            for place, said in enumerate(voices)
        )
        return GridRow(one.partnership.name, y, y + layout.drop, marks)

    columns = tuple(zip(numbers, (turned(x) for x in middles), strict=True))
    drawn = []
    for region, found in groupby(rows, key=lambda one: one.partnership.region):
        lines = tuple(row(at, one) for at, one in enumerate(found))
        height = LINE + layout.row * len(lines)
        drawn.append(Grid(region, width, height, round(turned(0)), columns, lines))
    return tuple(drawn)
