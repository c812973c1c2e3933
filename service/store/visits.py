"""How far into the records of agendas a person has read: remembered for that person, and no part of the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select, text

from service.store.bookkeeping import last_visits
from service.store.types import UtcDateTime

_KEEP = text(
    "INSERT INTO last_visits (person_id, agenda_id, entry, visited_at)"
    " VALUES (:person_id, :agenda_id, :entry, :visited_at) ON CONFLICT (person_id, agenda_id)"
    " DO UPDATE SET entry = excluded.entry, visited_at = excluded.visited_at"
    " WHERE excluded.entry >= last_visits.entry"
).bindparams(bindparam("visited_at", type_=UtcDateTime))


@dataclass(frozen=True, slots=True)
class Visit:
    """How many entries of an agenda's record a person had seen, and when."""

    entry: int
    visited_at: datetime


def last_visits_of(connection: Connection, person_id: str) -> Mapping[str, Visit]:
    """Return a person's last visits by the agenda's id."""
    query = select(last_visits).where(last_visits.c.person_id == person_id)
    return {row.agenda_id: Visit(row.entry, row.visited_at) for row in connection.execute(query)}


def keep_visits(connection: Connection, person_id: str, entries: Mapping[str, int], now: datetime) -> None:
    """Keep how far a person has read; nobody unreads what they have read."""
    for agenda_id, entry in sorted(entries.items()):
        values = {"person_id": person_id, "agenda_id": agenda_id, "entry": entry, "visited_at": now}
        connection.execute(_KEEP, values)
