"""Pages of the positions."""

from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.adoption import AdoptionRule, Share
from service.domain.phases import Phase
from service.domain.positions import PositionState
from service.workflows import agendas, reading
from tests.builders import (
    ASK,
    RULE,
    a_position,
    a_recommendation,
    a_world,
    an_amendment,
    consolidated,
    decided,
)
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


def reworded(world: World) -> str:
    """Let a position be taken on a text that changes then; returns its id."""
    position = a_position(world)
    world.move(Phase.CONSOLIDATION)
    world.move(Phase.AMENDING)
    decided(world, an_amendment(world, edit={"ask": ASK.replace("a contact", "two contacts")}))
    consolidated(world)
    world.in_phase(Phase.ENDORSEMENT)
    return position


@pytest.mark.parametrize("start", ["/recommendations/{recommendation}/position", "/positions/{position}"])
def test_position_is_confirmed_beside_what_changed(site: Site, world: World, start: str) -> None:
    position = reworded(world)
    city = site.acting(world.cities[0])
    page = city.opens(start.format(recommendation=world.recommendation, position=position))
    assert "removed: a contact added: two contact s for city" in page.words
    path = f"/positions/{position}/confirmation"
    confirmed = city.sends(path, page.fields("confirmation"))
    assert "endorsed" in site.visitor.opens(confirmed.leads_to).words.lower()
    listed = reading.positions(site.house.stranger, world.recommendation).items
    assert [(p.state, p.counts) for p in listed] == [
        (PositionState.SUPERSEDED, False),
        (PositionState.STANDING, True),
    ]
    again = city.sends(path, page.fields("confirmation"))
    assert (again.status, "Amara has already taken a position on this text" in again.words) == (409, True)


def test_position_shows_what_its_organisation_said_before(site: Site, world: World) -> None:
    first = reworded(world)
    digest = world.text.digest
    city = site.acting(world.cities[0])
    assert "has said of this recommendation" not in site.visitor.opens(f"/positions/{first}").words
    page = city.opens(f"/positions/{first}")
    made = city.sends(f"/positions/{first}/confirmation", page.fields("confirmation")).leads_to
    words = site.visitor.opens(made).words
    told = words[words.index("What Amara has said of this recommendation") :]
    assert ("version 1" in told, f"version 2 {digest[:16]}" in told) == (True, True)
    assert "replaced by a later one" in told


def test_a_position_that_was_withdrawn_tells_what_changed_since_before_another_is_taken(
    site: Site, world: World
) -> None:
    position = reworded(world)
    city = site.acting(world.cities[0])
    city.sends(f"/positions/{position}/withdrawal")
    path = f"/recommendations/{world.recommendation}/position"
    page = city.opens(path)
    assert "What has changed since Amara last took a position, on version 1" in page.words
    assert "It said “endorsed”, and withdrew it." in page.words
    assert "removed: a contact added: two contact s for city" in page.words
    assert "last took a position" not in site.acting(world.cities[1]).opens(path).words
    check = city.sends(path, page.fields(), stance="endorsed", step="check")
    assert "Read the text once more" in check.words
    taken = city.sends(path, check.fields(), step="send")
    assert 'role="status" tabindex="-1" autofocus' in city.opens(taken.lands_on).html


def test_confirming_is_for_those_who_speak_for_the_organisation(site: Site, world: World) -> None:
    position = reworded(world)
    offered = [
        "Yes, confirm it as it is" in visitor.opens(f"/positions/{position}").words
        for visitor in (site.acting(world.cities[0]), site.acting(world.cities[1]), site.visitor)
    ]
    assert offered == [True, False, False]


def test_who_has_not_answered_is_shown_to_the_facility_with_whom_to_ask(site: Site, world: World) -> None:
    a_position(world)
    path = f"/agendas/{world.agenda}/unanswered"
    facility = site.acting(world.facility)
    assert f'href="{path}"' in facility.opens(f"/agendas/{world.agenda}/positions").html
    words = facility.opens(path).words
    assert "3 organisations that count have not taken a position on every recommendation." in words
    assert ("Vilaró 1 Vilaró’s person ( vilaro@example.org )" in words, "Amara" in words) == (True, False)
    assert site.acting(world.cities[0]).opens(path).status == 403
    assert path not in site.visitor.opens(f"/agendas/{world.agenda}/positions").html


def test_rule_is_told_beside_what_passes(site: Site, world: World) -> None:
    words = site.visitor.opens(f"/agendas/{world.agenda}/positions").words
    assert "These kinds of organisations count: local authority. At least 1 of 2 of those that count" in words


def test_silence_is_told_before_it_counts(empty: Site) -> None:
    silent: AdoptionRule = replace(RULE, silence=True, threshold=Share(1, 2))
    world = a_world(empty.house, Phase.ENDORSEMENT, rule=silent)
    closes_at = empty.house.clock.moment + timedelta(days=3)
    agendas.reschedule(
        world.acting(world.facility),
        agendas.Reschedule(world.agenda, Phase.ENDORSEMENT, closes_at, "It is planned so."),
    )
    city = empty.acting(world.cities[0])
    words = city.opens(f"/recommendations/{world.recommendation}/position").words
    assert (
        "If your organisation says nothing, it will count as agreeing on Thursday 8 January, 10:00" in words
    )
    words = empty.visitor.opens(f"/agendas/{world.agenda}/positions").words
    assert "4 organisations have not answered, and will count as no objection on Thursday 8 January" in words


def test_who_has_taken_one_position_is_led_to_the_next_until_none_waits(empty: Site) -> None:
    world = a_world(empty.house, Phase.PREPARATION)
    second = a_recommendation(world.acting(world.rapporteur), world.agenda)
    world.in_phase(Phase.ENDORSEMENT)
    city, shown = empty.acting(world.cities[0]), []
    for ask in (world.recommendation, second):
        path = f"/recommendations/{ask}"
        assert "Take a position" in city.opens(path).words
        check = city.sends(f"{path}/position", city.opens(f"{path}/position").fields(), stance="endorsed")
        sent = city.sends(f"{path}/position", check.fields() | {"stance": "endorsed"}, step="send")
        shown.append(city.opens(sent.lands_on))
        offered = city.opens(path).words
        assert ("See your position" in offered, "Take a position" in offered) == (True, False)
    first, last = shown
    assert (
        "Your position is recorded. 1 more position waits for you. Go on with recommendation 2" in first.words
    )
    assert f'<a class="button" href="/recommendations/{second}/position">' in first.html
    assert first.html.count('class="button"') == 1
    assert "No other position waits for you in this round." in last.words
    assert "waits for you" not in empty.visitor.opens(sent.lands_on).words
