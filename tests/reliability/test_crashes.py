"""A service that is killed for good under load loses nothing that it acknowledged, and does nothing twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines import Databases
from tests.reliability.crashes import Campaign, Service, Tally
from tests.reliability.letterbox import Letterbox
from tests.reliability.nursery import Nursery
from tests.serving import Place

CYCLES = 20
SOAK_CYCLES = 200
RELEASED_EVERY = 5


@pytest.fixture
def campaign(nursery: Nursery, databases: Databases, database_url: str, tmp_path: Path) -> Iterator[Campaign]:
    """A campaign on each engine; on PostgreSQL the worker is a process of its own."""
    apart = databases.name == "postgresql"
    place, log = Place(tmp_path / "data", database_url), tmp_path / "log"
    with Letterbox.opened() as letterbox:
        service = Service(nursery, place, log, worker_apart=apart, smtp_url=letterbox.url)
        yield Campaign(service, database_url, letterbox)


def survived(tally: Tally, cycles: int) -> bool:
    """Tell whether all that was killed came back, and whether what takes several lives was finished as often."""
    return tally.cycles == cycles and tally.complaints == [] and tally.released >= cycles // RELEASED_EVERY


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(campaign: Campaign) -> None:
    tally = campaign.run(CYCLES, released_every=RELEASED_EVERY)

    assert survived(tally, CYCLES), tally


@pytest.mark.soak
def test_two_hundred_kills_lose_nothing(campaign: Campaign) -> None:
    tally = campaign.run(SOAK_CYCLES, released_every=RELEASED_EVERY)
    assert survived(tally, SOAK_CYCLES), tally
    # Among so many, some were told of what they had done before only when they asked again.
    assert tally.replayed > 0, tally
