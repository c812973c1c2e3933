"""The section of a recommendation in a rendition: the ask, why, the evidence, who stands where."""

from collections.abc import Iterator

from service.domain.anatomy import anchor_of, shares
from service.domain.figures import Tally
from service.domain.publication import (
    ACCEPTED,
    Position,
    Recommendation,
    Standing,
)
from service.domain.renditions.courtesy import Courtesy
from service.domain.renditions.tree import (
    Fold,
    Heading,
    Kind,
    Line,
    Manner,
    Paragraph,
    Piece,
    Section,
    Terms,
    Words,
    joined,
    line,
    said,
    strong,
)
from service.domain.renditions.voice import woven
from service.domain.renditions.writing import ASK, WHY, Writing, pieces_of, words_of
from service.domain.text.looks import Look


def section(writing: Writing, ask: Recommendation, tally: Tally) -> Section:
    """Return the section of a recommendation."""
    number = writing.voice.say("Recommendation %(number)s", {"number": ask.number})
    missed = writing.missed(ask)
    kicker = f"{number} · {missed}" if missed else number
    pieces = tuple(_pieces(writing, ask, tally))
    return Section(anchor_of(ask), line(kicker), writing.title(ask), pieces, Kind.RECOMMENDATION)


def _pieces(writing: Writing, ask: Recommendation, tally: Tally) -> Iterator[Piece]:
    voice = writing.voice
    blocks, language = writing.courtesies.text(ask)
    if ask.outcome.standing is Standing.NOT_ADOPTED:
        told = voice.say(
            "This text was put to the organisations and was not adopted: nobody is asked to act on it."
        )
        yield said(told)
    yield _facts(writing, ask, tally)
    callout = words_of(blocks[ASK], language) if len(blocks) > ASK else writing.title(ask)
    yield Paragraph(callout, Manner.ASK)
    apart = {block.id for block in ask.blocks[WHY:]} - {block.id for block in ask.rationale}
    if rationale := [block for block in blocks[WHY:] if block.id not in apart]:
        yield Heading(line(voice.say("Why")))
        yield from pieces_of(rationale, language)
    if (courtesy := writing.courtesies.of(ask)) is not None:
        yield from _courtesy(writing, ask, courtesy)
    if ask.success:
        yield Heading(line(voice.say("Success can be seen when")))
        yield Paragraph(line(writing.success(ask)))
    if ask.evidence:
        yield Heading(line(voice.say("Evidence")))
        yield writing.listed(ask.evidence)
    yield Heading(line(voice.say("Adoption")))
    yield Paragraph(line(writing.its(ask.outcome.sentence)), Manner.SMALL)
    yield from _statements(writing, ask)
    yield Paragraph(_provenance(writing, ask), Manner.FINE)


def _facts(writing: Writing, ask: Recommendation, tally: Tally) -> Terms:
    voice = writing.voice
    entries: list[tuple[Line, tuple[Line, ...]]] = [
        (line(voice.say("Addressed to")), (line(writing.house(ask.addressee)),))
    ]
    if ask.theme:
        entries.append((line(voice.say("Theme")), (line(writing.its(ask.theme)),)))
    if ask.due:
        entries.append((line(voice.say("By when")), (line(writing.due(ask)),)))
    entries.append((line(voice.say("Endorsed by")), tuple(line(one) for one in _endorsed(writing, tally))))
    entries.append(
        (line(voice.say("Made from")), tuple(line(one) for one in _made_from(writing, ask, tally)))
    )
    return Terms(tuple(entries), beside=True)


def _endorsed(writing: Writing, tally: Tally) -> Iterator[str]:
    voice = writing.voice
    reserved, against = tally.stance("endorsed_with_reservation"), tally.stance("objection")
    yield voice.tell("%(count)s organisation", "%(count)s organisations", tally.stance("endorsed") + reserved)
    if reserved:
        yield voice.tell("%(count)s with reservation", "%(count)s with reservation", reserved)
    if against:
        yield voice.tell("%(count)s objection", "%(count)s objections", against)


def _made_from(writing: Writing, ask: Recommendation, tally: Tally) -> Iterator[str]:
    voice = writing.voice
    yield voice.say("version %(number)s", {"number": ask.version.number})
    if ask.amendments:
        adopted = tally.decided(*ACCEPTED)
        yield voice.tell("%(count)s amendment adopted", "%(count)s amendments adopted", adopted)
    for state, count in tally.amendments:
        if state not in ACCEPTED:
            yield voice.say(
                "%(state)s: %(count)s", {"state": voice.word("AmendmentState", state), "count": count}
            )


def _courtesy(writing: Writing, ask: Recommendation, courtesy: Courtesy) -> Iterator[Piece]:
    voice, original = writing.voice, writing.snapshot.language
    yield Paragraph(
        woven(
            voice,
            "Courtesy translation of version %(number)s, approved by %(who)s on %(date)s; the authentic text is in "
            "%(language)s. Digest of these words: %(digest)s",
            {
                "number": ask.version.number,
                "who": Words(courtesy.organisation, name=True),
                "date": voice.day(courtesy.approved_at.date()),
                "language": voice.tongue(original),
                "digest": Words(courtesy.digest, code=True),
            },
        ),
        Manner.FINE,
    )
    title = voice.say("The authentic text in %(language)s", {"language": voice.tongue(original)})
    yield Fold(line(title), tuple(pieces_of(ask.blocks, original)))


def _statements(writing: Writing, ask: Recommendation) -> Iterator[Piece]:
    voice = writing.voice
    groups = (
        (voice.say("Reservations"), "endorsed_with_reservation"),
        (voice.say("Objections"), "objection"),
        (voice.say("Statements"), ""),
    )
    for title, stance in groups:
        found = [one for one in ask.positions if _belongs(one, stance)]
        silent = [one for one in found if not (one.statement or one.resolved_by or one.reservation)]
        if found:
            yield Heading(line(title))
        for position in found:
            if position not in silent:
                yield Paragraph(_statement(writing, position), Manner.SMALL)
        if silent:
            names = joined(((writing.name(one.organisation),) for one in silent), ", ")
            yield Paragraph(line(strong(f"{voice.say('Without a statement:')} "), *names), Manner.SMALL)


def _belongs(position: Position, stance: str) -> bool:
    if stance:
        return position.stance == stance
    return position.stance not in {"endorsed_with_reservation", "objection"} and bool(position.statement)


def _statement(writing: Writing, position: Position) -> Line:
    voice = writing.voice
    if position.reservation:
        about = voice.word("Reservation", position.reservation)
    else:
        about = "" if position.stance == "objection" else voice.word("Stance", position.stance)
    who = Words(writing.name(position.organisation).text, look=Look(strong=True), name=True)
    words = [who, *line(f" ({about})" if about else "")]
    if position.statement:
        words += [Words(": "), writing.its(position.statement, position.language)]
    if position.resolved_by:
        label = voice.say("Would be resolved by:")
        words += [Words(" "), Words(label, look=Look(emphasis=True)), Words(" ")]
        words.append(writing.its(position.resolved_by, position.language))
    return tuple(words)


def _provenance(writing: Writing, ask: Recommendation) -> Line:
    voice = writing.voice
    words = [
        strong(f"{voice.say('From version %(number)s.', {'number': ask.version.number})} "),
        Words(f"{voice.say('Digest of this text:')} "),
        Words(ask.version.digest, code=True),
    ]
    found = [
        line(writing.its(origin), f" ({voice.say('%(percent)s %%', {'percent': share})})")
        for origin, share in shares(ask)
    ]
    if found:
        words += [Words(f" {voice.say('Where its words come from:')} "), *joined(found, ", ")]
    return tuple(words)
