"""The daily mail: what a reader wanted to be told once a day, as one mail in their morning."""

from service.domain.mails import DIGEST, Mail
from service.domain.permissions import Permission, Subject, require
from service.store import jobs
from service.store import mails as store
from service.store.jobs import Job
from service.store.notifications import reader
from service.workflows import mails
from service.workflows.context import Context

MOST = 100
"""How many things one daily mail tells at most; the rest follows in another one."""


def digest(ctx: Context, job: Job) -> None:
    """Tell a reader in one mail what was collected for them since the last one."""
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        jobs.hold(work.connection, job, work.now)
        found = store.collected(work.connection, job.subject_id, MOST)
        to = reader(work.connection, job.subject_id)
        if found and to is not None:
            items = [{"template": one.mail.template, "values": dict(one.mail.values)} for one in found]
            mails.post(ctx, work, Mail(DIGEST, to.email, to.language, {"items": items}, to.person_id))
        store.mark_digested(work.connection, [one.id for one in found])
        job.reached("digest.before_commit")
        if len(found) == MOST:
            jobs.repeat(work.connection, job, work.now, work.now)
        else:
            jobs.close(work.connection, job, work.now)
