"""/mails: outgoing mail, for the coordination facility."""

from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.params import QueryParameter
from msgspec import Struct

from service.api.asking import Asking
from service.api.lists import Cursor, Id, Limit, Listing, listing
from service.api.schemas import refuses
from service.domain.errors import Denied
from service.domain.mails import MailState, NotificationKind, PostedMail
from service.workflows import outbox

TAGS = ["Operation"]
State = Annotated[MailState | None, QueryParameter(name="state", description="Only mails in this state.")]


class Mail(Struct, frozen=True):
    """An outgoing mail: to whom, about what, what became of it, and what stopped it (`error`)."""

    id: str
    address: str
    template: str
    kind: NotificationKind | None
    language: str
    subject: str
    state: MailState
    message_id: str
    made_at: datetime
    sent_at: datetime | None
    error: str


def _mail(posted: PostedMail) -> Mail:
    mail = posted.mail
    return Mail(
        posted.id, mail.to, mail.template, mail.kind, mail.language, posted.subject, posted.state,
        posted.message_id, posted.made_at, posted.sent_at, posted.error,
    )  # fmt: skip


@get("/mails", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def list_mails(
    ctx: Asking, in_state: State = None, limit: Limit = 50, cursor: Cursor = None
) -> Listing[Mail]:
    """List outgoing mail, the newest first."""
    return listing(outbox.listed(ctx, in_state, limit, cursor), _mail)


@get("/mails/{mail_id:str}", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def read_mail(mail_id: Id, ctx: Asking) -> Mail:
    """Read what became of one mail."""
    return _mail(outbox.mail(ctx, mail_id))


@post("/mails/{mail_id:str}/retry", tags=TAGS, status_code=200, sync_to_thread=True)
def retry_mail(mail_id: Id, ctx: Asking) -> Mail:
    """Try again to send a mail that failed, also where every worker died at it; any other is left alone."""
    outbox.retry(ctx, mail_id)
    return _mail(outbox.mail(ctx, mail_id))


ROUTES = [list_mails, read_mail, retry_mail]
