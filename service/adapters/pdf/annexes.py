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
from service.adapters.pdf.voice import Voice, begun, plain
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
MOST_SIGNS = 4


def lessons(snapshot: Snapshot, tree: Element, voice: Voice) -> Chapter:
    """Return the shared list of lessons learnt."""
    sect = tree.add("Sect")
    title = wording.lessons(voice, len(snapshot.lessons))
    pieces = chapter_head(voice, sect, voice.say("Lessons learnt"), title, "lessons")
    if not snapshot.lessons:
        none = voice.say("No lesson was put on the shared list.")
        pieces.append(Paragraph(none, design.BODY, sect.add("P", lang=voice.lang)))
    listed = sect.add("L", numbering="Decimal")
    for lesson in snapshot.lessons:
        item = listed.add("LI")
        label = Paragraph(str(lesson.number), design.NUMBER, item.add("Lbl"))
        body = item.add("LBody")
        content: list[Piece] = [
            Paragraph(lesson.text, replace(design.BODY, after=4), body.add("P", lang=lesson.language))
        ]
        content += evidence(lesson.evidence, body, voice) if lesson.evidence else ()
        pieces.append(Hanging(label, Stack(content), 26, after=12))
    return Chapter(tuple(pieces))


def positions(snapshot: Snapshot, tree: Element, kicker: str, voice: Voice) -> Chapter:
    """Return the matrix of positions: organisations down, recommendations across."""
    sect = tree.add("Sect")
    pieces = chapter_head(voice, sect, kicker, voice.say("Who says what"), "positions")
    asks = snapshot.recommendations if snapshot.organisations else ()
    if asks:
        pieces.append(_legend(sect, voice))
    pieces += matrix.tables(snapshot, asks, sect, voice)
    if not asks:
        none = voice.say("There is no position to show.")
        pieces.append(Paragraph(none, design.BODY, sect.add("P", lang=voice.lang)))
    return Chapter(tuple(pieces))


def _legend(sect: Element, voice: Voice) -> Piece:
    """Return the signs with their words, in as many rows as it takes."""
    style = replace(design.CELL, size=7.6)
    rows: list[Piece] = []
    row: list[Piece] = []
    widths: list[float] = []
    for stance in (*STANCES, NO_RECORD):
        word = wording.stance(voice, stance)
        paragraph = sect.add("P", lang=voice.lang)
        symbol = Symbol(stance, paragraph.add("Figure"), word, centred=False)
        needed = Paragraph(word, style, Element("P")).lines(design.COLUMN)[0].width + LEGEND_GAP
        if len(row) == 2 * MOST_SIGNS or sum(widths) + 2 * RADIUS + 4 + needed > design.COLUMN + LEGEND_GAP:
            rows.append(Table(Grid(tuple(widths), gutter=0), [Row.of(row)]))
            row, widths = [], []
        row += [symbol, Paragraph(word, style, paragraph)]
        widths += [2 * RADIUS + 4, needed]
    rows.append(Table(Grid(tuple(widths), gutter=0), [Row.of(row)]))
    return Stack(rows, after=14)


def figures(snapshot: Snapshot, tree: Element, kicker: str, voice: Voice) -> Chapter:
    """Return the statistics of positions and amendments."""
    sect = tree.add("Sect")
    found = statistics(snapshot)
    pieces = chapter_head(voice, sect, kicker, voice.say("In figures"), "figures")
    totals = [(label, text, voice.lang) for label, text in _totals(snapshot, found, voice)]
    pieces.append(_two_columns(totals, sect, voice.lang))
    if not snapshot.recommendations:
        return Chapter(tuple(pieces))
    pieces += charts.positions(snapshot, found, sect, voice)
    pieces += charts.convergence(snapshot, sect, voice)
    for title, table in (
        (voice.say("Positions by recommendation"), _stance_table),
        (voice.say("Amendments by recommendation"), _amendment_table),
    ):
        heading = Paragraph(title, design.SUBHEADING, sect.add("H3", lang=voice.lang))
        pieces.append(Together([heading, table(found, sect, voice)]))
    return Chapter(tuple(pieces))


def _totals(snapshot: Snapshot, found: Statistics, voice: Voice) -> list[tuple[str, str]]:
    say, number, people = voice.say, voice.number, snapshot.participants
    adopted = {"total": found.recommendations, "count": found.adopted}
    active = {"total": people.invited, "count": people.active}
    return [
        (say("Recommendations"), say("%(total)s, of which adopted: %(count)s", adopted)),
        (say("Organisations invited"), _made_of(found.organisations, found.kinds, voice)),
        (say("Partnerships"), number(found.partnerships)),
        *([(say("Countries"), number(found.countries))] if found.countries else ()),
        (say("Regions"), _listed(found.regions, voice) or "–"),
        (say("Partnerships invited"), say("%(total)s, of which took part: %(count)s", active)),
        (say("Amendments"), _made_of(found.amendments, found.amendment_states, voice)),
        (say("Comments"), number(found.comments)),
        (say("Pieces of evidence"), number(found.evidence)),
    ]


def _listed(pairs: Sequence[tuple[str, int]], voice: Voice) -> str:
    return ", ".join(f"{voice.known(plain(word))} {voice.number(count)}" for word, count in pairs)


def _made_of(total: int, pairs: Sequence[tuple[str, int]], voice: Voice) -> str:
    return f"{voice.number(total)} ({_listed(pairs, voice)})" if pairs else voice.number(total)


def _two_columns(rows: Sequence[tuple[str, str, str]], sect: Element, own: str) -> Table:
    """Return labels, in the language `own`, each with its text and the language of that, where these are others."""
    table = sect.add("Table")
    body = table.add("TBody")
    made = []
    for label, text, told in rows:
        row = body.add("TR")
        bold = replace(design.CELL, face=design.CELL.bold)
        head = Paragraph(label, bold, row.add("TH", scope="Row", lang=own))
        made.append(Row.of([head, Paragraph(text, design.CELL, row.add("TD", lang=told))]))
    return Table(Grid((126, design.COLUMN - 118), padding=3.2, rule=design.HAIRLINE), made)


def _stance_table(found: Statistics, sect: Element, voice: Voice) -> Table:
    words = (*STANCES, NO_RECORD)
    labels = [voice.say("No"), *(begun(wording.stance(voice, word)) for word in words)]
    rows = [
        [str(one.recommendation), *(voice.number(one.stance(word)) for word in words)]
        for one in found.tallies
    ]
    return _numbers(labels, rows, sect, voice)


def _amendment_table(found: Statistics, sect: Element, voice: Voice) -> Table:
    groups = (ACCEPTED, ("rejected",), ("withdrawn",), ("fallen",))
    rows = []
    for one in found.tallies:
        total = sum(count for _, count in one.amendments)
        decided = [one.decided(*states) for states in groups]
        rows.append([str(one.recommendation), *map(str, (total, *decided, total - sum(decided)))])
    labels = [begun(voice.word("AmendmentState", states[0])) for states in groups]
    labels = [voice.say("No"), voice.say("Tabled"), *labels, voice.say("Other")]
    return _numbers(labels, rows, sect, voice)


def _numbers(labels: Sequence[str], rows: Sequence[Sequence[str]], sect: Element, voice: Voice) -> Table:
    table = sect.add("Table")
    body, heads = header_cells(table, len(labels))
    for head in heads:
        head.lang = voice.lang
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


def origins(snapshot: Snapshot, tree: Element, kicker: str, voice: Voice) -> Chapter:
    """Return where the words come from, for the paragraphs that more than one hand has written."""
    sect, own = tree.add("Sect"), voice.lang
    pieces = chapter_head(voice, sect, kicker, voice.say("Where the words come from"), "origins")
    note = voice.say(
        "Shown are the paragraphs that amendments changed; all others stand as first drafted. The number before words "
        "says, at the right, where they come from."
    )
    pieces.append(Paragraph(note, design.BODY, sect.add("P", lang=own)))
    found = {ask.number: listed for ask in snapshot.recommendations if (listed := tuple(passages(ask)))}
    if found:
        pieces.append(_origin_table(found, sect, voice))
    return Chapter(tuple(pieces))


def _origin_table(
    found: Mapping[int, Sequence[Sequence[tuple[str, str]]]], sect: Element, voice: Voice
) -> Table:
    """Return one table, so that a recommendation that goes on there is named again on the next page."""
    table, own = sect.add("Table"), voice.lang
    head = table.add("THead").add("TR")
    labels = [
        Paragraph(label, design.CELL_HEAD, head.add("TH", scope="Column", lang=own))
        for label in (voice.say("Words"), voice.say("From"))
    ]
    rows = []
    for number, listed in found.items():
        body = table.add("TBody")
        named = body.add("TR")
        name = wording.recommendation(voice, number)
        title = Paragraph(name, design.GROUP, named.add("TH", scope="Row", lang=own))
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


def participants(snapshot: Snapshot, tree: Element, kicker: str, voice: Voice) -> Chapter:
    """Return who was invited, by region."""
    sect, own = tree.add("Sect"), voice.lang
    pieces = chapter_head(voice, sect, kicker, voice.say("Who was invited"), "participants")
    if snapshot.participants.note:
        pieces.append(Paragraph(snapshot.participants.note, design.BODY, sect.add("P")))
    if not snapshot.organisations:
        none = voice.say("No organisation is invited yet.")
        pieces.append(Paragraph(none, design.BODY, sect.add("P", lang=own)))
    else:
        table = _participant_table(matrix.by_region(snapshot.organisations), sect, voice)
        pieces.append(Wide(table, matrix.REACH))
    return Chapter(tuple(pieces))


def _participant_table(
    regions: Sequence[tuple[str, Sequence[Organisation]]], sect: Element, voice: Voice
) -> Table:
    """Return one table, so that a region that goes on there is named again on the next page."""
    table, own = sect.add("Table"), voice.lang
    labels = (voice.say("Organisation"), voice.say("Country"), voice.say("Kind"), voice.say("Partnership"))
    head = table.add("THead").add("TR")
    header = Row.of(
        [Paragraph(label, design.CELL_HEAD, head.add("TH", scope="Column", lang=own)) for label in labels]
    )
    rows = []
    for region, members in regions:
        body = table.add("TBody")
        named = body.add("TR")
        title = matrix.region_of(region, voice)
        rows.append(Row.naming(Paragraph(title, design.GROUP, named.add("TH", scope="Row", lang=own))))
        named.add("TD", columns=len(labels) - 1)
        rows += [_participant(one, body.add("TR"), voice) for one in members]
    width = design.COLUMN + matrix.REACH + 8
    columns = (width * 0.25, width * 0.18, width * 0.13, width * 0.44)
    grid = Grid(columns, padding=2.6, rule=design.HAIRLINE, header_rule=design.RULE)
    return Table(grid, rows, header=header)


def _participant(member: Organisation, row: Element, voice: Voice) -> Row:
    kind = voice.known(plain(member.kind))
    texts = ((member.country, ""), (kind, voice.lang), (member.partnership, ""))
    style = replace(design.CELL, colour=design.GREY)
    cells = [_cell(member.name, design.CELL, row.add("TH", scope="Row"))]
    cells += [_cell(text, style, row.add("TD", lang=language)) for text, language in texts]
    return Row.of(cells)


def _cell(text: str, style: Style, element: Element) -> Piece:
    return Paragraph(text or "–", style, element)


def history(snapshot: Snapshot, tree: Element, kicker: str, voice: Voice) -> Chapter:
    """Return the steps that led to the edition, and where the record stood."""
    sect, own = tree.add("Sect"), voice.lang
    pieces = chapter_head(voice, sect, kicker, voice.say("How this edition came about"), "history")
    steps = [
        (voice.moment(step.at), voice.known(step.what), wording.house_language(voice, step.what))
        for step in snapshot.steps
    ]
    assembled = voice.say("Edition %(number)s was assembled.", {"number": str(snapshot.edition)})
    steps.append((voice.moment(snapshot.assembled_at), assembled, own))
    pieces.append(_two_columns(steps, sect, own))
    pieces.append(Paragraph(voice.say("The record"), design.SUBHEADING, sect.add("H3", lang=own)))
    newest = voice.say("number %(number)s", {"number": snapshot.record.sequence})
    sentence = voice.say(
        "Everything that happened is kept in a record to which entries can only be added. When this edition was "
        "assembled, its newest entry was %(entry)s, with the hash",
        {"entry": newest.replace(" ", NO_BREAK)},
    )
    pieces.append(Paragraph(sentence, replace(design.BODY, after=3), sect.add("P", lang=own)))
    pieces.append(Paragraph(snapshot.record.hash, design.LABEL_INK, sect.add("P")))
    return Chapter(tuple(pieces))
