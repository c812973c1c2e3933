"""A server to be treated badly."""

from collections.abc import Iterator

import pytest

from tests.acceptance.people import Person, agenda_in, person
from tests.serving import Demonstration, Server


@pytest.fixture(scope="module")
def target(sqlite_demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demonstration; at the end of the file its log must be free of traces."""
    with sqlite_demonstration.served(tmp_path_factory.mktemp("target")) as server:
        yield server


@pytest.fixture
def city(target: Server) -> Iterator[Person]:
    """The representative of a city, with a token."""
    with person(target, "city1") as city:
        yield city


@pytest.fixture(scope="module")
def agenda(target: Server) -> str:
    """The agenda that is being amended."""
    with person(target) as visitor:
        found: str = agenda_in(visitor, "amending")["id"]
        return found


@pytest.fixture(scope="module")
def recommendation(target: Server, agenda: str) -> str:
    """Its first recommendation."""
    with person(target) as visitor:
        found: str = visitor.all(f"/agendas/{agenda}/recommendations")[0]["id"]
        return found
