"""How far each record has been told to those whom it concerns, and who they are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, exists, func, insert, select, update

from service.domain.actors import NOBODYS, Scope
from service.domain.commitments import unveil
from service.store.bookkeeping import events, jobs, record_heads
from service.store.bookkeeping import notification_cursors as cursors
from service.store.mandates import in_force
from service.store.queries.record import persons_behind, words_beside
from service.store.tables import mandates, organisations, participations, persons


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone to be told."""

    person_id: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry of the record, as far as those who are told of it care."""

    sequence: int
    at: datetime
    name: str
    person_id: str | None
    organisation_id: str | None
    data: Mapping[str, Any]


def behind(connection: Connection, kind: str, house: str) -> tuple[str, ...]:
    """Return the agendas whose record has grown since it was told, and which no job of `kind` attends to."""
    attended = exists().where(
        jobs.c.kind == kind, jobs.c.subject_id == record_heads.c.scope, jobs.c.state != "done"
    )
    query = (
        select(record_heads.c.scope)
        .outerjoin(cursors, cursors.c.scope == record_heads.c.scope)
        .where(
            record_heads.c.scope != house,
            record_heads.c.size > func.coalesce(cursors.c.sequence, 0),
            ~attended,
        )
        .order_by(record_heads.c.scope)
    )
    return tuple(connection.scalars(query))


def cursor_of(connection: Connection, scope: str) -> int:
    """Return up to which entry a record has been told, and keep others from telling it meanwhile."""
    query = select(cursors.c.sequence).where(cursors.c.scope == scope).with_for_update()
    return connection.scalars(query).one_or_none() or 0


def move_cursor(connection: Connection, scope: str, sequence: int) -> None:
    """Write down up to which entry a record has been told."""
    moved = update(cursors).where(cursors.c.scope == scope).values(sequence=sequence)
    if not connection.execute(moved).rowcount:
        connection.execute(insert(cursors).values(scope=scope, sequence=sequence))


def move_all_to_the_end(connection: Connection) -> None:
    """Take every record as told."""
    for scope, size in connection.execute(select(record_heads.c.scope, record_heads.c.size)).all():
        move_cursor(connection, scope, size)


def happened_after(connection: Connection, scope: str, sequence: int, limit: int) -> tuple[Happened, ...]:
    """Return the entries of a record that follow one."""
    query = (
        select(
            events.c.sequence,
            events.c.at,
            events.c.name,
            events.c.person,
            events.c.organisation_id,
            events.c.data,
        )
        .where(events.c.scope == scope, events.c.sequence > sequence)
        .order_by(events.c.sequence)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    acted = persons_behind(connection, (row.person for row in rows if row.person is not None))
    words = words_beside(connection, scope, [row.sequence for row in rows])
    return tuple(
        Happened(
            row.sequence,
            row.at,
            row.name,
            acted.get(row.person),
            row.organisation_id,
            unveil(row.data, acted, words.get(row.sequence, {})),
        )
        for row in rows
    )


def readers_of(
    connection: Connection, organisation_ids: Collection[str], now: datetime, scope: Scope | None = None
) -> Mapping[str, Sequence[Reader]]:
    """Return who acts for each organisation now; with a scope, only those whose mandate carries it."""
    query = (
        select(
            mandates.c.organisation_id, mandates.c.scopes, persons.c.id, persons.c.email, persons.c.language
        )
        .join(persons, persons.c.id == mandates.c.person_id)
        .where(
            mandates.c.organisation_id.in_(sorted(organisation_ids)),
            in_force(now),
        )
        .order_by(persons.c.id)
    )
    found: dict[str, list[Reader]] = defaultdict(list)
    for row in connection.execute(query):
        if scope is None or scope in row.scopes:
            found[row.organisation_id].append(Reader(row.id, row.email, row.language))
    return found


def reader(connection: Connection, person_id: str) -> Reader | None:
    """Return a person, or None when they are gone."""
    query = select(persons.c.id, persons.c.email, persons.c.language).where(
        persons.c.id == person_id, persons.c.email.not_like(f"%{NOBODYS}")
    )
    row = connection.execute(query).one_or_none()
    return Reader(*row) if row is not None else None


def participants(connection: Connection, agenda_id: str) -> Mapping[str, str]:
    """Return the names of the organisations that take part in an agenda, by their ids."""
    query = (
        select(organisations.c.id, organisations.c.name)
        .join(
            participations,
            and_(
                participations.c.organisation_id == organisations.c.id,
                participations.c.agenda_id == agenda_id,
            ),
        )
        .order_by(organisations.c.id)
    )
    return {row.id: row.name for row in connection.execute(query)}
