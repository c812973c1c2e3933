"""Queries for the record: its entries, how far it has come, its checkpoints, and what proofs are made of."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, func, select

from service.domain import merkle
from service.domain.checkpoints import Occasion, read_note
from service.domain.commitments import is_person, unveil
from service.domain.merkle import Frontier, Place, Stretch
from service.domain.receipts import Opened
from service.domain.record import Entry, Head
from service.domain.views import Page
from service.domain.views.people import OrganisationRef
from service.domain.views.record import CheckpointView, RecordView
from service.store.bookkeeping import (
    events,
    record_checkpoints,
    record_heads,
    record_persons,
    record_words,
)
from service.store.paging import page_of
from service.store.recording import HASH, peaks_of
from service.store.tables import organisations

_ENTRY = tuple(events.c[name] for name in Entry.__dataclass_fields__)


def list_record(connection: Connection, scope: str, limit: int, cursor: str | None) -> Page[RecordView]:
    """Return a record from its first entry on."""
    query = (
        select(events, organisations.c.name.label("organisation"))
        .outerjoin(organisations, organisations.c.id == events.c.organisation_id)
        .where(events.c.scope == scope)
    )
    rows, following = page_of(connection, query, (events.c.sequence,), limit, cursor)
    persons = persons_behind(connection, (name for row in rows for name in _pseudonyms(row)))
    words = words_beside(connection, scope, [row.sequence for row in rows])
    return Page(
        tuple(
            RecordView(
                row.scope,
                row.sequence,
                row.at,
                row.name,
                persons.get(row.subject_id, row.subject_id),
                row.person,
                persons.get(row.person),
                OrganisationRef(row.organisation_id, row.organisation)
                if row.organisation_id is not None
                else None,
                row.token_id,
                unveil(row.data, persons, words.get(row.sequence, {})),
                row.hash,
            )
            for row in rows
        ),
        following,
    )


def _pseudonyms(row: Row[Any]) -> Iterator[str]:
    """Yield the pseudonyms that an entry bears."""
    if row.person is not None:
        yield row.person
    for field, value in row.data.items():
        if is_person(field) and value:
            yield from (value,) if isinstance(value, str) else value


def persons_behind(connection: Connection, pseudonyms: Iterable[str]) -> dict[str, str]:
    """Return the ids of those who are behind pseudonyms, as far as they have not been erased."""
    asked = sorted(set(pseudonyms))
    if not asked:
        return {}
    query = select(record_persons.c.pseudonym, record_persons.c.person_id).where(
        record_persons.c.pseudonym.in_(asked)
    )
    return {row.pseudonym: row.person_id for row in connection.execute(query)}


def words_beside(connection: Connection, scope: str, sequences: Collection[int]) -> dict[int, dict[str, str]]:
    """Return the words that entries hold commitments to, by entry and field, as far as they have not been erased."""
    if not sequences:
        return {}
    query = select(record_words.c.sequence, record_words.c.field, record_words.c.words).where(
        record_words.c.scope == scope, record_words.c.sequence.in_(sequences)
    )
    found: dict[int, dict[str, str]] = {}
    for row in connection.execute(query):
        found.setdefault(row.sequence, {})[row.field] = row.words
    return found


def opening(connection: Connection, scope: str, sequence: int) -> dict[str, Opened]:
    """Return what opens the commitments of one entry, by field, as far as it has not been erased."""
    query = (
        select(record_words.c.field, record_words.c.salt, record_words.c.words)
        .where(record_words.c.scope == scope, record_words.c.sequence == sequence)
        .order_by(record_words.c.field)
    )
    return {row.field: Opened(row.salt, row.words) for row in connection.execute(query)}


def whole_record(connection: Connection, scope: str) -> tuple[Entry, ...]:
    """Return a whole record as it was written."""
    query = select(*_ENTRY).where(events.c.scope == scope).order_by(events.c.sequence)
    return tuple(Entry(*row) for row in connection.execute(query))


def entry_at(connection: Connection, scope: str, sequence: int) -> Entry | None:
    """Return one entry as it was written, or None."""
    query = select(*_ENTRY).where(events.c.scope == scope, events.c.sequence == sequence)
    row = connection.execute(query).one_or_none()
    return Entry(*row) if row is not None else None


def number_of(connection: Connection, scope: str, name: str, subject_id: str) -> int | None:
    """Return the number of the first entry that tells this of a thing, or None."""
    query = select(func.min(events.c.sequence)).where(
        events.c.scope == scope, events.c.subject_id == subject_id, events.c.name == name
    )
    number: int | None = connection.scalars(query).one()
    return number


def head(connection: Connection, scope: str) -> Head:
    """Return how far a record has come."""
    query = select(record_heads.c.size, record_heads.c.peaks).where(record_heads.c.scope == scope)
    row = connection.execute(query).one_or_none()
    tree = Frontier(row.size, peaks_of(row.peaks)) if row is not None else Frontier()
    return Head(tree.size, tree.root.hex())


def hashes_of(connection: Connection, scope: str, stretches: Collection[Stretch]) -> tuple[bytes, ...]:
    """Return the hash of each stretch of a record, out of what entries keep of the subtrees they completed."""
    needed = {place for stretch in stretches for place in merkle.places(stretch)}
    query = select(events.c.sequence, events.c.hash, events.c.nodes).where(
        events.c.scope == scope, events.c.sequence.in_({merkle.completed_by(place) for place in needed})
    )
    rows = {row.sequence: row.hash + row.nodes for row in connection.execute(query)}
    known = {place: _node(rows[merkle.completed_by(place)], place) for place in needed}
    return merkle.proof(stretches, known)


def _node(hashes: str, place: Place) -> bytes:
    level, _ = place
    return bytes.fromhex(hashes[level * HASH : (level + 1) * HASH])


_CHECKPOINTS = select(record_checkpoints)


def list_checkpoints(
    connection: Connection, scope: str, limit: int, cursor: str | None
) -> Page[CheckpointView]:
    """Return a record's checkpoints from the first on."""
    query = _CHECKPOINTS.where(record_checkpoints.c.scope == scope)
    rows, following = page_of(connection, query, (record_checkpoints.c.size,), limit, cursor)
    return Page(tuple(_checkpoint(row) for row in rows), following)


def announced_checkpoints(connection: Connection, scope: str) -> tuple[CheckpointView, ...]:
    """Return the checkpoints that everyone was told of: not those taken for a single position."""
    query = _CHECKPOINTS.where(
        record_checkpoints.c.scope == scope, record_checkpoints.c.occasion != Occasion.POSITION_TAKEN
    ).order_by(record_checkpoints.c.size)
    return tuple(_checkpoint(row) for row in connection.execute(query))


def announced_over(connection: Connection, scope: str, sequence: int) -> CheckpointView | None:
    """Return the first checkpoint after an entry that everyone is told of, or None while there is none."""
    query = (
        _CHECKPOINTS.where(
            record_checkpoints.c.scope == scope,
            record_checkpoints.c.size >= sequence,
            record_checkpoints.c.occasion != Occasion.POSITION_TAKEN,
        )
        .order_by(record_checkpoints.c.size)
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return _checkpoint(row) if row is not None else None


def newest_covering(connection: Connection, scope: str, sequence: int) -> CheckpointView | None:
    """Return the newest checkpoint that an entry lies under, or None while there is none."""
    query = (
        _CHECKPOINTS.where(record_checkpoints.c.scope == scope, record_checkpoints.c.size >= sequence)
        .order_by(record_checkpoints.c.size.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return _checkpoint(row) if row is not None else None


def checkpoint_over(connection: Connection, scope: str, size: int) -> CheckpointView | None:
    """Return the checkpoint over exactly so many entries, or None."""
    query = _CHECKPOINTS.where(record_checkpoints.c.scope == scope, record_checkpoints.c.size == size)
    row = connection.execute(query).one_or_none()
    return _checkpoint(row) if row is not None else None


def _checkpoint(row: Row[Any]) -> CheckpointView:
    return CheckpointView(row.scope, row.size, row.root, row.at, Occasion(row.occasion), row.note)


def signed_roots(connection: Connection, scope: str) -> dict[int, str]:
    """Return the roots that were signed of a record, by size: as the notes tell them, not the columns beside."""
    query = select(record_checkpoints.c.note).where(record_checkpoints.c.scope == scope)
    notes = (read_note(note).checkpoint for note in connection.scalars(query))
    return {checkpoint.size: checkpoint.root for checkpoint in notes}
