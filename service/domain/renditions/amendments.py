"""All amendments in a rendition, in the two columns that parliaments use, and what became of each."""

from collections.abc import Iterator, Sequence

from service.domain.publication import Amendment, Recommendation
from service.domain.renditions.tree import (
    Cell,
    Heading,
    Kind,
    Line,
    Manner,
    Paragraph,
    Piece,
    Section,
    Table,
    Words,
    joined,
    line,
    said,
    strong,
)
from service.domain.renditions.voice import woven
from service.domain.renditions.writing import Writing
from service.domain.text.describe import describe_marks
from service.domain.text.display import BlockChange, BlockState, redline
from service.domain.text.looks import Look
from service.domain.text.sentences import NOTES
from service.domain.text.spans import SpanState

TITLE, ASK = 1, 2
_TOLD = {BlockState.MOVED, BlockState.SPLIT, BlockState.JOINED}


def amendments(writing: Writing, kicker: Line) -> Section:
    """Return the section of amendments, by recommendation."""
    voice, asks = writing.voice, writing.snapshot.recommendations
    pieces: list[Piece] = []
    if any(ask.amendments for ask in asks):
        pieces.append(Paragraph(_how_to_read(writing)))
    else:
        pieces.append(said(voice.say("No amendment was tabled.")))
    for ask in asks:
        if ask.amendments:
            to = voice.say("To recommendation %(number)s:", {"number": ask.number})
            pieces.append(Heading(line(f"{to} ", *writing.title(ask))))
        for amendment in ask.amendments:
            pieces += _amendment(writing, ask, amendment)
    title = line(voice.say("Every amendment, and what became of it"))
    return Section("amendments", kicker, title, tuple(pieces))


def _how_to_read(writing: Writing) -> Line:
    say = writing.voice.say
    return woven(
        writing.voice,
        "First the text as it stood, with what the amendment takes out %(removed)s; then the text as it would stand, "
        "with what it brings in %(added)s.",
        {
            "removed": Words(say("struck out"), state=SpanState.REMOVED),
            "added": Words(say("bold and underlined"), state=SpanState.INSERTED),
        },
    )


def _amendment(writing: Writing, ask: Recommendation, amendment: Amendment) -> Iterator[Piece]:
    say = writing.voice.say
    title = say("Amendment %(number)s", {"number": amendment.number})
    yield Heading(line(title, f" · {_place(writing, amendment)}"), 4)
    names = joined(((writing.name(one),) for one in amendment.organisations), ", ")
    tongue = writing.voice.tongue(amendment.language)
    by = line(f"{say('Tabled by:')} ", *names, " · ") if names else ()
    yield Paragraph(line(*by, say("in %(language)s", {"language": tongue})), Manner.LABEL)
    if amendment.compromise_of:
        covered = writing.voice.listed(map(str, amendment.compromise_of))
        yield Paragraph(
            line(say("Compromise covering amendments %(numbers)s", {"numbers": covered})), Manner.LABEL
        )
    yield Table(
        line(
            say(
                "Amendment %(number)s to recommendation %(ask)s",
                {"number": amendment.number, "ask": ask.number},
            )
        ),
        (line(say("Text proposed")), line(say("Amendment"))),
        tuple(rows(writing, redline(amendment.base, amendment.amended), amendment.language)),
        Kind.COLUMNS,
    )
    yield Paragraph(_outcome(writing, amendment), Manner.SMALL)


def _place(writing: Writing, amendment: Amendment) -> str:
    say = writing.voice.say
    if amendment.target == TITLE:
        return say("title")
    if amendment.target == ASK:
        return say("the ask")
    return say("paragraph %(number)s", {"number": amendment.target})


def rows(writing: Writing, changes: Sequence[BlockChange], language: str) -> Iterator[tuple[Cell, ...]]:
    """Yield each changed block in two cells, as it was and as it is; what comes in is in `language`."""
    for change in changes:
        if change.state is not BlockState.KEPT:
            yield _before(writing, change), _after(writing, change, language)


def _before(writing: Writing, change: BlockChange) -> Cell:
    spans = [span for span in change.spans if span.state is not SpanState.INSERTED]
    if not spans:
        return _remark(writing.voice.say("new"))
    language = writing.snapshot.language
    words = tuple(
        Words(piece.text, language, piece.was or piece.look, span.state)
        for span in spans
        for piece in span.pieces
    )
    return Cell((Paragraph(words),))


def _after(writing: Writing, change: BlockChange, language: str) -> Cell:
    voice = writing.voice
    if change.after is None:
        return _remark(voice.say("deleted"))
    lines: list[Paragraph] = []
    if change.state in _TOLD:
        lines.append(_noted(voice.say(NOTES[change.state])))
    if change.before is not None and change.before.kind is not change.kind:
        kind = voice.word("BlockKind", change.kind.value)
        lines.append(_noted(voice.say("now: %(kind)s", {"kind": kind})))
    spans = [span for span in change.spans if span.state is not SpanState.REMOVED]
    # What stays is in the language of the text, what comes in in that of its authors.
    words = tuple(
        Words(
            piece.text,
            language if span.state is SpanState.INSERTED else writing.snapshot.language,
            piece.look,
            span.state,
        )
        for span in spans
        for piece in span.pieces
    )
    lines.append(Paragraph(words))
    lines += [_noted(voice.told(sentence)) for sentence in describe_marks(change)]
    return Cell(tuple(lines))


def _remark(text: str) -> Cell:
    return Cell((_noted(text),))


def _noted(text: str) -> Paragraph:
    return Paragraph((Words(text, look=Look(emphasis=True)),), Manner.LABEL)


def _outcome(writing: Writing, amendment: Amendment) -> Line:
    voice = writing.voice
    words = []
    if amendment.justification:
        words += [
            strong(f"{voice.say('Justification:')} "),
            Words(amendment.justification, amendment.language),
            Words(" "),
        ]
    words.append(strong(f"{voice.say('What became of it:')} "))
    state = voice.word("AmendmentState", amendment.state)
    if amendment.decided_on is None:
        words.append(Words(f"{state}."))
    else:
        decided = {"state": state, "date": voice.day(amendment.decided_on)}
        words.append(Words(voice.say("%(state)s, %(date)s.", decided)))
    if amendment.reason:
        words += [Words(" "), writing.reason(amendment)]
    if amendment.incorporated_in is not None:
        number = {"number": amendment.incorporated_in}
        words.append(Words(f" {voice.say('Worked into version %(number)s.', number)}"))
    return tuple(words)
