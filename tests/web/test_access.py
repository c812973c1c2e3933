"""Coming in and going out."""

import pytest

from service.web import csrf
from service.web.entering import local
from tests.web.visitors import Site, Visitor
from tests.worlds import World


def secret_of(cookie: str) -> str:
    return cookie.partition("=")[2].partition(";")[0]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/me", "/me"),
        ("/agendas/1?cursor=x", "/agendas/1?cursor=x"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("https://evil.example", "/"),
        ("", "/"),
        ("/a\nb", "/"),
    ],
)
def test_way_back_stays_in_the_house(path: str, kept: str) -> None:
    assert local(path) == kept


def test_signing_in_leads_back_and_sets_a_cookie_that_no_script_reads(site: Site, world: World) -> None:
    answer = site.visitor.sends("/sign-in", person_id=world.cities[0].person, then=f"/agendas/{world.agenda}")
    cookie = answer.headers["set-cookie"]
    assert (answer.status, answer.leads_to) == (303, f"/agendas/{world.agenda}")
    assert ["HttpOnly" in cookie, "SameSite=lax" in cookie, "Path=/" in cookie] == [True, True, True]


def test_signing_in_leads_back_to_an_address_in_any_script(site: Site, world: World) -> None:
    answer = site.visitor.sends("/sign-in", person_id=world.cities[0].person, then="/agendas/日本?q=é")
    assert (answer.status, answer.leads_to) == (303, "/agendas/%E6%97%A5%E6%9C%AC?q=%C3%A9")


def test_signing_in_anew_ends_the_session_before(site: Site, world: World) -> None:
    first = site.acting(world.cities[0])
    assert first.opens("/me").status == 200
    answer = first.sends("/sign-in", person_id=world.cities[1].person)
    assert (answer.status, first.opens("/me").status) == (303, 401)
    assert Visitor(site.client, secret_of(answer.headers["set-cookie"])).opens("/me").status == 200


def test_a_person_is_found_by_a_part_of_the_name(site: Site, world: World) -> None:
    page = site.visitor.opens("/sign-in?q=vilar")
    assert [world.cities[1].email in page.words, world.cities[0].email in page.words] == [True, False]


def test_what_was_typed_survives_the_end_of_a_session(site: Site, world: World) -> None:
    path = f"/agendas/{world.agenda}/lessons"
    asked = site.visitor.sends(path, text="Small sums <b>teach</b> more.")
    assert asked.status == 401
    doors = site.visitor.sends("/sign-in/keeping", asked.fields("/sign-in/keeping"))
    signed = site.visitor.sends("/sign-in", doors.fields("/sign-in"), person_id=world.cities[0].person)
    back = signed.fields(path)
    assert back["text"] == "Small sums <b>teach</b> more."
    city = Visitor(site.client, secret_of(signed.headers["set-cookie"]))
    sent = city.sends(path, back, organisation_id=world.cities[0].organisation)
    assert (sent.leads_to, "Small sums &lt;b&gt;teach&lt;/b&gt; more." in city.opens(path).html) == (
        f"{path}#l1",
        True,
    )


def test_signing_out_ends_the_session(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    assert city.opens("/me").status == 200
    assert city.sends("/sign-out").tells == "/?done=signed_out"
    assert city.opens("/me").status == 401


@pytest.mark.parametrize("way_out", ["/sign-out", "/me/sessions/end-all"])
def test_every_way_out_empties_what_was_typed_in_the_browser(site: Site, world: World, way_out: str) -> None:
    secret = site.acting(world.cities[0]).secret
    answer = site.client.post(
        f"https://testserver.local{way_out}",
        data={csrf.FIELD: csrf.token(secret)},
        headers={"cookie": f"{csrf.SECURE_COOKIE}={secret}", "sec-fetch-site": "same-origin"},
        follow_redirects=False,
    )
    assert (answer.status_code, answer.headers.get("clear-site-data")) == (303, '"storage"')
