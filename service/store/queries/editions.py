"""Queries for editions beside one another."""

from sqlalchemy import Connection, select

from service.domain.editions import EditionState
from service.domain.halts import Published
from service.store.tables import editions


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
