"""What a further edition changes, in a rendition: which one it replaces, why, and every difference."""

from collections.abc import Iterator
from itertools import groupby

from service.domain.corrigenda import Change, Corrigendum
from service.domain.renditions.amendments import rows
from service.domain.renditions.tree import (
    Heading,
    Kind,
    Line,
    Manner,
    Paragraph,
    Piece,
    Section,
    Table,
    Words,
    line,
)
from service.domain.renditions.writing import Writing
from service.domain.text.display import redline


def replaced(writing: Writing, kicker: Line) -> Section:
    """Return the section that says what is different from the edition before."""
    corrigendum = writing.snapshot.corrigendum
    number = corrigendum.edition if corrigendum else ""
    title = writing.voice.say("What is different from edition %(number)s", {"number": number})
    pieces = tuple(_pieces(writing, corrigendum)) if corrigendum else ()
    return Section("changes", kicker, line(title), pieces)


def _pieces(writing: Writing, corrigendum: Corrigendum) -> Iterator[Piece]:
    voice = writing.voice
    yield Paragraph(
        line(
            voice.say(
                "This edition replaces edition %(number)s of %(date)s. The paper of that one stays readable and can "
                "still be checked.",
                {"number": corrigendum.edition, "date": voice.day(corrigendum.released_on)},
            )
        )
    )
    digest = Words(corrigendum.digest, code=True)
    yield Paragraph(line(f"{voice.say('Digest of its agenda:')} ", digest), Manner.LABEL)
    if corrigendum.withdrawn:
        was = voice.say("Edition %(number)s was withdrawn before.", {"number": corrigendum.edition})
        yield Paragraph(line(was))
    yield Heading(line(voice.say("Why")))
    for said in corrigendum.reason.splitlines():
        if said:
            yield Paragraph(line(writing.its(said)))
    if not corrigendum.changes:
        yield Paragraph(line(voice.say("Nothing that is printed is different.")))
    for about, listed in groupby(corrigendum.changes, key=lambda one: one.about):
        yield Heading(line(writing.its(about)))
        for change in listed:
            yield from _change(writing, corrigendum, change)


def _change(writing: Writing, corrigendum: Corrigendum, change: Change) -> Iterator[Piece]:
    voice, snapshot = writing.voice, writing.snapshot
    yield Paragraph(line(writing.its(change.what)), Manner.SMALL)
    if change.before or change.after:
        columns = (corrigendum.edition, snapshot.edition)
        yield Table(
            line(writing.its(change.what)),
            tuple(line(voice.say("Edition %(number)s", {"number": number})) for number in columns),
            tuple(rows(writing, redline(change.before, change.after), snapshot.language)),
            Kind.COLUMNS,
        )
