"""What is told of a campaign that waits in vain: the work in the books, who still writes, and where each process is."""

import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection, and_, or_, select

from service.store.bookkeeping import job_steps, jobs
from service.store.jobs import LATER
from service.store.tables import editions
from tests.reliability.writers import Writer

LAST_LINES = 300
SAYS_WITHIN = 1.0
WHERE = signal.SIGUSR1
"""What makes a process of the service write to its log where each of its threads is."""


def of_books(connection: Connection) -> Iterator[str]:
    """Tell how far each edition is, and what is left to be done."""
    for edition in connection.execute(select(editions.c.id, editions.c.number, editions.c.state)):
        yield f"edition {edition.number} ({edition.id}) is {edition.state}"
    steps = select(job_steps.c.job_id, job_steps.c.step)
    done = [tuple(row) for row in connection.execute(steps)]
    # What can wait, and was never tried, tells nothing.
    wanted = and_(jobs.c.state != "done", or_(jobs.c.rank < LATER, jobs.c.attempts > 0))
    unfinished = select(jobs).where(wanted).order_by(jobs.c.rank, jobs.c.run_at, jobs.c.id)
    for job in connection.execute(unfinished).mappings():
        yield f"job {dict(job)}, done: {[step for job_id, step in done if job_id == job['id']]}"


def of_writers(writers: Iterable[Writer]) -> Iterator[str]:
    """Tell what each writer sent last, and what became of it."""
    for writer in writers:
        last = writer.written[-1] if writer.written else None
        yield f"wrote last {last}; refused: {writer.refused}; without an answer: {writer.silence or 'nothing'}"


def of_processes(processes: Iterable[int]) -> None:
    """Let processes and all that they began write to their log where they are."""
    for process in processes:
        for one in (process, *_descendants(process)):
            if _hears(one):
                os.kill(one, WHERE)
    time.sleep(SAYS_WITHIN)


def of_log(log: str) -> str:
    """Return the end of a log."""
    return "\n".join(log.splitlines()[-LAST_LINES:])


def _descendants(process: int) -> Iterator[int]:
    for children in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, children.read_text(encoding="ascii").split()):
            yield child
            yield from _descendants(child)


def _hears(process: int) -> bool:
    """Tell whether a process would answer: whoever does not know the signal ends by it."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    caught = next(line for line in status.splitlines() if line.startswith("SigCgt:"))
    return bool(int(caught.split()[1], 16) & 1 << WHERE - 1)
