"""What the service writes to people: which mails there are, what becomes of them, and what readers may turn off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from service.domain.access import LinkPurpose


class Undeliverable(RuntimeError):
    """A mail server will never take this mail, such as one to an address that does not exist."""


class NotificationKind(StrEnum):
    """What a notification is about; readers choose by it how they want to be told."""

    DECISIONS = "decisions"
    RECONFIRMATION = "reconfirmation"
    DEADLINES = "deadlines"
    PHASES = "phases"
    ANSWERS = "answers"
    MENTIONS = "mentions"
    PUBLICATION = "publication"


class Frequency(StrEnum):
    """How soon a reader wants to be told."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    OFF = "off"


class MailState(StrEnum):
    """What became of a mail.

    `collected` waits for the reader's daily mail, `digested` stood in it; `unwanted` is told on the reader's page
    alone. `kept` was made where no mail server is set.
    """

    WAITING = "waiting"
    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"
    COLLECTED = "collected"
    DIGESTED = "digested"
    UNWANTED = "unwanted"


UNSENT = frozenset({MailState.WAITING, MailState.FAILED})
"""A mail in one of these is still to be sent."""

DIGEST = "digest"
DIGEST_AT = time(7)
"""When the daily mail goes out, by the reader's own clock."""

TEMPLATES: Mapping[str, NotificationKind | None] = {
    "sign_in_link": None,
    "invitation": None,
    "confirmation_link": None,
    DIGEST: None,
    # Whoever sent it asked for its receipt by sending it.
    "amendment_sent": None,
    "decision": NotificationKind.DECISIONS,
    "reconfirmation": NotificationKind.RECONFIRMATION,
    "deadline_reminder": NotificationKind.DEADLINES,
    "phase_closing": NotificationKind.DEADLINES,
    "waiting": NotificationKind.DEADLINES,
    "phase_opened": NotificationKind.PHASES,
    "phase_taken_back": NotificationKind.PHASES,
    "deadline_moved": NotificationKind.DEADLINES,
    "answer": NotificationKind.ANSWERS,
    "mention": NotificationKind.MENTIONS,
    "edition_released": NotificationKind.PUBLICATION,
    "seal_ending": NotificationKind.DEADLINES,
    "timestamps_ending": NotificationKind.DEADLINES,
    "signatory_key_ending": NotificationKind.DEADLINES,
    "signature_awaited": NotificationKind.DEADLINES,
    "signature_declined": NotificationKind.PUBLICATION,
}
"""Every mail there is, and what kind of notification it is; None where the reader asked for it by what they did."""

OBLIGATORY = frozenset({NotificationKind.RECONFIRMATION})
"""What nobody can turn off or put off: an organisation's position hangs on it."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail to be written.

    Args:
        template: which one; its sentences live beside the pages' templates.
        to: the address.
        language: the reader's, a BCP 47 tag.
        values: what the sentences name: ids, titles, times (RFC 3339); plain JSON, and never a secret.
        person_id: whose wishes and whose way to unsubscribe apply; None for someone without an account.
        thread: the id of the thing that the mail is about; mails of one thread refer to each other.
        link: what the secret link is for that the mail carries, if any.
    """

    template: str
    to: str
    language: str
    values: Mapping[str, object]
    person_id: str | None = None
    thread: str | None = None
    link: LinkPurpose | None = None

    @property
    def kind(self) -> NotificationKind | None:
        """What kind of notification it is; None for a mail that answers what the reader did."""
        return TEMPLATES[self.template]


@dataclass(frozen=True, slots=True)
class PostedMail:
    """A mail in the outbox; `name` and `zone` are its reader's, as far as the reader has an account."""

    id: str
    mail: Mail
    state: MailState
    message_id: str
    subject: str
    made_at: datetime
    sent_at: datetime | None
    error: str
    read_at: datetime | None
    name: str
    zone: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail on its way out, with what is known only then.

    Args:
        posted: the mail.
        secret: of the link that it carries; empty without one.
        unsubscribe: the reader's token to turn this kind off; empty where that is not possible.
        earlier: the Message-IDs of the mails of its thread to the same reader, the oldest first.
    """

    posted: PostedMail
    secret: str = field(default="", repr=False)
    unsubscribe: str = field(default="", repr=False)
    earlier: tuple[str, ...] = ()


def may_turn_off(kind: NotificationKind | None) -> bool:
    """Tell whether a reader may do without mails of a kind."""
    return kind is not None and kind not in OBLIGATORY


def first_state(kind: NotificationKind | None, wish: Frequency) -> MailState:
    """Return what becomes of a new mail, given how its reader wishes to be told of its kind."""
    if not may_turn_off(kind) or wish is Frequency.AT_ONCE:
        return MailState.WAITING
    return MailState.COLLECTED if wish is Frequency.DAILY else MailState.UNWANTED


def next_digest(now: datetime, zone: str) -> datetime:
    """Return the next moment (UTC) at which the daily mail of a reader in `zone` goes out."""
    local = now.astimezone(ZoneInfo(zone))
    today = datetime.combine(local.date(), DIGEST_AT, local.tzinfo)
    if local < today:
        return today.astimezone(UTC)
    return datetime.combine(local.date() + timedelta(days=1), DIGEST_AT, local.tzinfo).astimezone(UTC)
