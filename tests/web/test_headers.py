"""What every answer carries."""

import pytest

from service.web.headers import HEADERS, HSTS, POLICY
from tests.web.visitors import Site
from tests.worlds import World


@pytest.mark.parametrize("path", ["/", "/nowhere", "/verify", "/api/v1/agendas", "/agendas/none"])
def test_every_answer_carries_the_headers(site: Site, path: str) -> None:
    answer = site.visitor.opens(path)
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS


def test_policy_lets_nothing_in_from_elsewhere_and_nothing_inline() -> None:
    assert POLICY == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def test_https_alone_is_kept_where_people_come_by_https(site: Site) -> None:
    plain = site.client.get("/help").headers.get("strict-transport-security")
    secure = site.client.get("https://testserver.local/help").headers.get("strict-transport-security")
    assert (plain, secure) == (None, HSTS)


@pytest.mark.parametrize("path", ["/api/v1/me", "/api/v1/agendas", "/nowhere"])
def test_what_may_be_somebodys_own_is_kept_nowhere(site: Site, world: World, path: str) -> None:
    person = site.acting(world.facility)
    assert person.opens(path).headers["cache-control"] == "no-store"


def test_what_is_public_is_asked_for_again(site: Site) -> None:
    assert site.visitor.opens("/api/v1/agendas").headers["cache-control"] == "no-cache"
