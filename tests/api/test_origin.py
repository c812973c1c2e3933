"""Whose pages may use a session."""

from collections.abc import Iterator

import pytest

from service.domain.phases import Phase
from service.store.identity import Identity
from service.workflows import access
from tests.api.world import Round, World, codes

HOST = "testserver.local"


@pytest.fixture
def here(world: World) -> Iterator[Round]:
    """A round, and a browser signed in as a city."""
    person_id = world.lakeside.person_id
    secret = access.sign_in_as(world.house.context(Identity()), person_id)
    world.client.cookies.set("sympolity", secret)
    yield world.round(Phase.AMENDING)
    world.client.cookies.clear()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": f"http://{HOST}"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {},
    ],
)
def test_a_session_acts_for_its_own_site(world: World, here: Round, headers: dict[str, str]) -> None:
    assert world.anyone.get("/me").json()["name"] == "Lakeside"
    answer = world.anyone.post(f"{here.recommendation}/comments", {"text": "Why?"}, headers=headers)
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": f"https://{HOST}.evil.example"},
        {"Origin": "null"},
        {"Origin": ""},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": f"http://{HOST}"},
    ],
)
def test_a_session_does_not_act_for_another_site(world: World, here: Round, headers: dict[str, str]) -> None:
    answer = world.anyone.post(f"{here.recommendation}/comments", {"text": "Why?"}, headers=headers)
    assert codes(answer) == (403, "cross_site")
    assert "access-control-allow-origin" not in answer.headers


def test_a_token_acts_from_anywhere(world: World) -> None:
    here = world.round()
    foreign = {"Origin": "https://tool.example"}
    answer = world.lakeside.post(f"{here.recommendation}/comments", {"text": "Why?"}, headers=foreign)
    assert answer.status_code == 201
