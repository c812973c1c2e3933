"""Pages of the positions."""

import pytest

from service.domain.phases import Phase
from tests.builders import a_position
from tests.web.visitors import Site
from tests.worlds import World


@pytest.fixture
def phase() -> Phase:
    return Phase.ENDORSEMENT


def test_position_is_checked_then_sent_on_exactly_this_text(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    path = f"/recommendations/{world.recommendation}/position"
    page = city.opens(path)
    assert world.text.digest in page.words
    check = city.sends(path, page.fields(), stance="endorsed", step="check")
    assert (check.status, "Check your position before you send it" in check.words) == (200, True)
    sent = city.sends(path, check.fields(), step="send")
    assert "Position of Amara" in site.visitor.opens(sent.leads_to).words
    assert "1 of 4 organisations that count" in site.visitor.opens(f"/agendas/{world.agenda}/positions").words


def test_objection_without_its_words_comes_back_with_what_was_typed(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    path = f"/recommendations/{world.recommendation}/position"
    fields = city.opens(path).fields()
    page = city.sends(path, fields, stance="objection", statement="Too vague.", resolved_by="", step="check")
    again = page.fields()
    assert (page.status, again["stance"], again["statement"]) == (422, "objection", "Too vague.")
    assert page.words.count("Say which change would resolve your objection.") == 2


def test_form_is_not_offered_to_those_whose_position_stands(site: Site, world: World) -> None:
    path = f"/recommendations/{world.recommendation}/position"
    a_position(world)
    told = [site.acting(city).opens(path).words for city in world.cities[:2]]
    assert ["If it should change, withdraw it first." in words for words in told] == [True, False]
    assert ["What does your organisation say?" in words for words in told] == [False, True]


def test_second_position_is_refused_with_its_own_words(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    path = f"/recommendations/{world.recommendation}/position"
    fields = city.opens(path).fields()
    a_position(world)
    page = city.sends(path, fields, stance="endorsed", step="send")
    assert (page.status, "Amara has already taken a position on this text: endorsed." in page.words) == (
        409,
        True,
    )


def test_another_digest_is_refused(site: Site, world: World) -> None:
    city = site.acting(world.cities[0])
    path = f"/recommendations/{world.recommendation}/position"
    page = city.sends(path, city.opens(path).fields() | {"digest": "0" * 64}, stance="endorsed", step="send")
    assert (page.status, "Read the text again" in page.words) == (409, True)


def test_withdrawal_is_for_those_who_speak_for_the_organisation(site: Site, world: World) -> None:
    position = a_position(world)
    mine, other = site.acting(world.cities[0]), site.acting(world.cities[1])
    shown = [
        "Withdraw it" in visitor.opens(f"/positions/{position}").words
        for visitor in (mine, other, site.visitor)
    ]
    assert shown == [True, False, False]
    assert mine.sends(f"/positions/{position}/withdrawal").leads_to == f"/positions/{position}"
    assert "withdrawn" in mine.opens(f"/positions/{position}").words


def test_no_position_is_taken_before_its_phase(site: Site, world: World) -> None:
    world.move(Phase.CONSOLIDATION)
    page = site.acting(world.cities[0]).opens(f"/recommendations/{world.recommendation}/position")
    assert (page.status, "This is not open now" in page.words) == (409, True)
