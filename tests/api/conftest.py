"""The real application, on each engine, and the small world that lives in it."""

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from service.app import build, create_app
from service.settings import Settings
from tests.api.world import World
from tests.engines import Databases


@pytest.fixture(scope="session")
def world(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One application for all tests of the API; each opens a round of its own."""
    url = databases.fresh()
    data = tmp_path_factory.mktemp("api")
    house = build(Settings(data=str(data), database_url=url, workers="0", writes_per_minute="0"))
    with TestClient(create_app(house), raise_server_exceptions=False) as client:
        yield World(house, client)
    house.database.engine.dispose()
    databases.drop(url)
