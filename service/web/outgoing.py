"""Outgoing mail, for the facility: what went out, what did not and why; each mail readable, without its secrets."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.mails import MailState
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.languages import choose
from service.web.letters import compose
from service.web.links import address
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import outbox

SHOWN = 50


@get("/mail", sync_to_thread=True, include_in_schema=False)
def outgoing(request: Asked, ctx: Asking) -> Response[str]:
    """List outgoing mails, the newest first."""
    asked = Form({name: (value,) for name, value in request.query_params.items()})
    with ctx.reading():
        state = asked.chosen("state", MailState)
        found = outbox.listed(ctx, state, SHOWN, request.query_params.get("cursor"))
        values = {"found": found, "counts": outbox.counts(ctx), "state": state}
        return page(request, ctx, "mail.html", values)


@get("/mail/{mail_id:str}", sync_to_thread=True, include_in_schema=False)
def one(request: Asked, mail_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show a mail as its reader gets it."""
    with ctx.reading():
        posted = outbox.mail(ctx, mail_id)
        language = choose([posted.mail.language], "")
        letter = compose(posted.mail, language=language, zone=posted.zone, name=posted.name)
        values = {"posted": posted, "letter": letter, "may_follow": outbox.may_follow(ctx, posted)}
        return page(request, ctx, "mail_one.html", values)


@post("/mail/{mail_id:str}/retry", sync_to_thread=True, include_in_schema=False)
def retry(mail_id: FromPath[str], form: Sent, ctx: Asking) -> Response[None]:
    """Try again to send a mail that failed."""
    del form  # reading it has made sure that the person meant it
    outbox.retry(ctx, mail_id)
    return see_other(f"/mail/{mail_id}", Done.TRIED_AGAIN)


@post("/mail/{mail_id:str}/link", sync_to_thread=True, include_in_schema=False)
def follow(mail_id: FromPath[str], form: Sent, ctx: Asking) -> Response[None]:
    """Follow the secret link of a mail, in the demonstration alone."""
    del form  # reading it has made sure that the person meant it
    posted, secret = outbox.follow(ctx, mail_id)
    return see_other(address(secret, posted.mail.link) if posted.mail.link is not None else "/mail")
