"""What stands behind the recommendations of a rendition: positions, figures, people, history, origins."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from service.domain.anatomy import Settled, passages, settled
from service.domain.figures import Tally, statistics
from service.domain.publication import (
    ACCEPTED,
    NO_RECORD,
    STANCES,
    Recommendation,
)
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
    Terms,
    Words,
    cell,
    joined,
    line,
    said,
    strong,
)
from service.domain.renditions.writing import Writing

# Told apart by their shape, for whoever sees no colours, and each with its word for whoever sees no shape.
SIGNS = {
    "endorsed": "●",
    "endorsed_with_reservation": "◐",
    "no_objection": "○",
    "objection": "◆",
    "abstained": "□",
    "recused": "×",
    NO_RECORD: "–",
}


def stance(writing: Writing, word: str) -> str:
    """Return a stance in words."""
    return writing.voice.say("no record") if word == NO_RECORD else writing.voice.word("Stance", word)


def positions(writing: Writing, kicker: Line) -> Section:
    """Return the matrix of positions: organisations down, recommendations across."""
    voice, snapshot = writing.voice, writing.snapshot
    asks = snapshot.recommendations if snapshot.organisations else ()
    legend = (line(Words(SIGNS[word], sign=SIGNS[word]), f" {stance(writing, word)}") for word in SIGNS)
    pieces: tuple[Piece, ...] = (Paragraph(joined(legend, " · "), Manner.LABEL), _matrix(writing, asks))
    if not asks:
        pieces = (said(voice.say("There is no position to show.")),)
    return Section("positions", kicker, line(voice.say("Who says what")), pieces)


def _matrix(writing: Writing, asks: Sequence[Recommendation]) -> Table:
    voice = writing.voice
    stances = [{one.organisation: str(one.stance) for one in ask.positions} for ask in asks]
    rows = []
    for organisation in writing.snapshot.organisations:
        country = line(", ", writing.its(organisation.country)) if organisation.country else ()
        row = [cell((Words(organisation.name, name=True), *country))]
        for taken in stances:
            word = taken.get(organisation.id, NO_RECORD)
            row.append(cell((Words(stance(writing, word), sign=SIGNS.get(word, SIGNS[NO_RECORD])),)))
        rows.append(tuple(row))
    caption = voice.say("Each column is a recommendation.")
    head = (line(voice.say("Organisation")), *(line(str(ask.number)) for ask in asks))
    return Table(line(caption), head, tuple(rows), Kind.MATRIX)


def figures(writing: Writing, kicker: Line) -> Section:
    """Return the edition in figures."""
    voice, found, people = writing.voice, statistics(writing.snapshot), writing.snapshot.participants
    states = [(Words(voice.word("AmendmentState", word)), count) for word, count in found.amendment_states]
    entries = (
        (
            voice.say("Recommendations"),
            _with(found.recommendations, (Words(voice.say("adopted")), found.adopted)),
        ),
        (voice.say("Organisations invited"), _with(found.organisations, *_house(writing, found.kinds))),
        (voice.say("Partnerships"), _with(found.partnerships)),
        *([(voice.say("Countries"), _with(found.countries))] if found.countries else ()),
        (voice.say("Regions"), _with(None, *_house(writing, found.regions))),
        (
            voice.say("Partnerships invited"),
            _with(people.invited, (Words(voice.say("took part")), people.active)),
        ),
        (voice.say("Amendments"), _with(found.amendments, *states)),
        (voice.say("Comments"), _with(found.comments)),
        (voice.say("Pieces of evidence"), _with(found.evidence)),
    )
    pieces: list[Piece] = [Terms(tuple((line(label), (value,)) for label, value in entries))]
    if found.tallies:
        pieces += [_stances(writing, found.tallies), _amended(writing, found.tallies)]
    if len(versions := settled(writing.snapshot)) > 1:
        pieces.append(_settled(writing, versions))
    return Section("figures", kicker, line(voice.say("In figures")), tuple(pieces))


def _house(writing: Writing, counted: Sequence[tuple[str, int]]) -> Iterator[tuple[Words, int]]:
    for word, count in counted:
        yield writing.house(word), count


def _with(total: int | None, *parts: tuple[Words, int]) -> Line:
    """Return a number with what it is made of in brackets; without one, only that."""
    found = joined(((word, Words(f" {count}")) for word, count in parts), ", ")
    if total is None:
        return found or line("–")
    return line(str(total), " (", *found, ")") if found else line(str(total))


def _stances(writing: Writing, tallies: Sequence[Tally]) -> Table:
    voice, words = writing.voice, (*STANCES, NO_RECORD)
    rows = tuple(_counted(tally.recommendation, [tally.stance(word) for word in words]) for tally in tallies)
    head = (line(voice.say("Recommendation")), *(line(stance(writing, word)) for word in words))
    return Table(line(voice.say("Positions by recommendation")), head, rows, Kind.NUMBERS)


def _amended(writing: Writing, tallies: Sequence[Tally]) -> Table:
    voice = writing.voice
    groups = (ACCEPTED, ("rejected",), ("withdrawn",), ("fallen",))
    rows = []
    for tally in tallies:
        total = sum(count for _, count in tally.amendments)
        decided = [tally.decided(*states) for states in groups]
        rows.append(_counted(tally.recommendation, [total, *decided, total - sum(decided)]))
    labels = [voice.word("AmendmentState", states[0]) for states in groups]
    head = [voice.say("Recommendation"), voice.say("Amendments tabled"), *labels, voice.say("other")]
    caption = voice.say("Amendments by recommendation")
    return Table(line(caption), tuple(line(one) for one in head), tuple(rows), Kind.NUMBERS)


def _settled(writing: Writing, versions: Sequence[Settled]) -> Table:
    voice = writing.voice
    rows = tuple(
        _counted(one.version, (one.stood, one.adopted, one.refused, one.undecided)) for one in versions
    )
    head = (
        voice.say("Version"),
        voice.say("Amendments"),
        voice.say("adopted"),
        voice.say("not adopted"),
        voice.say("undecided"),
    )
    caption = voice.say("How the text settled: amendments by the version that they last stood on")
    return Table(line(caption), tuple(line(one) for one in head), rows, Kind.NUMBERS)


def _counted(number: int, counts: Sequence[int]) -> tuple[Cell, ...]:
    return tuple(cell(line(str(count))) for count in (number, *counts))


def participants(writing: Writing, kicker: Line) -> Section:
    """Return who was invited, by region."""
    voice, snapshot = writing.voice, writing.snapshot
    pieces: list[Piece] = []
    if snapshot.participants.note:
        pieces.append(Paragraph(line(writing.its(snapshot.participants.note))))
    if not snapshot.organisations:
        pieces.append(said(voice.say("No organisation is invited yet.")))
    ordered = sorted(snapshot.organisations, key=lambda one: (one.region == "", one.region))
    head = tuple(
        line(label)
        for label in (
            voice.say("Organisation"),
            voice.say("Country"),
            voice.say("Kind"),
            voice.say("Partnership"),
        )
    )
    for region, members in groupby(ordered, key=lambda one: one.region):
        caption = line(writing.house(region)) if region else line(voice.say("Other participants"))
        rows = tuple(
            (
                cell((Words(one.name, name=True),)),
                cell(line(writing.its(one.country)) if one.country else line("–")),
                cell(line(writing.house(one.kind))),
                cell((Words(one.partnership, name=True),) if one.partnership else line("–")),
            )
            for one in members
        )
        pieces.append(Table(caption, head, rows))
    return Section("participants", kicker, line(voice.say("Who was invited")), tuple(pieces))


def history(writing: Writing, kicker: Line) -> Section:
    """Return the steps that led to the edition, and where the record stood."""
    voice, snapshot = writing.voice, writing.snapshot
    entries = [(line(voice.moment(step.at)), (line(writing.house(step.what)),)) for step in snapshot.steps]
    assembled = voice.say("Edition %(number)s was assembled.", {"number": snapshot.edition})
    entries.append((line(voice.moment(snapshot.assembled_at)), (line(assembled),)))
    sentence = voice.say(
        "Everything that happened is kept in a record to which entries can only be added. When this edition was "
        "assembled, it had %(count)s entries, under this hash:",
        {"count": snapshot.record.sequence},
    )
    pieces = (
        Terms(tuple(entries)),
        Heading(line(voice.say("The record"))),
        said(sentence),
        Paragraph((Words(snapshot.record.hash, code=True),), Manner.CODE),
    )
    return Section("history", kicker, line(voice.say("How this edition came about")), pieces)


def origins(writing: Writing, kicker: Line) -> Section:
    """Return where the words come from, for the paragraphs that more than one hand has written."""
    voice = writing.voice
    head = (line(voice.say("Words")), line(voice.say("Where they come from")))
    tables = []
    for ask in writing.snapshot.recommendations:
        if rows := tuple(_origin_row(writing, passage) for passage in passages(ask)):
            caption = voice.say("Recommendation %(number)s", {"number": ask.number})
            tables.append(Table(line(caption), head, rows, Kind.COLUMNS, titled=True))
    note = voice.say("Shown are the paragraphs that amendments changed; all others stand as first drafted.")
    return Section("origins", kicker, line(voice.say("Where the words come from")), (said(note), *tables))


def _origin_row(writing: Writing, passage: Sequence[tuple[str, str]]) -> tuple[Cell, ...]:
    """Return a paragraph whose words bear the numbers of where they come from, and what these stand for."""
    numbers = {origin: at for at, origin in enumerate(dict.fromkeys(origin for _, origin in passage), 1)}
    words: list[Words] = []
    for text, origin in passage:
        begins = len(text) - len(text.lstrip())
        words += [Words(text[:begins]), strong(f"[{numbers[origin]}] "), writing.its(text[begins:])]
    told = (line(strong(f"[{number}] "), writing.its(origin)) for origin, number in numbers.items())
    return (cell(tuple(words)), cell(*told))
