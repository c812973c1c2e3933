"""The real application, on each engine, and the small world that lives in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from litestar.testing import TestClient

from service.app import build, create_app
from service.settings import Settings
from tests.api.world import World
from tests.engines import Databases


@contextmanager
def _opened(databases: Databases, data: Path) -> Iterator[World]:
    url = databases.fresh()
    house = build(Settings(data=str(data), database_url=url, workers="0", writes_per_minute="0"))
    with TestClient(create_app(house), raise_server_exceptions=False) as client:
        yield World(house, client)
    house.database.engine.dispose()
    databases.drop(url)


@pytest.fixture(scope="session")
def world(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One application for all tests of the API; each opens a round of its own."""
    with _opened(databases, tmp_path_factory.mktemp("api")) as opened:
        yield opened


@pytest.fixture
def quiet_world(databases: Databases, tmp_path: Path) -> Iterator[World]:
    """An application of a test's own, in which nothing else has happened."""
    with _opened(databases, tmp_path) as opened:
        yield opened
