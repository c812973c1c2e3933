"""The home page."""

from dataclasses import replace
from datetime import date

from service.workflows import agendas
from tests.builders import ASK, a_comment, an_agenda, an_amendment, creation
from tests.counting import counting
from tests.web.visitors import Site
from tests.worlds import World


def test_open_agenda_comes_first_with_its_figures_and_phases(site: Site, world: World) -> None:
    words = site.visitor.opens("/").words
    assert [
        world.view.headline in words,
        "Amendments are open." in words,
        "How far it has come" in words,
    ] == [True] * 3


def test_other_agendas_stand_below(site: Site, world: World) -> None:
    assert "Other agendas" not in site.visitor.opens("/").words
    an_agenda(site.house, world.facility, ())
    assert "Other agendas" in site.visitor.opens("/").words


def test_round_in_preparation_takes_no_place_from_the_one_at_work(site: Site, world: World) -> None:
    later = replace(creation(), starts_on=date(2030, 3, 2), ends_on=date(2030, 3, 4))
    agendas.create(site.house.person(world.facility.person), later)
    words = site.visitor.opens("/").words
    assert words.index("Amendments are open.") < words.index("Other agendas") < words.rindex("Preparation")


def test_home_says_what_can_be_done_now_and_what_happened_last(site: Site, world: World) -> None:
    a_comment(world)
    page = site.visitor.opens("/")
    assert "Organisations propose and co-sign amendments" in page.words
    assert "Organisations endorse each text" not in page.words
    told = page.words[page.words.index("What happened last") :]
    assert told.index("A comment was posted.") < told.index("Amendments were opened.")
    assert f'<a href="/agendas/{world.agenda}/timeline">' in page.html


def test_house_without_an_agenda_says_who_opens_the_first(empty: Site) -> None:
    words = empty.visitor.opens("/").words
    assert ("There is no agenda yet" in words, "How an agenda comes about" in words) == (True, True)


def test_home_asks_as_often_for_three_of_everything_as_for_one(site: Site, world: World) -> None:
    asked = []
    for grown in (1, 2):
        for _ in range(grown):
            a_comment(world)
            an_amendment(world, edit={"ask": f"{ASK} Now {site.house.new_id()}."})
        with counting(site.house) as statements:
            site.visitor.opens("/")
        asked.append(len(statements))
    assert asked[0] == asked[1]
