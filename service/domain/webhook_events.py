"""Facts about webhooks: whom the facility lets be told of an agenda's news."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.house_events import Event


@dataclass(frozen=True, slots=True)
class WebhookDisabled(Event):
    """A webhook was switched off."""

    name: ClassVar[str] = "webhook.disabled"
    webhook_id: str
    gone: bool


@dataclass(frozen=True, slots=True)
class WebhookEnabled(Event):
    """A webhook was switched on again."""

    name: ClassVar[str] = "webhook.enabled"
    webhook_id: str


@dataclass(frozen=True, slots=True)
class WebhookRegistered(Event):
    """A program was registered to be told of an agenda's news."""

    name: ClassVar[str] = "webhook.registered"
    webhook_id: str
    host: str
    patterns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WebhookRetried(Event):
    """A message of a webhook was sent again by hand."""

    name: ClassVar[str] = "webhook.retried"
    webhook_id: str
    delivery_id: str


@dataclass(frozen=True, slots=True)
class WebhookSecretRotated(Event):
    """A webhook was given a new secret."""

    name: ClassVar[str] = "webhook.secret_rotated"
    webhook_id: str
    generation: int


@dataclass(frozen=True, slots=True)
class WebhookTested(Event):
    """A webhook was sent a test."""

    name: ClassVar[str] = "webhook.tested"
    webhook_id: str
    delivery_id: str
