"""Coming in with an account elsewhere."""

import html
from dataclasses import replace
from urllib.parse import urlencode

import pytest

from tests.providers import LocalProvider
from tests.web.confirming import confirmed_by_mail
from tests.web.test_access import secret_of
from tests.web.visitors import Page, Site, Visitor
from tests.worlds import World


@pytest.fixture
def provider(guarded: Site) -> LocalProvider:
    """A provider that the service knows."""
    made = LocalProvider(guarded.house.clock)
    guarded.house.doors = replace(guarded.house.doors, provider=made.seen_by_us)
    return made


def goes(visitor: Visitor, provider: LocalProvider, path: str, subject: str) -> tuple[str, Visitor]:
    """Send somebody to the provider and back; returns the way back, and the browser that goes it."""
    sent = visitor.opens(path)
    assert (sent.status, sent.headers["cache-control"]) == (303, "no-store")
    back = f"/sign-in/provider/back?{urlencode(provider.signs_in(sent.leads_to, subject))}"
    way = sent.headers["set-cookie"].partition(";")[0]
    visitor.client.cookies.clear()
    return back, Visitor(visitor.client, headers={"cookie": way})


def comes_back(visitor: Visitor, provider: LocalProvider, page: Page, subject: str) -> tuple[str, Visitor]:
    """Let somebody follow the page's link to the provider, and come back."""
    away = html.unescape(page.html.partition('<a class="button" href="')[2].partition('"')[0])
    back = f"/sign-in/provider/back?{urlencode(provider.signs_in(away, subject))}"
    way = page.headers["set-cookie"].partition(";")[0]
    visitor.client.cookies.clear()
    return back, Visitor(visitor.client, headers={"cookie": f"sympolity={visitor.secret}; {way}"})


def test_an_account_is_linked_and_then_lets_in(guarded: Site, world: World, provider: LocalProvider) -> None:
    city = guarded.by_link(world.cities[0])
    asked = city.sends("/me/accounts/link", city.opens("/me/accounts").fields("/me/accounts/link"))
    assert (asked.status, "Link or unlink an account by which you sign in" in asked.words) == (403, True)
    city, going = confirmed_by_mail(guarded, city, asked, "/me/accounts/link")
    assert (going.status, "Go on at Example ID" in going.words) == (200, True)
    back, browser = comes_back(city, provider, going, "subject-1")
    linked = browser.opens(back)
    assert (linked.status, linked.leads_to) == (303, "/me/accounts")
    page = city.opens("/me/accounts")
    assert "https://id.example" in page.words
    assert "Sign in with Example ID" in guarded.visitor.opens("/sign-in").words
    back, browser = goes(guarded.visitor, provider, "/sign-in/provider", "subject-1")
    came = browser.opens(back)
    assert came.leads_to == "/me"
    assert Visitor(guarded.client, secret_of(came.headers["set-cookie"])).opens("/me").status == 200
    action = page.html.partition('action="/me/accounts/')[2].partition('"')[0]
    asked = city.sends(f"/me/accounts/{action}")
    assert asked.status == 403
    city, done = confirmed_by_mail(guarded, city, asked, f"/me/accounts/{action}")
    assert done.leads_to == "/me/accounts"
    assert "None is linked." in city.opens("/me/accounts").words


@pytest.mark.usefixtures("provider")
def test_no_other_site_begins_the_linking(guarded: Site, world: World) -> None:
    city = guarded.by_link(world.cities[0])
    lured = replace(city, headers={"sec-fetch-site": "cross-site"})
    page = lured.sends("/me/accounts/link")
    assert (page.status, "This is not open to you" in page.words) == (403, True)


def test_whom_nobody_linked_is_told_how(guarded: Site, provider: LocalProvider) -> None:
    back, browser = goes(guarded.visitor, provider, "/sign-in/provider", "subject-9")
    page = browser.opens(back)
    assert (page.status, "then link it on your page" in page.words) == (403, True)


@pytest.mark.usefixtures("provider")
def test_a_refusal_of_the_provider_is_told_in_words(guarded: Site) -> None:
    for query in ("error=access_denied", "", "state=x&code=y&iss=z"):
        page = guarded.visitor.opens(f"/sign-in/provider/back?{query}")
        assert (page.status, "nobody was signed in" in page.words) == (403, True)


def test_without_a_provider_its_door_is_not_there(guarded: Site) -> None:
    assert guarded.visitor.opens("/sign-in/provider").status == 404
