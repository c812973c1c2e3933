"""The record: an append-only, hash-chained list of everything that happened."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

# What the first entry of a record follows on.
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact in a record: `scope` is an agenda's id, or "house" for what belongs to none.

    `hash` is SHA-256, in hex, over the canonical JSON of all other fields, the hash before it included.
    """

    scope: str
    sequence: int
    at: datetime
    name: str
    subject_id: str
    person_id: str | None
    organisation_id: str | None
    token_id: str | None
    data: Mapping[str, object]
    previous: str
    hash: str


def chain(
    *,
    scope: str,
    sequence: int,
    at: datetime,
    name: str,
    subject_id: str,
    person_id: str | None,
    organisation_id: str | None,
    token_id: str | None,
    data: Mapping[str, object],
    previous: str,
) -> Entry:
    """Return the entry that follows on `previous`."""
    leaf = {
        "scope": scope,
        "sequence": sequence,
        "at": at.isoformat(timespec="microseconds"),
        "name": name,
        "subject_id": subject_id,
        "person_id": person_id,
        "organisation_id": organisation_id,
        "token_id": token_id,
        "data": data,
        "previous": previous,
    }
    canonical = json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    digest = hashlib.sha256(canonical.encode()).hexdigest()
    return Entry(
        scope, sequence, at, name, subject_id, person_id, organisation_id, token_id, data, previous, digest
    )


def first_break(entries: Iterable[Entry]) -> int | None:
    """Return the sequence number of the first entry that does not follow on the one before it, or None.

    Args:
        entries: a whole record, from its first entry on.
    """
    previous = GENESIS
    for expected, entry in enumerate(entries, start=1):
        again = chain(
            scope=entry.scope,
            sequence=expected,
            at=entry.at,
            name=entry.name,
            subject_id=entry.subject_id,
            person_id=entry.person_id,
            organisation_id=entry.organisation_id,
            token_id=entry.token_id,
            data=entry.data,
            previous=previous,
        )
        if again.hash != entry.hash or entry.sequence != expected or entry.previous != previous:
            return expected
        previous = entry.hash
    return None
