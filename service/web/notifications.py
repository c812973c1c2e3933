"""How readers are told: what they were told lately, how they wish to be told, and turning it off by a mail's link."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.mails import Frequency, NotificationKind, PostedMail
from service.web.done import Done
from service.web.forms import Form, Sent
from service.web.languages import Language
from service.web.letter import Part
from service.web.letters import compose
from service.web.pages import Asked, Asking, page, see_other
from service.web.tongues import language_chosen
from service.workflows import wishes
from service.workflows.context import Context

SHOWN = 8


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a reader was told, and the page that it leads to."""

    title: str
    address: str
    made_at: datetime
    unread: bool


def told(posted: Iterable[PostedMail], language: Language) -> tuple[Notice, ...]:
    """Return what a reader was told, in their language as it is now."""
    return tuple(_notice(one, language) for one in posted)


def _notice(posted: PostedMail, language: Language) -> Notice:
    letter = compose(posted.mail, language=language, zone=posted.zone, name=posted.name)
    address = next((piece.address for piece in letter.pieces if piece.part is Part.LINK), "")
    return Notice(letter.title, address, posted.made_at, posted.read_at is None)


@get("/me/notifications", sync_to_thread=True, include_in_schema=False)
def preferences(request: Asked, ctx: Asking) -> Response[str]:
    """Show how the reader is told of each kind."""
    return _preferences(request, ctx, Form())


@post("/me/notifications", sync_to_thread=True, include_in_schema=False)
def choose(request: Asked, form: Sent, ctx: Asking) -> Response[str] | Response[None]:
    """Choose how to be told."""
    form.submit(lambda: wishes.choose(ctx, _wanted(form)))
    if form.refusal:
        return _preferences(request, ctx, form)
    return see_other("/me/notifications", Done.CHOICE_SAVED)


@post("/me/language", sync_to_thread=True, include_in_schema=False)
def settle(request: Asked, form: Sent, ctx: Asking) -> Response[str] | Response[None]:
    """Choose the language and the time zone of one's pages and mails."""
    form.submit(lambda: wishes.speak(ctx, language_chosen(form), form.text("time_zone").strip()))
    if form.refusal:
        return _preferences(request, ctx, form)
    return see_other("/me/notifications", Done.CHOICE_SAVED)


@post("/me/notifications/read", sync_to_thread=True, include_in_schema=False)
def read(form: Sent, ctx: Asking) -> Response[None]:
    """Mark all that the reader was told as read."""
    del form  # reading it has made sure that the person meant it
    wishes.mark_read(ctx)
    return see_other("/me", Done.NEWS_SEEN)


@get("/unsubscribe/{token:str}", sync_to_thread=True, include_in_schema=False)
def unsubscribing(request: Asked, token: FromPath[str], ctx: Asking) -> Response[str]:
    """Show what the link of a mail turns off; programs that look at links ahead of people change nothing."""
    values = {"token": token, "off": wishes.turning_off(ctx, token), "done": False}
    return page(request, ctx, "unsubscribe.html", values, private=True)


@post("/unsubscribe/{token:str}", sync_to_thread=True, status_code=200, include_in_schema=False)
def unsubscribe(request: Asked, token: FromPath[str], ctx: Asking) -> Response[str]:
    """Turn it off: from the page, or by a mail program's own button (RFC 8058), which has no session here."""
    values = {"token": token, "off": wishes.turn_off(ctx, token), "done": True}
    return page(request, ctx, "unsubscribe.html", values, private=True)


def _wanted(form: Form) -> dict[NotificationKind, Frequency]:
    return {kind: form.choice(kind.value, Frequency) for kind in NotificationKind if form.has(kind.value)}


def _preferences(request: Asked, ctx: Context, form: Form) -> Response[str]:
    found = wishes.wishes(ctx)
    return page(
        request, ctx, "me_notifications.html",
        status=form.status, form=form, wishes=found, frequencies=tuple(Frequency),
    )  # fmt: skip
