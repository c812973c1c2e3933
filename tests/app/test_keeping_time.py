"""A worker looks at the clock between its jobs."""

import threading
import time
from datetime import timedelta

from service.app import House as Instance
from service.app import work
from service.domain.phases import Phase
from service.settings import Settings
from service.workflows import agendas
from tests.builders import a_world
from tests.houses import House

PATIENCE = 20.0


def test_a_worker_opens_the_phase_that_is_due(sqlite_house: House) -> None:
    world = a_world(sqlite_house)
    closes_at = sqlite_house.clock.moment + timedelta(hours=1)
    command = agendas.Reschedule(world.agenda, Phase.AMENDING, closes_at, "It is planned so.")
    agendas.reschedule(world.acting(world.facility), command)
    sqlite_house.clock.moment = closes_at
    here = sqlite_house
    instance = Instance(
        Settings(workers="0"), here.database, here.renderer, here.sealer, here.notary, here.new_id
    )
    stop = threading.Event()
    worker = threading.Thread(target=work, args=(instance, stop))
    worker.start()
    patience = time.monotonic() + PATIENCE
    while world.view.phase is Phase.AMENDING and time.monotonic() < patience:
        time.sleep(0.01)
    stop.set()
    worker.join(PATIENCE)
    assert (world.view.phase, worker.is_alive()) == (Phase.CONSOLIDATION, False)
