"""Lessons learnt, and the annexes: who says what, the figures, the participants, how the edition came about."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from service.adapters.pdf import charts, design, matrix, wording
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.linebreaking import Words
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph, Style
from service.adapters.pdf.pieces import Hanging, Piece, Stack, Together, Wide
from service.adapters.pdf.recommendations import evidence
from service.adapters.pdf.structure import Element
from service.adapters.pdf.symbols import RADIUS, Symbol
from service.adapters.pdf.tables import Grid, Row, Table, header_cells
from service.domain.anatomy import passages
from service.domain.dates import NO_BREAK
from service.domain.figures import Statistics, statistics
from service.domain.publication import (
    ACCEPTED,
    NO_RECORD,
    STANCES,
    Organisation,
    Snapshot,
)

LEGEND_GAP = 12.0
INVITED = "Who was invited"


def lessons(snapshot: Snapshot, tree: Element) -> Chapter:
    """Return the shared list of lessons learnt."""
    sect = tree.add("Sect")
    title = wording.headline(len(snapshot.lessons), "lesson")
    pieces = chapter_head(sect, "Lessons learnt", title, "lessons")
    if not snapshot.lessons:
        pieces.append(Paragraph("No lesson was put on the shared list.", design.BODY, sect.add("P")))
    listed = sect.add("L", numbering="Decimal")
    for lesson in snapshot.lessons:
        item = listed.add("LI")
        label = Paragraph(str(lesson.number), design.NUMBER, item.add("Lbl"))
        body = item.add("LBody")
        content: list[Piece] = [
            Paragraph(lesson.text, replace(design.BODY, after=4), body.add("P", lang=lesson.language))
        ]
        content += evidence(lesson.evidence, body) if lesson.evidence else ()
        pieces.append(Hanging(label, Stack(content), 26, after=12))
    return Chapter(tuple(pieces))


def positions(snapshot: Snapshot, tree: Element, kicker: str) -> Chapter:
    """Return the matrix of positions: organisations down, recommendations across."""
    sect = tree.add("Sect")
    pieces = chapter_head(sect, kicker, "Who says what", "positions")
    asks = snapshot.recommendations if snapshot.organisations else ()
    if asks:
        pieces.append(_legend(sect))
    pieces += matrix.tables(snapshot, asks, sect)
    if not asks:
        pieces.append(Paragraph("There is no position to show.", design.BODY, sect.add("P")))
    return Chapter(tuple(pieces))


def _legend(sect: Element) -> Piece:
    style = replace(design.CELL, size=7.6)
    words = [wording.stance(stance) for stance in (*STANCES, NO_RECORD)]
    row: list[Piece] = []
    widths: list[float] = []
    for stance, word in zip((*STANCES, NO_RECORD), words, strict=True):
        paragraph = sect.add("P")
        row.append(Symbol(stance, paragraph.add("Figure"), centred=False))
        row.append(Paragraph(word, style, paragraph))
        width = Paragraph(word, style, Element("P")).lines(design.COLUMN)[0].width
        widths += [2 * RADIUS + 4, width + LEGEND_GAP]
    half = 8
    upper = Table(Grid(tuple(widths[:half]), gutter=0), [Row.of(row[:half])])
    lower = Table(Grid(tuple(widths[half:]), gutter=0), [Row.of(row[half:])])
    return Stack([upper, lower], after=14)


def figures(snapshot: Snapshot, tree: Element, kicker: str) -> Chapter:
    """Return the statistics of positions and amendments."""
    sect = tree.add("Sect")
    found = statistics(snapshot)
    pieces = chapter_head(sect, kicker, "In figures", "figures")
    totals = [
        ("Recommendations", f"{found.recommendations:,}, of which adopted: {found.adopted:,}"),
        ("Organisations invited", _made_of(found.organisations, found.kinds)),
        ("Partnerships", f"{found.partnerships:,}"),
        *([("Countries", f"{found.countries:,}")] if found.countries else ()),
        ("Regions", _listed(found.regions) or "–"),
        (
            "Partnerships invited",
            f"{snapshot.participants.invited:,}, of which took part: {snapshot.participants.active:,}",
        ),
        ("Amendments", _made_of(found.amendments, found.amendment_states)),
        ("Comments", f"{found.comments:,}"),
        ("Pieces of evidence", f"{found.evidence:,}"),
    ]
    pieces.append(_two_columns(totals, sect))
    if not snapshot.recommendations:
        return Chapter(tuple(pieces))
    pieces += charts.positions(snapshot, found, sect)
    pieces += charts.convergence(snapshot, sect)
    by_stance = Paragraph("Positions by recommendation", design.SUBHEADING, sect.add("H3"))
    pieces.append(Together([by_stance, _stance_table(found, sect)]))
    by_state = Paragraph("Amendments by recommendation", design.SUBHEADING, sect.add("H3"))
    pieces.append(Together([by_state, _amendment_table(found, sect)]))
    return Chapter(tuple(pieces))


def _listed(pairs: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{wording.plain(word)} {count:,}" for word, count in pairs)


def _made_of(total: int, pairs: Sequence[tuple[str, int]]) -> str:
    return f"{total:,} ({_listed(pairs)})" if pairs else f"{total:,}"


def _two_columns(rows: Sequence[tuple[str, str]], sect: Element) -> Table:
    table = sect.add("Table")
    body = table.add("TBody")
    made = []
    for label, text in rows:
        row = body.add("TR")
        head = Paragraph(label, replace(design.CELL, face=design.CELL.bold), row.add("TH", scope="Row"))
        made.append(Row.of([head, Paragraph(text, design.CELL, row.add("TD"))]))
    return Table(Grid((126, design.COLUMN - 118), padding=3.2, rule=design.HAIRLINE), made)


def _stance_table(found: Statistics, sect: Element) -> Table:
    words = (*STANCES, NO_RECORD)
    labels = ["No", *(wording.sentence(wording.stance(word)) for word in words)]
    rows = [[str(one.recommendation), *(f"{one.stance(word):,}" for word in words)] for one in found.tallies]
    return _numbers(labels, rows, sect)


def _amendment_table(found: Statistics, sect: Element) -> Table:
    groups = (
        ("Accepted", ACCEPTED),
        ("Rejected", ("rejected",)),
        ("Withdrawn", ("withdrawn",)),
        ("Fallen", ("fallen",)),
    )
    rows = []
    for one in found.tallies:
        total = sum(count for _, count in one.amendments)
        decided = [one.decided(*states) for _, states in groups]
        rows.append([str(one.recommendation), *map(str, (total, *decided, total - sum(decided)))])
    return _numbers(["No", "Tabled", *(label for label, _ in groups), "Other"], rows, sect)


def _numbers(labels: Sequence[str], rows: Sequence[Sequence[str]], sect: Element) -> Table:
    table = sect.add("Table")
    body, heads = header_cells(table, len(labels))
    right = design.CELL_HEAD_RIGHT
    header: list[Piece] = [Paragraph(labels[0], design.CELL_HEAD, heads[0])]
    header += [Paragraph(label, right, head) for label, head in zip(labels[1:], heads[1:], strict=True)]
    made = []
    for values in rows:
        row = body.add("TR")
        cells: list[Piece] = [Paragraph(values[0], design.CELL, row.add("TH", scope="Row"))]
        cells += [Paragraph(value, design.CELL_RIGHT, row.add("TD")) for value in values[1:]]
        made.append(Row.of(cells))
    first = 26.0
    gutter = 6
    others = (design.COLUMN + gutter - first) / (len(labels) - 1)
    grid = Grid(
        (first, *[others] * (len(labels) - 1)),
        gutter=gutter,
        padding=3.2,
        rule=design.HAIRLINE,
        header_rule=design.RULE,
    )
    return Table(grid, made, header=Row.of(header), after=10)


def origins(snapshot: Snapshot, tree: Element, kicker: str) -> Chapter:
    """Return where the words come from, for the paragraphs that more than one hand has written."""
    sect = tree.add("Sect")
    pieces = chapter_head(sect, kicker, "Where the words come from", "origins")
    note = (
        "Shown are the paragraphs that amendments changed; all others stand as first drafted. The number before words "
        "says, at the right, where they come from."
    )
    pieces.append(Paragraph(note, design.BODY, sect.add("P")))
    found = {ask.number: listed for ask in snapshot.recommendations if (listed := tuple(passages(ask)))}
    if found:
        pieces.append(_origin_table(found, sect))
    return Chapter(tuple(pieces))


def _origin_table(found: Mapping[int, Sequence[Sequence[tuple[str, str]]]], sect: Element) -> Table:
    """Return one table, so that a recommendation that goes on there is named again on the next page."""
    table = sect.add("Table")
    head = table.add("THead").add("TR")
    labels = [
        Paragraph(label, design.CELL_HEAD, head.add("TH", scope="Column")) for label in ("Words", "From")
    ]
    rows = []
    for number, listed in found.items():
        body = table.add("TBody")
        named = body.add("TR")
        title = Paragraph(f"Recommendation {number}", design.GROUP, named.add("TH", scope="Row"))
        named.add("TD")
        rows += [Row.naming(title), *(_origin_row(passage, body.add("TR")) for passage in listed)]
    columns = (design.COLUMN - 140, 148)
    grid = Grid(columns, padding=4, rule=design.HAIRLINE, header_rule=design.RULE)
    return Table(grid, rows, header=Row.of(labels))


def _origin_row(passage: Sequence[tuple[str, str]], row: Element) -> Row:
    style, sign = replace(design.SMALL, after=0), replace(design.CELL, colour=design.ACCENT)
    numbers = {origin: at for at, origin in enumerate(dict.fromkeys(origin for _, origin in passage), 1)}
    words: list[Words] = []
    for text, origin in passage:
        begins = len(text) - len(text.lstrip())
        words += [
            style.words(text[:begins]),
            sign.strong(f"[{numbers[origin]}]{NO_BREAK}"),
            style.words(text[begins:]),
        ]
    cell, listed = row.add("TD"), row.add("TD")
    told = [
        Paragraph(
            [sign.strong(f"[{number}] "), design.CELL.words(origin)],
            replace(design.CELL, after=2),
            listed.add("P"),
        )
        for origin, number in numbers.items()
    ]
    return Row.of([Paragraph(words, style, cell.add("P")), Stack(told)])


def participants(snapshot: Snapshot, tree: Element, kicker: str) -> Chapter:
    """Return who was invited, by region."""
    sect = tree.add("Sect")
    pieces = chapter_head(sect, kicker, INVITED, "participants")
    if snapshot.participants.note:
        pieces.append(Paragraph(snapshot.participants.note, design.BODY, sect.add("P")))
    if not snapshot.organisations:
        pieces.append(Paragraph("No organisation is invited yet.", design.BODY, sect.add("P")))
    else:
        pieces.append(Wide(_participant_table(matrix.by_region(snapshot.organisations), sect), matrix.REACH))
    return Chapter(tuple(pieces))


def _participant_table(regions: Sequence[tuple[str, Sequence[Organisation]]], sect: Element) -> Table:
    """Return one table, so that a region that goes on there is named again on the next page."""
    table = sect.add("Table")
    labels = ("Organisation", "Country", "Kind", "Partnership")
    head = table.add("THead").add("TR")
    header = Row.of([Paragraph(label, design.CELL_HEAD, head.add("TH", scope="Column")) for label in labels])
    rows = []
    for region, members in regions:
        body = table.add("TBody")
        named = body.add("TR")
        rows.append(
            Row.naming(Paragraph(region or matrix.OTHERS, design.GROUP, named.add("TH", scope="Row")))
        )
        named.add("TD", columns=len(labels) - 1)
        rows += [_participant(one, body.add("TR")) for one in members]
    width = design.COLUMN + matrix.REACH + 8
    columns = (width * 0.25, width * 0.18, width * 0.13, width * 0.44)
    grid = Grid(columns, padding=2.6, rule=design.HAIRLINE, header_rule=design.RULE)
    return Table(grid, rows, header=header)


def _participant(member: Organisation, row: Element) -> Row:
    texts = (member.country, wording.plain(member.kind), member.partnership)
    cells = [_cell(member.name, design.CELL, row.add("TH", scope="Row"))]
    cells += [_cell(text, replace(design.CELL, colour=design.GREY), row.add("TD")) for text in texts]
    return Row.of(cells)


def _cell(text: str, style: Style, element: Element) -> Piece:
    return Paragraph(text or "–", style, element)


def history(snapshot: Snapshot, tree: Element, kicker: str) -> Chapter:
    """Return the steps that led to the edition, and where the record stood."""
    sect = tree.add("Sect")
    pieces = chapter_head(sect, kicker, "How this edition came about", "history")
    rows = [(wording.moment(step.at), step.what) for step in snapshot.steps]
    rows.append((wording.moment(snapshot.assembled_at), f"Edition {snapshot.edition} was assembled."))
    pieces.append(_two_columns(rows, sect))
    pieces.append(Paragraph("The record", design.SUBHEADING, sect.add("H3")))
    sentence = (
        f"Everything that happened is kept in a record to which entries can only be added. "
        f"When this edition was assembled, its newest entry was number{NO_BREAK}{snapshot.record.sequence:,}, with the "
        "hash"
    )
    pieces.append(Paragraph(sentence, replace(design.BODY, after=3), sect.add("P")))
    pieces.append(Paragraph(snapshot.record.hash, design.LABEL_INK, sect.add("P")))
    return Chapter(tuple(pieces))
