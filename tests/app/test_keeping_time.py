"""A worker looks at the clock between its jobs, and at what is new once in a while."""

import threading
import time
from datetime import timedelta

from service.app import IDLE_SECONDS, work
from service.app import House as Instance
from service.domain.phases import Phase
from service.settings import Settings
from service.workflows import agendas
from tests.builders import a_comment, a_world
from tests.houses import House

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
