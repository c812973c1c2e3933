"""A server to be treated badly."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.acceptance.people import Person, agenda_in, person
from tests.serving import Demonstration, Server

MEMORY = 64 * 1024
"""Kibibytes that one bad request may make the server grow by."""


@pytest.fixture(scope="module")
def target(sqlite_demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the demonstration; at the end of the file its log must be free of traces.

    Nobody works in the background, so that whatever is written was asked for.
    """
    with sqlite_demonstration.served(tmp_path_factory.mktemp("target"), workers=0) as server:
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


@pytest.fixture
def modest(target: Server) -> Iterator[Server]:
    """The server, which must not have grown much when the test is over."""
    status = Path(f"/proc/{target.pid}/status")

    def resident() -> int:
        return next(
            int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmRSS:")
        )

    before = resident()
    yield target
    assert resident() - before < MEMORY
