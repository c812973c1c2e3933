"""The annex that says which claim rests on which evidence."""

from collections.abc import Sequence
from dataclasses import replace

from service.adapters.pdf import design
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.linebreaking import Words
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Piece, Stack, Together
from service.adapters.pdf.recommendations import may_lead
from service.adapters.pdf.structure import Element
from service.adapters.pdf.tables import Grid, Row, Table, header_cells
from service.domain.anatomy import claims, unnamed
from service.domain.publication import Evidence, Recommendation, Snapshot

CLAIM = 0.5
WHOLE = "The recommendation as a whole"


def evidence(snapshot: Snapshot, tree: Element, kicker: str) -> Chapter:
    """Return, by recommendation, the paragraphs that evidence was named for, and that evidence."""
    sect = tree.add("Sect")
    pieces = chapter_head(sect, kicker, "What rests on what", "basis")
    note = "At the left the words that are underpinned, at the right the source, the page and what it says there."
    pieces.append(Paragraph(note, design.BODY, sect.add("P")))
    for ask in snapshot.recommendations:
        if ask.evidence:
            pieces += _of_one(ask, sect)
    without = [str(ask.number) for ask in snapshot.recommendations if not ask.evidence]
    if without:
        label = "Recommendation" if len(without) == 1 else "Recommendations"
        text = f"{label} for which no evidence was given: {', '.join(without)}."
        pieces.append(Paragraph(text, replace(design.SMALL, before=14), sect.add("P")))
    return Chapter(tuple(pieces))


def _of_one(ask: Recommendation, sect: Element) -> list[Piece]:
    title = f"Recommendation {ask.number}: {ask.title}"
    heading = Paragraph(title, replace(design.SUBHEADING, balanced=True), sect.add("H3"))
    table = sect.add("Table")
    body, (left, right) = header_cells(table, 2)
    header = Row.of([Paragraph("Claim", design.LABEL, left), Paragraph("Evidence", design.LABEL, right)])
    rows = []
    for claim, listed in claims(ask):
        row = body.add("TR")
        words = replace(design.SMALL, after=0)
        cell = row.add("TD")
        said: Piece = (
            Paragraph(claim, words, cell)
            if claim
            else Paragraph([words.emphasis(WHOLE)], replace(words, colour=design.GREY), cell)
        )
        rows.append(Row.of([said, _cited(listed, row.add("TD"))]))
    width = design.COLUMN + 8
    grid = Grid(
        (width * CLAIM, width * (1 - CLAIM)),
        gutter=16,
        padding=4,
        rule=design.HAIRLINE,
        header_rule=design.RULE,
    )
    pieces: list[Piece] = [
        Together([heading, Table(grid, rows, header=header)], before=design.SUBHEADING.before)
    ]
    bare = unnamed(ask)
    if bare:
        label = "Paragraph" if len(bare) == 1 else "Paragraphs"
        text = f"{label} that no evidence names: {', '.join(map(str, bare))}."
        pieces.append(Paragraph(text, replace(design.FINE, before=5), sect.add("P")))
    return pieces


def _cited(listed: Sequence[Evidence], cell: Element) -> Piece:
    return Stack([Paragraph(_citation(one), replace(design.CELL, after=3), cell.add("P")) for one in listed])


def _citation(one: Evidence) -> list[Words]:
    style = design.CELL
    where = ", ".join(part for part in (one.source, f"p. {one.page}" if one.page else "") if part)
    words = [style.strong(f"{one.number} "), style.words(one.title, language=one.language)]
    if where:
        words.append(replace(style, colour=design.GREY).words(f". {where}"))
    if one.quotation:
        words += [style.words(": "), style.words(f"“{one.quotation}”", language=one.language)]
    if one.url:
        words += [style.words(" "), style.words(one.url, target=one.url if may_lead(one.url) else "")]
    return words
