"""Pages on which an EU service assesses a text."""

from service.domain.phases import Phase
from service.workflows import assessments
from tests.builders import an_amendment, consolidated, decided
from tests.reviews import an_assessment
from tests.web.visitors import Site
from tests.worlds import World


def test_a_service_assesses_the_text_that_the_page_shows(site: Site, world: World) -> None:
    service, path = site.acting(world.service), f"/recommendations/{world.recommendation}"
    assert "Assess policy fit and evidence" in service.opens(path).words
    form = service.opens(f"{path}/assess").fields("/assess")
    sent = service.sends(f"{path}/assess", form, fit="fits", strength="weak", strength_note="One town.")
    assert (sent.status, sent.leads_to) == (303, f"{path}#assessments")
    words = site.visitor.opens(path).words
    assert "EU Delegation to Arendia fits existing policy weak evidence One town." in words


def test_what_is_missing_is_said_beside_the_field_and_what_was_typed_stays(site: Site, world: World) -> None:
    service, path = site.acting(world.service), f"/recommendations/{world.recommendation}/assess"
    form = service.opens(path).fields("/assess")
    page = service.sends(path, form, fit="conflicts", strength="some", reference="Financial Regulation")
    assert (page.status, page.words.count("Say what conflicts")) == (422, 2)
    assert ('value="conflicts" checked' in page.html, "Financial Regulation" in page.html) == (True, True)


def test_a_city_is_shown_no_way_to_assess(site: Site, world: World) -> None:
    city, path = site.acting(world.cities[0]), f"/recommendations/{world.recommendation}"
    assert "What EU services find" not in city.opens(path).words
    assert city.opens(f"{path}/assess").status == 403


def test_an_assessment_of_an_earlier_version_says_so_and_shows_what_changed(site: Site, world: World) -> None:
    an_assessment(world)
    decided(world, an_amendment(world))
    consolidated(world)
    path = f"/recommendations/{world.recommendation}"
    assert "given on version 1" in site.visitor.opens(path).words
    words = site.acting(world.service).opens(f"{path}/assess").words
    assert ("What you found before" in words, "What changed since version 1" in words) == (True, True)


def test_an_assessment_is_taken_back_where_it_stands(site: Site, world: World) -> None:
    made = an_assessment(world)
    service = site.acting(world.service)
    sent = service.sends(f"/assessments/{made}/withdrawal")
    assert sent.leads_to == f"/recommendations/{world.recommendation}#assessments"
    assert assessments.standing(site.house.stranger, world.recommendation) == ()
    assert "No EU service has assessed this yet." in service.opens(sent.leads_to).words


def test_the_form_is_closed_with_the_phase(site: Site, world: World) -> None:
    world.in_phase(Phase.ENDORSEMENT)
    page = site.acting(world.service).opens(f"/recommendations/{world.recommendation}/assess")
    assert (page.status, "This is not open now." in page.words) == (409, True)
