"""Use cases around webhooks: the facility registers programs, and workers tell them what is new."""

import logging
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from service.domain import webhooks
from service.domain.actors import ANONYMOUS
from service.domain.errors import Invalid, Unknown
from service.domain.events import (
    WebhookDisabled,
    WebhookEnabled,
    WebhookRegistered,
    WebhookRetried,
    WebhookSecretRotated,
    WebhookTested,
)
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.views import Page
from service.domain.webhooks import (
    DELIVERIES,
    LIFECYCLE,
    Answer,
    Delivery,
    DeliveryAction,
    Webhook,
    WebhookAction,
    WebhookState,
)
from service.store import jobs
from service.store import webhooks as store
from service.store.jobs import Job
from service.store.queries import activity
from service.store.uow import UnitOfWork
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.ports import Courier

LOG = logging.getLogger(__name__)
DELIVER = "webhook"
AT_ONCE = 100
SHOWN = 50


@dataclass(frozen=True, slots=True)
class RegisterWebhook:
    """A program to tell of an agenda's news: its address, and which events it wants."""

    agenda_id: str
    url: str
    patterns: tuple[str, ...]


def register(ctx: Context, command: RegisterWebhook) -> str:
    """The facility registers a webhook, which is told of what happens from now on; returns its id."""
    with ctx.transaction() as work:
        require(work.actor, Permission.WEBHOOK_MANAGE, Subject())
        agenda = work.agendas.lock(command.agenda_id)
        webhooks.check_url(command.url, local=_courier(ctx).local)
        patterns = webhooks.check_patterns(command.patterns)
        if len(store.of_agenda(work.connection, agenda.id)) >= webhooks.MOST:
            raise Invalid.field("url", "An agenda can have %(most)s webhooks at most.", most=webhooks.MOST)
        webhook = Webhook(
            id=ctx.new_id(),
            agenda_id=agenda.id,
            url=command.url,
            patterns=patterns,
            created_at=work.now,
            told=store.head(work.connection, agenda.id),
        )
        store.add(work.connection, webhook)
        host = urlsplit(command.url).hostname or ""
        work.record(WebhookRegistered(webhook.id, host, patterns), agenda_id=agenda.id)
        return webhook.id


def secret(ctx: Context, webhook_id: str) -> str:
    """Return a webhook's secret, for the answer in which it is shown."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.WEBHOOK_MANAGE, Subject())
        webhook = _found(store.find(reader.connection, webhook_id))
        return webhooks.written_secret(_courier(ctx).secret(webhook.id, webhook.generation))


def listed(ctx: Context, agenda_id: str) -> tuple[Webhook, ...]:
    """Return an agenda's webhooks, for the facility."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.WEBHOOK_MANAGE, Subject())
        reading.agenda(ctx, agenda_id)
        return store.of_agenda(reader.connection, agenda_id)


def webhook(ctx: Context, webhook_id: str) -> Webhook:
    """Return one webhook, for the facility."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.WEBHOOK_MANAGE, Subject())
        return _found(store.find(reader.connection, webhook_id))


def deliveries(
    ctx: Context, webhook_id: str, limit: int = SHOWN, cursor: str | None = None
) -> Page[Delivery]:
    """Return the messages to a webhook, the oldest first, for the facility."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.WEBHOOK_MANAGE, Subject())
        _found(store.find(reader.connection, webhook_id))
        return store.deliveries(reader.connection, webhook_id, limit, cursor)


def delivery(ctx: Context, delivery_id: str) -> Delivery:
    """Return one message, for the facility."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.WEBHOOK_MANAGE, Subject())
        return _message(store.delivery(reader.connection, delivery_id))


def last_deliveries(ctx: Context, agenda_id: str) -> tuple[Delivery, ...]:
    """Return the newest messages to an agenda's webhooks, those that did not arrive first, for the facility."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.WEBHOOK_MANAGE, Subject())
        return store.last_deliveries(reader.connection, agenda_id, SHOWN)


def disable(ctx: Context, webhook_id: str) -> None:
    """The facility switches a webhook off; what waits for it waits on."""
    with ctx.transaction() as work:
        require(work.actor, Permission.WEBHOOK_MANAGE, Subject())
        _switch_off(work, _locked(work, webhook_id), gone=False)


def enable(ctx: Context, webhook_id: str) -> None:
    """The facility switches a webhook on again: what waited is sent, and what happened meanwhile, too."""
    with ctx.transaction() as work:
        require(work.actor, Permission.WEBHOOK_MANAGE, Subject())
        found = _locked(work, webhook_id)
        state = LIFECYCLE.next(found.state, WebhookAction.ENABLE)
        store.save(work.connection, replace(found, state=state, rests_until=None))
        for message in store.waiting(work.connection, webhook_id):
            _again(ctx, work, replace(message, next_at=work.now))
        work.record(WebhookEnabled(webhook_id), agenda_id=found.agenda_id)


def rotate(ctx: Context, webhook_id: str) -> None:
    """The facility gives a webhook a new secret; for a day messages are signed with the one before, too."""
    with ctx.transaction() as work:
        require(work.actor, Permission.WEBHOOK_MANAGE, Subject())
        found = _locked(work, webhook_id)
        changed = replace(found, generation=found.generation + 1, previous_until=work.now + webhooks.OVERLAP)
        store.save(work.connection, changed)
        work.record(WebhookSecretRotated(webhook_id, changed.generation), agenda_id=found.agenda_id)


def send_test(ctx: Context, webhook_id: str) -> str:
    """The facility sends a webhook a test; returns the message's id."""
    with ctx.transaction() as work:
        require(work.actor, Permission.WEBHOOK_MANAGE, Subject())
        found = _locked(work, webhook_id)
        message = _new(ctx, work, found, webhooks.TEST, found.id)
        store.add_deliveries(work.connection, [message])
        jobs.enqueue(work.connection, ctx.new_id(), DELIVER, message.attempt_id, work.now)
        work.record(WebhookTested(found.id, message.id), agenda_id=found.agenda_id)
        return message.id


def retry(ctx: Context, delivery_id: str) -> None:
    """The facility sends a message again that did not arrive, at once and with all its attempts before it."""
    with ctx.transaction() as work:
        require(work.actor, Permission.WEBHOOK_MANAGE, Subject())
        message = _message(store.delivery(work.connection, delivery_id))
        found = _locked(work, message.webhook_id)
        message = _message(store.delivery(work.connection, delivery_id, lock=True))
        state = DELIVERIES.next(message.state, DeliveryAction.RETRY)
        store.save(work.connection, replace(found, rests_until=None))
        _again(ctx, work, replace(message, state=state, attempts=0, next_at=work.now))
        work.record(WebhookRetried(found.id, message.id), agenda_id=found.agenda_id)


def dispatch(ctx: Context) -> bool:
    """Make messages of what is new for the webhooks that want it; returns whether there was anything new.

    The record itself is the outbox: each webhook knows up to which entry it was told, so nothing is lost or told
    twice, whoever dies when.
    """
    with ctx.reading() as reader:
        require(reader.actor, Permission.WEBHOOK_DELIVER, Subject())
        if not store.any_behind(reader.connection):
            return False
    with ctx.transaction() as work:
        require(work.actor, Permission.WEBHOOK_DELIVER, Subject())
        for found, head in store.behind(work.connection, AT_ONCE):
            news = activity.since(
                work.connection, visible_to(ANONYMOUS), found.agenda_id, found.told, AT_ONCE
            )
            messages = [
                replace(
                    _new(ctx, work, found, entry.name, entry.subject_id), sequence=entry.sequence, at=entry.at
                )
                for entry in news
                if webhooks.wants(found.patterns, entry.name)
            ]
            store.add_deliveries(work.connection, messages)
            for message in messages:
                jobs.enqueue(work.connection, ctx.new_id(), DELIVER, message.attempt_id, work.now)
            last = news[-1].sequence if news else 0
            told = last if len(news) == AT_ONCE else max(head, last)
            store.save(work.connection, replace(found, told=told))
        return True


def deliver(ctx: Context, job: Job) -> None:
    """Make one attempt to deliver a message, and write down what came of it; the job's subject is the attempt."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.WEBHOOK_DELIVER, Subject())
        message = store.delivery_of_attempt(reader.connection, job.subject_id)
        found = store.find(reader.connection, message.webhook_id) if message is not None else None
        now = reader.now
    if message is None or found is None or found.state is WebhookState.DISABLED:
        return
    resting = found.rests_until is not None and found.rests_until > now
    answer = None
    if not resting:
        body, courier = webhooks.payload(message, found.agenda_id), _courier(ctx)
        secrets = [courier.secret(found.id, generation) for generation in found.generations(now)]
        answer = courier.carry(found.url, webhooks.signed(message.id, now, body, secrets), body)
    with ctx.transaction() as work:
        jobs.hold(work.connection, job, work.now)
        found = _found(store.find(work.connection, found.id, lock=True))
        current = store.delivery_of_attempt(work.connection, job.subject_id, lock=True)
        if current is None:
            return
        if answer is not None:
            _note(ctx, work, found, current, answer)
        else:
            _again(ctx, work, replace(current, next_at=found.rests_until or work.now))


def _note(ctx: Context, work: UnitOfWork, found: Webhook, message: Delivery, answer: Answer) -> None:
    """Write down what came of an attempt, and see to the next one."""
    tried = replace(
        message, attempts=message.attempts + 1, status=answer.status, fault=answer.fault, next_at=work.now
    )
    pause = webhooks.pause(message.id, tried.attempts)
    if answer.is_success:
        state = DELIVERIES.next(message.state, DeliveryAction.DELIVER)
        store.save_delivery(work.connection, replace(tried, state=state))
        return
    LOG.warning("webhook %s, message %s, attempt %d: %s", found.id, message.id, tried.attempts, answer)
    gone = answer.status == webhooks.GONE
    if gone and found.state is WebhookState.ACTIVE:
        _switch_off(work, found, gone=True)
    else:
        rests_until = work.now + webhooks.rest(tried.attempts)
        store.save(work.connection, replace(found, rests_until=rests_until))
    if gone or pause is None:
        state = DELIVERIES.next(message.state, DeliveryAction.GIVE_UP)
        store.save_delivery(work.connection, replace(tried, state=state))
    else:
        _again(ctx, work, replace(tried, next_at=work.now + pause))


def _again(ctx: Context, work: UnitOfWork, message: Delivery) -> None:
    """Ask for another attempt when the message says; the one before no longer counts."""
    later = replace(message, attempt_id=ctx.new_id())
    store.save_delivery(work.connection, later)
    jobs.enqueue(work.connection, ctx.new_id(), DELIVER, later.attempt_id, later.next_at)


def _new(ctx: Context, work: UnitOfWork, found: Webhook, name: str, subject_id: str) -> Delivery:
    return Delivery(
        id=ctx.new_id(),
        webhook_id=found.id,
        sequence=None,
        name=name,
        subject_id=subject_id,
        at=work.now,
        attempt_id=ctx.new_id(),
        next_at=work.now,
    )


def _switch_off(work: UnitOfWork, found: Webhook, *, gone: bool) -> None:
    state = LIFECYCLE.next(found.state, WebhookAction.DISABLE)
    store.save(work.connection, replace(found, state=state))
    work.record(WebhookDisabled(found.id, gone), agenda_id=found.agenda_id)


def _locked(work: UnitOfWork, webhook_id: str) -> Webhook:
    return _found(store.find(work.connection, webhook_id, lock=True))


def _found(webhook: Webhook | None) -> Webhook:
    if webhook is None:
        raise Unknown(thing="webhook")
    return webhook


def _message(delivery: Delivery | None) -> Delivery:
    if delivery is None:
        raise Unknown(thing="message")
    return delivery


def _courier(ctx: Context) -> Courier:
    if ctx.courier is None:
        raise RuntimeError("this house calls nobody")
    return ctx.courier
