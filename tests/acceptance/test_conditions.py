"""What keeps two requests from doing what nobody meant: keys of attempts, and the condition on what was read."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.acceptance.people import API, Person, agenda_in, person, refusal
from tests.serving import Demonstration, Server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def kept(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for all tests of this file, on each engine."""
    with demonstration.served(tmp_path_factory.mktemp("kept")) as server:
        yield server


@pytest.fixture
def city(kept: Server) -> Iterator[Person]:
    with person(kept, "city1") as city:
        yield city


@pytest.fixture
def ask(city: Person) -> Any:  # noqa: ANN401 - JSON
    return city.all(f"/agendas/{agenda_in(city, 'amending')['id']}/recommendations")[0]


def test_request_sent_twice_takes_effect_once(city: Person, ask: Any) -> None:  # noqa: ANN401 - JSON
    path, key = f"{API}/recommendations/{ask['id']}/comments", {"Idempotency-Key": "first"}
    before = len(city.all(f"/recommendations/{ask['id']}/comments"))
    made, again = (city.client.post(path, json={"text": "Who pays?"}, headers=key) for _ in range(2))
    assert (made.status_code, again.status_code) == (201, 201)
    assert (made.json(), "Idempotency-Replayed" in made.headers) == (again.json(), False)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert len(city.all(f"/recommendations/{ask['id']}/comments")) == before + 1


def test_key_serves_no_other_request_and_no_other_person(
    kept: Server,
    city: Person,
    ask: Any,  # noqa: ANN401 - JSON
) -> None:
    path, key = f"/recommendations/{ask['id']}/comments", {"Idempotency-Key": "second"}
    mine = city.client.post(f"{API}{path}", json={"text": "Who pays?"}, headers=key).json()
    assert city.is_refused(path, headers=key, text="Who else?") == (422, "idempotency_key_reused")
    assert city.is_refused(path, headers={"Idempotency-Key": "two words"}, text="a") == (
        400,
        "invalid_request",
    )
    with person(kept, "city2") as neighbour:
        other = neighbour.client.post(f"{API}{path}", json={"text": "Who pays?"}, headers=key)
        assert "Idempotency-Replayed" not in other.headers
        assert other.json()["id"] != mine["id"]


def test_draft_is_changed_only_by_who_has_read_it_as_it_is(city: Person, ask: Any) -> None:  # noqa: ANN401 - JSON
    version = city.read(f"/versions/{ask['current_version']['id']}")
    blocks = [*version["blocks"], {"kind": "paragraph", "text": "And one more."}]
    draft = city.does(
        f"/recommendations/{ask['id']}/amendments",
        base_version=version["id"],
        blocks=blocks,
        justification="",
        draft=True,
    )
    place = f"{API}/amendments/{draft['id']}"
    tag = city.client.get(place).headers["ETag"]
    assert city.client.get(place, headers={"If-None-Match": tag}).status_code == 304
    assert refusal(city.client.patch(place, json={"justification": "Why not?"})) == (428, "condition_missing")
    changed = city.client.patch(place, json={"justification": "Why not?"}, headers={"If-Match": tag})
    assert (changed.status_code, changed.json()["justification"]) == (200, "Why not?")
    late = city.client.patch(place, json={"justification": "Why?"}, headers={"If-Match": tag})
    assert refusal(late) == (412, "stale_state")
    assert city.read(f"/amendments/{draft['id']}")["justification"] == "Why not?"


def test_draft_is_nobody_elses_to_see(kept: Server, city: Person, ask: Any) -> None:  # noqa: ANN401 - JSON
    version = city.read(f"/versions/{ask['current_version']['id']}")
    blocks = [*version["blocks"], {"kind": "paragraph", "text": "Not for others yet."}]
    body = {"base_version": version["id"], "blocks": blocks, "justification": "", "draft": True}
    draft = city.does(f"/recommendations/{ask['id']}/amendments", **body)
    with person(kept, "city2") as neighbour, person(kept) as visitor:
        for reader in (neighbour, visitor):
            hidden = reader.client.get(f"{API}/amendments/{draft['id']}")
            absent = reader.client.get(f"{API}/amendments/{'0' * 26}")
            assert refusal(hidden) == refusal(absent) == (404, "unknown")
            assert hidden.json() == absent.json()
