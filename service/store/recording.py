"""Writing the record: each event a leaf of its scope's tree, in the transaction that brought it about.

The statements are the last of a transaction, so that records wait for each other briefly: one that reads how far the
record has come, one that appends, one that says how far it has come since.
"""

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from service.domain.commitments import persons_of, veil, words_of
from service.domain.events import Event
from service.domain.merkle import Frontier
from service.domain.record import Entry, hashed
from service.store.bookkeeping import events, record_heads, record_persons, record_words
from service.store.identity import Identity
from service.store.pseudonyms import Pseudonyms

# Statements that every change executes are built once: building one takes longer than executing it.
_HEAD = (
    select(record_heads.c.size, record_heads.c.peaks, record_persons.c.pseudonym)
    .outerjoin(record_persons, record_persons.c.person_id == bindparam("person"))
    .where(record_heads.c.scope == bindparam("of"))
    .with_for_update(of=record_heads)
)
_FIRST = insert(record_heads)
_NEXT = update(record_heads).where(record_heads.c.scope == bindparam("of"))
_APPEND = insert(events)
_WORDS = insert(record_words)
_FIELDS = tuple(f.name for f in fields(Entry))
HASH = 64
SALT_BYTES = 32


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event that waits to be written, and whose record it belongs to."""

    event: Event
    scope: str
    organisation_id: str | None


def peaks_of(text: str) -> tuple[bytes, ...]:
    """Return the hashes that stand one after the other in a text."""
    return tuple(bytes.fromhex(text[at : at + HASH]) for at in range(0, len(text), HASH))


def write(
    connection: Connection,
    recorded: Sequence[Recorded],
    *,
    identity: Identity,
    now: datetime,
    pseudonyms: Pseudonyms,
) -> dict[str, Frontier]:
    """Append events to their records; return how far each record that grew has come."""
    known = pseudonyms.of(frozenset().union(*(persons_of(r.event) for r in recorded)))
    grown = {}
    for scope in sorted({r.scope for r in recorded}):
        head = connection.execute(_HEAD, {"of": scope, "person": identity.person_id}).one_or_none()
        if head is not None and head.pseudonym is not None:
            pseudonyms.remember(str(identity.person_id), head.pseudonym)
        person = pseudonyms.of_one(identity.person_id)
        tree = Frontier(head.size, peaks_of(head.peaks)) if head is not None else Frontier()
        rows, words = [], []
        for one in (r for r in recorded if r.scope == scope):
            salts = {field: secrets.token_hex(SALT_BYTES) for field in words_of(one.event)}
            veiled = veil(one.event, known, salts)
            entry = hashed(
                Entry(
                    scope=scope,
                    sequence=tree.size + 1,
                    at=now,
                    name=one.event.name,
                    subject_id=veiled.subject_id,
                    person=person,
                    organisation_id=one.organisation_id,
                    token_id=identity.token_id,
                    data=veiled.data,
                )
            )
            tree, completed = tree.append(bytes.fromhex(entry.hash))
            nodes = _joined(completed[1:])
            rows.append({**{name: getattr(entry, name) for name in _FIELDS}, "nodes": nodes})
            words += [
                {
                    "scope": scope,
                    "sequence": entry.sequence,
                    "field": field,
                    "salt": salts[field],
                    "words": text,
                }
                for field, text in veiled.words.items()
            ]
        connection.execute(_APPEND, rows)
        if words:
            connection.execute(_WORDS, words)
        reached: Mapping[str, object] = {"size": tree.size, "peaks": _joined(tree.peaks)}
        if head is None:
            connection.execute(_FIRST, {"scope": scope, **reached})
        else:
            connection.execute(_NEXT, {"of": scope, **reached})
        grown[scope] = tree
    return grown


def _joined(hashes: Iterable[bytes]) -> str:
    return "".join(hash_.hex() for hash_ in hashes)
