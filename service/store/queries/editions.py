"""Queries for editions beside one another."""

from sqlalchemy import Connection, func, select

from service.domain.editions import EditionState
from service.store.tables import editions


def newest_released(connection: Connection, agenda_id: str) -> int:
    """Return the number of an agenda's newest edition that stands published; 0 where there is none."""
    query = select(func.max(editions.c.number)).where(
        editions.c.agenda_id == agenda_id, editions.c.state == EditionState.RELEASED
    )
    return connection.scalar(query) or 0
