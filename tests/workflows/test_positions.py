from dataclasses import replace

from service.domain.errors import (
    ForeignOrganisation,
    IllegalMove,
    NotCounted,
    OtherText,
    PhaseClosed,
    PositionExists,
    SignInNeeded,
    Unknown,
)
from service.domain.phases import Phase
from service.domain.positions import PositionState, Reservation, Stance
from service.workflows import positions, reading, recommendations
from tests.builders import (
    ASK,
    a_position,
    a_world,
    an_amendment,
    consolidated,
    decided,
    taking,
)
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World


def asked_again(world: World) -> str:
    """Let a position be taken on a text that is consolidated again; returns its id."""
    decided(world, an_amendment(world, edit={"ask": "Now, " + ASK}))
    world.in_phase(Phase.ENDORSEMENT)
    position = a_position(world)
    world.move(Phase.CONSOLIDATION)
    consolidated(world)
    world.move(Phase.ENDORSEMENT)
    return position


def test_an_organisation_endorses_exactly_the_text_it_read(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    amara = world.cities[0]
    with world.recording() as entries:
        made = positions.take(world.acting(amara), taking(world))
    view = reading.position(house.stranger, made)
    assert (view.stance, view.state, view.counts) == (Stance.ENDORSED, PositionState.STANDING, True)
    assert (view.version.id, view.version.digest) == (world.text.id, world.text.digest)
    assert [(e.name, e.organisation_id, e.data["digest"], e.data["stance"]) for e in entries] == [
        ("position.taken", amara.organisation, world.text.digest, "endorsed")
    ]


def test_every_stance_can_be_taken_and_is_counted(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    stances = (Stance.ENDORSED_WITH_RESERVATION, Stance.OBJECTION, Stance.ABSTAINED, Stance.RECUSED)
    for city, stance in zip(world.cities, stances, strict=True):
        a_position(world, by=city, stance=stance)
    found = reading.outcome(house.stranger, world.recommendation)
    assert {s: n for s, n in found.tally.items() if n} == dict.fromkeys(stances, 1)
    assert (found.counted, found.silent, found.passed) == (4, 0, False)
    listed = reading.positions(house.stranger, world.recommendation).items
    assert [(p.reservation, p.resolved_by) for p in listed[:2]] == [
        (Reservation.SCRUTINY, ""),
        (None, "A named contact."),
    ]


def test_a_position_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    amara, command = world.acting(world.cities[0]), taking(world)
    refused(world, SignInNeeded, lambda: positions.take(house.stranger, command))
    foreign = replace(command, organisation_id=world.cities[1].organisation)
    refused(world, ForeignOrganisation, lambda: positions.take(amara, foreign))
    outsider = replace(command, organisation_id=world.outsider.organisation)
    refused(world, NotCounted, lambda: positions.take(world.acting(world.outsider), outsider))
    refused(world, OtherText, lambda: positions.take(amara, replace(command, digest="0" * 64)))
    refused(world, OtherText, lambda: positions.take(amara, replace(command, version_id="nobody")))
    refused(world, Unknown, lambda: positions.take(amara, replace(command, recommendation_id="nobody")))
    vague = replace(command, stance=Stance.OBJECTION)
    assert fields(world, lambda: positions.take(amara, vague)) == ["statement", "resolved_by"]


def test_a_position_waits_for_its_phase(house: House) -> None:
    world = a_world(house, Phase.CONSOLIDATION)
    refused(world, PhaseClosed, lambda: positions.take(world.acting(world.cities[0]), taking(world)))


def test_a_withdrawn_recommendation_takes_no_position(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    command = taking(world)
    recommendations.withdraw(world.acting(world.rapporteur), world.recommendation, "Said elsewhere.")
    refused(world, IllegalMove, lambda: positions.take(world.acting(world.cities[0]), command))


def test_an_organisation_has_one_voice(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    amara = world.acting(world.cities[0])
    first = positions.take(amara, taking(world))
    again = replace(taking(world), stance=Stance.ABSTAINED)
    told = refused(world, PositionExists, lambda: positions.take(amara, again))
    assert told.values == {"organisation": "Amara", "stance": "endorsed"}
    positions.withdraw(amara, first)
    positions.take(amara, again)
    listed = reading.positions(house.stranger, world.recommendation).items
    assert [(p.stance, p.state) for p in listed] == [
        (Stance.ENDORSED, PositionState.WITHDRAWN),
        (Stance.ABSTAINED, PositionState.STANDING),
    ]


def test_a_position_is_withdrawn_by_its_organisation_once(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    position = a_position(world)
    amara, other = world.acting(world.cities[0]), world.acting(world.cities[1])
    refused(world, ForeignOrganisation, lambda: positions.withdraw(other, position))
    with world.recording() as entries:
        positions.withdraw(amara, position)
    assert [(e.name, e.organisation_id) for e in entries] == [
        ("position.withdrawn", world.cities[0].organisation)
    ]
    refused(world, IllegalMove, lambda: positions.withdraw(amara, position))
    refused(world, Unknown, lambda: positions.withdraw(amara, "nobody"))


def test_a_changed_text_asks_for_the_position_again(house: House) -> None:
    world = a_world(house)
    position = asked_again(world)
    view = reading.position(house.stranger, position)
    assert (view.state, view.counts) == (PositionState.RECONFIRMATION_REQUESTED, False)
    found = reading.outcome(house.stranger, world.recommendation)
    assert (found.tally[Stance.ENDORSED], found.reconfirmations) == (0, 1)
    asked = [e for e in house.record(world.agenda) if e.name == "position.reconfirmation_requested"]
    assert [(e.subject_id, e.organisation_id) for e in asked] == [(position, world.cities[0].organisation)]


def test_a_position_on_the_changed_text_takes_the_earlier_ones_place(house: House) -> None:
    world = a_world(house)
    earlier = asked_again(world)
    later = a_position(world)
    states = {p.id: p.state for p in reading.positions(house.stranger, world.recommendation).items}
    assert states == {earlier: PositionState.SUPERSEDED, later: PositionState.STANDING}
    assert [p.id for p in reading.position_grid(house.stranger, world.agenda)] == [later]


def test_a_position_on_the_text_before_is_refused(house: House) -> None:
    world = a_world(house)
    command = taking(world)
    asked_again(world)
    refused(
        world,
        OtherText,
        lambda: positions.take(
            world.acting(world.cities[1]), replace(command, organisation_id=world.cities[1].organisation)
        ),
    )
