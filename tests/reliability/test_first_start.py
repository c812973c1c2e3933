"""A service that is killed for good while it starts for the first time starts the next time as if nothing was."""

import os
import signal
import time
from pathlib import Path

import pytest

from service.adapters.sealing import KEYS
from service.store.engine import Database, make_engine
from service.store.migrate import is_current
from tests.engines import Databases
from tests.reliability.crashes import CHANCE, Service
from tests.reliability.nursery import Nursery
from tests.serving import Place, free_port

KILLS = 3
LATEST = 0.8


@pytest.mark.slow
def test_a_first_start_that_was_cut_off_is_made_up_for(
    nursery: Nursery, databases: Databases, empty_database_url: str, tmp_path: Path
) -> None:
    place, log = Place(tmp_path / "data", empty_database_url), tmp_path / "log"
    service = Service(nursery, place, log, worker_apart=databases.name == "postgresql")
    for _ in range(KILLS):
        own = {"PORT": str(free_port()), "SYMPOLITY_DEMO": "off"}
        process = nursery.start("serve", place.environment | own, log)
        time.sleep(CHANCE.uniform(0, LATEST))
        os.kill(process, signal.SIGKILL)
        assert nursery.ended(process) == -signal.SIGKILL
    try:
        service.start()
        service.stop()
    finally:
        service.end()
    engine = make_engine(empty_database_url)
    with Database(engine).reading() as connection:
        assert is_current(connection)
    engine.dispose()
    assert len(list((place.data / KEYS).iterdir())) == 6
    assert "Traceback" not in service.complaints
