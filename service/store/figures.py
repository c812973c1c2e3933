"""Figures for a monitor."""

from sqlalchemy import Connection, func, select

from service.store.bookkeeping import jobs, record_heads

STATES = ("ready", "running", "done", "failed")


def measures(connection: Connection) -> dict[str, int]:
    """Return how many jobs are in each state, and how many entries the records have."""
    rows = connection.execute(select(jobs.c.state, func.count()).group_by(jobs.c.state))
    counted: dict[str, int] = dict(rows.tuples())
    entries = connection.scalars(select(func.coalesce(func.sum(record_heads.c.size), 0))).one()
    return {**{f"jobs_{state}": counted.get(state, 0) for state in STATES}, "record_entries": int(entries)}
