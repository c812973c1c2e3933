"""What rests on what in a rendition: each claim beside the evidence that underpins it."""

from collections.abc import Iterator

from service.domain.anatomy import claims, unnamed
from service.domain.publication import Recommendation
from service.domain.renditions.tree import (
    Cell,
    Kind,
    Line,
    Manner,
    Paragraph,
    Piece,
    Section,
    Table,
    Words,
    cell,
    line,
    said,
)
from service.domain.renditions.writing import Writing
from service.domain.text.looks import Look


def basis(writing: Writing, kicker: Line) -> Section:
    """Return, by recommendation, the paragraphs that evidence was named for, and that evidence."""
    title = writing.voice.say("What rests on what")
    return Section("basis", kicker, line(title), tuple(_pieces(writing)))


def _pieces(writing: Writing) -> Iterator[Piece]:
    voice, asks = writing.voice, writing.snapshot.recommendations
    yield said(
        voice.say("First the words that are underpinned, then the source, the page and what it says there.")
    )
    for ask in asks:
        if ask.evidence:
            yield _table(writing, ask)
            yield from _bare(writing, ask)
    without = [str(ask.number) for ask in asks if not ask.evidence]
    if without:
        text = voice.tell(
            "Recommendation for which no evidence was given: %(numbers)s.",
            "Recommendations for which no evidence was given: %(numbers)s.",
            len(without),
            {"numbers": voice.listed(without)},
        )
        yield Paragraph(line(text), Manner.SMALL)


def _table(writing: Writing, ask: Recommendation) -> Table:
    voice = writing.voice
    number = voice.say("Recommendation %(number)s", {"number": ask.number})
    rows = tuple(
        (_claim(writing, claim), Cell(tuple(writing.cited(one, numbered=True) for one in listed)))
        for claim, listed in claims(ask)
    )
    head = (line(voice.say("Claim")), line(voice.say("Evidence")))
    return Table(line(f"{number}: ", *writing.title(ask)), head, rows, Kind.COLUMNS, titled=True)


def _claim(writing: Writing, claim: str) -> Cell:
    if claim:
        return cell(line(writing.its(claim)))
    return cell((Words(writing.voice.say("The recommendation as a whole"), look=Look(emphasis=True)),))


def _bare(writing: Writing, ask: Recommendation) -> Iterator[Piece]:
    voice, found = writing.voice, unnamed(ask)
    if found:
        text = voice.tell(
            "Paragraph that no evidence names: %(numbers)s.",
            "Paragraphs that no evidence names: %(numbers)s.",
            len(found),
            {"numbers": voice.listed(map(str, found))},
        )
        yield Paragraph(line(text), Manner.FINE)
