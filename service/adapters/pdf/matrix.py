"""The matrix of positions: organisations down, by region, and recommendations across, in as many tables as it takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from service.adapters.pdf import design, wording
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Piece, Wide
from service.adapters.pdf.structure import Element
from service.adapters.pdf.symbols import Symbol
from service.adapters.pdf.tables import Grid, Row, Table
from service.adapters.pdf.voice import Voice
from service.domain.publication import NO_RECORD, Organisation, Recommendation, Snapshot

IN_COLUMN = 12
MOST_COLUMNS = 18
SYMBOL_COLUMN = 20.0
REACH = design.MARGIN_OFFSET


def tables(
    snapshot: Snapshot, asks: Sequence[Recommendation], sect: Element, voice: Voice
) -> Iterator[Piece]:
    """Yield the tables, each with about as many recommendations as the others; wide ones reach into the margin.

    Organisations without any position are named below.
    """
    parts = -(-len(asks) // MOST_COLUMNS)
    for part in range(parts):
        some = asks[part * len(asks) // parts : (part + 1) * len(asks) // parts]
        reach = REACH if len(some) > IN_COLUMN else 0.0
        if parts > 1:
            title = voice.say(
                "Recommendations %(first)s to %(last)s",
                {"first": str(some[0].number), "last": str(some[-1].number)},
            )
            style = replace(design.SUBHEADING, after=6)
            yield Wide(Paragraph(title, style, sect.add("H3", lang=voice.lang)), reach)
        heard = {one.organisation for ask in some for one in ask.positions}
        members = [one for one in snapshot.organisations if one.id in heard]
        if members:
            yield Wide(_matrix(members, some, sect, design.COLUMN + reach, voice), reach)
        silent = ", ".join(one.name for one in snapshot.organisations if one.id not in heard)
        if silent:
            label = f"{voice.say('No record:')} "
            words = [design.SMALL.strong(label, language=voice.lang), design.SMALL.words(f"{silent}.")]
            yield Paragraph(words, design.SMALL, sect.add("P"))


def by_region(organisations: Sequence[Organisation]) -> list[tuple[str, list[Organisation]]]:
    """Return the organisations by region, those without one last."""
    ordered = sorted(organisations, key=lambda one: (one.region == "", one.region))
    return [(region, list(members)) for region, members in groupby(ordered, key=lambda one: one.region)]


def region_of(region: str, voice: Voice) -> str:
    """Return how a region is called, or those who are in none."""
    return voice.house(region) if region else voice.say("Other participants")


def _matrix(
    organisations: Sequence[Organisation],
    asks: Sequence[Recommendation],
    sect: Element,
    width: float,
    voice: Voice,
) -> Table:
    table = sect.add("Table")
    head = table.add("THead").add("TR")
    named = head.add("TH", scope="Column", lang=voice.lang)
    header: list[Piece] = [Paragraph(voice.say("Organisation"), design.CELL_HEAD, named)]
    header += [
        Paragraph(str(ask.number), design.CELL_HEAD_CENTRE, head.add("TH", scope="Column")) for ask in asks
    ]
    stances = [{one.organisation: str(one.stance) for one in ask.positions} for ask in asks]
    regions = by_region(organisations)
    rows: list[Row] = []
    for region, members in regions:
        body = table.add("TBody")
        if len(regions) > 1:
            row = body.add("TR")
            heads = row.add("TH", scope="Row", lang=voice.lang)
            rows.append(Row.naming(Paragraph(region_of(region, voice), design.GROUP, heads)))
            row.add("TD", columns=len(asks))
        rows += [_row(one, stances, body.add("TR"), voice) for one in members]
    columns = (width - SYMBOL_COLUMN * len(asks) + 1, *[SYMBOL_COLUMN] * len(asks))
    grid = Grid(columns, gutter=1, padding=2.8, rule=design.HAIRLINE, header_rule=design.RULE)
    return Table(grid, rows, header=Row.of(header), after=20)


def _row(organisation: Organisation, stances: Sequence[Mapping[str, str]], row: Element, voice: Voice) -> Row:
    words = [design.CELL.words(organisation.name)]
    if organisation.country:
        words.append(replace(design.CELL, colour=design.GREY).words(f", {organisation.country}"))
    cells: list[Piece] = [Paragraph(words, design.CELL, row.add("TH", scope="Row"))]
    for stance in (held.get(organisation.id, NO_RECORD) for held in stances):
        figure = row.add("TD").add("Figure", lang=voice.lang)
        cells.append(Symbol(stance, figure, wording.stance(voice, stance)))
    return Row.of(cells)
