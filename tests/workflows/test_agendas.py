from dataclasses import replace
from datetime import date, timedelta

import pytest

from service.domain.adoption import Share
from service.domain.errors import DeadlinePassed, Denied, IllegalMove, SignInNeeded, StaleState, Unknown
from service.domain.phases import Phase, following
from service.domain.positions import Stance
from service.domain.recommendations import RecommendationState
from service.workflows import agendas, amendments, reading
from tests.builders import (
    RULE,
    a_position,
    a_recommendation,
    a_world,
    creation,
    names,
    tabling,
)
from tests.houses import House
from tests.workflows.refusals import fields, refused


def test_the_facility_opens_a_round(house: House) -> None:
    world = a_world(house)
    closes_at = house.clock.moment + timedelta(days=7)
    command = replace(creation(), title="  Port Alta\n2027 ", timetable={Phase.PREPARATION: closes_at})
    made = agendas.create(world.acting(world.facility), command)
    view = reading.agenda(house.stranger, made)
    assert (view.title, view.phase, view.phase_closes_at) == ("Port Alta 2027", Phase.PREPARATION, closes_at)
    assert (view.rule, view.timetable, view.revision) == (RULE, {Phase.PREPARATION: closes_at}, 1)
    assert [(e.name, e.subject_id) for e in house.record(made)] == [("agenda.created", made)]


def test_only_the_facility_opens_a_round(house: House) -> None:
    world = a_world(house)
    refused(world, SignInNeeded, lambda: agendas.create(house.stranger, creation()))
    refused(world, Denied, lambda: agendas.create(world.acting(world.rapporteur), creation()))


def test_a_round_is_refused_by_field(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.facility)

    def create(command: agendas.CreateAgenda) -> list[str]:
        return fields(world, lambda: agendas.create(ctx, command))

    assert create(replace(creation(), title="", place=" ")) == ["title", "place"]
    assert create(replace(creation(), headline="h" * 201)) == ["headline"]
    assert create(replace(creation(), ends_on=date(2026, 3, 1))) == ["ends_on"]
    assert create(replace(creation(), time_zone="Mars/Olympus")) == ["time_zone"]
    assert create(replace(creation(), rule=replace(RULE, quorum=Share(2, 1)))) == ["rule.quorum"]


def test_an_agenda_is_edited(house: House) -> None:
    world = a_world(house)
    revision = world.view.revision
    closes_at = house.clock.moment + timedelta(days=3)
    command = agendas.EditAgenda(
        world.agenda, revision, title=" Port Alta, again ", phase_closes_at=closes_at
    )
    with world.recording() as entries:
        agendas.edit(world.acting(world.facility), command)
    assert (world.view.title, world.view.phase_closes_at) == ("Port Alta, again", closes_at)
    assert world.view.timetable == {Phase.AMENDING: closes_at}
    assert world.view.revision == revision + 1
    assert [(e.name, e.data.get("changed"), e.data.get("closes_at")) for e in entries] == [
        ("agenda.edited", ["title", "phase_closes_at"], None),
        ("agenda.deadline_moved", None, closes_at.isoformat()),
    ]


def test_an_edit_that_changes_nothing_is_not_recorded(house: House) -> None:
    world = a_world(house)
    with world.recording() as entries:
        agendas.edit(world.acting(world.facility), agendas.EditAgenda(world.agenda))
    assert entries == []


def test_an_edit_of_an_older_agenda_is_refused(house: House) -> None:
    world = a_world(house)
    command = agendas.EditAgenda(world.agenda, world.view.revision - 1, title="Mine")
    refused(world, StaleState, lambda: agendas.edit(world.acting(world.facility), command))


def test_an_edit_is_refused_by_field(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.facility)
    empty = agendas.EditAgenda(world.agenda, title="", meeting="")
    assert fields(world, lambda: agendas.edit(ctx, empty)) == ["title", "meeting"]
    late = agendas.EditAgenda(world.agenda, phase_closes_at=house.clock.moment)
    assert fields(world, lambda: agendas.edit(ctx, late)) == ["phase_closes_at"]
    refused(world, Unknown, lambda: agendas.edit(ctx, agendas.EditAgenda("nobody", title="Mine")))
    refused(world, Denied, lambda: agendas.edit(world.acting(world.cities[0]), empty))


def test_participants_are_admitted_once(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.facility)
    new = world.outsider.organisation
    with world.recording() as entries:
        agendas.admit_participants(ctx, world.agenda, [world.cities[0].organisation, new, new])
        agendas.admit_participants(ctx, world.agenda, [new])
    assert [(e.name, e.data["organisation_ids"]) for e in entries] == [
        ("agenda.participants_admitted", [new])
    ]
    assert fields(world, lambda: agendas.admit_participants(ctx, world.agenda, ["nobody"])) == [
        "organisation_ids"
    ]
    refused(
        world,
        Denied,
        lambda: agendas.admit_participants(world.acting(world.outsider), world.agenda, [new]),
    )


def test_a_phase_is_opened_with_a_reason_that_the_record_keeps(house: House) -> None:
    world = a_world(house)
    closes_at = house.clock.moment + timedelta(days=1)
    command = agendas.MovePhase(world.agenda, Phase.CONSOLIDATION, " All  is said. ", closes_at)
    with world.recording() as entries:
        agendas.move_phase(world.acting(world.facility), command)
    assert (world.view.phase, world.view.phase_closes_at) == (Phase.CONSOLIDATION, closes_at)
    assert [(e.name, e.data) for e in entries] == [
        (
            "agenda.phase_moved",
            {
                "agenda_id": world.agenda,
                "source": "amending",
                "target": "consolidation",
                "reason": "All is said.",
                "closes_at": closes_at.isoformat(),
                "source_closes_at": None,
            },
        )
    ]


@pytest.mark.parametrize("phase", Phase)
def test_a_phase_opens_only_what_can_follow(sqlite_house: House, phase: Phase) -> None:
    world = a_world(sqlite_house, phase)
    ctx = world.acting(world.facility)
    for target in Phase:
        if target not in following(phase):
            command = agendas.MovePhase(world.agenda, target)
            refused(world, IllegalMove, lambda c=command: agendas.move_phase(ctx, c))  # type: ignore[misc]  # a default of a lambda has no type


def test_moving_a_phase_is_refused_by_field_and_to_others(house: House) -> None:
    world = a_world(house)
    late = agendas.MovePhase(world.agenda, Phase.CONSOLIDATION, closes_at=house.clock.moment)
    assert fields(world, lambda: agendas.move_phase(world.acting(world.facility), late)) == ["closes_at"]
    refused(world, Denied, lambda: agendas.move_phase(world.acting(world.rapporteur), late))
    gone = replace(late, agenda_id="nobody")
    refused(world, Unknown, lambda: agendas.move_phase(world.acting(world.facility), gone))


def test_the_end_of_preparation_tables_every_draft(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    second = a_recommendation(world.acting(world.rapporteur), world.agenda)
    with world.recording() as entries:
        world.move(Phase.COMMENTING)
    assert [(e.name, e.subject_id) for e in entries] == [
        ("agenda.phase_moved", world.agenda),
        ("recommendation.tabled", world.recommendation),
        ("recommendation.tabled", second),
    ]
    states = [r.state for r in reading.recommendations(house.stranger, world.agenda).items]
    assert states == [RecommendationState.TABLED, RecommendationState.TABLED]


def test_the_end_of_endorsement_applies_the_rule(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    a_recommendation(world.acting(world.rapporteur), world.agenda)
    world.in_phase(Phase.ENDORSEMENT)
    for city in world.cities[:3]:
        a_position(world, by=city)
    a_position(world, by=world.cities[3], stance=Stance.OBJECTION)
    with world.recording() as entries:
        world.move(Phase.PUBLICATION)
    assert names(entries) == [
        "agenda.phase_moved",
        "recommendation.adopted",
        "recommendation.refused",
    ]
    assert entries[1].data["digest"] == world.text.digest
    assert [r.state for r in reading.recommendations(house.stranger, world.agenda).items] == [
        RecommendationState.ADOPTED,
        RecommendationState.NOT_ADOPTED,
    ]


def test_who_does_not_count_does_not_decide(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    a_position(world, by=world.service)
    world.move(Phase.PUBLICATION)
    assert world.summary.state is RecommendationState.NOT_ADOPTED


def test_a_deadline_closes_what_it_binds_to_the_second(house: House) -> None:
    world = a_world(house)
    closes_at = house.clock.moment + timedelta(days=1)
    command = agendas.EditAgenda(world.agenda, phase_closes_at=closes_at)
    agendas.edit(world.acting(world.facility), command)
    house.clock.moment = closes_at - timedelta(microseconds=1)
    amendments.table(world.acting(world.cities[0]), tabling(world))
    house.clock.moment = closes_at
    late = tabling(world, by=world.cities[1])
    refused(world, DeadlinePassed, lambda: amendments.table(world.acting(world.cities[1]), late))
