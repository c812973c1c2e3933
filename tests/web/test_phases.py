"""Pages on which the facility opens a phase, takes that back, or moves a deadline."""

from datetime import timedelta

from service.domain.phases import Phase
from service.domain.positions import Stance
from service.workflows import agendas, moving, people
from tests.builders import a_position, an_amendment
from tests.web.visitors import Site
from tests.worlds import World


def test_opening_endorsement_shows_the_texts_who_is_asked_and_what_is_not_finished(
    site: Site, world: World
) -> None:
    an_amendment(world)
    world.move(Phase.CONSOLIDATION)
    words = site.acting(world.facility).opens(f"/agendas/{world.agenda}/phase/endorsement").words
    told = (
        "Amendments wait for a decision. See 1 amendment",
        "Positions are taken on this text 4 organisations that count are asked for their positions.",
        f"version 1 · {world.text.digest[:16]}",
        "9 persons take part in this agenda, and learn of it.",
    )
    assert [sentence for sentence in told if sentence not in words] == []


def test_closing_endorsement_shows_what_passes_and_why(site: Site, world: World) -> None:
    world.in_phase(Phase.ENDORSEMENT)
    a_position(world, stance=Stance.OBJECTION)
    words = site.acting(world.facility).opens(f"/agendas/{world.agenda}/phase/publication").words
    assert "does not pass needs 1 more position for the quorum; needs 2 more endorsements" in words


def test_a_second_reading_shows_what_it_means_and_asks_why(site: Site, world: World) -> None:
    world.in_phase(Phase.ENDORSEMENT)
    a_position(world)
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/phase/consolidation"
    page = facility.opens(path)
    assert "1 position stands. Where the text changes, it is asked for again" in page.words
    again = facility.sends(path, page.fields())
    assert (again.status, world.view.phase) == (422, Phase.ENDORSEMENT)
    assert "Say why this is opened again" in again.words
    facility.sends(path, page.fields(), reason="An objection can be resolved.")
    assert world.view.phase is Phase.CONSOLIDATION
    words = facility.opens(f"/agendas/{world.agenda}/phase/amending").words
    assert "Amendments can be tabled on the current text again, and everyone is told." in words


def test_going_on_is_offered_before_going_back(site: Site, world: World) -> None:
    world.move(Phase.CONSOLIDATION)
    words = site.acting(world.facility).opens(f"/agendas/{world.agenda}").words
    assert "Open “Endorsement” Open “Amendments” once more" in words


def test_an_opening_is_taken_back_from_the_agenda(site: Site, world: World) -> None:
    world.move(Phase.CONSOLIDATION)
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/undo"
    assert "“Consolidation” has just been opened." in facility.opens(f"/agendas/{world.agenda}").words
    page = facility.opens(path)
    assert "“Amendments” is open again then, as if nothing had happened." in page.words
    back = facility.sends(path, page.fields(), reason="A wrong click.")
    assert (back.leads_to, world.view.phase) == (f"/agendas/{world.agenda}", Phase.AMENDING)
    assert "A wrong click." in site.visitor.opens(f"/agendas/{world.agenda}/record").words
    assert "Nothing can be taken back" in facility.opens(path).words
    refused = facility.sends(path)
    assert (refused.status, "as long as nothing else has happened" in refused.words) == (409, True)
    assert site.acting(world.rapporteur).opens(path).status == 403


def test_an_agenda_whose_phase_did_not_move_says_why_to_the_facility(site: Site, world: World) -> None:
    an_amendment(world)
    world.move(Phase.CONSOLIDATION)
    closes_at = site.house.clock.moment + timedelta(hours=1)
    agendas.reschedule(
        world.acting(world.facility),
        agendas.Reschedule(world.agenda, Phase.CONSOLIDATION, closes_at, "It is planned so."),
    )
    site.house.clock.moment = closes_at
    moving.keep_time(site.house.operator)
    told = [
        "“Endorsement” did not open by itself: This is not finished yet" in visitor.opens(path).words
        for path in [f"/agendas/{world.agenda}"]
        for visitor in (site.acting(world.facility), site.visitor)
    ]
    assert told == [True, False]


def test_a_deadline_is_shown_in_the_readers_zone_with_the_agendas_beside_it(site: Site, world: World) -> None:
    later = (site.house.clock.moment + timedelta(days=3)).replace(hour=17)
    agendas.reschedule(
        world.acting(world.facility), agendas.Reschedule(world.agenda, Phase.AMENDING, later, "More time.")
    )
    far = people.enter_person(
        site.house.operator, people.EnterPerson("far@example.org", "Someone far away", "en", "Asia/Tokyo")
    )
    words = site.as_person(far).opens(f"/agendas/{world.agenda}").words
    assert "Thursday 8 January, 18:00 in Brussels (Friday 9 January, 02:00 where you are)" in words


def test_a_deadline_that_others_have_moved_past_is_refused(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/deadline"
    later = site.house.clock.moment + timedelta(days=3)
    typed = facility.opens(path).fields() | {"closes_at": later.strftime("%Y-%m-%dT18:00"), "reason": "So."}
    world.move(Phase.CONSOLIDATION)
    assert facility.sends(path, typed).status == 412
    assert world.view.phase_closes_at is None
    assert facility.sends(path, typed | {"closes_at": ""}).status == 422


def test_phases_to_come_are_planned_in_the_zone_of_the_agenda(site: Site, world: World) -> None:
    facility, path = site.acting(world.facility), f"/agendas/{world.agenda}/timetable"
    page = facility.opens(path)
    assert [name for name in page.fields() if name not in {"back", "place"}] == [
        "csrf",
        "consolidation",
        "endorsement",
        "publication",
        "follow_up",
    ]
    typed = page.fields() | {"consolidation": "2026-02-02T18:00", "endorsement": "2026-02-01T18:00"}
    again = facility.sends(path, typed)
    assert (again.status, again.fields()["endorsement"]) == (422, "2026-02-01T18:00")
    assert "A phase closes later than those before it." in again.words
    assert facility.sends(path, typed | {"endorsement": "soon"}).status == 422
    facility.sends(path, typed | {"endorsement": "2026-02-20T18:00"})
    assert {phase: at.isoformat() for phase, at in world.view.timetable.items()} == {
        Phase.CONSOLIDATION: "2026-02-02T17:00:00+00:00",
        Phase.ENDORSEMENT: "2026-02-20T17:00:00+00:00",
    }
    facility.sends(path, facility.opens(path).fields() | {"consolidation": ""})
    assert list(world.view.timetable) == [Phase.ENDORSEMENT]
    assert site.acting(world.cities[0]).opens(path).status == 403
