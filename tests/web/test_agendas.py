"""Pages of an agenda, and the facility's moves."""

from datetime import timedelta

from service.domain.phases import Phase
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
