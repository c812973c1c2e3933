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
def phase() -> Phase:
    return Phase.AMENDING


@pytest.fixture
def strict(files: SqliteDatabases, built: Built, phase: Phase) -> Iterator[tuple[Site, World]]:
    """An application that lets a person through ten times in a minute."""
    url, world = built(phase)
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


@pytest.mark.parametrize("phase", [Phase.COMMENTING])
def test_the_difference_that_comes_with_every_word_of_the_editor_is_no_change(
    strict: tuple[Site, World],
) -> None:
    site, world = strict
    page, ask = f"/recommendations/{world.recommendation}/edit/difference", world.blocks["ask"].id
    answers = [site.acting(world.rapporteur).sends(page, {f"text.{ask}": f"Word {n}."}) for n in range(12)]
    assert [answer.status for answer in answers] == [200] * 12
