"""The work in the background: which kinds of it there are, and doing one piece after the other."""

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta

from service.domain.errors import (
    SealAway,
    SealPinRefused,
    SignatoryKeyAway,
    SignatoryKeyOfAnother,
    SignatoryKeyShut,
    SignatoryPinRefused,
    StaleState,
    StampsAway,
    Unknown,
)
from service.domain.mails import DIGEST, Undeliverable
from service.domain.permissions import Permission, Subject, allows, require, visible_to
from service.domain.views import Page
from service.domain.views.jobs import JobState, JobView
from service.store import jobs
from service.store import mails as outgoing
from service.store.jobs import Job
from service.store.queries import jobs as queries
from service.store.uow import HOUSE
from service.workflows import (
    digests,
    drafts,
    mails,
    notifications,
    publishing,
    renditions,
    renewing,
    seal_warnings,
    sealed_with,
    signatory_keys,
    webhooks,
)
from service.workflows.context import Context
from service.workflows.halts import PUBLISH
from service.workflows.reading import LIMIT

LOG = logging.getLogger(__name__)
Handler = Callable[[Context, Job], None]
SWEEP = "sweep"
KEPT_FOR = timedelta(days=30)
MAILS_KEPT_FOR = timedelta(days=365)
SWEPT_EVERY = timedelta(days=1)
_FOR_GOOD = (Undeliverable, publishing.OvertakenError)
_COMES_BACK = (SealAway, SealPinRefused, StampsAway, SignatoryKeyAway, SignatoryPinRefused)
# What it is that is away, or wrong, and how, only the cause knows; whoever looks at the jobs can mend it.
_TOLD_BY_THE_CAUSE = (*_COMES_BACK, SignatoryKeyShut, SignatoryKeyOfAnother)


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: who does it, and what it is called."""

    handler: Handler
    title: str


def sweep(ctx: Context, job: Job) -> None:
    """Clear away what was done long ago, look at what ends soon, and come again tomorrow."""
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        jobs.sweep(work.connection, work.now - KEPT_FOR)
        outgoing.sweep(work.connection, work.now - MAILS_KEPT_FOR)
        renewing.ask(ctx)
        seal_warnings.warn(ctx)
        signatory_keys.warn(ctx)
    # Reading every paper takes its time, and nothing else may wait for it, or fail with it.
    with jobs.kept(ctx.database, job):
        sealed_with.note(ctx)
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        jobs.repeat(work.connection, job, work.now, work.now + SWEPT_EVERY)


def begin(ctx: Context) -> None:
    """Take over from dead workers, and ask for what comes again and again; who begin together ask for it once."""
    take_over(ctx)
    with suppress(StaleState), ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        jobs.enqueue(work.connection, ctx.new_id(), SWEEP, HOUSE, work.now)


def take_over(ctx: Context) -> None:
    """Let what workers of this machine left behind when they died be due at once, not when their leases end."""
    if ctx.workplace is not None:
        with ctx.transaction() as work:
            require(work.actor, Permission.JOB_RUN, Subject())
            jobs.free(work.connection, ctx.workplace.is_gone, work.now)


KINDS: Mapping[str, Work] = {
    PUBLISH: Work(publishing.publish, "Publishing an edition"),
    drafts.DRAFT: Work(drafts.make, "Making a draft of a paper"),
    renditions.COURTESY: Work(renditions.make, "Printing the courtesy translations of an edition"),
    renewing.RENEW: Work(renewing.renew, "Renewing the archive timestamp of a paper"),
    mails.SEND: Work(mails.send, "Sending a mail"),
    notifications.NOTIFY: Work(notifications.notify, "Telling people what happened in an agenda"),
    DIGEST: Work(digests.digest, "Writing somebody’s daily mail"),
    webhooks.DELIVER: Work(webhooks.deliver, "Calling a webhook"),
    SWEEP: Work(sweep, "Clearing away jobs and mails of long ago"),
}


def work_once(ctx: Context, reached: Callable[[str], None] = lambda _: None) -> bool:
    """Take one job that is due and do what is left of it; returns whether there was one.

    `reached` is told each point at which a crash would hurt most, such as `sign.before_commit`.
    """
    holder = ctx.workplace.name if ctx.workplace is not None else ""
    job = jobs.claim(ctx.database, ctx.new_id(), holder)
    if job is None:
        return False
    try:
        KINDS[job.kind].handler(ctx, replace(job, reached=reached))
        jobs.finish(ctx.database, job)
    except jobs.LostLeaseError:
        # Another worker goes on with it, or the handler has closed it together with what was the last of it.
        return True
    except Exception as fault:  # noqa: BLE001 - whatever went wrong is written down, and tried again later
        for_good, never = isinstance(fault, _FOR_GOOD), isinstance(fault, _COMES_BACK)
        cause = fault.__cause__ if isinstance(fault, _TOLD_BY_THE_CAUSE) else None
        error = f"{type(fault).__name__}: {cause or fault}"
        LOG.warning("%s of %s, attempt %d: %s", job.kind, job.subject_id, job.attempts, error)
        jobs.postpone(ctx.database, job, error, for_good=for_good, never=never)
    return True


def may_see(ctx: Context) -> bool:
    """Tell whether the reader may see the work in the background."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return allows(reader.actor, Permission.JOB_READ, Subject())


def listed(
    ctx: Context, state: JobState | None = None, limit: int = LIMIT, cursor: str | None = None
) -> Page[JobView]:
    """Return jobs, those that were asked for last first."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.JOB_READ, Subject())
        return queries.list_jobs(reader.connection, state, limit, cursor)


def counts(ctx: Context) -> Mapping[JobState, int]:
    """Return how many jobs there are in each state."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.JOB_READ, Subject())
        return queries.count_jobs(reader.connection)


def job(ctx: Context, job_id: str) -> JobView:
    """Return one job."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.JOB_READ, Subject())
        view = queries.get_job(reader.connection, job_id)
        if view is None:
            raise Unknown(thing="job")
        return view


def retry(ctx: Context, job_id: str) -> None:
    """Let a job that was given up, or waits for its time, begin anew at once; any other is left alone."""
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RETRY, Subject())
        view = queries.get_job(work.connection, job_id)
        if view is None:
            raise Unknown(thing="job")
        jobs.revive_within(work.connection, view.kind, view.subject_id, work.now)


def title(kind: str) -> str:
    """Return what a kind of work is called, in English; one that is not known any more goes by its name."""
    known = KINDS.get(kind)
    return known.title if known is not None else kind
