"""/webhooks: programs that are told of an agenda's news, for the facility."""

from datetime import datetime
from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.conditions import Condition
from service.api.lists import Cursor, Id, Limit, Listing, listing, whole
from service.api.schemas import Request, refuses, shown
from service.domain.errors import Denied, IllegalMove, Invalid
from service.domain.webhooks import DeliveryState, WebhookState
from service.domain.webhooks import Webhook as Kept
from service.workflows import webhooks
from service.workflows.context import Context

TAGS = ["Webhooks"]
Pattern = Annotated[str, Meta(max_length=80)]


class Webhook(Struct, frozen=True):
    """A program that is told of an agenda's news. Until `previous_until` the secret before is signed with, too."""

    id: str
    agenda_id: str
    url: str
    events: tuple[str, ...]
    state: WebhookState
    created_at: datetime
    previous_until: datetime | None


class WebhookWithSecret(Struct, frozen=True):
    """A webhook with its new secret, which is shown in this answer only."""

    webhook: Webhook
    secret: str


class NewWebhook(Request, frozen=True):
    """A program to register: `events` are names such as `position.taken`, kinds such as `amendment.*`, or `*`."""

    url: Annotated[str, Meta(description="Where to post: https only; up to 2,000 characters.")]
    events: Annotated[tuple[Pattern, ...], Meta(max_length=50)]


class WebhookMessage(Struct, frozen=True):
    """A message: of the entry `sequence` of the record, or a test. `id` is what it carries as webhook-id."""

    id: str
    webhook_id: str
    sequence: int | None
    name: str
    subject_id: str
    at: datetime
    state: DeliveryState
    attempts: int
    next_at: datetime
    status: int | None
    fault: str


_message = shown(WebhookMessage)


def render(kept: Kept) -> Webhook:
    """Render a webhook."""
    return Webhook(
        id=kept.id,
        agenda_id=kept.agenda_id,
        url=kept.url,
        events=kept.patterns,
        state=kept.state,
        created_at=kept.created_at,
        previous_until=kept.previous_until,
    )


def current(ctx: Context, webhook_id: str) -> Webhook:
    """Return a webhook as it is now."""
    return render(webhooks.webhook(ctx, webhook_id))


def message(ctx: Context, delivery_id: str) -> WebhookMessage:
    """Return a message as it is now."""
    return _message(webhooks.delivery(ctx, delivery_id))


def with_secret(ctx: Context, webhook_id: str) -> WebhookWithSecret:
    """Return a webhook with its secret, which a client that sends again has not seen either."""
    return WebhookWithSecret(current(ctx, webhook_id), webhooks.secret(ctx, webhook_id))


@get("/agendas/{agenda_id:str}/webhooks", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def list_webhooks(agenda_id: Id, ctx: Asking) -> Listing[Webhook]:
    """List an agenda's webhooks, as the facility."""
    return whole(webhooks.listed(ctx, agenda_id), render)


@post("/agendas/{agenda_id:str}/webhooks", tags=TAGS, opt=refuses(Invalid), sync_to_thread=True)
def register_webhook(
    agenda_id: Id, data: JSONBody[NewWebhook], ctx: Asking, attempt: NamedDependency[Attempt]
) -> Response[WebhookWithSecret]:
    """Register a program to be told of what happens in an agenda from now on. Keep the secret: it is shown once."""
    command = webhooks.RegisterWebhook(agenda_id, data.url, data.events)
    return attempt.create(
        lambda: webhooks.register(ctx, command), lambda made: with_secret(ctx, made), "/webhooks/{id}"
    )


@get("/webhooks/{webhook_id:str}", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def read_webhook(webhook_id: Id, ctx: Asking) -> Webhook:
    """Read a webhook, as the facility."""
    return current(ctx, webhook_id)


@post(
    "/webhooks/{webhook_id:str}/disable",
    tags=TAGS,
    opt=refuses(IllegalMove),
    status_code=200,
    sync_to_thread=True,
)
def disable_webhook(webhook_id: Id, ctx: Asking, condition: NamedDependency[Condition]) -> Webhook:
    """Switch a webhook off. What waits for it waits on."""
    condition.honoured(lambda: current(ctx, webhook_id))
    webhooks.disable(ctx, webhook_id)
    return current(ctx, webhook_id)


@post(
    "/webhooks/{webhook_id:str}/enable",
    tags=TAGS,
    opt=refuses(IllegalMove),
    status_code=200,
    sync_to_thread=True,
)
def enable_webhook(webhook_id: Id, ctx: Asking, condition: NamedDependency[Condition]) -> Webhook:
    """Switch a webhook on again. It is told of what it missed."""
    condition.honoured(lambda: current(ctx, webhook_id))
    webhooks.enable(ctx, webhook_id)
    return current(ctx, webhook_id)


@post("/webhooks/{webhook_id:str}/secret", tags=TAGS, status_code=200, sync_to_thread=True)
def rotate_webhook_secret(
    webhook_id: Id, ctx: Asking, condition: NamedDependency[Condition]
) -> WebhookWithSecret:
    """Give a webhook a new secret, which is shown once. For a day messages carry a signature by each of the two."""
    condition.honoured(lambda: current(ctx, webhook_id))
    webhooks.rotate(ctx, webhook_id)
    return with_secret(ctx, webhook_id)


@post("/webhooks/{webhook_id:str}/test", tags=TAGS, sync_to_thread=True)
def test_webhook(webhook_id: Id, ctx: Asking, attempt: NamedDependency[Attempt]) -> Response[WebhookMessage]:
    """Send a webhook a message named `webhook.test`."""
    return attempt.create(lambda: webhooks.send_test(ctx, webhook_id), lambda made: message(ctx, made))


@get("/webhooks/{webhook_id:str}/messages", tags=TAGS, opt=refuses(Denied), sync_to_thread=True)
def list_webhook_messages(
    webhook_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None
) -> Listing[WebhookMessage]:
    """List the messages to a webhook, the oldest first, with what came of each."""
    return listing(webhooks.deliveries(ctx, webhook_id, limit, cursor), _message)


@post(
    "/webhook-messages/{message_id:str}/retry",
    tags=TAGS,
    opt=refuses(IllegalMove),
    status_code=200,
    sync_to_thread=True,
)
def retry_webhook_message(
    message_id: Id, ctx: Asking, condition: NamedDependency[Condition]
) -> WebhookMessage:
    """Send a message again that did not arrive, at once and with all its attempts before it."""
    condition.honoured(lambda: message(ctx, message_id))
    webhooks.retry(ctx, message_id)
    return message(ctx, message_id)


ROUTES = [
    list_webhooks,
    register_webhook,
    read_webhook,
    disable_webhook,
    enable_webhook,
    rotate_webhook_secret,
    test_webhook,
    list_webhook_messages,
    retry_webhook_message,
]
