from dataclasses import replace
from datetime import timedelta

import pytest

from service.domain.errors import (
    DeadlinePassed,
    Denied,
    IllegalMove,
    PhaseClosed,
    SignInNeeded,
    StaleState,
    UndoOver,
    Unknown,
)
from service.domain.moving import Hindrance, Progress
from service.domain.phases import Capability, Phase
from service.domain.recommendations import RecommendationState
from service.workflows import agendas, amendments, moving, reading
from service.workflows.agendas import MovePhase, Reschedule
from service.workflows.amendments import SignAmendment
from service.workflows.moving import BY_THE_CLOCK, TakeBack
from service.workflows.snapshots import entries_of_phase
from tests.builders import (
    a_comment,
    a_position,
    a_recommendation,
    a_world,
    an_amendment,
    consolidated,
    creation,
    decided,
    names,
    tabling,
)
from tests.counting import counting
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World

WEEK, DAY, HOUR = timedelta(days=7), timedelta(days=1), timedelta(hours=1)


def closing(world: World, **span: float) -> World:
    """Let the open phase close after a while."""
    closes_at = world.house.clock.moment + timedelta(**span)
    command = Reschedule(world.agenda, world.view.phase, closes_at, "It is planned so.")
    agendas.reschedule(world.acting(world.facility), command)
    return world


def after(world: World, **span: float) -> list[str]:
    """Let time pass and the clock be looked at; returns what was recorded."""
    world.house.clock.advance(**span)
    with world.recording() as entries:
        moving.keep_time(world.house.operator)
    return names(entries)


def test_a_phase_moves_by_itself_when_its_deadline_has_come(house: House) -> None:
    world = closing(a_world(house), days=1)
    assert after(world, hours=23, minutes=59) == ["agenda.deadline_near"]
    house.clock.advance(minutes=1)
    with world.recording() as entries:
        moving.keep_time(house.operator)
    moved = entries[-1]
    assert (moved.name, moved.person_id, moved.data["target"], moved.data["reason"]) == (
        "agenda.phase_moved",
        None,
        "consolidation",
        BY_THE_CLOCK,
    )
    assert (world.view.phase, world.view.phase_closes_at) == (Phase.CONSOLIDATION, None)
    assert after(world, days=30) == []


def test_a_phase_that_moves_by_itself_closes_when_the_timetable_says(house: House) -> None:
    world = a_world(house)
    later = house.clock.moment + WEEK
    timetable = {Phase.CONSOLIDATION: later}
    agendas.edit(world.acting(world.facility), agendas.EditAgenda(world.agenda, timetable=timetable))
    after(closing(world, days=1), days=1)
    assert (world.view.phase, world.view.phase_closes_at) == (Phase.CONSOLIDATION, later)


def test_what_moving_decides_is_decided_when_a_phase_moves_by_itself(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    for city in world.cities[:3]:
        a_position(world, by=city)
    assert after(closing(world, hours=1), hours=1) == ["agenda.phase_moved", "recommendation.adopted"]
    assert world.summary.state is RecommendationState.ADOPTED


def test_endorsement_does_not_open_by_itself_on_texts_that_are_not_finished(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world)
    world.move(Phase.CONSOLIDATION)
    assert after(closing(world, hours=1), hours=1) == []
    decided(world, amendment)
    assert after(world) == []
    consolidated(world)
    assert after(world) == ["agenda.phase_moved"]
    assert world.view.phase is Phase.ENDORSEMENT


def test_comments_do_not_open_by_themselves_on_nothing(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    empty = agendas.create(
        world.acting(world.facility),
        replace(creation(), timetable={Phase.PREPARATION: house.clock.moment + HOUR}),
    )
    house.clock.advance(hours=1)
    moving.keep_time(house.operator)
    assert reading.agenda(house.stranger, empty).phase is Phase.PREPARATION
    a_recommendation(world.acting(world.rapporteur), empty)
    moving.keep_time(house.operator)
    assert reading.agenda(house.stranger, empty).phase is Phase.COMMENTING


def test_whoever_comes_late_comes_late_before_the_phase_has_moved(house: House) -> None:
    world = closing(a_world(house), hours=1)
    command = tabling(world)
    house.clock.advance(hours=1)
    refused(world, DeadlinePassed, lambda: amendments.table(world.acting(world.cities[0]), command))
    moving.keep_time(house.operator)
    refused(world, PhaseClosed, lambda: amendments.table(world.acting(world.cities[0]), command))


def test_keeping_time_is_the_services_own(house: House) -> None:
    world = closing(a_world(house), hours=1)
    house.clock.advance(hours=1)
    facility = world.acting(world.facility)
    refused(world, Denied, lambda: moving.move_when_due(facility, world.agenda))
    refused(world, Denied, lambda: moving.remind(facility, world.agenda))
    assert moving.move_when_due(house.operator, world.agenda)
    assert not moving.move_when_due(house.operator, world.agenda)


def test_a_deadline_is_moved_with_a_reason_that_the_record_keeps(house: House) -> None:
    world = closing(a_world(house), days=1)
    before = world.view.phase_closes_at
    later = house.clock.moment + WEEK
    with world.recording() as entries:
        agendas.reschedule(
            world.acting(world.facility),
            Reschedule(world.agenda, Phase.AMENDING, later, " Ten  cities ask. "),
        )
    assert before is not None
    assert [(e.name, e.data) for e in entries] == [
        (
            "agenda.deadline_moved",
            {
                "agenda_id": world.agenda,
                "phase": "amending",
                "before": before.isoformat(),
                "closes_at": later.isoformat(),
                "reason": "Ten cities ask.",
            },
        )
    ]
    assert (world.view.phase_closes_at, world.view.timetable) == (later, {Phase.AMENDING: later})


def test_moving_a_deadline_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    facility, later = world.acting(world.facility), house.clock.moment + WEEK
    command = Reschedule(world.agenda, Phase.AMENDING, later, "Ten cities ask.")
    refused(world, Denied, lambda: agendas.reschedule(world.acting(world.rapporteur), command))
    refused(world, SignInNeeded, lambda: agendas.reschedule(house.stranger, command))
    mute = replace(command, reason=" ")
    assert fields(world, lambda: agendas.reschedule(facility, mute)) == ["reason"]
    past = replace(command, closes_at=house.clock.moment)
    assert fields(world, lambda: agendas.reschedule(facility, past)) == ["phase_closes_at"]
    world.move(Phase.CONSOLIDATION)
    refused(world, StaleState, lambda: agendas.reschedule(facility, command))


def test_an_opening_is_taken_back_and_recorded(house: House) -> None:
    world = closing(a_world(house), days=3)
    closes_at = world.view.phase_closes_at
    world.move(Phase.CONSOLIDATION)
    found = moving.undoable(house.stranger, world.agenda)
    assert found is not None
    assert (found.source, found.target, found.closes_at, found.until) == (
        Phase.AMENDING,
        Phase.CONSOLIDATION,
        closes_at,
        house.clock.moment + timedelta(minutes=10),
    )
    house.clock.advance(minutes=10)
    with world.recording() as entries:
        moving.take_back(world.acting(world.facility), TakeBack(world.agenda, " A wrong  click. "))
    assert [(e.name, e.data["source"], e.data["target"], e.data["reason"]) for e in entries] == [
        ("agenda.phase_move_taken_back", "consolidation", "amending", "A wrong click.")
    ]
    assert (world.view.phase, world.view.phase_closes_at) == (Phase.AMENDING, closes_at)
    assert moving.undoable(house.stranger, world.agenda) is None
    amendments.table(world.acting(world.cities[0]), tabling(world))


@pytest.mark.parametrize("phase", list(Phase)[:-1])
def test_every_opening_can_be_taken_back(sqlite_house: House, phase: Phase) -> None:
    world = a_world(sqlite_house, phase)
    before = world.view.phase, world.summary.state
    world.move(list(Phase)[list(Phase).index(phase) + 1])
    moving.take_back(world.acting(world.facility), TakeBack(world.agenda))
    assert (world.view.phase, world.summary.state) == before


def test_what_an_opening_decided_is_open_again_when_it_is_taken_back(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    second = a_recommendation(world.acting(world.rapporteur), world.agenda)
    world.in_phase(Phase.ENDORSEMENT)
    for city in world.cities:
        a_position(world, by=city)
    world.move(Phase.PUBLICATION)
    with world.recording() as entries:
        moving.take_back(world.acting(world.facility), TakeBack(world.agenda))
    assert [(e.name, e.subject_id, e.data.get("state")) for e in entries[1:]] == [
        ("recommendation.returned", world.recommendation, "tabled"),
        ("recommendation.returned", second, "tabled"),
    ]
    world.move(Phase.PUBLICATION)
    states = [r.state for r in reading.recommendations(house.stranger, world.agenda).items]
    assert states == [RecommendationState.ADOPTED, RecommendationState.NOT_ADOPTED]


def test_an_opening_of_which_something_came_is_not_taken_back(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    facility = world.acting(world.facility)
    a_comment(world)
    refused(world, UndoOver, lambda: moving.take_back(facility, TakeBack(world.agenda)))
    assert moving.undoable(house.stranger, world.agenda) is None


def test_an_opening_is_taken_back_by_the_facility_soon_and_once(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    facility, command = world.acting(world.facility), TakeBack(world.agenda)
    refused(world, UndoOver, lambda: moving.take_back(facility, command))
    assert moving.undoable(house.stranger, world.agenda) is None
    world.move(Phase.COMMENTING)
    refused(world, Denied, lambda: moving.take_back(world.acting(world.rapporteur), command))
    refused(world, Unknown, lambda: moving.take_back(facility, TakeBack("nobody")))
    moving.take_back(facility, command)
    refused(world, UndoOver, lambda: moving.take_back(facility, command))
    world.move(Phase.COMMENTING)
    house.clock.advance(minutes=10, seconds=1)
    refused(world, UndoOver, lambda: moving.take_back(facility, command))


def test_what_moved_by_the_clock_is_taken_back_with_more_time(house: House) -> None:
    world = closing(a_world(house), hours=1)
    after(world, hours=1)
    facility = world.acting(world.facility)
    assert fields(world, lambda: moving.take_back(facility, TakeBack(world.agenda))) == ["closes_at"]
    moving.take_back(facility, TakeBack(world.agenda, closes_at=house.clock.moment + DAY))
    assert after(world) == []
    assert (world.view.phase, world.view.phase_closes_at) == (Phase.AMENDING, house.clock.moment + DAY)


def test_what_is_opened_again_needs_a_reason(house: House) -> None:
    world = a_world(house, Phase.CONSOLIDATION)
    facility = world.acting(world.facility)
    again = MovePhase(world.agenda, Phase.AMENDING)
    assert fields(world, lambda: agendas.move_phase(facility, again)) == ["reason"]


def test_what_an_opening_would_bring_is_told_before(house: House) -> None:
    world = a_world(house)
    an_amendment(world)
    an_amendment(world, by=world.cities[1], edit={"ask": "Something else altogether."})
    world.move(Phase.CONSOLIDATION)
    found = moving.foreseen(house.stranger, world.agenda, Phase.ENDORSEMENT)
    assert (found.opens, found.stays) == ((Capability.POSITION,), ())
    assert found.closes == (
        Capability.COMMENT,
        Capability.CONSOLIDATE,
        Capability.DECIDE,
        Capability.DOCUMENT,
        Capability.WITHDRAW_AMENDMENT,
    )
    assert found.progress == Progress(texts=1, undecided=2, not_worked_in=0, colliding=2, editions=0)
    assert found.hindrances == (Hindrance.UNDECIDED, Hindrance.COLLIDING)
    assert [(text.number, text.version.digest) for text in found.texts] == [(1, world.text.digest)]
    # Four cities, a delegation, the rapporteur, the facility, and two who approve.
    assert (found.told, found.counted, found.standing, found.back) == (9, 4, 0, False)


def test_a_second_reading_is_told_with_what_stands(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    a_position(world)
    found = moving.foreseen(house.stranger, world.agenda, Phase.CONSOLIDATION)
    assert (found.back, found.standing, found.hindrances) == (True, 1, ())
    refusal = refused(
        world, IllegalMove, lambda: moving.foreseen(house.stranger, world.agenda, Phase.FOLLOW_UP)
    )
    assert "consolidation, publication" in refusal.message


def test_what_is_told_before_costs_the_same_for_one_text_and_for_three(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    costs = []
    for _ in range(2):
        with counting(house) as statements:
            moving.foreseen(world.acting(world.facility), world.agenda, Phase.COMMENTING)
        costs.append(len(statements))
        for _ in range(2):
            a_recommendation(world.acting(world.rapporteur), world.agenda)
    assert costs[0] == costs[1]


def test_warnings_are_given_once_each_however_often_the_clock_is_looked_at(house: House) -> None:
    world = closing(a_world(house), days=10)
    assert after(world, days=2) == []
    told = [
        after(world, days=1),
        after(world, hours=1),
        after(world, days=5, hours=23),
        after(world, hours=22),
    ]
    assert told == [["agenda.deadline_near"], [], ["agenda.deadline_near"], ["agenda.deadline_near"]]
    hours = [e.data["hours"] for e in house.record(world.agenda) if e.name == "agenda.deadline_near"]
    assert hours == [168, 24, 2]


def test_a_deadline_that_was_moved_is_warned_of_anew(house: House) -> None:
    world = closing(a_world(house), days=2)
    assert after(world, days=1) == ["agenda.deadline_near"]
    closing(world, days=3)
    assert [after(world), after(world, days=2), after(world)] == [[], ["agenda.deadline_near"], []]


def test_those_are_reminded_whose_turn_it_is_and_who_have_not_acted(house: House) -> None:
    world = closing(a_world(house), days=2)
    an_amendment(world, by=world.cities[0])
    amendments.sign(
        world.acting(world.cities[1]), SignAmendment(an_amendment(world), world.cities[1].organisation)
    )
    house.clock.advance(days=1)
    given = moving.keep_time(house.operator)
    assert [(g.agenda_id, g.phase, g.closes_at, g.hours) for g in given] == [
        (world.agenda, Phase.AMENDING, world.view.phase_closes_at, 24)
    ]
    reminded = {one.person_id for one in given[0].recipients}
    assert reminded == {world.cities[2].person, world.cities[3].person, world.service.person}


@pytest.mark.parametrize("phase", list(Phase)[:-1])
def test_each_phase_reminds_those_whose_turn_it_is(sqlite_house: House, phase: Phase) -> None:
    world = closing(a_world(sqlite_house, phase), days=2)
    if phase is Phase.COMMENTING:
        a_comment(world, by=world.cities[0])
    if phase is Phase.ENDORSEMENT:
        a_position(world, by=world.cities[0])
    sqlite_house.clock.advance(days=1)
    (given,) = moving.keep_time(sqlite_house.operator)
    others = {*(city.person for city in world.cities[1:]), world.service.person}
    rapporteur, facility = {world.rapporteur.person}, {world.facility.person}
    assert {one.person_id for one in given.recipients} == {
        Phase.PREPARATION: rapporteur | facility,
        Phase.COMMENTING: others | rapporteur,
        Phase.AMENDING: others | {world.cities[0].person},
        Phase.CONSOLIDATION: rapporteur | facility,
        Phase.ENDORSEMENT: others,
        Phase.PUBLICATION: facility,
    }[phase]


def test_looking_at_the_clock_costs_little_while_nothing_is_near(house: House) -> None:
    world = closing(a_world(house), days=30)
    with counting(house) as statements:
        assert moving.keep_time(house.operator) == ()
    assert len(statements) <= 3
    assert world.view.phase is Phase.AMENDING


def test_a_warning_is_given_once_by_whichever_worker_comes_first(house: House) -> None:
    world = a_world(house)
    assert moving.remind(house.operator, world.agenda) is None
    closing(world, days=2)
    assert moving.remind(house.operator, world.agenda) is None
    house.clock.advance(days=1)
    given = [moving.remind(house.operator, world.agenda) for _ in range(2)]
    assert [one.hours if one is not None else None for one in given] == [24, None]


def test_one_agenda_that_cannot_move_does_not_stop_the_clock(house: House) -> None:
    world = closing(a_world(house), hours=1)
    house.clock.advance(hours=1)
    # Whoever has no right to keep the time is told so in the log, and nothing moves.
    with world.recording() as entries:
        assert moving.keep_time(world.acting(world.facility)) == ()
    assert entries == []


def test_what_did_not_open_by_itself_is_told_with_the_reason(house: House) -> None:
    world = a_world(house)
    an_amendment(world)
    world.move(Phase.CONSOLIDATION)
    assert moving.held_back(house.stranger, world.agenda) is None
    closing(world, hours=1)
    assert moving.held_back(house.stranger, world.agenda) is None
    house.clock.advance(hours=1)
    found = moving.held_back(house.stranger, world.agenda)
    assert found is not None
    assert (found.target, found.hindrances) == (Phase.ENDORSEMENT, (Hindrance.UNDECIDED,))
    assert not moving.move_when_due(house.operator, world.agenda)


def test_nothing_is_held_back_where_a_phase_is_about_to_move(house: House) -> None:
    world = closing(a_world(house), hours=1)
    house.clock.advance(hours=1)
    assert moving.held_back(house.stranger, world.agenda) is None
    refused(world, Unknown, lambda: moving.held_back(house.stranger, "nobody"))


def test_an_opening_that_was_taken_back_is_not_printed_among_the_steps(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    world.move(Phase.COMMENTING)
    moving.take_back(world.acting(world.facility), TakeBack(world.agenda))
    world.in_phase(Phase.AMENDING)
    assert [target for _, target in entries_of_phase(house.leaves(world.agenda))] == [
        "commenting",
        "amending",
    ]
