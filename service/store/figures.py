"""Figures for a monitor."""

from sqlalchemy import Connection, func, select

from service.store.bookkeeping import jobs, record_heads

STATES = ("ready", "running", "done", "failed")


def measures(connection: Connection) -> dict[str, int]:
    """Return how many jobs are in each state, and how many entries the records have."""
    rows = connection.execute(select(jobs.c.state, func.count()).group_by(jobs.c.state))
    counted = {row[0]: row[1] for row in rows}
    entries = connection.scalars(select(func.coalesce(func.sum(record_heads.c.size), 0))).one()
    return {**{f"jobs_{state}": counted.get(state, 0) for state in STATES}, "record_entries": int(entries)}


def record_sizes(connection: Connection) -> tuple[tuple[str, int], ...]:
    """Return how long each record is: whatever changes in the service makes one of them longer."""
    rows = connection.execute(
        select(record_heads.c.scope, record_heads.c.size).order_by(record_heads.c.scope)
    )
    return tuple((row.scope, row.size) for row in rows)
