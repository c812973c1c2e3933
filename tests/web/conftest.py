"""The real application before a house of tests, on SQLite; the world is built once and copied."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import ClassVar

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from service.app import House as Instance
from service.app import create_app
from service.domain.phases import Phase
from service.settings import Settings
from service.store.identity import Identity
from service.workflows.context import Context
from tests.builders import a_world
from tests.conftest import files_in
from tests.engines import SqliteDatabases
from tests.houses import House
from tests.web.visitors import Site
from tests.worlds import World

Built = Callable[[Phase], tuple[str, World]]


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Migrated databases, one for each test."""
    return files_in(tmp_path_factory, "web")


@pytest.fixture(scope="session")
def built(files: SqliteDatabases) -> Built:
    """Build a world in a phase, once for all tests."""
    known: dict[Phase, tuple[str, World]] = {}

    def build(phase: Phase) -> tuple[str, World]:
        if phase not in known:
            house = House.at(url := files.fresh())
            known[phase] = url, a_world(house, phase)
            house.close()
        return known[phase]

    return build


class Tenanted(Instance):
    """What an application is made of, with the house of the present test in it: wiring it takes longer than a test."""

    tenants: ClassVar[list[House]] = []

    def context(self, identity: Identity | Callable[[], Identity]) -> Context:
        """Return a context for one request in the house of the present test."""
        return self.tenants[-1].context(identity)


@pytest.fixture(scope="session")
def application(files: SqliteDatabases) -> Litestar:
    """The application, which serves one test after the other."""
    house = House.at(files.fresh())
    return create_app(
        Tenanted(
            Settings(workers="0"), house.database, house.renderer, house.sealer, house.notary, house.new_id
        )
    )


@pytest.fixture
def phase() -> Phase:
    """The phase in which a test's world is; a test that needs another overrides it."""
    return Phase.AMENDING


@pytest.fixture
def site(files: SqliteDatabases, built: Built, application: Litestar, phase: Phase) -> Iterator[Site]:
    """The application on a copy of the world."""
    url, _ = built(phase)
    house = House.at(files.copy(url))
    Tenanted.tenants.append(house)
    with TestClient(application, raise_server_exceptions=False) as client:
        yield Site(house, client)
    Tenanted.tenants.remove(house)
    house.close()


@pytest.fixture
def world(site: Site, built: Built, phase: Phase) -> World:
    """A round with its people and one recommendation."""
    return replace(built(phase)[1], house=site.house)
