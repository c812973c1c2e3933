"""An authenticator app, and confirming by its codes."""

import re
from dataclasses import replace
from hashlib import sha256

import pyotp
import pytest

from service.domain.phases import Phase
from tests.web.test_access import secret_of
from tests.web.visitors import Page, Site, Visitor
from tests.worlds import World


@pytest.fixture
def phase() -> Phase:
    return Phase.ENDORSEMENT


@pytest.fixture
def keyed(site: Site) -> Site:
    """A house that can derive secrets, where the demonstration is on."""
    site.house.doors = replace(site.house.doors, secret_of=lambda label: sha256(label.encode()).digest())
    return site


def set_up(visitor: Visitor, site: Site) -> tuple[pyotp.TOTP, Page]:
    shown = visitor.sends("/me/codes", change="set_up")
    app = pyotp.TOTP(re.findall(r'class="digest">([A-Z2-7]{32})<', shown.html)[0])
    assert ['src="data:image/svg+xml' in shown.html, shown.headers["cache-control"]] == [True, "no-store"]
    return app, visitor.sends("/me/codes/first", code=app.at(site.house.clock.moment))


def test_an_app_is_set_up_and_confirms_a_position(keyed: Site, guarded: Site, world: World) -> None:
    demo = keyed.acting(world.cities[0])
    assert "You have set none up." in demo.opens("/me/codes").words
    app, proven = set_up(demo, keyed)
    assert len(re.findall(r'<li class="digest">', proven.html)) == 10
    assert "10 recovery codes are left" in demo.opens("/me/codes").words
    keyed.house.clock.advance(minutes=15)
    city = guarded.by_link(world.cities[0])
    path = f"/recommendations/{world.recommendation}/position"
    asked = city.sends(path, city.opens(path).fields(), stance="abstained", statement="Later.", step="send")
    wrong = city.sends("/me/confirmations/code", asked.fields("/me/confirmations/code"), code="000000")
    assert (wrong.status, 'id="code-say"' in wrong.html) == (422, True)
    done = city.sends(
        "/me/confirmations/code",
        wrong.fields("/me/confirmations/code"),
        code=app.at(keyed.house.clock.moment),
    )
    assert (done.status, city.opens("/me").status) == (200, 401)
    renewed = replace(city, secret=secret_of(done.headers["set-cookie"]))
    taken = renewed.sends(path, done.fields(path))
    assert "Later." in renewed.opens(taken.leads_to).words


def test_a_wrong_first_code_can_be_typed_again(keyed: Site, world: World) -> None:
    demo = keyed.acting(world.cities[0])
    demo.sends("/me/codes", change="set_up")
    page = demo.sends("/me/codes/first", code="1")
    assert (page.status, 'action="/me/codes/first"' in page.html) == (422, True)


def test_recovery_codes_are_renewed_and_the_app_removed(keyed: Site, world: World) -> None:
    demo = keyed.acting(world.cities[0])
    set_up(demo, keyed)
    assert len(re.findall(r'<li class="digest">', demo.sends("/me/codes", change="recovery").html)) == 10
    assert "You have set none up." in demo.sends("/me/codes", change="remove").words


def test_where_nothing_is_mailed_changing_an_app_is_asked_to_be_confirmed(
    keyed: Site, guarded: Site, world: World
) -> None:
    keyed.house.doors = replace(keyed.house.doors, post_link=None)
    page = guarded.by_link(world.cities[0]).sends("/me/codes", change="set_up")
    assert (page.status, "Change the app, the codes or the passkeys" in page.words) == (403, True)
