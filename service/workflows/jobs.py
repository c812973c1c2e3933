"""The work in the background: which kinds of it there are, and doing one piece after the other."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from service.domain.mails import Undeliverable
from service.store import jobs
from service.store.jobs import Job
from service.workflows import editions, mails, publishing
from service.workflows.context import Context

LOG = logging.getLogger(__name__)
Handler = Callable[[Context, Job], None]


@dataclass(frozen=True, slots=True)
class Work:
    """A kind of work: who does it, and what it is called."""

    handler: Handler
    title: str


KINDS: Mapping[str, Work] = {
    editions.PUBLISH: Work(publishing.publish, "Publishing an edition"),
    mails.SEND: Work(mails.send, "Sending a mail"),
}


def work_once(ctx: Context, reached: Callable[[str], None] = lambda _: None) -> bool:
    """Take one job that is due and do what is left of it; returns whether there was one.

    `reached` is told each point at which a crash would hurt most, such as `sign.before_commit`.
    """
    job = jobs.claim(ctx.database, ctx.new_id())
    if job is None:
        return False
    try:
        KINDS[job.kind].handler(ctx, replace(job, reached=reached))
        jobs.finish(ctx.database, job)
    except jobs.LostLeaseError:
        # Another worker goes on with it, or the handler has closed it together with what was the last of it.
        return True
    except Exception as fault:  # noqa: BLE001 - whatever went wrong is written down, and tried again later
        error = f"{type(fault).__name__}: {fault}"
        LOG.warning("%s of %s, attempt %d: %s", job.kind, job.subject_id, job.attempts, error)
        jobs.postpone(ctx.database, job, error, for_good=isinstance(fault, Undeliverable))
    return True
