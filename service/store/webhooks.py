"""Webhooks and the messages to them: bookkeeping, of which the record holds what people did."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from service.domain.views import Page
from service.domain.webhooks import Delivery, DeliveryState, Webhook, WebhookState
from service.store.bookkeeping import record_heads, webhook_deliveries, webhooks
from service.store.paging import page_of

_WEBHOOK = select(*(webhooks.c[field.name] for field in fields(Webhook)))
_DELIVERY = select(*(webhook_deliveries.c[field.name] for field in fields(Delivery)))


def add(connection: Connection, webhook: Webhook) -> None:
    """Add a webhook."""
    connection.execute(insert(webhooks).values(asdict(webhook)))


def save(connection: Connection, webhook: Webhook) -> None:
    """Write a webhook as it is now."""
    connection.execute(update(webhooks).where(webhooks.c.id == webhook.id).values(asdict(webhook)))


def find(connection: Connection, webhook_id: str, *, lock: bool = False) -> Webhook | None:
    """Return a webhook, or None; `lock` keeps others from changing it."""
    query = _WEBHOOK.where(webhooks.c.id == webhook_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _webhook(row) if row is not None else None


def of_agenda(connection: Connection, agenda_id: str) -> tuple[Webhook, ...]:
    """Return an agenda's webhooks, the oldest first."""
    query = _WEBHOOK.where(webhooks.c.agenda_id == agenda_id).order_by(webhooks.c.id)
    return tuple(_webhook(row) for row in connection.execute(query))


def _behind() -> Select[Any]:
    return _WEBHOOK.join(record_heads, record_heads.c.scope == webhooks.c.agenda_id).where(
        webhooks.c.state == WebhookState.ACTIVE, record_heads.c.size > webhooks.c.told
    )


def any_behind(connection: Connection) -> bool:
    """Tell whether there are news that a webhook was not told of."""
    return connection.execute(_behind().limit(1)).first() is not None


def behind(connection: Connection, limit: int) -> tuple[tuple[Webhook, int], ...]:
    """Return webhooks that were not told of all news, locked, each with the length of its agenda's record.

    Those that another worker is at are passed over.
    """
    query = (
        _behind()
        .add_columns(record_heads.c.size)
        .order_by(webhooks.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True, of=webhooks)
    )
    return tuple((Webhook(*row[:-1]), row[-1]) for row in connection.execute(query))


def add_deliveries(connection: Connection, deliveries: Sequence[Delivery]) -> None:
    """Add messages."""
    if deliveries:
        connection.execute(insert(webhook_deliveries), [asdict(delivery) for delivery in deliveries])


def save_delivery(connection: Connection, delivery: Delivery) -> None:
    """Write a message as it is now."""
    mine = webhook_deliveries.c.id == delivery.id
    connection.execute(update(webhook_deliveries).where(mine).values(asdict(delivery)))


def delivery_of_attempt(connection: Connection, attempt_id: str, *, lock: bool = False) -> Delivery | None:
    """Return the message that an attempt is for, or None when another attempt has taken its place."""
    query = _DELIVERY.where(
        webhook_deliveries.c.attempt_id == attempt_id, webhook_deliveries.c.state == DeliveryState.WAITING
    )
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _delivery(row) if row is not None else None


def delivery(connection: Connection, delivery_id: str, *, lock: bool = False) -> Delivery | None:
    """Return a message, or None; `lock` keeps others from changing it."""
    query = _DELIVERY.where(webhook_deliveries.c.id == delivery_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    return _delivery(row) if row is not None else None


def waiting(connection: Connection, webhook_id: str) -> tuple[Delivery, ...]:
    """Return the messages to a webhook that wait, locked."""
    query = (
        _DELIVERY.where(
            webhook_deliveries.c.webhook_id == webhook_id, webhook_deliveries.c.state == DeliveryState.WAITING
        )
        .order_by(webhook_deliveries.c.id)
        .with_for_update()
    )
    return tuple(_delivery(row) for row in connection.execute(query))


def deliveries(connection: Connection, webhook_id: str, limit: int, cursor: str | None) -> Page[Delivery]:
    """Return the messages to a webhook, the oldest first."""
    query = _DELIVERY.where(webhook_deliveries.c.webhook_id == webhook_id)
    rows, following = page_of(connection, query, (webhook_deliveries.c.id,), limit, cursor)
    return Page(tuple(_delivery(row) for row in rows), following)


def last_deliveries(connection: Connection, agenda_id: str, limit: int) -> tuple[Delivery, ...]:
    """Return the newest messages to an agenda's webhooks, those that failed first."""
    query = (
        _DELIVERY.join(webhooks, webhooks.c.id == webhook_deliveries.c.webhook_id)
        .where(webhooks.c.agenda_id == agenda_id)
        .order_by(webhook_deliveries.c.state == DeliveryState.DELIVERED, webhook_deliveries.c.id.desc())
        .limit(limit)
    )
    return tuple(_delivery(row) for row in connection.execute(query))


def head(connection: Connection, agenda_id: str) -> int:
    """Return how many entries an agenda's record has."""
    query = select(func.coalesce(func.sum(record_heads.c.size), 0)).where(record_heads.c.scope == agenda_id)
    return int(connection.scalars(query).one())


def _webhook(row: Row[Any] | tuple[Any, ...]) -> Webhook:
    return Webhook(*row)


def _delivery(row: Row[Any] | tuple[Any, ...]) -> Delivery:
    return Delivery(*row)
