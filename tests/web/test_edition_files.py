"""Editions to read in a browser and to take along."""

import json

import pytest

from service.domain.phases import Phase
from service.web.rendition_html import policy
from tests.builders import TITLE, a_position, a_released_edition, an_edition
from tests.counting import counting
from tests.translating import FRENCH, a_translation
from tests.web.visitors import Site
from tests.worlds import World


@pytest.fixture
def phase() -> Phase:
    return Phase.ENDORSEMENT


@pytest.fixture
def closed(world: World) -> World:
    """The world when positions are taken, one text is translated, and publication is open."""
    a_translation(world)
    for city in world.cities:
        a_position(world, by=city)
    return world.in_phase(Phase.PUBLICATION)


def test_page_for_the_browser_may_load_its_own_style_and_nothing_else(site: Site, closed: World) -> None:
    edition = a_released_edition(closed)
    answer = site.client.get(f"/editions/{edition}/edition.html")
    assert answer.headers["content-security-policy"] == f"{policy()}; frame-ancestors 'none'"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-disposition"] == 'inline; filename="edition-1.html"'
    again = site.client.get(
        f"/editions/{edition}/edition.html", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_text_and_data_are_taken_along(site: Site, closed: World) -> None:
    edition = a_released_edition(closed)
    text, data = (site.client.get(f"/editions/{edition}/edition.{ending}") for ending in ("md", "json"))
    assert text.headers["content-disposition"] == 'attachment; filename="edition-1.md"'
    assert text.headers["content-type"] == "text/markdown; charset=utf-8"
    assert f"Recommendation 1: {TITLE}" in text.text
    assert json.loads(data.content)["recommendations"][0]["title"] == TITLE


def test_nothing_is_handed_out_before_the_edition_is_published(site: Site, closed: World) -> None:
    edition = an_edition(closed)
    answers = [site.client.get(f"/editions/{edition}/edition.{ending}") for ending in ("html", "md", "json")]
    assert [answer.status_code for answer in answers] == [409, 409, 409]
    assert "Other formats" not in site.visitor.opens(f"/editions/{edition}").words


def test_page_of_an_edition_leads_to_its_formats_and_languages(site: Site, closed: World) -> None:
    edition = a_released_edition(closed)
    page = site.visitor.opens(f"/editions/{edition}")
    for address in (
        f'<a href="/editions/{edition}/edition.html" hreflang="en">',
        f'<a href="/editions/{edition}/edition.md" hreflang="en" download>',
        f'<a href="/editions/{edition}/edition.json" download>',
        f'<a href="/editions/{edition}/edition.html?language=fr" hreflang="fr">',
        f'<link rel="alternate" type="text/html" hreflang="fr" href="/editions/{edition}/edition.html?language=fr">',
    ):
        assert address in page.html
    listed = site.visitor.opens(f"/agendas/{closed.agenda}/editions").html
    assert f'<a href="/editions/{edition}/edition.html?language=fr" hreflang="fr">' in listed


def test_courtesy_translation_is_shown_where_it_is_asked_for(site: Site, closed: World) -> None:
    edition = a_released_edition(closed)
    french = site.client.get(f"/editions/{edition}/edition.html?language=fr")
    assert (french.status_code, FRENCH["title"] in french.text) == (200, True)
    assert site.client.get(f"/editions/{edition}/edition.html?language=pt").status_code == 404
    assert site.client.get(f"/editions/{edition}/edition.html?language=%3Cb%3E").status_code == 404


def test_courtesy_translation_on_paper_is_made_while_the_reader_waits(site: Site, closed: World) -> None:
    edition = a_released_edition(closed)
    address = f"/editions/{edition}/courtesy.pdf?language=fr"
    assert f'href="{address}" hreflang="fr"' in site.visitor.opens(f"/editions/{edition}").html
    waiting = site.client.get(address)
    assert (waiting.status_code, waiting.headers["cache-control"]) == (202, "no-store")
    assert ("This PDF is being made" in waiting.text, f'href="{address}"' in waiting.text) == (True, True)
    closed.house.work()
    made = site.client.get(address)
    assert (made.status_code, made.headers["content-type"], made.headers["content-disposition"]) == (
        200,
        "application/pdf",
        'inline; filename="edition-1-fr.pdf"',
    )
    assert (made.headers["cache-control"], made.content[:18]) == ("no-cache", b"%PDF-fake COURTESY")
    again = site.client.get(address, headers={"If-None-Match": made.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_language_that_runs_from_right_to_left_has_no_paper(site: Site, closed: World) -> None:
    a_translation(closed, "ar")
    edition = a_released_edition(closed)
    page = site.visitor.opens(f"/editions/{edition}").html
    assert ("edition.html?language=ar" in page, "courtesy.pdf?language=ar" in page) == (True, False)
    answer = site.client.get(f"/editions/{edition}/courtesy.pdf?language=ar")
    assert (answer.status_code, "read the translation as HTML" in answer.text) == (409, True)


def test_what_is_kept_is_handed_out_with_few_statements_and_the_same_tag(site: Site, closed: World) -> None:
    edition = a_released_edition(closed)
    first = site.client.get(f"/editions/{edition}/edition.md")
    with counting(closed.house) as statements:
        again = site.client.get(f"/editions/{edition}/edition.md")
    assert (again.content, again.headers["etag"]) == (first.content, first.headers["etag"])
    assert len(statements) <= 5
