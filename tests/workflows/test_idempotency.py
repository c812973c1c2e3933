import threading
from functools import partial

import pytest

from service.domain.errors import EmptyChange, KeyInFlight, KeyReused, SignInNeeded
from service.workflows import amendments
from service.workflows.idempotency import Once, once
from tests.builders import a_world, tabling
from tests.houses import House
from tests.workflows.refusals import refused
from tests.worlds import World

ONE, OTHER = "1" * 64, "2" * 64


def table(world: World, key: str | None, fingerprint: str = ONE, city: int = 0) -> Once:
    member = world.cities[city]
    ctx = world.acting(member)
    return once(ctx, key, fingerprint, partial(amendments.table, ctx, tabling(world, by=member)))


def test_the_same_request_with_the_same_key_takes_effect_once(house: House) -> None:
    world = a_world(house)
    first = table(world, "key")
    with world.recording() as entries:
        again = table(world, "key")
    assert (first.replayed, again.replayed, again.result_id) == (False, True, first.result_id)
    assert entries == []
    assert world.summary.amendments == 1


def test_requests_without_a_key_take_effect_each(house: House) -> None:
    world = a_world(house)
    assert table(world, None).result_id != table(world, None).result_id


def test_another_request_with_the_same_key_is_refused(house: House) -> None:
    world = a_world(house)
    table(world, "key")
    refused(world, KeyReused, lambda: table(world, "key", OTHER))


def test_another_persons_key_is_another_key(house: House) -> None:
    world = a_world(house)
    assert not table(world, "key").replayed
    assert not table(world, "key", OTHER, city=1).replayed


def test_a_key_needs_someone_whose_it_is(house: House) -> None:
    world = a_world(house)
    refused(world, SignInNeeded, lambda: once(house.stranger, "key", ONE, lambda: "made"))


def test_a_refused_request_does_not_use_up_its_key(house: House) -> None:
    world = a_world(house)

    def refuse() -> str:
        raise EmptyChange

    refused(world, EmptyChange, lambda: once(world.acting(world.cities[0]), "key", ONE, refuse))
    assert not table(world, "key", OTHER).replayed


def test_a_request_that_comes_while_the_first_is_running_takes_no_effect(house: House) -> None:
    world = a_world(house)
    running, answers = threading.Event(), list[object]()

    def repeat() -> None:
        running.wait(10)
        try:
            answers.append(table(world, "key"))
        except KeyInFlight as refusal:
            answers.append(refusal.code)

    ctx, command = world.acting(world.cities[0]), tabling(world)

    def run() -> str:
        running.set()
        # On PostgreSQL the other request has asked for the key by now, or asks soon and finds it used.
        other.join(0.3)
        return amendments.table(ctx, command)

    other = threading.Thread(target=repeat)
    other.start()
    first = once(ctx, "key", ONE, run)
    other.join(20)
    assert answers in (["idempotency_key_in_flight"], [Once(first.result_id, replayed=True)])
    assert world.summary.amendments == 1


@pytest.mark.parametrize("key", ["k" * 200, "ключ"])
def test_a_key_is_whatever_the_sender_chose(house: House, key: str) -> None:
    world = a_world(house)
    assert not table(world, key).replayed
    assert table(world, key).replayed
