"""Which warnings of a certificate's end were given, and who is warned."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from service.domain.actors import Scope
from service.store.mandates import in_force
from service.store.notifications import Reader
from service.store.sealing_tables import seal_warnings
from service.store.tables import mandates, persons


def give(connection: Connection, fingerprint: str, ends_at: datetime, days: int, now: datetime) -> bool:
    """Write down that a warning is given; returns whether it was not given before."""
    row = {"fingerprint": fingerprint, "ends_at": ends_at, "days": days}
    known = select(seal_warnings.c.days).where(
        *(seal_warnings.c[name] == value for name, value in row.items())
    )
    if connection.execute(known).first() is not None:
        return False
    connection.execute(insert(seal_warnings), {**row, "given_at": now})
    return True


def facilitators(connection: Connection, now: datetime) -> tuple[Reader, ...]:
    """Return everyone who facilitates, each once."""
    query = (
        select(persons.c.id, persons.c.email, persons.c.language, mandates.c.scopes)
        .join_from(mandates, persons, persons.c.id == mandates.c.person_id)
        .where(in_force(now))
        .order_by(persons.c.id)
    )
    rows = [row for row in connection.execute(query) if Scope.FACILITATE in row.scopes]
    return tuple({row.id: Reader(row.id, row.email, row.language) for row in rows}.values())
