"""The work in the background, as the facility sees it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from service.domain.views import Page
from service.domain.views.jobs import JobState, JobView
from service.store.bookkeeping import jobs
from service.store.paging import page_of

_COLUMNS = (
    jobs.c.id,
    jobs.c.kind,
    jobs.c.subject_id,
    jobs.c.state,
    jobs.c.run_at,
    # One that ended with its worker was an attempt, too.
    (jobs.c.attempts + jobs.c.deaths).label("attempts"),
    jobs.c.error,
    jobs.c.ended_at,
)


def list_jobs(
    connection: Connection, state: JobState | None, limit: int, cursor: str | None
) -> Page[JobView]:
    """Return jobs, those that were asked for last first."""
    query = select(*_COLUMNS)
    if state is not None:
        query = query.where(jobs.c.state == state)
    rows, following = page_of(connection, query, (jobs.c.id,), limit, cursor, newest_first=True)
    return Page(tuple(_view(row) for row in rows), following)


def get_job(connection: Connection, job_id: str) -> JobView | None:
    """Return a job, or None."""
    row = connection.execute(select(*_COLUMNS).where(jobs.c.id == job_id)).one_or_none()
    return _view(row) if row is not None else None


def count_jobs(connection: Connection) -> Mapping[JobState, int]:
    """Return how many jobs there are in each state."""
    query = select(jobs.c.state, func.count()).group_by(jobs.c.state)
    found = {JobState(state): count for state, count in connection.execute(query)}
    return {state: found.get(state, 0) for state in JobState}


def _view(row: Any) -> JobView:  # noqa: ANN401 - a row of the columns above
    return JobView(
        row.id,
        row.kind,
        row.subject_id,
        JobState(row.state),
        row.run_at,
        row.attempts,
        row.error,
        row.ended_at,
    )
