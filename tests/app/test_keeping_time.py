"""A worker looks at the clock between its jobs, and at what is new once in a while; and it outlives what it meets."""

import asyncio
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest

from service.app import IDLE_SECONDS, work
from service.app import House as Instance
from service.domain.editions import EditionState
from service.domain.errors import NoRoom
from service.domain.phases import Phase
from service.settings import Settings
from service.store.jobs import LEASE
from service.workflows import agendas, moving, sweeping
from tests.builders import a_comment, a_world, an_edition, endorsed
from tests.houses import House
from tests.worlds import World

PATIENCE = 20.0


def instance_of(here: House) -> Instance:
    return Instance(
        Settings(workers="0"), here.database, here.renderer, here.sealer, here.notary, here.new_id
    )


def test_a_worker_opens_the_phase_that_is_due(sqlite_house: House) -> None:
    world = a_world(sqlite_house)
    closes_at = sqlite_house.clock.moment + timedelta(hours=1)
    command = agendas.Reschedule(world.agenda, Phase.AMENDING, closes_at, "It is planned so.")
    agendas.reschedule(world.acting(world.facility), command)
    sqlite_house.clock.moment = closes_at
    stop = threading.Event()
    worker = threading.Thread(target=work, args=(instance_of(sqlite_house), stop))
    worker.start()
    patience = time.monotonic() + PATIENCE
    while world.view.phase is Phase.AMENDING and time.monotonic() < patience:
        time.sleep(0.01)
    stop.set()
    worker.join(PATIENCE)
    assert (world.view.phase, worker.is_alive()) == (Phase.CONSOLIDATION, False)


def test_what_is_written_while_a_worker_tells_waits_to_be_told_together(sqlite_house: House) -> None:
    world = a_world(sqlite_house)
    stop, told = threading.Event(), []

    def reached(point: str) -> None:
        if point == "notify.after":
            told.append(time.monotonic())
            if len(told) == 1:
                a_comment(world)
            else:
                stop.set()

    started = time.monotonic()
    worker = threading.Thread(target=work, args=(instance_of(sqlite_house), stop, reached))
    worker.start()
    worker.join(PATIENCE)
    stop.set()
    assert (len(told), told[1] - started >= IDLE_SECONDS) == (2, True)


@pytest.mark.parametrize("chore", [moving.keep_time, sweeping.sweep])
def test_what_fails_by_the_clock_keeps_nobody_waiting(
    sqlite_house: House, monkeypatch: pytest.MonkeyPatch, chore: Callable[..., object]
) -> None:
    def fail(_: object) -> None:
        raise OSError("again")

    monkeypatch.setattr(sys.modules[chore.__module__], chore.__name__, fail)
    world = endorsed(a_world(sqlite_house))
    edition = an_edition(world, approved=True)
    stop = threading.Event()
    worker = threading.Thread(target=work, args=(instance_of(sqlite_house), stop))
    worker.start()
    wait_for_release(world, edition)
    stop.set()
    worker.join(PATIENCE)
    assert (world.edition(edition).state, worker.is_alive()) == (EditionState.RELEASED, False)


def test_a_worker_outlives_what_ends_a_task(sqlite_house: House) -> None:
    world = endorsed(a_world(sqlite_house))
    edition, stop, met = an_edition(world, approved=True), threading.Event(), list[str]()

    def reached(point: str) -> None:
        if point == "sign.before_commit" and not met:
            met.append(point)
            # What it leaves behind is due when its lease has run out.
            sqlite_house.clock.moment += 2 * LEASE
            raise asyncio.CancelledError

    worker = threading.Thread(target=work, args=(instance_of(sqlite_house), stop, reached))
    worker.start()
    wait_for_release(world, edition)
    stop.set()
    worker.join(PATIENCE)
    assert (world.edition(edition).state, met) == (EditionState.RELEASED, ["sign.before_commit"])


def test_a_worker_tells_in_a_line_that_the_disk_is_full(
    sqlite_house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop = threading.Event()

    def fail(_: object) -> None:
        stop.set()
        raise NoRoom from OSError("full")

    monkeypatch.setattr(moving, "keep_time", fail)
    work(instance_of(sqlite_house), stop)
    told = [record for record in caplog.records if "could not go on" in record.message]
    assert [(record.levelname, record.exc_info) for record in told] == [("WARNING", None)]
    assert told[0].message.endswith("(full)")


def wait_for_release(world: World, edition: str) -> None:
    patience = time.monotonic() + PATIENCE
    while world.edition(edition).state is not EditionState.RELEASED and time.monotonic() < patience:
        time.sleep(0.02)
