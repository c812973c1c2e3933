"""Webhooks: programs that are told of an agenda's news, after the rules of Standard Webhooks.

Source: https://github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import urlsplit

from service.domain.activity import TOLD
from service.domain.errors import Invalid
from service.domain.machine import Machine

MOST = 20
"""How many webhooks an agenda may have."""
OVERLAP = timedelta(hours=24)
"""How long the secret before is still signed with, so that a receiver can change over."""
TEST = "webhook.test"
URL_LENGTH = 2_000
# Between one attempt and the next: the example of the specification.
SCHEDULE = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
SHORTEST_REST, LONGEST_REST = timedelta(seconds=30), timedelta(hours=1)
GONE = 410
_SUCCESS = range(200, 300)
_URL = re.compile(r"[\x21-\x7e]+")
_HOST = re.compile(r"[A-Za-z0-9.:_-]+")
_PATTERN = re.compile(r"\*|[a-z_]+\.(\*|[a-z_]+)")


class WebhookState(StrEnum):
    """Whether a webhook is told anything."""

    ACTIVE = "active"
    DISABLED = "disabled"


class WebhookAction(StrEnum):
    """What happens to a webhook."""

    DISABLE = "disable"
    ENABLE = "enable"


class DeliveryState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"


class DeliveryAction(StrEnum):
    """What happens to a message."""

    DELIVER = "deliver"
    GIVE_UP = "give_up"
    RETRY = "retry"


LIFECYCLE = Machine(
    name="webhook",
    initial=WebhookState.ACTIVE,
    moves={
        (WebhookState.ACTIVE, WebhookAction.DISABLE): WebhookState.DISABLED,
        (WebhookState.DISABLED, WebhookAction.ENABLE): WebhookState.ACTIVE,
    },
)
DELIVERIES = Machine(
    name="message",
    initial=DeliveryState.WAITING,
    moves={
        (DeliveryState.WAITING, DeliveryAction.DELIVER): DeliveryState.DELIVERED,
        (DeliveryState.WAITING, DeliveryAction.GIVE_UP): DeliveryState.DEAD,
        (DeliveryState.WAITING, DeliveryAction.RETRY): DeliveryState.WAITING,
        (DeliveryState.DEAD, DeliveryAction.RETRY): DeliveryState.WAITING,
    },
)


@dataclass(frozen=True, slots=True)
class Webhook:
    """A program's address, and what it wants to be told of: names of events, or patterns such as `amendment.*`.

    `generation` counts its secrets; the one before is signed with until `previous_until`. `told` is the last entry of
    the agenda's record that it was told of, or did not want. After a failure it is left in peace until `rests_until`.
    """

    id: str
    agenda_id: str
    url: str
    patterns: tuple[str, ...]
    created_at: datetime
    told: int
    state: WebhookState = LIFECYCLE.initial
    generation: int = 1
    previous_until: datetime | None = None
    rests_until: datetime | None = None

    def generations(self, now: datetime) -> tuple[int, ...]:
        """Return the secrets to sign with, the newest first."""
        if self.previous_until is None or self.previous_until <= now:
            return (self.generation,)
        return (self.generation, self.generation - 1)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one webhook; `sequence` is the entry of the record that it tells of, None for a test.

    `attempt_id` names the attempt that is to come, or was the last; `status` is what the receiver answered then, and
    `fault` what else went wrong.
    """

    id: str
    webhook_id: str
    sequence: int | None
    name: str
    subject_id: str
    at: datetime
    attempt_id: str
    next_at: datetime
    state: DeliveryState = DELIVERIES.initial
    attempts: int = 0
    status: int | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call: the status, or None where there was none and `fault` says why."""

    status: int | None
    fault: str = ""

    @property
    def is_success(self) -> bool:
        """Whether the receiver took the message."""
        return self.status in _SUCCESS


def check_url(url: str, *, local: bool = False) -> None:
    """Refuse an address that cannot be a webhook's; whether it leads inside is found out when it is called.

    Args:
        url: the address.
        local: also let http pass, where local addresses are allowed.

    Raises:
        Invalid: names the field.
    """
    refusal = Invalid.field(
        "url", "Give a whole address that begins with https://, without a name or password."
    )
    if len(url) > URL_LENGTH or not _URL.fullmatch(url):
        raise refusal
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise refusal from None
    schemes = {"https", "http"} if local else {"https"}
    if parts.scheme not in schemes or port == 0 or "@" in parts.netloc or "#" in url:
        raise refusal
    if not _HOST.fullmatch(parts.hostname or ""):
        raise refusal


def check_patterns(patterns: Iterable[str]) -> tuple[str, ...]:
    """Return each pattern once; refuse one that nothing would ever match.

    Raises:
        Invalid: names the field.
    """
    found = tuple(dict.fromkeys(patterns))
    if not found:
        raise Invalid.field(
            "events", "Say what it should be told of, such as amendment.* or * for everything."
        )
    for pattern in found:
        if not _PATTERN.fullmatch(pattern) or not any(wants((pattern,), name) for name in TOLD):
            raise Invalid.field("events", "Nothing that happens is called %(event)s.", event=pattern[:80])
    return found


def wants(patterns: Iterable[str], name: str) -> bool:
    """Tell whether a webhook with these patterns wants to be told of an event."""
    return any(p in {"*", name} or (p.endswith(".*") and name.startswith(p[:-1])) for p in patterns)


def pause(delivery_id: str, attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts that failed, or None when it is to be given up.

    A tenth of it, more or less, differs from message to message, so that they do not come all at once.
    """
    if attempts > len(SCHEDULE):
        return None
    step = SCHEDULE[attempts - 1]
    spread = hashlib.sha256(f"{delivery_id}:{attempts}".encode()).digest()[0] / 255
    return step + step * spread / 10


def rest(attempts: int) -> timedelta:
    """Return how long a webhook is left in peace after a message to it failed for the so-manieth time."""
    return max(SHORTEST_REST, min(SCHEDULE[min(attempts, len(SCHEDULE)) - 1], LONGEST_REST))


def written_secret(secret: bytes) -> str:
    """Return a secret as it is shown to people."""
    return "whsec_" + base64.b64encode(secret).decode()


def payload(delivery: Delivery, agenda_id: str) -> bytes:
    """Return the body: what happened, when and to what, and nothing about persons or in words."""
    said = {
        "type": delivery.name,
        "timestamp": delivery.at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "data": {
            "agenda_id": agenda_id,
            "subject_id": delivery.subject_id,
            "sequence": delivery.sequence,
        },
    }
    return json.dumps(said, separators=(",", ":")).encode()


def signed(message_id: str, at: datetime, body: bytes, secrets: Iterable[bytes]) -> dict[str, str]:
    """Return the headers of a message: its id, the moment of this attempt, and a signature by each secret."""
    moment = str(int(at.timestamp()))
    content = b".".join((message_id.encode(), moment.encode(), body))
    signatures = (hmac.digest(secret, content, hashlib.sha256) for secret in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": moment,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(s).decode()}" for s in signatures),
    }
