"""What every answer carries."""

from collections.abc import Iterator

import pytest
from httpx import Response

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


def addresses(site: Site, world: World) -> Iterator[tuple[str, str]]:
    """Yield every method and address that there is, with things that exist in it, and with things that do not."""
    real = {
        "agenda_id": world.agenda,
        "recommendation_id": world.recommendation,
        "version_id": world.version,
        "organisation_id": world.cities[0].organisation,
    }
    for route in site.client.app.routes:
        names = [parameter.name for parameter in route.path_parameters.values()]
        for method in sorted({*route.methods, "GET", "POST", "PUT"}):
            yield method, route.path_format.format(**{name: real.get(name, "1") for name in names})
            if names:
                yield method, route.path_format.format(**dict.fromkeys(names, "1"))


def lacking(answer: Response, *, own: bool) -> dict[str, str | None]:
    """Return the headers of an answer that are not as they have to be."""
    wanted = HEADERS | {"Strict-Transport-Security": HSTS}
    if own or "set-cookie" in answer.headers:
        wanted["Cache-Control"] = "no-store"
    found = {name: answer.headers.get(name) for name in wanted}
    return {name: value for name, value in found.items() if value != wanted[name]}


def test_every_answer_of_every_route_carries_the_headers(site: Site, world: World) -> None:
    member = site.acting(world.facility)
    wrong, statuses = {}, set[int]()
    for method, address in addresses(site, world):
        if (method, address) == ("GET", f"/agendas/{world.agenda}/events"):
            # This answer never ends; `test_live` reads it from a server of its own.
            continue
        for own in (False, True):
            cookie = {"cookie": f"__Host-sympolity={member.secret}"} if own else {}
            site.client.cookies.clear()
            answer = site.client.request(
                method, f"https://testserver.local{address}", headers=cookie, follow_redirects=False
            )
            statuses.add(answer.status_code)
            if own and method in {"POST", "DELETE"}:
                # Some of these end the session.
                member = site.acting(world.facility)
            # Feeds and calendars are read as a stranger reads them, whoever asks.
            public = address.startswith("/static/") or address.endswith((".atom", ".ics"))
            if missing := lacking(answer, own=own and not public):
                wrong[method, address, own] = missing
    assert wrong == {}
    assert statuses >= {200, 204, 400, 401, 403, 404, 405, 409, 415}
    assert 500 not in statuses


@pytest.mark.parametrize(
    ("path", "statuses"),
    [("/verify", [431, 401]), ("/api/v1/agendas", [400, 413]), ("/nowhere", [404, 404])],
)
def test_what_is_too_much_to_be_read_carries_the_headers(site: Site, path: str, statuses: list[int]) -> None:
    address = f"https://testserver.local{path}"
    floods = [
        site.client.get(address, headers={"x-flood": "x" * 40_000}),
        site.client.post(address, content=b"x" * 33 * 2**20, headers={"content-type": "application/json"}),
    ]
    assert [answer.status_code for answer in floods] == statuses
    assert [lacking(answer, own=False) for answer in floods] == [{}, {}]
