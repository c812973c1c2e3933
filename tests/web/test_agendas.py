"""Pages of an agenda, and the facility's moves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.phases import Phase
from tests.builders import ASK, BLOCKS, a_comment, a_recommendation, an_agenda, an_amendment
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World


def test_next_phase_is_shown_with_what_it_opens_and_closes_then_opened(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/phase/consolidation"
    page = facility.opens(path)
    assert "This closes Organisations propose and co-sign amendments" in page.words
    moved = facility.sends(path, page.fields(), reason="All have spoken.")
    assert (moved.leads_to, world.view.phase) == (f"/agendas/{world.agenda}", Phase.CONSOLIDATION)
    assert "All have spoken." in site.visitor.opens(f"/agendas/{world.agenda}/record").words


def test_phase_that_cannot_follow_is_refused(site: Site, world: World) -> None:
    page = site.acting(world.facility).sends(f"/agendas/{world.agenda}/phase/publication")
    assert (page.status, world.view.phase) == (409, Phase.AMENDING)


def test_phase_that_nobody_knows_is_not_there(site: Site, world: World) -> None:
    assert site.acting(world.facility).opens(f"/agendas/{world.agenda}/phase/party").status == 404


def test_closing_time_is_read_in_the_zone_of_the_agenda(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/deadline"
    later = site.house.clock.moment + timedelta(days=3)
    typed = facility.opens(path).fields() | {"closes_at": later.strftime("%Y-%m-%dT18:00")}
    again = facility.sends(path, typed)
    assert (again.status, again.fields()["closes_at"]) == (422, typed["closes_at"])
    assert "Say why the time changes" in again.words
    facility.sends(path, typed, reason="Ten cities ask for it.")
    closes = world.view.phase_closes_at
    assert closes is not None
    assert closes.strftime("%H:%M") == "17:00"
    assert "18:00 in Brussels" in site.visitor.opens(f"/agendas/{world.agenda}").words


def test_closing_time_that_is_none_comes_back_as_typed(site: Site, world: World) -> None:
    page = site.acting(world.facility).sends(f"/agendas/{world.agenda}/deadline", closes_at="tomorrow")
    assert (page.status, page.fields()["closes_at"]) == (422, "tomorrow")


def test_moving_is_offered_to_the_facility_alone(site: Site, world: World) -> None:
    offers = [
        "For the coordination facility" in visitor.opens(f"/agendas/{world.agenda}").words
        for visitor in (site.visitor, site.acting(world.cities[0]), site.acting(world.facility))
    ]
    assert offers == [False, False, True]
    assert site.acting(world.cities[0]).opens(f"/agendas/{world.agenda}/phase/consolidation").status == 403


def test_document_says_beside_each_block_what_is_asked_of_it(site: Site, world: World) -> None:
    an_amendment(world)
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("a contact", "a deputy")})
    a_comment(world)
    page = site.visitor.opens(f"/agendas/{world.agenda}/document")
    path = f"/recommendations/{world.recommendation}"
    told = "2 amendments, 2 of them in each other’s way, 1 comment"
    assert f'<a href="{path}#b2">{told}</a>' in page.html
    assert page.html.count('class="heat heat-4"') == 1
    assert [f'id="r1b{number}"' in page.html for number in (1, 2, 3, 4)] == [False, True, True, False]


def test_document_is_offered_as_text(site: Site, world: World) -> None:
    answer = site.visitor.opens(f"/agendas/{world.agenda}/document.md")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert (
        answer.html == f"*Cities as partners*\n\n# {BLOCKS[0].text}\n\n{BLOCKS[1].text}\n\n{BLOCKS[2].text}\n"
    )
    again = replace(site.visitor, headers={"if-none-match": answer.headers["etag"]})
    assert again.opens(f"/agendas/{world.agenda}/document.md").status == 304


def test_document_and_agenda_without_a_recommendation_say_what_comes_next(site: Site, world: World) -> None:
    agenda = an_agenda(site.house, world.facility, ())
    found = [site.visitor.opens(f"/agendas/{agenda}{path}").words for path in ("", "/document")]
    assert ["The rapporteur drafts the first ones" in words for words in found] == [True, True]


class TestWithMoreOfEverything:
    @pytest.fixture
    def phase(self) -> Phase:
        return Phase.COMMENTING

    @pytest.mark.parametrize("path", ["", "/document", "/positions"])
    def test_page_asks_as_often_for_three_recommendations_as_for_one(
        self, site: Site, world: World, path: str
    ) -> None:
        asked = []
        for grown in (0, 2):
            for _ in range(grown):
                a_recommendation(world.acting(world.rapporteur), world.agenda)
                a_comment(world)
            with counting(site.house) as statements:
                site.acting(world.rapporteur).opens(f"/agendas/{world.agenda}{path}")
            asked.append(len(statements))
        assert asked[0] == asked[1]
