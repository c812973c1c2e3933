"""The list of all amendments and what became of each, in the two columns that parliaments use."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.adapters.pdf import design, wording
from service.adapters.pdf.front import chapter_head
from service.adapters.pdf.linebreaking import Words
from service.adapters.pdf.pages import Chapter
from service.adapters.pdf.paragraphs import Paragraph
from service.adapters.pdf.pieces import Piece, Stack, Together
from service.adapters.pdf.recommendations import set_words
from service.adapters.pdf.structure import Element
from service.adapters.pdf.tables import Grid, Row, Table, header_cells
from service.domain.dates import day
from service.domain.publication import Amendment, Recommendation, Snapshot
from service.domain.text.describe import describe_marks
from service.domain.text.display import BlockChange, BlockState, redline
from service.domain.text.looks import Look
from service.domain.text.spans import Piece as SpanPiece
from service.domain.text.spans import SpanState

HALF = design.COLUMN / 2
NAMED = 1
PLACES = {1: "title", 2: "ask"}
_NOW = {
    BlockState.MOVED: "moved here",
    BlockState.SPLIT: "now a paragraph of its own",
    BlockState.JOINED: "joined with what followed",
}


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
    table = columns(redline(amendment.base, amendment.amended), sect)
    foreign = amendment.language if amendment.language != snapshot.language else ""
    foot = Paragraph(_outcome(amendment, foreign), replace(design.SMALL, before=3, after=4), sect.add("P"))
    yield Together([*head, table, foot], before=design.MINOR.before)


def columns(
    changes: Sequence[BlockChange], sect: Element, names: tuple[str, str] = ("Text proposed", "Amendment")
) -> Table:
    """Return what changes in two columns, as parliaments print it: before at the left, after at the right."""
    table = sect.add("Table")
    body, (left, right) = header_cells(table, 2)
    header = Row.of(
        [Paragraph(name, design.LABEL, head) for name, head in zip(names, (left, right), strict=True)]
    )
    rows = []
    for change in changes:
        if change.state is BlockState.KEPT:
            continue
        row = body.add("TR")
        rows.append(Row.of([_before(change, row.add("TD")), _after(change, row.add("TD"))]))
    return Table(Grid((HALF + 4, HALF + 4), gutter=16, padding=2), rows, header=header)


def _before(change: BlockChange, cell: Element) -> Piece:
    spans = [span for span in change.spans if span.state is not SpanState.INSERTED]
    if not spans:
        return _remark("new", cell)
    words = [_words(span.state, piece, piece.was or piece.look) for span in spans for piece in span.pieces]
    return Paragraph(words, design.REDLINE, cell.add("P"))


def _after(change: BlockChange, cell: Element) -> Piece:
    if change.after is None:
        return _remark("deleted", cell)
    spans = [span for span in change.spans if span.state is not SpanState.REMOVED]
    words = [_words(span.state, piece, piece.look) for span in spans for piece in span.pieces]
    pieces: list[Piece] = []
    if change.state in _NOW:
        pieces.append(_remark(_NOW[change.state], cell))
    if change.before is not None and change.before.kind is not change.kind:
        pieces.append(_remark(f"now a {wording.plain(change.kind)}", cell))
    pieces.append(Paragraph(words, design.REDLINE, cell.add("P")))
    # Below the text, so that the text is read without a break.
    pieces += [_remark(sentence.text, cell) for sentence in describe_marks(change)]
    return Stack(pieces) if len(pieces) > 1 else pieces[0]


def _remark(text: str, cell: Element) -> Piece:
    style = replace(design.REDLINE, colour=design.GREY)
    return Paragraph([style.emphasis(text)], style, cell.add("P"))


def _words(state: SpanState, piece: SpanPiece, look: Look) -> Words:
    style, mark = design.REDLINE, ""
    if state is SpanState.INSERTED:
        # What comes in is bold; where it is to be slanted as well, the underline alone tells it.
        mark, look = "underline", look if look.emphasis else replace(look, strong=True)
    elif state is SpanState.REMOVED:
        style, mark = replace(style, colour=design.RUST), "strike"
    return replace(set_words(style, piece.text, look, mark), heavy=piece.altered)


def _outcome(amendment: Amendment, language: str) -> list[Words]:
    """Return what was said for it and what became of it; the justification may be in another language."""
    style = design.SMALL
    words = [
        style.strong("Justification. "),
        style.words(amendment.justification, language=language),
        style.words(" "),
    ]
    when = f" on {day(amendment.decided_on)}" if amendment.decided_on else ""
    words += [style.strong(wording.sentence(amendment.state)), style.words(f"{when}.")]
    if amendment.reason:
        words += [style.words(" "), style.words(amendment.reason, language=amendment.reason_language)]
    if amendment.incorporated_in is not None:
        words.append(style.words(f" Worked into version {amendment.incorporated_in}."))
    return words
