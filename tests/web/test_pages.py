"""Every page answers everyone who may read it, in one look, with as many queries for three things as for one."""

import pytest

from tests.builders import (
    ASK,
    a_comment,
    a_lesson,
    an_amendment,
    consolidated,
    decided,
    evidenced,
)
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World

PUBLIC = (
    "/",
    "/help",
    "/accessibility",
    "/privacy",
    "/verify",
    "/sign-in",
    "/agendas/{agenda}",
    "/agendas/{agenda}/document",
    "/agendas/{agenda}/amendments",
    "/agendas/{agenda}/amendments?state=tabled&recommendation={recommendation}",
    "/agendas/{agenda}/positions",
    "/agendas/{agenda}/lessons",
    "/agendas/{agenda}/evidence",
    "/agendas/{agenda}/record",
    "/agendas/{agenda}/editions",
    "/recommendations/{recommendation}",
    "/recommendations/{recommendation}/versions",
    "/recommendations/{recommendation}/versions/1",
    "/recommendations/{recommendation}/compare",
    "/recommendations/{recommendation}/compare?from=1&to=2",
    "/recommendations/{recommendation}/provenance",
    "/recommendations/{recommendation}/versions/1/provenance",
    "/recommendations/{recommendation}/collisions",
    "/recommendations/{recommendation}/deciding-order",
    "/amendments/{amendment}",
    "/comments/{comment}",
)
PRIVATE = (
    "/me",
    "/recommendations/{recommendation}/amend",
    "/recommendations/{recommendation}/comment",
    "/recommendations/{recommendation}/consolidate",
    "/recommendations/{recommendation}/scenarios",
    "/agendas/{agenda}/phase/consolidation",
    "/agendas/{agenda}/deadline",
    "/amendments/{amendment}/rebase",
)
LISTS = tuple(
    path
    for path in PUBLIC
    if path.startswith(("/agendas", "/recommendations/{recommendation}")) and "versions/1" not in path
)
HOSTILE = "<img src=x onerror=alert(1)> {{ 7*7 }} %(x)s \u202e"


def filled(world: World) -> dict[str, str]:
    """Let something of everything happen, and return the ids that addresses name."""
    evidenced(world)
    a_lesson(world)
    decided(world, an_amendment(world, edit={"why": "Partnerships have shown results."}))
    consolidated(world)
    comment = a_comment(world)
    amendment = an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("every", "each")})
    an_amendment(world, by=world.cities[2], edit={"ask": ASK.replace("every", "any")})
    return {
        "agenda": world.agenda,
        "recommendation": world.recommendation,
        "amendment": amendment,
        "comment": comment,
    }


def test_every_public_page_answers_a_visitor_in_the_same_look(site: Site, world: World) -> None:
    ids = filled(world)
    pages = {path: site.visitor.opens(path.format(**ids)) for path in PUBLIC}
    assert {path: page.status for path, page in pages.items() if page.status != 200} == {}
    assert {path for path, page in pages.items() if page.html.count("<h1") != 1} == set()
    assert {path for path, page in pages.items() if '<main id="main"' not in page.html} == set()


def test_every_public_page_answers_everyone_who_is_signed_in(site: Site, world: World) -> None:
    ids = filled(world)
    people = [
        world.facility,
        world.rapporteur,
        world.approvers[0],
        world.cities[1],
        world.service,
        world.outsider,
    ]
    visitors = [*(site.acting(person) for person in people), site.as_person(world.newcomer)]
    for visitor in visitors:
        pages = {path: visitor.opens(path.format(**ids)) for path in PUBLIC}
        assert {path: page.status for path, page in pages.items() if page.status != 200} == {}
        assert {page.headers["cache-control"] for page in pages.values()} == {"no-store"}


@pytest.mark.parametrize("path", PRIVATE)
def test_visitor_is_asked_to_sign_in_for_what_is_not_public(site: Site, world: World, path: str) -> None:
    address = path.format(**filled(world))
    page = site.visitor.opens(address)
    assert (page.status, f"/sign-in?then={address}" in page.html) == (401, True)


def test_hostile_text_is_shown_as_text(site: Site, world: World) -> None:
    ids = filled(world)
    an_amendment(world, by=world.cities[3], edit={"title": HOSTILE, "why": HOSTILE})
    a_lesson(world, HOSTILE)
    for path in PUBLIC:
        html = site.acting(world.cities[3]).opens(path.format(**ids)).html
        assert ("<img src=x" in html, "\u202e" in html) == (False, False), path
    assert (
        "&lt;img src=x onerror=alert(1)&gt; {{ 7*7 }}"
        in site.visitor.opens(f"/agendas/{world.agenda}/lessons").html
    )


def queries(site: Site, ids: dict[str, str]) -> dict[str, int]:
    counts = {}
    for path in LISTS:
        with counting(site.house) as made:
            assert site.visitor.opens(path.format(**ids)).status == 200
        counts[path] = len(made)
    return counts


def test_queries_do_not_grow_with_the_number_of_things(site: Site, world: World) -> None:
    ids = filled(world)
    few = queries(site, ids)
    for city in world.cities[1:]:
        an_amendment(world, by=city, edit={"why": f"Partnerships show results in {city.name}."})
        a_comment(world, by=city)
        a_lesson(world, f"Learnt in {city.name}.")
        evidenced(world)
    many = queries(site, ids)
    assert {path: (few[path], many[path]) for path in LISTS if few[path] < many[path]} == {}


def test_first_view_of_any_page_weighs_less_than_50_kilobytes(site: Site, world: World) -> None:
    ids = filled(world)
    style = len(site.client.get(linked(site, "sympolity.css")).content)
    assert style > 0
    for path in PUBLIC:
        answer = site.client.get(path.format(**ids), headers={"accept-encoding": "gzip"})
        assert (
            answer.headers["content-encoding"],
            int(answer.headers.get("content-length", 0)) < 40_000,
        ) == (
            "gzip",
            True,
        ), path


def linked(site: Site, name: str) -> str:
    html = site.visitor.opens("/").html
    return next(part for part in html.split('"') if part.endswith(name))
