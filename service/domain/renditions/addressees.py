"""What each addressee is asked to do, in a rendition, wherever it stands in the edition."""

from collections.abc import Iterator

from service.domain.anatomy import anchor_of, by_addressee, refused
from service.domain.publication import Recommendation, Standing
from service.domain.renditions.tree import (
    Heading,
    Line,
    Listing,
    Manner,
    Paragraph,
    Piece,
    Section,
    joined,
    line,
    link,
)
from service.domain.renditions.writing import ASK, Writing, words_of


def addressees(writing: Writing) -> Section:
    """Return the asks in full by addressee, in the order in which the edition first names these."""
    voice = writing.voice
    title = voice.say("What each addressee is asked to do")
    pieces: list[Piece] = []
    groups = [(line(writing.house(addressee)), asks) for addressee, asks in by_addressee(writing.snapshot)]
    if missed := refused(writing.snapshot):
        groups.append((line(voice.say("Not adopted: nobody is asked to act on this")), missed))
    for heading, asks in groups:
        pieces.append(Heading(heading))
        pieces.append(Listing(tuple(tuple(_asked(writing, ask)) for ask in asks)))
    return Section("addressees", line(voice.say("By addressee")), line(title), tuple(pieces))


def _asked(writing: Writing, ask: Recommendation) -> Iterator[Piece]:
    voice = writing.voice
    blocks, language = writing.courtesies.text(ask)
    words = words_of(blocks[ASK], language) if len(blocks) > ASK else writing.title(ask)
    yield Paragraph(words)
    number = voice.say("Recommendation %(number)s", {"number": ask.number})
    notes: list[Line] = [line(link(number, f"#{anchor_of(ask)}"))]
    if ask.due:
        notes.append(line(f"{voice.say('By when')}: ", writing.due(ask)))
    if ask.outcome.standing is Standing.NOT_ADOPTED:
        notes.append(line(writing.house(ask.addressee)))
    elif missed := writing.missed(ask):
        notes.append(line(missed))
    yield Paragraph(joined(notes, " · "), Manner.LABEL)
