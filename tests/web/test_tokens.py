"""One's own API tokens."""

from dataclasses import replace

from service.domain.access import LinkPurpose
from service.web.links import address
from tests.web.test_access import secret_of
from tests.web.visitors import Site
from tests.worlds import World

FIELDS = {"name": "Our <list>", "days": "30", "scopes": "amend"}


def secret_on(html: str) -> str:
    return html.partition('<p class="digest">')[2].partition("<")[0]


def test_a_token_is_shown_once_and_can_be_revoked(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    assert "None. You need one only" in city.opens("/me/tokens").words
    made = city.sends("/me/tokens", FIELDS)
    secret = secret_on(made.html)
    assert (made.status, made.headers["cache-control"], "Our &lt;list&gt;" in made.html) == (
        200,
        "no-store",
        True,
    )
    later = city.opens("/me/tokens").html
    assert [len(secret), secret in later, "Our &lt;list&gt;" in later] == [43, False, True]
    headers = {"authorization": f"Bearer {secret}"}
    assert site.client.get("/api/v1/me", headers=headers).status_code == 200
    action = later.partition('action="/me/tokens/')[2].partition('"')[0]
    assert city.sends(f"/me/tokens/{action}").leads_to == "/me/tokens"
    assert site.client.get("/api/v1/me", headers=headers).status_code == 401


def test_what_is_missing_is_said_at_its_field(site: Site, world: World) -> None:
    page = site.acting(world.cities[0]).sends("/me/tokens", name="", days="30")
    assert [page.status, 'href="#name"' in page.html, 'href="#scopes"' in page.html] == [422, True, True]
    assert site.acting(world.cities[0]).sends("/me/tokens", FIELDS | {"days": "9999"}).status == 422
    assert site.visitor.opens("/me/tokens").status == 401


def test_in_the_demonstration_the_button_confirms_a_token_that_binds(site: Site, world: World) -> None:
    made = site.acting(world.cities[0]).sends("/me/tokens", FIELDS | {"scopes": "position"})
    assert (made.status, len(secret_on(made.html))) == (200, 43)


def test_a_token_that_binds_is_confirmed_by_mail_first(guarded: Site, world: World) -> None:
    city = guarded.by_link(world.cities[0])
    asked = city.sends("/me/tokens", FIELDS | {"scopes": "position"})
    assert (asked.status, "without asking again" in asked.words) == (403, True)
    sent = city.sends("/me/confirmations/mail", asked.fields("/me/confirmations/mail"))
    key = {"key": guarded.house.mailed.secret}
    assert city.opens(address(key["key"], LinkPurpose.CONFIRM)).status == 200
    done = city.sends("/me/confirmations/link", key)
    renewed = replace(city, secret=secret_of(done.headers["set-cookie"]))
    again = renewed.sends("/me/tokens", sent.fields("/me/tokens"))
    made = renewed.sends("/me/tokens", again.fields("/me/tokens"))
    assert (made.status, len(secret_on(made.html))) == (200, 43)
