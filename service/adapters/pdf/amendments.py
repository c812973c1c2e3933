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
from service.adapters.pdf.voice import Voice
from service.domain.publication import Amendment, Recommendation, Snapshot
from service.domain.renditions import tree
from service.domain.renditions.voice import woven
from service.domain.text.describe import describe_marks
from service.domain.text.display import BlockChange, BlockState, redline
from service.domain.text.looks import Look
from service.domain.text.spans import Piece as SpanPiece
from service.domain.text.spans import SpanState

HALF = design.COLUMN / 2
NAMED = 1
TITLE, ASK = 1, 2


def amendments(snapshot: Snapshot, root: Element, kicker: str, voice: Voice) -> Chapter:
    """Return the chapter of amendments, by recommendation."""
    sect = root.add("Sect")
    total = sum(len(ask.amendments) for ask in snapshot.recommendations)
    title = voice.say("Every amendment, and what became of it")
    pieces = chapter_head(voice, sect, kicker, title, "amendments")
    told = _reading_note(voice) if total else voice.say("No amendment was tabled.")
    pieces.append(Paragraph(told, design.BODY, sect.add("P", lang=voice.lang)))
    for ask in snapshot.recommendations:
        if ask.amendments:
            style = replace(design.SUBHEADING, before=26, after=2, balanced=True)
            values = {"number": str(ask.number), "title": ask.title}
            words = wording.mixed(voice, style, "To recommendation %(number)s: %(title)s", values)
            pieces.append(Paragraph(words, style, sect.add("H3")))
        for amendment in ask.amendments:
            pieces += _amendment(snapshot, ask, amendment, sect, voice)
    return Chapter(tuple(pieces))


def _reading_note(voice: Voice) -> list[Words]:
    style = design.BODY
    signs = {
        "removed": replace(style, colour=design.RUST).words(voice.say("struck out"), mark="strike"),
        "added": style.strong(voice.say("bold and underlined"), mark="underline"),
    }
    told = woven(
        voice,
        "At the left the text as it stood, with what the amendment takes out %(removed)s; at the right the text as it "
        "would stand, with what it brings in %(added)s.",
        {name: tree.Words(name, code=True) for name in signs},
    )
    return [signs[part.text] if part.code else style.words(part.text) for part in told]


def _amendment(
    snapshot: Snapshot, ask: Recommendation, amendment: Amendment, sect: Element, voice: Voice
) -> Iterator[Piece]:
    own = voice.lang
    names = [snapshot.organisation_name(one) for one in amendment.organisations]
    head: list[Piece] = [
        Paragraph(_title(ask, amendment, names, voice), design.MINOR, sect.add("H4", lang=own))
    ]
    if len(names) > NAMED:
        by = voice.say("Tabled by %(names)s", {"names": ", ".join(names)})
        head.append(Paragraph(by, design.LABEL_STAYS, sect.add("P", lang=own)))
    if amendment.compromise_of:
        numbers = {"numbers": ", ".join(map(str, amendment.compromise_of))}
        covered = voice.say("Compromise covering amendments %(numbers)s", numbers)
        head.append(Paragraph(covered, design.LABEL_STAYS, sect.add("P", lang=own)))
    changes = redline(amendment.base, amendment.amended)
    table = columns(changes, sect, (voice.say("Text proposed"), voice.say("Amendment")), voice)
    foreign = amendment.language if amendment.language != snapshot.language else ""
    style = replace(design.SMALL, before=3, after=4)
    foot = Paragraph(_outcome(amendment, foreign, voice), style, sect.add("P"))
    yield Together([*head, table, foot], before=design.MINOR.before)


def _title(ask: Recommendation, amendment: Amendment, names: Sequence[str], voice: Voice) -> str:
    who = names[0] if names else voice.say("no organisation")
    if others := len(names[NAMED:]):
        values = {"who": who}
        who = voice.tell("%(who)s and %(count)s other", "%(who)s and %(count)s others", others, values)
    return voice.say(
        "Amendment %(number)s to recommendation %(ask)s, %(place)s · %(who)s · Or. %(language)s",
        {
            "number": str(amendment.number),
            "ask": str(ask.number),
            "place": _place(amendment, voice),
            "who": who,
            "language": amendment.language,
        },
    )


def _place(amendment: Amendment, voice: Voice) -> str:
    if amendment.target == TITLE:
        return voice.say("title")
    if amendment.target == ASK:
        return voice.say("ask")
    return voice.say("paragraph %(number)s", {"number": str(amendment.target)})


def columns(changes: Sequence[BlockChange], sect: Element, names: tuple[str, str], voice: Voice) -> Table:
    """Return what changes in two columns, as parliaments print it: before at the left, after at the right."""
    table = sect.add("Table")
    body, (left, right) = header_cells(table, 2)
    left.lang = right.lang = voice.lang
    header = Row.of(
        [Paragraph(name, design.LABEL, head) for name, head in zip(names, (left, right), strict=True)]
    )
    rows = []
    for change in changes:
        if change.state is BlockState.KEPT:
            continue
        row = body.add("TR")
        rows.append(Row.of([_before(change, row.add("TD"), voice), _after(change, row.add("TD"), voice)]))
    return Table(Grid((HALF + 4, HALF + 4), gutter=16, padding=2), rows, header=header)


def _before(change: BlockChange, cell: Element, voice: Voice) -> Piece:
    spans = [span for span in change.spans if span.state is not SpanState.INSERTED]
    if not spans:
        return _remark(voice.say("new"), cell, voice)
    words = [_words(span.state, piece, piece.was or piece.look) for span in spans for piece in span.pieces]
    return Paragraph(words, design.REDLINE, cell.add("P"))


def _after(change: BlockChange, cell: Element, voice: Voice) -> Piece:
    if change.after is None:
        return _remark(voice.say("deleted"), cell, voice)
    spans = [span for span in change.spans if span.state is not SpanState.REMOVED]
    words = [_words(span.state, piece, piece.look) for span in spans for piece in span.pieces]
    pieces: list[Piece] = []
    if now := _now(change, voice):
        pieces.append(_remark(now, cell, voice))
    if change.before is not None and change.before.kind is not change.kind:
        kind = {"kind": voice.word("BlockKind", change.kind)}
        pieces.append(_remark(voice.say("now a %(kind)s", kind), cell, voice))
    pieces.append(Paragraph(words, design.REDLINE, cell.add("P")))
    # Below the text, so that the text is read without a break.
    pieces += [_remark(voice.told(sentence), cell, voice) for sentence in describe_marks(change)]
    return Stack(pieces) if len(pieces) > 1 else pieces[0]


def _now(change: BlockChange, voice: Voice) -> str:
    if change.state is BlockState.MOVED:
        return voice.say("moved here")
    if change.state is BlockState.SPLIT:
        return voice.say("now a paragraph of its own")
    return voice.say("joined with what followed") if change.state is BlockState.JOINED else ""


def _remark(text: str, cell: Element, voice: Voice) -> Piece:
    style = replace(design.REDLINE, colour=design.GREY)
    return Paragraph([style.emphasis(text)], style, cell.add("P", lang=voice.lang))


def _words(state: SpanState, piece: SpanPiece, look: Look) -> Words:
    style, mark = design.REDLINE, ""
    if state is SpanState.INSERTED:
        # What comes in is bold; where it is to be slanted as well, the underline alone tells it.
        mark, look = "underline", look if look.emphasis else replace(look, strong=True)
    elif state is SpanState.REMOVED:
        style, mark = replace(style, colour=design.RUST), "strike"
    return replace(set_words(style, piece.text, look, mark), heavy=piece.altered)


def _outcome(amendment: Amendment, language: str, voice: Voice) -> list[Words]:
    """Return what was said for it and what became of it; the justification may be in another language."""
    style, own = design.SMALL, voice.lang
    words = [
        style.strong(f"{voice.say('Justification.')} ", language=own),
        style.words(amendment.justification, language=language),
        style.words(" "),
    ]
    words.append(style.strong(wording.sentence(voice, amendment.state), language=own))
    ends = "."
    if amendment.decided_on:
        ends = f" {voice.say('on %(date)s.', {'date': voice.day(amendment.decided_on)})}"
    words.append(style.words(ends, language=own))
    if amendment.reason:
        words += [style.words(" "), style.words(amendment.reason, language=amendment.reason_language)]
    if amendment.incorporated_in is not None:
        number = {"number": str(amendment.incorporated_in)}
        words.append(style.words(f" {voice.say('Worked into version %(number)s.', number)}", language=own))
    return words
