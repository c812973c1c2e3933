"""Work that outlives a request: one table of leased jobs, the same on both engines.

A job is claimed with a lease. A worker that dies loses it, and another goes on after the last step that was
written down. Each step does its work outside a transaction and writes down its result in one transaction with
the change it leads to, but only while the lease still holds; so a step that ran twice counts once.

Two things are counted: `attempts`, which make the pause after a fault longer, and `deaths`, the attempts in a row that
ended with their worker. A worker that was killed says nothing of the job, unless it is killed each time.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from service.domain.errors import TryAgain
from service.store.bookkeeping import job_steps, jobs
from service.store.engine import Database

LEASE = timedelta(seconds=60)
ATTEMPTS = 8
LATER = 1
DEATHS = 8
SUSPECT = 2
"""So many deaths in a row may be the job's own doing: from then on its leases run out, so that it kills more slowly."""
DIED = "the worker died at every attempt"
LONGEST_PAUSE = timedelta(hours=1)


class LostLeaseError(RuntimeError):
    """Another worker has taken the job over; this one stops without a trace."""


def _quietly(_: str) -> None:
    """Pass the point."""


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed job: what to do (`kind`), with what (`subject_id`), under which lease.

    `reached` is told each point at which a crash would hurt most, such as `sign.before_commit`.
    """

    id: str
    kind: str
    subject_id: str
    attempts: int
    lease: str
    reached: Callable[[str], None] = field(default=_quietly, compare=False, repr=False)


def enqueue(connection: Connection, job_id: str, kind: str, subject_id: str, now: datetime) -> None:
    """Ask for work in the caller's transaction; the same work is asked for once."""
    known = select(jobs.c.id).where(jobs.c.kind == kind, jobs.c.subject_id == subject_id)
    if connection.execute(known).first() is None:
        connection.execute(insert(jobs), _new(job_id, kind, subject_id, now))


def enqueue_all(
    connection: Connection, kind: str, asked: Sequence[tuple[str, str, int]], now: datetime
) -> None:
    """Ask in the caller's transaction for work of a kind on things that are new.

    Each is a job's id, its subject, and its rank: 0 is for what somebody waits for, LATER for what can wait for that.
    """
    rows = [{**_new(job_id, kind, subject_id, now), "rank": rank} for job_id, subject_id, rank in asked]
    if rows:
        connection.execute(insert(jobs), rows)


def ask_again(connection: Connection, job_id: str, kind: str, subject_id: str, run_at: datetime) -> None:
    """Ask in the caller's transaction for work that comes again and again; what waits already is not asked for twice.

    A worker that is doing it is waited for: what the caller has written is found by it, or by the next one.
    """
    mine = and_(jobs.c.kind == kind, jobs.c.subject_id == subject_id)
    known = connection.execute(select(jobs.c.id, jobs.c.state).where(mine).with_for_update()).one_or_none()
    if known is None:
        enqueue(connection, job_id, kind, subject_id, run_at)
    elif known.state == "done":
        connection.execute(delete(job_steps).where(job_steps.c.job_id == known.id))
        connection.execute(update(jobs).where(jobs.c.id == known.id).values(_anew(run_at)))


def _new(job_id: str, kind: str, subject_id: str, run_at: datetime) -> dict[str, object]:
    return {"id": job_id, "kind": kind, "subject_id": subject_id, "rank": 0, **_anew(run_at)}


def _anew(run_at: datetime) -> dict[str, object]:
    return {
        "state": "ready",
        "run_at": run_at,
        "attempts": 0,
        "deaths": 0,
        "lease": None,
        "lease_until": None,
        "holder": "",
        "ended_at": None,
        "error": "",
    }


def claim(database: Database, lease: str, holder: str = "") -> Job | None:
    """Take the job of the lowest rank that has waited longest, or None when nothing is due.

    Args:
        database: where the jobs are.
        lease: a fresh id.
        holder: who takes it, so that others see when that process is gone; empty where nobody could see it.
    """
    with database.reading() as connection:
        # Mostly nothing is due, and whoever writes need not wait for a worker to find that out.
        if (
            connection.execute(select(jobs.c.id).where(_due(database.now(connection))).limit(1)).first()
            is None
        ):
            return None
    with database.writing() as connection:
        now = database.now(connection)
        row = connection.execute(
            select(jobs)
            .where(_due(now))
            .order_by(jobs.c.rank, jobs.c.run_at, jobs.c.id)
            .limit(1)
            .with_for_update(skip_locked=True)
        ).one_or_none()
        if row is None:
            return None
        # One that still runs after its lease was left behind: its attempt goes on, and nothing is held against it.
        died = row.state == "running"
        deaths, attempts = row.deaths + died, row.attempts + (not died)
        if deaths >= DEATHS:
            # Whoever tried before did not live to say why: such a job waits for a person, too.
            gone = {"state": "failed", "lease": None, "lease_until": None, "error": row.error or DIED}
            connection.execute(update(jobs).where(jobs.c.id == row.id).values(**gone, ended_at=now))
            return None
        taken = {"state": "running", "lease": lease, "lease_until": now + LEASE, "holder": holder}
        connection.execute(
            update(jobs).where(jobs.c.id == row.id).values(**taken, attempts=attempts, deaths=deaths)
        )
        return Job(row.id, row.kind, row.subject_id, attempts, lease)


def _due(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(jobs.c.state == "ready", jobs.c.run_at <= now),
        and_(jobs.c.state == "running", jobs.c.lease_until < now),
    )


def free(connection: Connection, is_gone: Callable[[str], bool], now: datetime) -> None:
    """End the leases, in the caller's transaction, of holders that are gone: nobody has to wait for them.

    A job whose workers died time and again is left alone.
    """
    running = and_(jobs.c.state == "running", jobs.c.holder != "", jobs.c.deaths < SUSPECT)
    holders = connection.scalars(select(jobs.c.holder).where(running).distinct()).all()
    if gone := [holder for holder in holders if is_gone(holder)]:
        connection.execute(
            update(jobs).where(running, jobs.c.holder.in_(gone)).values(lease_until=now - LEASE)
        )


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
    connection.execute(update(jobs).where(jobs.c.id == job.id).values(attempts=1, deaths=0))


def finish(database: Database, job: Job) -> None:
    """Close a job whose steps are all done."""
    with database.writing() as connection:
        close(connection, job, database.now(connection))


def close(connection: Connection, job: Job, now: datetime, *, why_not: str = "") -> None:
    """Close a job in the caller's transaction, together with what was the last of it.

    `why_not` tells why there was nothing to be done, where somebody may wonder.

    Raises:
        LostLeaseError: another worker holds the job.
    """
    hold(connection, job, now)
    connection.execute(
        update(jobs)
        .where(jobs.c.id == job.id)
        .values(state="done", lease=None, lease_until=None, error=why_not, ended_at=now)
    )


def repeat(connection: Connection, job: Job, now: datetime, run_at: datetime) -> None:
    """Let a job come again at `run_at`, in the caller's transaction, together with what was done this time.

    Raises:
        LostLeaseError: another worker holds the job.
    """
    hold(connection, job, now)
    connection.execute(delete(job_steps).where(job_steps.c.job_id == job.id))
    connection.execute(update(jobs).where(jobs.c.id == job.id).values(_anew(run_at)))


def postpone(
    database: Database, job: Job, error: str, *, for_good: bool = False, never: bool = False
) -> None:
    """Put a job off after a fault, longer each time; after the last attempt, or `for_good`, it waits for a person.

    With `never`, it is tried on and on, because what is missing comes back by itself.
    """
    held = and_(jobs.c.id == job.id, jobs.c.lease == job.lease)
    with database.writing() as connection:
        attempts = connection.execute(select(jobs.c.attempts).where(held)).scalar()
        if attempts is None:
            return
        pause = min(timedelta(seconds=2**attempts), LONGEST_PAUSE)
        now, given_up = database.now(connection), for_good or (attempts >= ATTEMPTS and not never)
        values = {
            "state": "failed" if given_up else "ready",
            "error": error[:2_000],
            "ended_at": now if given_up else None,
            # Whoever tells of a fault has lived.
            "deaths": 0,
        }
        if never:
            # Some attempts are left, however often it was tried: what comes back is looked for every few minutes.
            values["attempts"] = min(attempts, ATTEMPTS - 2)
        connection.execute(
            update(jobs).where(held).values(run_at=now + pause, lease=None, lease_until=None, **values)
        )


def sweep(connection: Connection, before: datetime) -> None:
    """Clear away the jobs that were done before a moment; those that failed stay until somebody has looked."""
    old = select(jobs.c.id).where(jobs.c.state == "done", jobs.c.ended_at < before)
    connection.execute(delete(job_steps).where(job_steps.c.job_id.in_(old)))
    connection.execute(delete(jobs).where(jobs.c.state == "done", jobs.c.ended_at < before))


def revive(database: Database, kind: str, subject_id: str) -> None:
    """Let a job that waits for its time, or for a person, begin anew at once; one that is at work is left alone."""
    with database.writing() as connection:
        revive_within(connection, kind, subject_id, database.now(connection))


def revive_within(connection: Connection, kind: str, subject_id: str, now: datetime) -> None:
    """Let a job begin anew at once, in the caller's transaction; one that is at work or done is left alone."""
    connection.execute(
        update(jobs)
        .where(jobs.c.kind == kind, jobs.c.subject_id == subject_id, jobs.c.state.in_(("ready", "failed")))
        .values(state="ready", run_at=now, attempts=0, deaths=0, ended_at=None)
    )


@dataclass(frozen=True, slots=True)
class Last:
    """Where a job stands, and what stopped it the last time; empty when nothing did."""

    state: str
    error: str


def last(connection: Connection, kind: str, subject_id: str) -> Last | None:
    """Return where a job stands, or None where it was never asked for."""
    query = select(jobs.c.state, jobs.c.error).where(jobs.c.kind == kind, jobs.c.subject_id == subject_id)
    row = connection.execute(query).one_or_none()
    return None if row is None else Last(row.state, row.error)


def fault(database: Database, kind: str, subject_id: str) -> str:
    """Return what stopped a job the last time, in the words of the log; empty when nothing did."""
    query = select(jobs.c.error).where(jobs.c.kind == kind, jobs.c.subject_id == subject_id)
    with database.reading() as connection:
        return connection.execute(query).scalar() or ""
