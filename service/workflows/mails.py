"""Use cases around mails: posting them in the transaction that asks for them, and sending them afterwards."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence

from service.domain.access import LinkPurpose
from service.domain.actors import Person
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
from service.store import confirmations, jobs
from service.store import mails as store
from service.store.jobs import Job
from service.store.uow import UnitOfWork
from service.workflows.context import Context

SEND = store.SEND
CONFIRMATION = "confirmation"


def post(ctx: Context, work: UnitOfWork, mail: Mail) -> str:
    """Put a mail into the outbox in the caller's transaction, so that it goes out if and only if that commits.

    How its reader wishes to be told is asked here. Returns its id, which is empty where its reader was erased.
    """
    return next(iter(post_all(ctx, work, (mail,))), "")


def post_all(ctx: Context, work: UnitOfWork, mails: Sequence[Mail]) -> tuple[str, ...]:
    """Put mails into the outbox in the caller's transaction, at the cost of few statements; returns their ids.

    Nothing is written to whoever was erased since the mail was thought of.
    """
    readers = store.known(work.connection, {m.person_id for m in mails if m.person_id is not None})
    wishes = store.wishes(work.connection, readers)
    posted = []
    for mail in mails:
        if mail.person_id is not None and mail.person_id not in readers:
            continue
        wish = wishes.get((mail.person_id or "", mail.kind), Frequency.AT_ONCE)
        mail_id = ctx.new_id()
        posted.append(
            PostedMail(
                mail_id, mail, first_state(mail.kind, wish), f"<{mail_id}@{ctx.mailing.host}>",
                ctx.mailing.letters.subject(mail), work.now, None, "", None, "", "",
            )
        )  # fmt: skip
    store.add(work.connection, posted)
    _ask_for_digests(ctx, work, posted)
    waiting = [p for p in posted if p.state is MailState.WAITING]
    # A link that somebody waits for goes before all that tells many.
    asked = [(ctx.new_id(), p.id, jobs.LATER if p.mail.link is None else 0) for p in waiting]
    jobs.enqueue_all(work.connection, SEND, asked, work.now)
    return tuple(p.id for p in posted)


_CARRYING: Mapping[LinkPurpose, str] = {
    LinkPurpose.SIGN_IN: "sign_in_link",
    LinkPurpose.INVITATION: "invitation",
    LinkPurpose.CONFIRM: "confirmation_link",
}


def post_link(
    ctx: Context, work: UnitOfWork, person: Person, purpose: LinkPurpose, confirmation_id: str | None = None
) -> None:
    """Have a link mailed to a person, in the caller's transaction; it is made when the mail goes out.

    A link that confirms is bound to what was asked for, however often more is asked for until then.
    """
    values = {} if confirmation_id is None else {CONFIRMATION: confirmation_id}
    post(ctx, work, Mail(_CARRYING[purpose], person.email, person.language, values, person.id, link=purpose))


def link_of(work: UnitOfWork, ctx: Context, mail: Mail) -> str:
    """Make the secret link that a mail carries, in the caller's transaction; empty where it carries none."""
    if mail.link is None:
        return ""
    asked = str(mail.values.get(CONFIRMATION, ""))
    # Where nobody asks for it any more, the link is over before it arrives.
    about = asked if asked and confirmations.is_kept(work.connection, asked) else None
    return ctx.mailing.make_link(work, ctx, mail.link, mail.person_id or "", about)


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
    try:
        state = _carried(ctx, job)
    except jobs.LostLeaseError:
        raise
    except Exception as fault:
        final = isinstance(fault, Undeliverable) or job.attempts >= jobs.ATTEMPTS
        _settle(ctx, job, MailState.FAILED if final else MailState.WAITING, str(fault))
        raise
    if state is not None:
        job.reached("send_mail.before_commit")
        _settle(ctx, job, state, done=True)
        job.reached("send_mail.after")


def _carried(ctx: Context, job: Job) -> MailState | None:
    """Write a mail and hand it over; returns what became of it, or None when that is written down already."""
    if ctx.mailing.postman is None:
        return MailState.KEPT
    envelope = _sealed(ctx, job)
    if envelope is None:
        return None
    message = ctx.mailing.letters.message(envelope)
    job.reached("send_mail.before")
    with jobs.kept(ctx.database, job):
        ctx.mailing.postman.send(message)
    return MailState.SENT


def _sealed(ctx: Context, job: Job) -> Envelope | None:
    """Return a mail with all that is made for its way out; None when it went out already."""
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        jobs.hold(work.connection, job, work.now)
        posted = store.get(work.connection, job.subject_id)
        if posted is None or posted.state not in UNSENT:
            return None
        mail = posted.mail
        return Envelope(
            posted,
            link_of(work, ctx, mail),
            unsubscribing(work, ctx, mail),
            store.earlier_in_thread(work.connection, posted),
        )


def _settle(ctx: Context, job: Job, state: MailState, error: str = "", *, done: bool = False) -> None:
    """Write down what became of a mail, and close its job with it when it is done."""
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RUN, Subject())
        jobs.hold(work.connection, job, work.now)
        sent_at = work.now if state in {MailState.SENT, MailState.KEPT} else None
        store.settle(work.connection, job.subject_id, state, sent_at, error)
        if done:
            jobs.close(work.connection, job, work.now)


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
