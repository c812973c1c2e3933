"""How often a person may change something, on pages and by the API together."""

from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from service.app import House as Instance
from service.app import create_app
from service.domain.phases import Phase
from service.settings import Settings
from tests.engines import SqliteDatabases
from tests.houses import House
from tests.web.conftest import Built
from tests.web.visitors import Site
from tests.worlds import World


@pytest.fixture
def strict(files: SqliteDatabases, built: Built) -> Iterator[tuple[Site, World]]:
    """An application that lets a person through ten times in a minute."""
    url, world = built(Phase.AMENDING)
    house = House.at(files.copy(url))
    settings = Settings(workers="0", writes_per_minute="10")
    instance = Instance(settings, house.database, house.renderer, house.sealer, house.notary, house.new_id)
    with TestClient(create_app(instance), raise_server_exceptions=False) as client:
        yield Site(house, client), world
    house.close()


def test_more_changes_than_anyone_needs_are_refused_with_the_time_to_wait(strict: tuple[Site, World]) -> None:
    site, world = strict
    city, other = site.acting(world.cities[0]), site.acting(world.cities[1])
    lessons = f"/agendas/{world.agenda}/lessons"
    fields = {"text": "Small sums teach more.", "organisation_id": world.cities[0].organisation}
    assert [city.sends(lessons, fields).status for _ in range(9)] == [303] * 9
    headers = {"cookie": f"sympolity={city.secret}", "sec-fetch-site": "same-origin"}
    by_api = [
        site.client.post(
            f"/api/v1/agendas/{world.agenda}/lessons", json={"text": "One more."}, headers=headers
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in by_api] == [201, 429]
    assert (by_api[1].json()["code"], by_api[1].headers["retry-after"]) == ("too_many_requests", "60")
    page = city.sends(lessons, fields)
    assert (page.status, page.headers["retry-after"]) == (429, "60")
    assert "please try again at 09:01:00" in page.words
    assert city.opens(lessons).status == 200
    theirs = fields | {"organisation_id": world.cities[1].organisation}
    assert other.sends(lessons, theirs).status == 303
