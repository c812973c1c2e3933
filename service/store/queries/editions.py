"""Queries for editions beside one another."""

from sqlalchemy import Connection, func, select

from service.domain.editions import EditionState
from service.domain.halts import Published
from service.store.tables import editions


def newest_released(connection: Connection, agenda_id: str) -> int:
    """Return the number of an agenda's newest edition that stands published; 0 where there is none."""
    query = select(func.max(editions.c.number)).where(
        editions.c.agenda_id == agenda_id, editions.c.state == EditionState.RELEASED
    )
    return connection.scalar(query) or 0


def newest_published(connection: Connection, agenda_id: str) -> Published | None:
    """Return an agenda's newest edition that was ever published, also where it was withdrawn since."""
    query = (
        select(editions.c.digest, editions.c.state)
        .where(editions.c.agenda_id == agenda_id, editions.c.released_at.is_not(None))
        .order_by(editions.c.number.desc())
        .limit(1)
    )
    row = connection.execute(query).one_or_none()
    return None if row is None else Published(row.digest, row.state == EditionState.WITHDRAWN)
