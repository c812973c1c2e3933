"""Papers outlive the authorities that time stamped them: a fresh archive timestamp, before the last one's proof ends.

The renewed file begins with the former one, byte for byte. It is made and verified outside any transaction, and takes
the former one's place in a single one: a crash leaves either the one or the other.
"""

from datetime import timedelta

from service.domain import canonical
from service.domain.editions import EditionState
from service.domain.permissions import Permission, Subject, require
from service.domain.seal_events import EditionRenewed
from service.domain.verification import Verdict, Verification
from service.store import files, jobs
from service.store import renewing as store
from service.store.jobs import Job
from service.workflows.context import Context

RENEW = "renew"
PDF = "application/pdf"
AHEAD = timedelta(days=365)
"""How long before the proof of an archive timestamp ends it is renewed: long enough to notice that it fails."""


class NotRenewedError(RuntimeError):
    """The renewed paper does not pass its own check, or is not the same: it must not take the former one's place."""


def ask(ctx: Context, agenda_id: str | None = None, *, everything: bool = False) -> tuple[str, ...]:
    """Ask for the renewal of the papers that need it, of an agenda or of all; returns the ids of their editions.

    Where it was not noted until when a paper's timestamp holds, it counts as needing one; `everything` asks for all.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        wanted = tuple(
            one.edition_id
            for one in store.standing(work.connection, agenda_id)
            if everything or one.until is None or one.until - work.now < AHEAD
        )
        for edition_id in wanted:
            jobs.ask_again(work.connection, ctx.new_id(), RENEW, edition_id, work.now)
        return wanted


def renew(ctx: Context, job: Job) -> None:
    """Give a released paper a fresh archive timestamp, unless that would prove nothing for longer.

    Raises:
        NotRenewedError: what came of it is not the same paper, valid.
    """
    with ctx.reading() as reader:
        require(reader.actor, Permission.JOB_RUN, Subject())
        found = store.file_of(reader.connection, job.subject_id)
    if found is None:
        return
    digest, report, before = found
    job.reached("renew.before")
    with jobs.kept(ctx.database, job):
        content = ctx.sealer.renew(before)
        verification = ctx.sealer.verify(content, patiently=True)
    if not content.startswith(before) or verification.verdict is not Verdict.VALID:
        raise NotRenewedError("; ".join(sentence.text for sentence in verification.sentences))
    if not _proves_longer(verification, canonical.from_json(Verification, report)):
        # The authority's certificate is still the one of last time: another file would be of no use to anyone.
        return
    job.reached("renew.before_commit")
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        edition = work.editions.lock(job.subject_id)
        if edition.state is EditionState.RELEASED and edition.file_digest == digest:
            store.keep_former(work.connection, edition.id, digest, edition.verification, work.now)
            edition.file_digest = files.keep(work.connection, content, PDF)
            edition.verification = canonical.to_json(verification)
            event = EditionRenewed(edition.id, edition.file_digest, digest)
            work.record(event, agenda_id=edition.agenda_id)
        jobs.close(work.connection, job, work.now)
    job.reached("renew.after")


def _proves_longer(renewed: Verification, former: Verification) -> bool:
    if renewed.archived_until is None or former.archived_until is None:
        return True
    return renewed.archived_until > former.archived_until
