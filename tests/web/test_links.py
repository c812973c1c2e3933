"""Coming in by a link, and looking where one is signed in."""

import re

from service.web.links import address
from tests.web.test_access import secret_of
from tests.web.visitors import Site, Visitor
from tests.worlds import World

FRESH = re.compile(r'name="csrf" value="[^"]*"')
"""What is made anew for each page."""


def test_whoever_asks_is_told_the_same_for_every_address(guarded: Site, world: World) -> None:
    pages = [
        guarded.visitor.sends("/sign-in/link-by-mail", email=email)
        for email in (world.cities[0].email, "nobody@example.org")
    ]
    first, second = (FRESH.sub("", page.html) for page in pages)
    assert [page.status for page in pages] == [200, 200]
    assert first.replace(world.cities[0].email, "…") == second.replace("nobody@example.org", "…")
    assert len(guarded.house.mailed.links) == 1


def test_a_link_in_a_mail_leads_in_by_a_button(guarded: Site, world: World) -> None:
    guarded.visitor.sends("/sign-in/link-by-mail", email=world.cities[0].email)
    shown = guarded.visitor.opens(address(guarded.house.mailed.secret))
    assert (shown.status, shown.headers["cache-control"]) == (200, "no-store")
    assert f"Sign in as {world.cities[0].name}’s person" in shown.words
    assert "set-cookie" not in shown.headers
    used = guarded.visitor.sends("/sign-in/link", shown.fields("/sign-in/link"))
    assert (used.status, used.leads_to) == (303, "/me")
    city = Visitor(guarded.client, secret_of(used.headers["set-cookie"]))
    assert city.opens("/me").status == 200
    guarded.client.cookies.clear()
    again = guarded.visitor.sends("/sign-in/link", shown.fields("/sign-in/link"))
    assert (again.status, "Ask for a new one" in again.words) == (410, True)
    assert guarded.visitor.opens(address(guarded.house.mailed.secret)).status == 410


def test_a_session_planted_before_is_not_the_one_that_opens(guarded: Site, world: World) -> None:
    planted = guarded.by_link(world.cities[1])
    guarded.visitor.sends("/sign-in/link-by-mail", email=world.cities[0].email)
    used = planted.sends(
        "/sign-in/link", planted.opens(address(guarded.house.mailed.secret)).fields("/sign-in/link")
    )
    assert secret_of(used.headers["set-cookie"]) != planted.secret
    assert planted.opens("/me").status == 401


def test_what_is_no_address_is_said_at_the_field(guarded: Site) -> None:
    page = guarded.visitor.sends("/sign-in/link-by-mail", email="ada")
    assert (page.status, 'id="email-say"' in page.html, guarded.house.mailed.links) == (422, True, [])


def test_asking_too_often_is_told_with_the_time_to_wait(guarded: Site, world: World) -> None:
    pages = [
        guarded.visitor.sends("/sign-in/link-by-mail", email=world.cities[0].email).status for _ in range(5)
    ]
    last = guarded.visitor.sends("/sign-in/link-by-mail", email=world.cities[0].email)
    assert (pages, last.status, last.headers["retry-after"]) == ([200] * 5, 429, "900")
    assert len(guarded.house.mailed.links) == 5


def test_sessions_are_listed_in_words_and_can_be_ended(site: Site, world: World) -> None:
    firefox = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    visitor = Visitor(site.client, headers=firefox)
    came = visitor.sends("/sign-in", person_id=world.cities[0].person)
    lost = Visitor(site.client, secret_of(came.headers["set-cookie"]))
    here = site.acting(world.cities[0])
    page = here.opens("/me/sessions")
    assert ["Firefox, Linux" in page.words, "Gecko" in page.words] == [True, False]
    ended = here.sends(
        page.html.partition('action="/me/sessions/')[2].join(["/me/sessions/", ""]).split('"')[0]
    )
    assert (ended.leads_to, lost.opens("/me").status, here.opens("/me").status) == ("/me/sessions", 401, 200)


def test_signing_out_everywhere_signs_out_here_too(site: Site, world: World) -> None:
    first, second = site.acting(world.cities[0]), site.acting(world.cities[0])
    assert first.sends("/me/sessions/end-all").leads_to == "/"
    assert [v.opens("/me/sessions").status for v in (first, second)] == [401, 401]
    assert first.sends("/me/sessions/end-all").status == 401
