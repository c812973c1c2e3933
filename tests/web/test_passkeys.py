"""Passkeys on pages, as the script of the pages sends them."""

import html
import re
from dataclasses import replace

import pytest

from service.domain.phases import Phase
from service.web import csrf
from tests.authenticators import Authenticator
from tests.web.confirming import confirmed_by_mail
from tests.web.test_access import secret_of
from tests.web.visitors import Site, Visitor
from tests.worlds import World


@pytest.fixture
def phase() -> Phase:
    return Phase.ENDORSEMENT


def added(visitor: Visitor, key: Authenticator) -> None:
    page = visitor.sends("/me/passkeys")
    creation = html.unescape(re.findall(r'data-creation="([^"]+)"', page.html)[0])
    assert visitor.sends("/me/passkeys/made", response=key.makes(creation)).leads_to == "/me/passkeys"


def options(visitor: Visitor) -> str:
    return visitor.sends("/sign-in/passkey/options").html


def test_a_passkey_is_added_lets_in_and_confirms(site: Site, guarded: Site, world: World) -> None:
    demo, key = site.acting(world.cities[0]), Authenticator()
    added(demo, key)
    page = guarded.visitor.opens("/sign-in")
    assert 'action="/sign-in/passkey" data-passkey hidden' in page.html
    came = guarded.visitor.sends("/sign-in/passkey", response=key.shows(options(guarded.visitor)))
    guarded.client.cookies.clear()
    city = Visitor(guarded.client, secret_of(came.headers["set-cookie"]))
    path = f"/recommendations/{world.recommendation}/position"
    asked = city.sends(path, city.opens(path).fields(), stance="abstained", statement="Later.", step="send")
    fields = asked.fields("/me/confirmations/passkey") | {csrf.FIELD: csrf.token(city.secret)}
    done = city.sends("/me/confirmations/passkey", fields, response=key.shows(options(city)))
    renewed = replace(city, secret=secret_of(done.headers["set-cookie"]))
    assert "Later." in renewed.opens(renewed.sends(path, done.fields(path)).leads_to).words


def test_a_passkey_that_is_refused_is_told_in_words(guarded: Site) -> None:
    page = guarded.visitor.sends("/sign-in/passkey", response="{}")
    assert (page.status, "This passkey could not be accepted" in page.words) == (403, True)


def test_a_passkey_is_removed(site: Site, world: World) -> None:
    demo = site.acting(world.cities[0])
    added(demo, Authenticator())
    action = demo.opens("/me/passkeys").html.partition('action="/me/passkeys/')[2].partition('"')[0]
    assert demo.sends(f"/me/passkeys/{action}").leads_to == "/me/passkeys"
    assert "You have none here." in demo.opens("/me/passkeys").words
    assert demo.sends("/me/passkeys/made", response="?").status == 403


def test_removing_a_passkey_is_asked_to_be_confirmed_first(site: Site, guarded: Site, world: World) -> None:
    added(site.acting(world.cities[0]), Authenticator())
    city = guarded.by_link(world.cities[0])
    action = city.opens("/me/passkeys").html.partition('action="/me/passkeys/')[2].partition('"')[0]
    asked = city.sends(f"/me/passkeys/{action}")
    assert (asked.status, "Change the app, the codes or the passkeys" in asked.words) == (403, True)
    renewed, done = confirmed_by_mail(guarded, city, asked, f"/me/passkeys/{action}")
    assert done.leads_to == "/me/passkeys"
    assert "You have none here." in renewed.opens("/me/passkeys").words
