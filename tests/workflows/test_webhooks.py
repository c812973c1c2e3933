"""Webhooks: who may have them, what they are told, and what becomes of a message that does not arrive."""

import base64
import hashlib
import hmac
import json
from datetime import timedelta

import pytest

from service.domain.errors import Denied, IllegalMove, Invalid, SignInNeeded, Unknown
from service.domain.webhooks import MOST, OVERLAP, SCHEDULE, Answer, Delivery, DeliveryState, WebhookState
from service.store import jobs
from service.workflows import jobs as work
from service.workflows import webhooks
from service.workflows.webhooks import RegisterWebhook
from tests.builders import a_comment, a_world, an_amendment
from tests.counting import counting
from tests.houses import House
from tests.worlds import World

URL = "https://receiver.example/hook"


def registered(world: World, *patterns: str, url: str = URL) -> str:
    command = RegisterWebhook(world.agenda, url, patterns or ("*",))
    return webhooks.register(world.acting(world.facility), command)


def told(world: World) -> list[str]:
    """Let the workers do what is due; return the names of the events that were carried."""
    house = world.house
    house.courier.carried.clear()
    while webhooks.dispatch(house.operator):
        pass
    house.work()
    return [json.loads(body)["type"] for _, _, body in house.courier.carried]


def messages(world: World, webhook: str) -> tuple[Delivery, ...]:
    return webhooks.deliveries(world.acting(world.facility), webhook).items


def test_webhook_is_told_of_what_happens_from_then_on_and_of_what_it_wants(house: House) -> None:
    world = a_world(house)
    a_comment(world)
    registered(world, "amendment.*")
    amendment = an_amendment(world)
    a_comment(world)
    assert told(world) == ["amendment.tabled"]
    (url, _, body), entry = house.courier.carried[0], world.house.record(world.agenda)
    tabled = next(e for e in entry if e.name == "amendment.tabled")
    assert (url, json.loads(body)) == (
        URL,
        {
            "type": "amendment.tabled",
            "timestamp": "2026-01-05T09:00:00Z",
            "data": {"agenda_id": world.agenda, "subject_id": amendment, "sequence": tabled.sequence},
        },
    )
    assert told(world) == []


def test_drafts_and_the_houses_own_doings_are_told_to_nobody(house: House) -> None:
    world = a_world(house)
    registered(world, "*")
    an_amendment(world, draft=True)
    registered(world, "*", url="https://another.example/")
    assert told(world) == []


def test_message_carries_id_moment_and_signature(house: House) -> None:
    world = a_world(house)
    webhook = registered(world)
    secret = webhooks.secret(world.acting(world.facility), webhook)
    an_amendment(world)
    told(world)
    _, headers, body = house.courier.carried[0]
    (message,) = messages(world, webhook)
    assert (headers["webhook-id"], headers["webhook-timestamp"]) == (
        message.id,
        str(int(house.clock.moment.timestamp())),
    )
    content = f"{message.id}.{headers['webhook-timestamp']}.{body.decode()}".encode()
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert (message.state, message.attempts, message.status) == (DeliveryState.DELIVERED, 1, 204)


def test_new_secret_is_signed_with_beside_the_one_before_for_a_day(house: House) -> None:
    world = a_world(house)
    webhook, facility = registered(world), world.acting(world.facility)
    before = webhooks.secret(facility, webhook)
    webhooks.rotate(facility, webhook)
    assert webhooks.secret(facility, webhook) != before
    counts = []
    for wait in (timedelta(), OVERLAP):
        house.clock.moment += wait
        webhooks.send_test(facility, webhook)
        assert told(world) == ["webhook.test"]
        counts.append(len(house.courier.carried[0][1]["webhook-signature"].split()))
    assert counts == [2, 1]


def test_message_that_fails_is_sent_again_after_the_schedule_and_given_up_at_its_end(house: House) -> None:
    world = a_world(house)
    webhook = registered(world)
    house.courier.answers = [Answer(500), Answer(None, "it took too long")]
    an_amendment(world)
    assert told(world) == ["amendment.tabled"]
    ids = {house.courier.carried[0][1]["webhook-id"]}
    for step in SCHEDULE:
        (message,) = messages(world, webhook)
        assert step <= message.next_at - house.clock.moment <= step * 1.1
        # It is not sent before its time.
        assert told(world) == []
        house.clock.moment = max(message.next_at, house.clock.moment + timedelta(hours=1))
        assert told(world) == ["amendment.tabled"]
        ids.add(house.courier.carried[0][1]["webhook-id"])
    (message,) = messages(world, webhook)
    assert (message.state, message.attempts, message.fault) == (
        DeliveryState.DEAD,
        len(SCHEDULE) + 1,
        "it took too long",
    )
    house.clock.advance(days=30)
    assert (told(world), ids) == ([], {message.id})


def test_message_that_was_given_up_is_sent_again_by_hand(house: House) -> None:
    world = a_world(house)
    webhook, facility = registered(world), world.acting(world.facility)
    house.courier.answers = [Answer(500), Answer(200)]
    an_amendment(world)
    told(world)
    (message,) = messages(world, webhook)
    webhooks.retry(facility, message.id)
    assert told(world) == ["amendment.tabled"]
    assert messages(world, webhook)[0].state is DeliveryState.DELIVERED
    # The attempt that the schedule had for it is not made any more.
    house.clock.advance(days=1)
    assert told(world) == []
    with pytest.raises(IllegalMove):
        webhooks.retry(facility, message.id)


def test_receiver_that_failed_is_left_in_peace_for_a_while(house: House) -> None:
    world = a_world(house)
    registered(world)
    house.courier.answers = [Answer(500), Answer(200)]
    for _ in range(3):
        an_amendment(world)
    assert len(told(world)) == 1
    house.clock.advance(minutes=1)
    assert len(told(world)) == 3


def test_receiver_that_is_gone_is_switched_off(house: House) -> None:
    world = a_world(house)
    webhook, facility = registered(world), world.acting(world.facility)
    house.courier.answers = [Answer(410), Answer(200)]
    an_amendment(world)
    told(world)
    assert webhooks.webhook(facility, webhook).state is WebhookState.DISABLED
    assert [(m.state, m.status) for m in messages(world, webhook)] == [(DeliveryState.DEAD, 410)]
    disabled = house.record(world.agenda)[-1]
    assert (disabled.name, disabled.data["gone"], disabled.person_id) == ("webhook.disabled", True, None)


def test_webhook_that_is_off_is_told_when_it_is_on_again(house: House) -> None:
    world = a_world(house)
    webhook, facility = registered(world), world.acting(world.facility)
    an_amendment(world)
    webhooks.dispatch(house.operator)
    webhooks.disable(facility, webhook)
    an_amendment(world)
    assert told(world) == []
    with pytest.raises(IllegalMove):
        webhooks.disable(facility, webhook)
    webhooks.enable(facility, webhook)
    assert told(world) == ["amendment.tabled", "amendment.tabled"]


def test_switched_off_while_it_is_called_a_message_counts_as_it_came_out(house: House) -> None:
    world = a_world(house)
    webhook, facility = registered(world), world.acting(world.facility)
    house.courier.answers = [Answer(410)]
    house.courier.before = lambda: webhooks.disable(facility, webhook)
    an_amendment(world)
    assert told(world) == ["amendment.tabled"]
    assert messages(world, webhook)[0].state is DeliveryState.DEAD


def test_attempt_that_was_overtaken_writes_nothing_down(house: House) -> None:
    world = a_world(house)
    webhook, facility = registered(world), world.acting(world.facility)
    house.courier.answers = [Answer(500)]
    an_amendment(world)
    told(world)
    (message,) = messages(world, webhook)
    house.clock.advance(minutes=1)
    house.courier.before = lambda: webhooks.retry(facility, message.id)
    work.work_once(house.operator)
    assert messages(world, webhook)[0].attempts == 0


def test_worker_that_lost_its_lease_writes_nothing_down(house: House) -> None:
    world = a_world(house)
    webhook = registered(world)
    an_amendment(world)
    webhooks.dispatch(house.operator)

    def overtake() -> None:
        house.courier.before = lambda: None
        house.clock.advance(minutes=2)
        assert jobs.claim(house.database, house.new_id()) is not None

    house.courier.before = overtake
    work.work_once(house.operator)
    assert messages(world, webhook)[0].state is DeliveryState.WAITING


def test_facility_alone_has_webhooks(house: House) -> None:
    world = a_world(house)
    webhook, city = registered(world), world.acting(world.cities[0])
    for act in (
        lambda ctx: webhooks.register(ctx, RegisterWebhook(world.agenda, URL, ("*",))),
        lambda ctx: webhooks.listed(ctx, world.agenda),
        lambda ctx: webhooks.webhook(ctx, webhook),
        lambda ctx: webhooks.webhook(ctx, "none"),
        lambda ctx: webhooks.secret(ctx, webhook),
        lambda ctx: webhooks.deliveries(ctx, webhook),
        lambda ctx: webhooks.delivery(ctx, "none"),
        lambda ctx: webhooks.last_deliveries(ctx, world.agenda),
        lambda ctx: webhooks.disable(ctx, webhook),
        lambda ctx: webhooks.enable(ctx, webhook),
        lambda ctx: webhooks.rotate(ctx, webhook),
        lambda ctx: webhooks.send_test(ctx, webhook),
        lambda ctx: webhooks.retry(ctx, "none"),
    ):
        with pytest.raises(Denied):
            act(city)
        with pytest.raises(SignInNeeded):
            act(house.stranger)
    with pytest.raises(Denied):
        webhooks.dispatch(world.acting(world.facility))


def test_what_there_is_not_is_unknown(house: House) -> None:
    world = a_world(house)
    facility = world.acting(world.facility)
    for act in (webhooks.webhook, webhooks.secret, webhooks.deliveries, webhooks.disable, webhooks.retry):
        with pytest.raises(Unknown):
            act(facility, "none")


def test_address_and_events_have_to_make_sense_and_there_is_an_end(house: House) -> None:
    world = a_world(house)
    for url, pattern in (("http://receiver.example/", "*"), (URL, "amendment.nothing")):
        with pytest.raises(Invalid):
            registered(world, pattern, url=url)
    for _ in range(MOST):
        registered(world)
    with pytest.raises(Invalid, match="another look"):
        registered(world)


def test_what_people_do_with_webhooks_is_in_the_record(house: House) -> None:
    world = a_world(house)
    before, facility = len(house.record(world.agenda)), world.acting(world.facility)
    webhook = registered(world)
    webhooks.retry(facility, webhooks.send_test(facility, webhook))
    webhooks.rotate(facility, webhook)
    webhooks.disable(facility, webhook)
    webhooks.enable(facility, webhook)
    assert [entry.name for entry in house.record(world.agenda)[before:]] == [
        "webhook.registered",
        "webhook.tested",
        "webhook.retried",
        "webhook.secret_rotated",
        "webhook.disabled",
        "webhook.enabled",
    ]
    assert "hook" not in str(house.record(world.agenda)[before].data["host"])


def test_lists_cost_the_same_however_long_they_are(house: House) -> None:
    world = a_world(house)
    webhook, facility = registered(world), world.acting(world.facility)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            an_amendment(world)
        told(world)
        with counting(house) as statements:
            webhooks.deliveries(facility, webhook)
            webhooks.last_deliveries(facility, world.agenda)
            webhooks.listed(facility, world.agenda)
        counts.append(len(statements))
    assert counts[0] == counts[1]
