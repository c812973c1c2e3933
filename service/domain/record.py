"""The record: an append-only list of everything that happened, the leaves of a Merkle tree (RFC 6962)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from service.domain.merkle import Frontier, leaf_hash

# As `service.domain.canonical` writes a value; made ready once, for records have a hundred thousand of them.
_write = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Entry:
    """One fact in a record: `scope` is an agenda's id, or "house" for what belongs to none.

    It holds no personal data: `person` is who acted, as a pseudonym, and `data` are an event's with commitments in
    the place of persons and free words. `hash` is the leaf's, in hex.
    """

    scope: str
    sequence: int
    at: datetime
    name: str
    subject_id: str
    person: str | None
    organisation_id: str | None
    token_id: str | None
    data: Mapping[str, object]
    hash: str = ""

    @property
    def leaf(self) -> str:
        """The leaf: the canonical JSON of all fields but the hash."""
        return _write(
            {
                "scope": self.scope,
                "sequence": self.sequence,
                "at": self.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
                "name": self.name,
                "subject_id": self.subject_id,
                "person": self.person,
                "organisation_id": self.organisation_id,
                "token_id": self.token_id,
                "data": self.data,
            }
        )


def hashed(entry: Entry) -> Entry:
    """Return an entry with the hash of its leaf."""
    return replace(entry, hash=digest(entry.leaf).hex())


def digest(leaf: str) -> bytes:
    """Return the hash of a leaf."""
    return leaf_hash(leaf.encode())


@dataclass(frozen=True, slots=True)
class Head:
    """How far a record has come: its size, and the root over all of it, in hex."""

    size: int
    root: str


def head_of(entries: Iterable[Entry]) -> Head:
    """Return the head over entries from the first on: made from what they say, not from the hashes they carry."""
    grown = Frontier().extend(digest(entry.leaf) for entry in entries)
    return Head(grown.size, grown.root.hex())


def first_break(entries: Iterable[Entry]) -> int | None:
    """Return the sequence number of the first entry that is out of place or not as it was written, or None.

    Args:
        entries: a whole record, from its first entry on.
    """
    for expected, entry in enumerate(entries, start=1):
        if entry.sequence != expected or digest(entry.leaf).hex() != entry.hash:
            return expected
    return None
