"""Use cases around outgoing mail, for the facility: what went out, what did not and why, and trying again."""

from collections.abc import Mapping

from service.domain.errors import Unknown
from service.domain.mails import MailState, PostedMail
from service.domain.permissions import Permission, Subject, allows, require, visible_to
from service.domain.views import Page
from service.store import jobs
from service.store import mails as store
from service.store.queries import mails as queries
from service.workflows.context import Context
from service.workflows.mails import SEND, link_of
from service.workflows.reading import LIMIT


def listed(
    ctx: Context, state: MailState | None = None, limit: int = LIMIT, cursor: str | None = None
) -> Page[PostedMail]:
    """Return outgoing mails, the newest first."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.MAIL_READ, Subject())
        return queries.list_mails(reader.connection, state, limit, cursor)


def counts(ctx: Context) -> Mapping[MailState, int]:
    """Return how many mails there are in each state."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.MAIL_READ, Subject())
        return queries.count_mails(reader.connection)


def mail(ctx: Context, mail_id: str) -> PostedMail:
    """Return one mail; the secret link that it may carry rests nowhere, so nobody can read it here."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.MAIL_READ, Subject())
        posted = store.get(reader.connection, mail_id)
        if posted is None:
            raise Unknown(thing="mail")
        return posted


def retry(ctx: Context, mail_id: str) -> None:
    """Try again to send a mail that failed; one that did not is left alone."""
    with ctx.transaction() as work:
        require(work.actor, Permission.JOB_RETRY, Subject())
        posted = store.get(work.connection, mail_id)
        if posted is None:
            raise Unknown(thing="mail")
        if posted.state is MailState.FAILED:
            store.settle(work.connection, mail_id, MailState.WAITING, None, posted.error)
            jobs.revive_within(work.connection, SEND, mail_id, work.now)


def may_follow(ctx: Context, posted: PostedMail) -> bool:
    """Tell whether the reader may use the secret link of a mail: in the demonstration alone, where nothing is sent."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        subject = Subject(demo=ctx.demo)
        carries = posted.mail.link is not None and posted.mail.person_id is not None
        return carries and allows(reader.actor, Permission.MAIL_FOLLOW_LINK, subject)


def follow(ctx: Context, mail_id: str) -> tuple[PostedMail, str]:
    """Make the secret link of a mail for whoever could not receive it, in the demonstration alone.

    Returns the mail and the secret.
    """
    with ctx.transaction() as work:
        require(work.actor, Permission.MAIL_FOLLOW_LINK, Subject(demo=ctx.demo))
        posted = store.get(work.connection, mail_id)
        if posted is None or posted.mail.link is None or posted.mail.person_id is None:
            raise Unknown(thing="link")
        return posted, link_of(work, ctx, posted.mail)
