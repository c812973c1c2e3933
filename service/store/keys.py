"""Idempotency keys: which request made what."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.domain.errors import KeyInFlight
from service.store.bookkeeping import idempotency_keys as table


@dataclass(frozen=True, slots=True)
class Key:
    """A key that was used."""

    fingerprint: str
    result_id: str


def find(connection: Connection, person_id: str, key: str) -> Key | None:
    """Return what a person's key was used for, or None."""
    query = select(table.c.fingerprint, table.c.result_id).where(
        table.c.person_id == person_id, table.c.key == key
    )
    row = connection.execute(query).one_or_none()
    return Key(row.fingerprint, row.result_id) if row is not None else None


def claim(connection: Connection, person_id: str, key: str, fingerprint: str, now: datetime) -> None:
    """Write a key down before its request takes effect, so that a second one cannot run beside it.

    Raises:
        KeyInFlight: another request holds the key.
    """
    values = {
        "person_id": person_id,
        "key": key,
        "fingerprint": fingerprint,
        "result_id": "",
        "created_at": now,
    }
    try:
        connection.execute(insert(table).values(values))
    except IntegrityError as taken:
        raise KeyInFlight from taken


def fulfil(connection: Connection, person_id: str, key: str, result_id: str) -> None:
    """Write down what the request made."""
    connection.execute(
        update(table).where(table.c.person_id == person_id, table.c.key == key).values(result_id=result_id)
    )
