"""Views of the work in the background."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class JobState(StrEnum):
    """How far a job has come."""

    READY = "ready"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class JobView:
    """A job: what is to be done with what, since when or from when on, how often it was tried, and what stopped it.

    `ended_at` is when it was done or given up.
    """

    id: str
    kind: str
    subject_id: str
    state: JobState
    run_at: datetime
    attempts: int
    error: str
    ended_at: datetime | None
