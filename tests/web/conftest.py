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
        settled = self.tenants[-1]
        return replace(settled, demo=settled.demo and self.settings.demo_sign_in).context(identity)


@pytest.fixture(scope="session")
def application(files: SqliteDatabases) -> Litestar:
    """The application, which serves one test after the other."""
    house = House.at(files.fresh())
    # It would count for all tests together how often a person writes: now and then one more statement in one of them.
    settings = Settings(workers="0", writes_per_minute="0")
    return create_app(
        Tenanted(settings, house.database, house.renderer, house.sealer, house.notary, house.new_id)
    )


@pytest.fixture(scope="session")
def guarded_application(files: SqliteDatabases) -> Litestar:
    """The application where nobody signs in as a demo person."""
    house = House.at(files.fresh())
    settings = Settings(workers="0", demo="off", writes_per_minute="0")
    return create_app(
        Tenanted(settings, house.database, house.renderer, house.sealer, house.notary, house.new_id)
    )


@pytest.fixture
def guarded(site: Site, guarded_application: Litestar) -> Iterator[Site]:
    """The same house, where nobody signs in as a demo person, and links are mailed to `mailed`."""
    site.house.doors = replace(site.house.doors, post_link=site.house.mailed)
    with TestClient(guarded_application, raise_server_exceptions=False) as client:
        yield Site(site.house, client)


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
def empty(files: SqliteDatabases, application: Litestar) -> Iterator[Site]:
    """The application on a house with nobody in it, for a world of the test's own."""
    house = House.at(files.fresh())
    Tenanted.tenants.append(house)
    with TestClient(application, raise_server_exceptions=False) as client:
        yield Site(house, client)
    Tenanted.tenants.remove(house)
    house.close()


@pytest.fixture
def world(site: Site, built: Built, phase: Phase) -> World:
    """A round with its people and one recommendation."""
    return replace(built(phase)[1], house=site.house)
