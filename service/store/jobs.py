"""Work that outlives a request: one table of leased jobs, the same on both engines.

A job is claimed with a lease. A worker that dies loses it, and another goes on after the last step that was
written down. Each step does its work outside a transaction and writes down its result in one transaction with
the change it leads to, but only while the lease still holds; so a step that ran twice counts once.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, insert, or_, select, update

from service.domain.errors import TryAgain
from service.store.bookkeeping import job_steps, jobs
from service.store.engine import Database

LEASE = timedelta(seconds=60)
ATTEMPTS = 8
DIED = "the worker died at every attempt"
LONGEST_PAUSE = timedelta(hours=1)


class LostLeaseError(RuntimeError):
    """Another worker has taken the job over; this one stops without a trace."""


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job: what to do (`kind`), with what (`subject_id`), under which lease."""

    id: str
    kind: str
    subject_id: str
    attempts: int
    lease: str


def enqueue(connection: Connection, job_id: str, kind: str, subject_id: str, now: datetime) -> None:
    """Ask for work in the caller's transaction; the same work is asked for once."""
    values = {
        "id": job_id,
        "kind": kind,
        "subject_id": subject_id,
        "state": "ready",
        "run_at": now,
        "attempts": 0,
        "error": "",
    }
    known = select(jobs.c.id).where(jobs.c.kind == kind, jobs.c.subject_id == subject_id)
    if connection.execute(known).first() is None:
        connection.execute(insert(jobs).values(values))


def claim(database: Database, lease: str) -> Job | None:
    """Take the job that has waited longest, or None when nothing is due. `lease` is a fresh id."""
    with database.writing() as connection:
        now = database.now(connection)
        due = or_(
            and_(jobs.c.state == "ready", jobs.c.run_at <= now),
            and_(jobs.c.state == "running", jobs.c.lease_until < now),
        )
        row = connection.execute(
            select(jobs)
            .where(due)
            .order_by(jobs.c.run_at, jobs.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).one_or_none()
        if row is None:
            return None
        if row.attempts >= ATTEMPTS:
            # Whoever tried before did not live to say why: such a job waits for a person, too.
            died = {"state": "failed", "lease": None, "lease_until": None, "error": row.error or DIED}
            connection.execute(update(jobs).where(jobs.c.id == row.id).values(died))
            return None
        attempts = row.attempts + 1
        connection.execute(
            update(jobs)
            .where(jobs.c.id == row.id)
            .values(state="running", lease=lease, lease_until=now + LEASE, attempts=attempts)
        )
        return Job(row.id, row.kind, row.subject_id, attempts, lease)


def hold(connection: Connection, job: Job, now: datetime) -> None:
    """Renew a lease in the caller's transaction.

    Raises:
        LostLeaseError: another worker holds the job.
    """
    held = connection.execute(
        update(jobs).where(jobs.c.id == job.id, jobs.c.lease == job.lease).values(lease_until=now + LEASE)
    )
    if held.rowcount != 1:
        raise LostLeaseError


@contextmanager
def kept(database: Database, job: Job) -> Iterator[None]:
    """Renew a lease from time to time while a long step runs, so that no other worker begins it too."""
    ended = threading.Event()

    def renew() -> None:
        while not ended.wait(LEASE.total_seconds() / 3):
            # A lease that is lost, or a database that is away, shows when the step is written down.
            with suppress(LostLeaseError, TryAgain), database.writing() as connection:
                hold(connection, job, database.now(connection))

    keeper = threading.Thread(target=renew, name=f"lease-{job.id}", daemon=True)
    keeper.start()
    try:
        yield
    finally:
        ended.set()
        keeper.join()


def done_steps(connection: Connection, job: Job) -> dict[str, str]:
    """Return the steps that were written down, with their results."""
    query = select(job_steps.c.step, job_steps.c.result).where(job_steps.c.job_id == job.id)
    return {row.step: row.result for row in connection.execute(query)}


def write_step(connection: Connection, job: Job, step: str, result: str) -> None:
    """Write down a step's result in the caller's transaction; a job that gets on begins to count its attempts anew."""
    connection.execute(insert(job_steps).values(job_id=job.id, step=step, result=result))
    connection.execute(update(jobs).where(jobs.c.id == job.id).values(attempts=1))


def finish(database: Database, job: Job) -> None:
    """Close a job whose steps are all done."""
    with database.writing() as connection:
        hold(connection, job, database.now(connection))
        connection.execute(
            update(jobs)
            .where(jobs.c.id == job.id)
            .values(state="done", lease=None, lease_until=None, error="")
        )


def postpone(database: Database, job: Job, error: str) -> None:
    """Put a job off after a fault, longer each time; after the last attempt it waits for a person."""
    held = and_(jobs.c.id == job.id, jobs.c.lease == job.lease)
    with database.writing() as connection:
        attempts = connection.execute(select(jobs.c.attempts).where(held)).scalar()
        if attempts is None:
            return
        pause = min(timedelta(seconds=2**attempts), LONGEST_PAUSE)
        values = {"state": "failed" if attempts >= ATTEMPTS else "ready", "error": error[:2_000]}
        connection.execute(
            update(jobs)
            .where(held)
            .values(run_at=database.now(connection) + pause, lease=None, lease_until=None, **values)
        )


def revive(database: Database, kind: str, subject_id: str) -> None:
    """Let a job that waits for its time, or for a person, begin anew at once; one that is at work is left alone."""
    with database.writing() as connection:
        connection.execute(
            update(jobs)
            .where(
                jobs.c.kind == kind, jobs.c.subject_id == subject_id, jobs.c.state.in_(("ready", "failed"))
            )
            .values(state="ready", run_at=database.now(connection), attempts=0)
        )


def fault(database: Database, kind: str, subject_id: str) -> str:
    """Return what stopped a job the last time, in the words of the log; empty when nothing did."""
    query = select(jobs.c.error).where(jobs.c.kind == kind, jobs.c.subject_id == subject_id)
    with database.reading() as connection:
        return connection.execute(query).scalar() or ""
