"""The list of all amendments and what became of each, in the two columns that parliaments use."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.adapters.pdf import design, redlining, wording
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.linebreaking import Words
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph, Style
from service.adapters.pdf.pieces import Piece, Stack, Together
from service.adapters.pdf.redlining import Pair, Run
from service.adapters.pdf.structure import Element
from service.adapters.pdf.tables import Grid, Row, Table, header_cells
from service.domain.publication import Amendment, Recommendation, Snapshot

HALF = design.COLUMN / 2
NAMED = 1
PLACES = {1: "title", 2: "ask"}


def amendments(snapshot: Snapshot, tree: Element, kicker: str) -> Chapter:
    """Return the chapter of amendments, by recommendation."""
    sect = tree.add("Sect")
    total = sum(len(ask.amendments) for ask in snapshot.recommendations)
    pieces = chapter_head(sect, kicker, "Every amendment, and what became of it", "amendments")
    if not total:
        pieces.append(Paragraph("No amendment was tabled.", design.BODY, sect.add("P")))
    else:
        pieces.append(Paragraph(_reading_note(), design.BODY, sect.add("P")))
    for ask in snapshot.recommendations:
        if ask.amendments:
            title = f"To recommendation {ask.number}: {ask.title}"
            style = replace(design.SUBHEADING, before=26, after=2, balanced=True)
            pieces.append(Paragraph(title, style, sect.add("H3")))
        for amendment in ask.amendments:
            pieces += _amendment(snapshot, ask, amendment, sect)
    return Chapter(tuple(pieces))


def _reading_note() -> list[Words]:
    style = design.BODY
    return [
        style.words("At the left the text as it stood, with what the amendment takes out "),
        replace(style, colour=design.RUST).words("struck out", mark="strike"),
        style.words("; at the right the text as it would stand, with what it brings in "),
        style.strong("bold and underlined", mark="underline"),
        style.words("."),
    ]


def _amendment(
    snapshot: Snapshot, ask: Recommendation, amendment: Amendment, sect: Element
) -> Iterator[Piece]:
    names = [snapshot.organisation_name(one) for one in amendment.organisations]
    place = PLACES.get(amendment.target, f"paragraph {amendment.target}")
    who = names[0] if names else "no organisation"
    others = f" and {wording.count(len(names) - NAMED, 'other')}" if len(names) > NAMED else ""
    title = (
        f"Amendment {amendment.number} to recommendation {ask.number}, {place} · {who}{others} · "
        f"Or. {amendment.language}"
    )
    head: list[Piece] = [Paragraph(title, design.MINOR, sect.add("H4"))]
    if others:
        head.append(Paragraph(f"Tabled by {', '.join(names)}", design.LABEL_STAYS, sect.add("P")))
    if amendment.compromise_of:
        covered = ", ".join(map(str, amendment.compromise_of))
        head.append(Paragraph(f"Compromise covering amendments {covered}", design.LABEL_STAYS, sect.add("P")))
    table = _columns(redlining.pairs(amendment.base, amendment.amended), sect)
    foot = Paragraph(_outcome(amendment), replace(design.SMALL, before=3, after=4), sect.add("P"))
    yield Together([*head, table, foot], before=design.MINOR.before)


def _columns(pairs: Sequence[Pair], sect: Element) -> Table:
    table = sect.add("Table")
    body, (left, right) = header_cells(table, 2)
    header = Row.of(
        [Paragraph("Text proposed", design.LABEL, left), Paragraph("Amendment", design.LABEL, right)]
    )
    rows = []
    for pair in pairs:
        row = body.add("TR")
        before, after = row.add("TD"), row.add("TD")
        rows.append(
            Row.of(
                [
                    _side(pair.before, before, mark="strike", absent="New text"),
                    _side(pair.after, after, mark="underline", absent="deleted"),
                ]
            )
        )
    return Table(Grid((HALF + 4, HALF + 4), gutter=16, padding=2), rows, header=header)


def _side(runs: Sequence[Run], cell: Element, *, mark: str, absent: str) -> Piece:
    style = design.REDLINE
    if not runs:
        return Paragraph([style.emphasis(absent)], replace(style, colour=design.GREY), cell.add("P"))
    return Stack([Paragraph([_run(run, style, mark) for run in runs], style, cell.add("P"))])


def _run(run: Run, style: Style, mark: str) -> Words:
    if not run.changed:
        return style.words(run.text)
    if mark == "underline":
        return style.strong(run.text, mark=mark)
    return replace(style, colour=design.RUST).words(run.text, mark=mark)


def _outcome(amendment: Amendment) -> list[Words]:
    style = design.SMALL
    words = [style.strong("Justification. "), style.words(f"{amendment.justification} ")]
    when = f" on {wording.day(amendment.decided_on)}" if amendment.decided_on else ""
    words += [style.strong(wording.sentence(amendment.state)), style.words(f"{when}.")]
    if amendment.reason:
        words.append(style.words(f" {amendment.reason}"))
    if amendment.incorporated_in is not None:
        words.append(style.words(f" Worked into version {amendment.incorporated_in}."))
    return words
