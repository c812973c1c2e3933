"""The matrix of positions: organisations down, by region, and recommendations across, in as many tables as it takes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from service.adapters.pdf import design
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Piece, Wide
from service.adapters.pdf.structure import Element
from service.adapters.pdf.symbols import Symbol
from service.adapters.pdf.tables import Grid, Row, Table
from service.domain.publication import NO_RECORD, Organisation, Recommendation, Snapshot

IN_COLUMN = 12
MOST_COLUMNS = 18
SYMBOL_COLUMN = 20.0
REACH = design.MARGIN_OFFSET
OTHERS = "Other participants"


def tables(snapshot: Snapshot, asks: Sequence[Recommendation], sect: Element) -> Iterator[Piece]:
    """Yield the tables, each with about as many recommendations as the others; wide ones reach into the margin.

    Organisations without any position are named below.
    """
    parts = -(-len(asks) // MOST_COLUMNS)
    for part in range(parts):
        some = asks[part * len(asks) // parts : (part + 1) * len(asks) // parts]
        reach = REACH if len(some) > IN_COLUMN else 0.0
        if parts > 1:
            title = f"Recommendations {some[0].number} to {some[-1].number}"
            yield Wide(Paragraph(title, replace(design.SUBHEADING, after=6), sect.add("H3")), reach)
        heard = {one.organisation for ask in some for one in ask.positions}
        members = [one for one in snapshot.organisations if one.id in heard]
        if members:
            yield Wide(_matrix(members, some, sect, design.COLUMN + reach), reach)
        silent = ", ".join(one.name for one in snapshot.organisations if one.id not in heard)
        if silent:
            words = [design.SMALL.strong("No record: "), design.SMALL.words(f"{silent}.")]
            yield Paragraph(words, design.SMALL, sect.add("P"))


def by_region(organisations: Sequence[Organisation]) -> list[tuple[str, list[Organisation]]]:
    """Return the organisations by region, those without one last."""
    ordered = sorted(organisations, key=lambda one: (one.region == "", one.region))
    return [(region, list(members)) for region, members in groupby(ordered, key=lambda one: one.region)]


def _matrix(
    organisations: Sequence[Organisation], asks: Sequence[Recommendation], sect: Element, width: float
) -> Table:
    table = sect.add("Table")
    head = table.add("THead").add("TR")
    header: list[Piece] = [Paragraph("Organisation", design.CELL_HEAD, head.add("TH", scope="Column"))]
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
            rows.append(Row.naming(Paragraph(region or OTHERS, design.GROUP, row.add("TH", scope="Row"))))
            row.add("TD", columns=len(asks))
        rows += [_row(one, stances, body.add("TR")) for one in members]
    columns = (width - SYMBOL_COLUMN * len(asks) + 1, *[SYMBOL_COLUMN] * len(asks))
    grid = Grid(columns, gutter=1, padding=2.8, rule=design.HAIRLINE, header_rule=design.RULE)
    return Table(grid, rows, header=Row.of(header), after=20)


def _row(organisation: Organisation, stances: Sequence[Mapping[str, str]], row: Element) -> Row:
    words = [design.CELL.words(organisation.name)]
    if organisation.country:
        words.append(replace(design.CELL, colour=design.GREY).words(f", {organisation.country}"))
    cells: list[Piece] = [Paragraph(words, design.CELL, row.add("TH", scope="Row"))]
    cells += [Symbol(held.get(organisation.id, NO_RECORD), row.add("TD").add("Figure")) for held in stances]
    return Row.of(cells)
