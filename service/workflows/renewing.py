"""Papers outlive the authorities that time stamped them: a fresh archive timestamp, before the last one's proof ends.

The renewed file begins with the former one, byte for byte. It is made and verified outside any transaction, and takes
the former one's place in a single one: a crash leaves either the one or the other.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from service.domain import canonical
from service.domain.editions import EditionState
from service.domain.permissions import Permission, Subject, require
from service.domain.seal_events import EditionRenewed
from service.domain.verification import Finding, Verdict, Verification
from service.store import files, jobs
from service.store import renewing as store
from service.store.jobs import Job
from service.workflows.context import Context

RENEW = "renew"
PDF = "application/pdf"
AHEAD = timedelta(days=365)
"""How long before the proof of an archive timestamp ends it is renewed: long enough to notice that it fails."""
TOLD_BY_THEN, GIVEN_UP = timedelta(days=8), timedelta(days=30)
"""When the first renewal brings what was said of a key after it sealed: lists are made weekly, as a rule. Where nothing
was said by the second, none is tried any more."""
BEYOND = frozenset({Finding.FOREIGN_ROOT, Finding.ARCHIVE_OVER, Finding.SEAL_RETIMED})
"""What is said of papers to which another archive timestamp would add no proof."""
UNTOLD = frozenset({Finding.SEAL_UNTOLD, Finding.STAMP_UNTOLD, Finding.SIGNATURE_UNTOLD})
"""What is said of papers to which it brings what they lack: what was said of revocations since."""


class NotRenewedError(RuntimeError):
    """The renewed paper does not pass its own check, or is not the same: it must not take the former one's place."""


def ask(ctx: Context, agenda_id: str | None = None, *, everything: bool = False) -> tuple[str, ...]:
    """Ask for the renewal of the papers that need it, of an agenda or of all; returns the ids of their editions.

    Where it was not noted until when a paper's timestamp holds, it counts as needing one; so does, days after it was
    sealed, one whose file holds nothing that was said of its key since. `everything` asks for all.
    What was given up before is tried anew.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        wanted = tuple(
            one.edition_id
            for one in store.standing(work.connection, agenda_id)
            if everything or _is_due(one, work.now)
        )
        for edition_id in wanted:
            jobs.ask_again(work.connection, ctx.new_id(), RENEW, edition_id, work.now)
            jobs.revive_within(work.connection, RENEW, edition_id, work.now)
        return wanted


def _is_due(one: store.Standing, now: datetime) -> bool:
    if one.until is None or one.until - now < AHEAD:
        return True
    return one.untold_since is not None and TOLD_BY_THEN <= now - one.untold_since < GIVEN_UP


def note_ends(ctx: Context, agenda_id: str | None = None) -> None:
    """Find out until when the timestamps of papers hold where that was not noted, in an agenda or in all."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.JOB_RUN, Subject())
        unknown = [
            one.edition_id for one in store.standing(reader.connection, agenda_id) if one.until is None
        ]
    for edition_id in unknown:
        with ctx.reading() as reader:
            found = store.file_of(reader.connection, edition_id)
        if found is not None:
            digest, report, content = found
            _note(ctx, digest, canonical.from_json(Verification, report), _verified(ctx, content))


def renew(ctx: Context, job: Job) -> None:
    """Give a released paper a fresh archive timestamp, unless that would prove nothing for longer.

    Where it was not noted until when its timestamp holds, that is found out first; then it may not be needed yet.

    Raises:
        NotRenewedError: the paper could not be checked, or what came of it is not the same paper, valid.
    """
    with ctx.reading() as reader:
        require(reader.actor, Permission.JOB_RUN, Subject())
        found = store.file_of(reader.connection, job.subject_id)
        now = reader.now
    if found is None:
        return
    digest, report, before = found
    job.reached("renew.before")
    with jobs.kept(ctx.database, job):
        present = _verified(ctx, before)
    if not BEYOND.isdisjoint(sentence.template for sentence in present.sentences):
        # Trying again would not help, until the settings trust another root: that is seen every night.
        with ctx.transaction() as work:
            require(work.actor, Permission.JOB_RUN, Subject())
            jobs.close(work.connection, job, work.now, why_not=_told(present))
        return
    lacking = not UNTOLD.isdisjoint(sentence.template for sentence in present.sentences)
    if present.verdict is not Verdict.VALID and not lacking:
        raise NotRenewedError(_told(present))
    former = canonical.from_json(Verification, report)
    if former.archived_until is None and not lacking:
        former = _note(ctx, digest, former, present)
        if former.archived_until is not None and former.archived_until - now >= AHEAD:
            return
    with jobs.kept(ctx.database, job):
        content = ctx.sealer.renew(before)
        verification = _verified(ctx, content)
    if not content.startswith(before) or verification.verdict is not Verdict.VALID:
        raise NotRenewedError(_told(verification))
    if not lacking and not _proves_more(verification, former):
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


def _verified(ctx: Context, content: bytes) -> Verification:
    return ctx.sealer.verify(content, patiently=True, record_keys=(ctx.notary.key.public,))


def _told(found: Verification) -> str:
    return "; ".join(sentence.text for sentence in found.sentences)


def _note(ctx: Context, digest: str, report: Verification, present: Verification) -> Verification:
    """Note in the report on a file until when its timestamp holds, as it is found now; returns the report."""
    noted = replace(report, archived_until=present.archived_until)
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        store.note(work.connection, digest, canonical.to_json(noted))
    return noted


def _proves_more(renewed: Verification, former: Verification) -> bool:
    if former.says(Finding.CERTIFICATE_UNTOLD_SINCE) and not renewed.says(Finding.CERTIFICATE_UNTOLD_SINCE):
        return True
    if renewed.archived_until is None or former.archived_until is None:
        return True
    return renewed.archived_until > former.archived_until
