"""/me/notifications: how the reader is told of what happens, and what they were told."""

from datetime import datetime

from litestar import get, post
from litestar.params import JSONBody
from msgspec import UNSET, Struct, UnsetType

from service.api.asking import Asking
from service.api.lists import Cursor, Limit, Listing, listing, whole
from service.api.schemas import LanguageTag, Request, TimeZone, refuses, shown
from service.domain.errors import Invalid, SignInNeeded
from service.domain.mails import Frequency, MailState, NotificationKind, PostedMail
from service.workflows import wishes

TAGS = ["People"]


class NotificationWish(Struct, frozen=True):
    """How the reader is told of one kind; what is `obligatory` comes at once, whatever is wished."""

    kind: NotificationKind
    frequency: Frequency
    obligatory: bool


class NotificationWishes(Request, frozen=True):
    """How to be told of each kind; what is left out stays as it is."""

    decisions: Frequency | UnsetType = UNSET
    reconfirmation: Frequency | UnsetType = UNSET
    deadlines: Frequency | UnsetType = UNSET
    phases: Frequency | UnsetType = UNSET
    answers: Frequency | UnsetType = UNSET
    mentions: Frequency | UnsetType = UNSET
    publication: Frequency | UnsetType = UNSET


class Tongue(Request, frozen=True):
    """A reader's language, and where it is given their time zone; what the pages do not speak falls back to English."""

    language: LanguageTag
    time_zone: TimeZone | UnsetType = UNSET


class Notice(Struct, frozen=True):
    """Something that the reader was told: its subject, and what became of the mail."""

    id: str
    kind: NotificationKind | None
    subject: str
    state: MailState
    made_at: datetime
    read_at: datetime | None


_wish = shown(NotificationWish)


def _notice(posted: PostedMail) -> Notice:
    return Notice(posted.id, posted.mail.kind, posted.subject, posted.state, posted.made_at, posted.read_at)


@get("/me/notifications", tags=TAGS, opt=refuses(SignInNeeded), sync_to_thread=True)
def list_wishes(ctx: Asking) -> Listing[NotificationWish]:
    """List how you are told of each kind of thing."""
    return whole(wishes.wishes(ctx), _wish)


@post(
    "/me/notifications", tags=TAGS, opt=refuses(SignInNeeded, Invalid), status_code=200, sync_to_thread=True
)
def choose_wishes(data: JSONBody[NotificationWishes], ctx: Asking) -> Listing[NotificationWish]:
    """Choose how you are told: at once, once a day, or not by mail."""
    sent = {kind: getattr(data, kind.value) for kind in NotificationKind}
    wishes.choose(ctx, {kind: wish for kind, wish in sent.items() if wish is not UNSET})
    return whole(wishes.wishes(ctx), _wish)


@post("/me/language", tags=TAGS, opt=refuses(SignInNeeded, Invalid), status_code=204, sync_to_thread=True)
def speak(data: JSONBody[Tongue], ctx: Asking) -> None:
    """Choose the language and the time zone in which you are told, here and by mail."""
    wishes.speak(ctx, data.language, None if data.time_zone is UNSET else data.time_zone)


@get("/me/notices", tags=TAGS, opt=refuses(SignInNeeded), sync_to_thread=True)
def list_notices(ctx: Asking, limit: Limit = 50, cursor: Cursor = None) -> Listing[Notice]:
    """List what you were told, by mail or on your page alone, the newest first."""
    return listing(wishes.notices(ctx, limit, cursor), _notice)


ROUTES = [list_wishes, choose_wishes, speak, list_notices]
