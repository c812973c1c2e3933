"""/jobs: the work in the background, for the coordination facility."""

from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.params import QueryParameter
from msgspec import Struct

from service.api.asking import Asking
from service.api.lists import Cursor, Id, Limit, Listing, listing
from service.api.schemas import refuses, shown
from service.domain.errors import Denied
from service.domain.views.jobs import JobState
from service.workflows import jobs

TAGS = ["Operation"]
State = Annotated[JobState | None, QueryParameter(name="state", description="Only jobs in this state.")]


class Job(Struct, frozen=True):
    """A piece of work: what is done (`kind`) with what (`subject_id`), and what stopped it the last time (`error`).

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


_job = shown(Job)


@get("/jobs", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def list_jobs(ctx: Asking, in_state: State = None, limit: Limit = 50, cursor: Cursor = None) -> Listing[Job]:
    """List the work in the background, the newest first; what was done long ago is cleared away."""
    return listing(jobs.listed(ctx, in_state, limit=limit, cursor=cursor), _job)


@get("/jobs/{job_id:str}", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def read_job(job_id: Id, ctx: Asking) -> Job:
    """Read one piece of work."""
    return _job(jobs.job(ctx, job_id))


@post("/jobs/{job_id:str}/retry", tags=TAGS, status_code=200, sync_to_thread=True)
def retry_job(job_id: Id, ctx: Asking) -> Job:
    """Let a piece of work that was given up begin anew at once; any that is at work or done is left alone."""
    jobs.retry(ctx, job_id)
    return _job(jobs.job(ctx, job_id))


ROUTES = [list_jobs, read_job, retry_job]
