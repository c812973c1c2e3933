"""Renditions as they were made, each under the digest of what it was made of; and what editions print."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, delete, insert, select, text

from service.domain import publication
from service.domain.lessons import words_of
from service.domain.renditions import Printed
from service.domain.text import digest
from service.store.engine import Database
from service.store.queries.publication import get_snapshot
from service.store.rendition_tables import kept_renditions

table = kept_renditions.c
PATIENCE = timedelta(minutes=10)
"""How long a rendition that was asked for is waited for, before it is asked for again."""


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


def hold(connection: Connection) -> None:
    """Let no person be erased until this transaction ends, so that what it keeps names nobody who is erased meanwhile.

    On SQLite nobody else writes anyway.
    """
    if connection.dialect.name != "sqlite":
        connection.execute(text(f"LOCK TABLE {kept_renditions.name} IN ROW EXCLUSIVE MODE"))


def drop_all(connection: Connection) -> None:
    """Delete whatever is kept, and let nothing be kept until this transaction ends."""
    if connection.dialect.name != "sqlite":
        connection.execute(text(f"LOCK TABLE {kept_renditions.name} IN EXCLUSIVE MODE"))
    connection.execute(delete(kept_renditions))


def is_waited_for(connection: Connection, slot: Slot, now: datetime) -> bool:
    """Tell whether a rendition was asked for a moment ago, so that there is no need to ask again."""
    asked_at = connection.scalar(select(table.made_at).where(*_in(slot), table.key.is_(None)))
    return asked_at is not None and now - asked_at < PATIENCE


def ask(connection: Connection, slot: Slot, key: str, now: datetime) -> bool:
    """Remember that a rendition is asked for that is to be made in the background; False where it is there by now."""
    kept = connection.execute(select(table.key).where(*_in(slot)).with_for_update()).one_or_none()
    if kept is not None and kept.key == key:
        return False
    connection.execute(delete(kept_renditions).where(*_in(slot)))
    values = {"edition_id": slot.edition_id, "form": slot.form, "language": slot.language}
    connection.execute(insert(kept_renditions).values(**values, fault="", made_at=now))
    return True


def asked(connection: Connection, edition_id: str, form: str) -> tuple[Slot, ...]:
    """Return which renditions of an edition are asked for and not made yet."""
    query = select(table.language).where(
        table.edition_id == edition_id, table.form == form, table.key.is_(None)
    )
    return tuple(
        Slot(edition_id, form, language) for language in connection.scalars(query.order_by(table.language))
    )


def printed(database: Database, connection: Connection, edition_id: str) -> Printed:
    """Return what an edition prints, which never changes; it is read once and remembered."""
    found = database.printed.find(edition_id)
    if found is None:
        snapshot = publication.from_json(get_snapshot(connection, edition_id) or "")
        sources = frozenset(ask.version.digest for ask in snapshot.recommendations)
        lessons = frozenset(digest(words_of(lesson.text)) for lesson in snapshot.lessons)
        found = Printed(snapshot.language, sources, lessons)
        database.printed.keep(edition_id, found)
    return found


def _in(slot: Slot) -> tuple[ColumnElement[bool], ...]:
    return (
        table.edition_id == slot.edition_id,
        table.form == slot.form,
        table.language == slot.language,
    )
