"""Renditions as they were made, each under the digest of what it was made of; and what editions print."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from service.domain import publication
from service.domain.renditions import Printed
from service.store.engine import Database
from service.store.queries.publication import get_snapshot
from service.store.rendition_tables import kept_renditions

table = kept_renditions.c


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a rendition is kept: of which edition it is, in which format and language; empty is the edition's own."""

    edition_id: str
    form: str
    language: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A rendition as it was made; without content it could not be, and `fault` says why."""

    content: bytes | None
    fault: str = ""


def find(connection: Connection, slot: Slot, key: str) -> Kept | None:
    """Return the rendition that was made of exactly this, or None."""
    query = select(table.content, table.fault).where(*_in(slot), table.key == key)
    row = connection.execute(query).one_or_none()
    return Kept(row.content, row.fault) if row is not None else None


def keep(connection: Connection, slot: Slot, key: str, made: Kept, now: datetime) -> None:
    """Keep a rendition in the place of the one before."""
    connection.execute(delete(kept_renditions).where(*_in(slot)))
    connection.execute(
        insert(kept_renditions).values(
            edition_id=slot.edition_id,
            form=slot.form,
            language=slot.language,
            key=key,
            content=made.content,
            fault=made.fault,
            made_at=now,
        )
    )


def printed(database: Database, connection: Connection, edition_id: str) -> Printed:
    """Return what an edition prints, which never changes; it is read once and remembered."""
    found = database.printed.find(edition_id)
    if found is None:
        snapshot = publication.from_json(get_snapshot(connection, edition_id) or "")
        sources = frozenset(ask.version.digest for ask in snapshot.recommendations)
        found = Printed(snapshot.language, sources)
        database.printed.keep(edition_id, found)
    return found


def _in(slot: Slot) -> tuple[ColumnElement[bool], ...]:
    return (
        table.edition_id == slot.edition_id,
        table.form == slot.form,
        table.language == slot.language,
    )
