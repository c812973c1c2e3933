"""The work in the background, for the facility: what waits, runs, failed and was done lately."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.views.jobs import JobState
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import jobs

SHOWN = 50


@get("/jobs", sync_to_thread=True, include_in_schema=False)
def work(request: Asked, ctx: Asking) -> Response[str]:
    """Show the work in the background."""
    asked = Form({name: (value,) for name, value in request.query_params.items()})
    with ctx.reading():
        state = asked.chosen("state", JobState)
        found = jobs.listed(ctx, state, SHOWN, request.query_params.get("cursor"))
        return page(
            request, ctx, "jobs.html",
            found=found, counts=jobs.counts(ctx), state=state,
        )  # fmt: skip


@post("/jobs/{job_id:str}/retry", sync_to_thread=True, include_in_schema=False)
def retry(job_id: FromPath[str], form: Sent, ctx: Asking) -> Response[None]:
    """Let a job that was given up begin anew."""
    del form  # reading it has made sure that the person meant it
    jobs.retry(ctx, job_id)
    return see_other("/jobs", Done.TRIED_AGAIN)
