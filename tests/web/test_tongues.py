"""Choosing the language of the pages."""

import pytest

from service.web.languages import choose, wanted
from tests.web.visitors import Page, Site
from tests.worlds import World


def spoken(page: Page) -> tuple[bool, str]:
    return '<html lang="fr" dir="ltr">' in page.html, page.headers["content-language"]


def test_visitor_chooses_a_language_and_goes_on_reading_there(site: Site) -> None:
    visitor = site.visitor
    fields = visitor.opens("/help?from=home").fields("/language")
    answer = visitor.sends("/language", fields, language="fr")
    assert answer.leads_to == "/help?from=home"
    visitor.headers = {"cookie": answer.headers["set-cookie"].partition(";")[0], "accept-language": "es"}
    assert spoken(visitor.opens("/help")) == (True, "fr")


def test_visitor_is_not_sent_elsewhere(site: Site) -> None:
    answer = site.visitor.sends("/language", language="fr", back="//elsewhere.example/")
    assert answer.leads_to == "/"


def test_language_that_the_pages_do_not_speak_is_refused(site: Site) -> None:
    answer = site.visitor.sends("/language", language="xx", back="/")
    assert (answer.status, "set-cookie" in answer.headers) == (422, False)


def test_language_of_a_person_goes_with_them_to_every_browser(site: Site, world: World) -> None:
    reader = site.acting(world.cities[0])
    reader.sends("/language", language="fr", back="/me")
    assert spoken(site.acting(world.cities[0]).opens("/me")) == (True, "fr")


def test_reader_settles_language_and_zone(site: Site, world: World) -> None:
    reader = site.acting(world.cities[0])
    fields = reader.opens("/me/notifications").fields("/me/language")
    answer = reader.sends("/me/language", fields, language="fr", time_zone="America/Bogota")
    assert answer.tells == "/me/notifications?done=choice_saved"
    page = reader.opens("/me/notifications")
    assert (spoken(page), page.fields("/me/language")["time_zone"]) == ((True, "fr"), "America/Bogota")


def test_zone_that_there_is_not_is_refused_and_stays_in_its_field(site: Site, world: World) -> None:
    answer = site.acting(world.cities[0]).sends("/me/language", language="en", time_zone="Mars/Olympus")
    assert (answer.status, "There is no such time zone." in answer.words) == (422, True)
    assert answer.fields("/me/language")["time_zone"] == "Mars/Olympus"


@pytest.mark.parametrize("header", ["fr;q=0.2, es;q=0.9", "xx, es", "es-MX,es;q=0.9,en;q=0.8", "fr;q=0, es"])
def test_browser_says_which_language_it_prefers(header: str) -> None:
    found = wanted([], header)
    assert found is not None
    assert found.tag == "es"


@pytest.mark.parametrize("header", ["", "*", "xx", "fr;q=0", "fr;q=x", "*;q=1"])
def test_browser_that_prefers_nothing_known_leaves_the_choice_to_the_agenda(header: str) -> None:
    assert wanted([""], header) is None
    assert choose(["pt"], header).tag == "pt"
