"""The annex on the record: its newest signed checkpoint, and the entry that tells of each position."""

from collections.abc import Sequence
from dataclasses import replace

from service.adapters.pdf import design
from service.adapters.pdf.fonts import Face
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Framed, Piece, Stack
from service.adapters.pdf.structure import Element
from service.adapters.pdf.tables import Grid, Row, Table, header_cells
from service.adapters.pdf.voice import Voice
from service.domain.publication import Recommendation, Snapshot
from service.domain.receipts import Receipts

MOST_COLUMNS = 12
ENTRY_COLUMN = 25.0
PADDING = 14.0
# With serifs, so that I, l and 1 are told apart.
CODE = replace(design.LABEL_INK, face=Face.SERIF, size=8.4, leading=11.6)
COMMAND = "sympolity verify proofs.json"


def record(snapshot: Snapshot, tree: Element, kicker: str, voice: Voice) -> Chapter:
    """Return the checkpoint as it is signed, and the entries of the positions."""
    sect = tree.add("Sect")
    pieces = chapter_head(voice, sect, kicker, voice.say("What the record proves"), "record")
    if snapshot.proofs is None:
        return Chapter(tuple(pieces))
    about = voice.say(
        "A checkpoint is a signed note: it fixes how long the record was, and a hash over all of it. Below is the "
        "newest one that covers the positions printed in this paper. Whoever kept a checkpoint, from a mail or a "
        "receipt, can compare: an entry that was changed, moved or left out since would lead to another hash."
    )
    pieces.append(Paragraph(about, design.BODY, sect.add("P", lang=voice.lang)))
    pieces.append(_note(snapshot.proofs, sect, voice))
    asks = [ask for ask in snapshot.recommendations if any(one.entry for one in ask.positions)]
    if asks and snapshot.organisations:
        title = voice.say("Where each position stands")
        receipts = voice.say(
            "The number of the record’s entry by which each organisation took the position that is printed. The file "
            "proofs.json, attached to this one, holds each of these entries with the hashes that lead from it to the "
            "checkpoint. It is checked by this command:"
        )
        pieces.append(Paragraph(title, design.SUBHEADING, sect.add("H3", lang=voice.lang)))
        pieces.append(Paragraph(receipts, replace(design.BODY, after=4), sect.add("P", lang=voice.lang)))
        pieces.append(Paragraph(COMMAND, replace(CODE, after=10), sect.add("Code")))
    for start in range(0, len(asks), MOST_COLUMNS):
        pieces.append(_entries(snapshot, asks[start : start + MOST_COLUMNS], sect, voice))
    return Chapter(tuple(pieces))


def _note(proofs: Receipts, sect: Element, voice: Voice) -> Piece:
    box = sect.add("Div")
    lines: list[Piece] = [
        Paragraph(line, replace(CODE, after=2), box.add("P"))
        for line in filter(None, proofs.checkpoint.splitlines())
    ]
    style = replace(design.LABEL_STRONG, before=8, after=2)
    lines.append(Paragraph(voice.say("The key that signs"), style, box.add("P", lang=voice.lang)))
    lines.append(Paragraph(proofs.public_key, CODE, box.add("P")))
    return Framed(Stack(lines), frame=design.RULE, padding=PADDING, before=8, after=10)


def _entries(snapshot: Snapshot, asks: Sequence[Recommendation], sect: Element, voice: Voice) -> Table:
    table = sect.add("Table")
    body, heads = header_cells(table, 1 + len(asks))
    heads[0].lang = voice.lang
    header: list[Piece] = [Paragraph(voice.say("Organisation"), design.CELL_HEAD, heads[0])]
    header += [
        Paragraph(str(ask.number), design.CELL_HEAD_RIGHT, head)
        for ask, head in zip(asks, heads[1:], strict=True)
    ]
    entries = [{one.organisation: one.entry for one in ask.positions if one.entry} for ask in asks]
    rows = []
    for organisation in snapshot.organisations:
        if not any(organisation.id in known for known in entries):
            continue
        row = body.add("TR")
        cells: list[Piece] = [Paragraph(organisation.name, design.CELL, row.add("TH", scope="Row"))]
        cells += [
            Paragraph(str(known.get(organisation.id, "–")), design.CELL_RIGHT, row.add("TD"))
            for known in entries
        ]
        rows.append(Row.of(cells))
    columns = (design.COLUMN + 4 - ENTRY_COLUMN * len(asks), *[ENTRY_COLUMN] * len(asks))
    grid = Grid(columns, gutter=4, padding=2.6, rule=design.HAIRLINE, header_rule=design.RULE)
    return Table(grid, rows, header=Row.of(header), after=16)
