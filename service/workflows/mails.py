"""Use cases around mails: posting them in the transaction that asks for them, and sending them afterwards."""

import hashlib
import hmac
from collections.abc import Sequence

from service.domain.mails import (
    DIGEST,
    UNSENT,
    Envelope,
    Frequency,
    Mail,
    MailState,
    PostedMail,
    Undeliverable,
    first_state,
    may_turn_off,
    next_digest,
)
from service.domain.permissions import Permission, Subject, require
from service.store import jobs
from service.store import mails as store
from service.store.jobs import Job
from service.store.uow import UnitOfWork
from service.workflows.context import Context

SEND = "send_mail"


def post(ctx: Context, work: UnitOfWork, mail: Mail) -> str:
    """Put a mail into the outbox in the caller's transaction, so that it goes out if and only if that commits.

    How its reader wishes to be told is asked here. Returns its id.
    """
    return post_all(ctx, work, (mail,))[0]


def post_all(ctx: Context, work: UnitOfWork, mails: Sequence[Mail]) -> tuple[str, ...]:
    """Put mails into the outbox in the caller's transaction, at the cost of few statements; returns their ids."""
    wishes = store.wishes(work.connection, {m.person_id for m in mails if m.person_id is not None})
    posted = []
    for mail in mails:
        wish = wishes.get((mail.person_id or "", mail.kind), Frequency.AT_ONCE)
        mail_id = ctx.new_id()
        posted.append(
            PostedMail(
                mail_id, mail, first_state(mail.kind, wish), f"<{mail_id}@{ctx.mailing.host}>",
                ctx.mailing.letters.subject(mail), work.now, None, "", None, "", "",
            )
        )  # fmt: skip
    store.add(work.connection, posted)
    waiting = [p.id for p in posted if p.state is MailState.WAITING]
    _ask_for_digests(ctx, work, posted)
    jobs.enqueue_all(work.connection, [(ctx.new_id(), SEND, mail_id) for mail_id in waiting], work.now)
    return tuple(p.id for p in posted)


def _ask_for_digests(ctx: Context, work: UnitOfWork, posted: Sequence[PostedMail]) -> None:
    """Let every reader for whom something is collected have a daily mail tomorrow morning, or this morning."""
    readers = {p.mail.person_id or "" for p in posted if p.state is MailState.COLLECTED}
    zones = store.zones(work.connection, readers)
    # In one order, so that two who collect for the same readers never wait for each other in a circle.
    for person_id, zone in sorted(zones.items()):
        run_at = next_digest(work.now, zone)
        jobs.ask_again(work.connection, ctx.new_id(), DIGEST, person_id, run_at)


def send(ctx: Context, job: Job) -> None:
    """Send a mail, and write down that it went out; where no mail server is set, it is kept.

    A crash between the two sends it again, under the same Message-ID, by which mail programs show it once.

    Raises:
        Undeliverable: the mail server will never take it.
    """
    envelope = _sealed(ctx, job)
    if envelope is None:
        return
    message = ctx.mailing.letters.message(envelope)
    state = MailState.KEPT
    if ctx.mailing.postman is not None:
        job.reached("send_mail.before")
        try:
            with jobs.kept(ctx.database, job):
                ctx.mailing.postman.send(message)
        except Exception as fault:
            final = isinstance(fault, Undeliverable) or job.attempts >= jobs.ATTEMPTS
            _settle(ctx, job, MailState.FAILED if final else MailState.WAITING, str(fault))
            raise
        state = MailState.SENT
    job.reached("send_mail.before_commit")
    _settle(ctx, job, state)
    job.reached("send_mail.after")


def _sealed(ctx: Context, job: Job) -> Envelope | None:
    """Return a mail with all that is made for its way out; None when it went out already."""
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        jobs.hold(work.connection, job, work.now)
        posted = store.get(work.connection, job.subject_id)
        if posted is None or posted.state not in UNSENT:
            return None
        mail = posted.mail
        # Where nothing is sent, nobody can follow a link: the page of outgoing mail makes one when it is asked.
        secret = (
            ctx.mailing.make_link(work, ctx, mail.link, mail.person_id or "")
            if mail.link is not None and ctx.mailing.postman is not None
            else ""
        )
        return Envelope(
            posted,
            secret,
            unsubscribing(work, ctx, mail),
            store.earlier_in_thread(work.connection, posted),
        )


def _settle(ctx: Context, job: Job, state: MailState, error: str = "") -> None:
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        jobs.hold(work.connection, job, work.now)
        sent_at = work.now if state in {MailState.SENT, MailState.KEPT} else None
        store.settle(work.connection, job.subject_id, state, sent_at, error)


def unsubscribing(work: UnitOfWork, ctx: Context, mail: Mail) -> str:
    """Return the token by which a mail's reader turns its kind off without signing in; empty where they cannot."""
    what = DIGEST if mail.template == DIGEST else mail.kind if may_turn_off(mail.kind) else None
    if what is None or mail.person_id is None:
        return ""
    key = store.signing_key(work.connection, ctx.new_secret)
    return f"{mail.person_id}.{what}.{signature(key, mail.person_id, what)}"


def signature(key: str, person_id: str, what: str) -> str:
    """Return what proves that a link to unsubscribe was made here."""
    return hmac.new(key.encode(), f"unsubscribe:{person_id}:{what}".encode(), hashlib.sha256).hexdigest()
