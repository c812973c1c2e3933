"""What the record proves, in a rendition: its newest signed checkpoint, and the entry that tells of each position."""

from collections.abc import Iterator

from service.domain.publication import Snapshot
from service.domain.receipts import Receipts
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
    cell,
    line,
    said,
)
from service.domain.renditions.writing import Writing


def record(writing: Writing, kicker: Line) -> Section:
    """Return the checkpoint as it is signed, and the entries of the positions."""
    title = writing.voice.say("What the record proves")
    proofs = writing.snapshot.proofs
    return Section("record", kicker, line(title), tuple(_pieces(writing, proofs)) if proofs else ())


def _pieces(writing: Writing, proofs: Receipts) -> Iterator[Piece]:
    say = writing.voice.say
    yield said(
        say(
            "A checkpoint is a signed note: it fixes how long the record was, and a hash over all of it. Below is the "
            "newest one that covers the positions of this edition. Whoever kept a checkpoint, from a mail or a "
            "receipt, can compare: an entry that was changed, moved or left out since would lead to another hash."
        )
    )
    yield from (_code(one) for one in proofs.checkpoint.splitlines() if one)
    yield Heading(line(say("The key that signs")))
    yield _code(proofs.public_key)
    entries = _entries(writing)
    if entries is not None:
        yield Heading(line(say("Where each position stands")))
        yield said(
            say(
                "The number of the record’s entry by which each organisation took the position that is shown. The "
                "file proofs.json, attached to the PDF, holds each of these entries with the hashes that lead from it "
                "to the checkpoint. It is checked by this command:"
            )
        )
        yield _code("sympolity verify proofs.json")
        yield entries


def _code(text: str) -> Paragraph:
    return Paragraph((Words(text, code=True),), Manner.CODE)


def _entries(writing: Writing) -> Table | None:
    """Return the table of the entries; None where none is known."""
    voice, snapshot = writing.voice, writing.snapshot
    numbers, known = _known(snapshot)
    rows = tuple(
        (
            cell((Words(one.name, name=True),)),
            *(cell(line(str(entries[one.id]) if one.id in entries else "–")) for entries in known),
        )
        for one in snapshot.organisations
        if any(one.id in entries for entries in known)
    )
    if not rows:
        return None
    head = (line(voice.say("Organisation")), *(line(str(number)) for number in numbers))
    return Table(line(voice.say("Each column is a recommendation.")), head, rows, Kind.NUMBERS)


def _known(snapshot: Snapshot) -> tuple[list[int], list[dict[str, int]]]:
    """Return the numbers of the recommendations whose positions have entries, and these by organisation."""
    asks = [ask for ask in snapshot.recommendations if any(one.entry for one in ask.positions)]
    entries = [{one.organisation: one.entry for one in ask.positions if one.entry} for ask in asks]
    return [ask.number for ask in asks], entries
