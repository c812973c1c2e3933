"""Forms of our own pages only."""

import pytest
from litestar.testing import RequestFactory

from service.web import csrf
from tests.web.visitors import Site, Visitor
from tests.worlds import World


def test_token_holds_in_its_own_session_alone() -> None:
    token = csrf.token("mine")
    assert (csrf.holds("mine", token), csrf.holds("yours", token), csrf.holds("", token)) == (
        True,
        False,
        False,
    )


@pytest.mark.parametrize("sent", ["", ".", "nonce", "nonce.", "nonce.0000", "é.é"])
def test_what_is_no_token_does_not_hold(sent: str) -> None:
    assert not csrf.holds("mine", sent)


def test_no_two_pages_carry_the_same_token() -> None:
    assert csrf.token("mine") != csrf.token("mine")


@pytest.mark.parametrize(
    ("headers", "believed"),
    [
        ({}, True),
        ({"origin": "null"}, True),
        ({"origin": "http://testserver.local", "host": "testserver.local"}, True),
        ({"origin": "https://evil.example", "host": "testserver.local"}, False),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, True),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-site"}, False),
    ],
)
def test_browser_tells_where_a_form_comes_from(headers: dict[str, str], *, believed: bool) -> None:
    assert csrf.comes_from_here(RequestFactory().post("/", headers=headers)) is believed


def test_a_form_from_another_site_does_nothing(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    hostile = Visitor(site.client, city.secret, {"sec-fetch-site": "cross-site"})
    answer = hostile.sends(
        f"/agendas/{world.agenda}/lessons", text="x", organisation_id=world.cities[0].organisation
    )
    assert (answer.status, "This is not open to you" in answer.words) == (403, True)


def test_a_form_of_another_session_is_offered_again_with_all_that_was_typed(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    path = f"/agendas/{world.agenda}/lessons"
    answer = city.sends(path, csrf=csrf.token("another"), text="Small sums teach more.")
    offered = answer.fields(path)
    assert (answer.status, offered["text"]) == (403, "Small sums teach more.")
    assert csrf.holds(city.secret, offered["csrf"])
    assert city.sends(path, offered, organisation_id=world.cities[0].organisation).leads_to == f"{path}#l1"
