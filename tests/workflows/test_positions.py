from dataclasses import replace

from service.domain.errors import (
    Denied,
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
from service.workflows import answers, positions, reading, recommendations
from service.workflows.positions import ConfirmPosition
from tests.builders import (
    ASK,
    a_position,
    a_recommendation,
    a_world,
    an_amendment,
    consolidated,
    decided,
    taking,
)
from tests.counting import counting
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


def test_the_outcome_of_one_recommendation_reads_no_position_on_another(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    other = a_recommendation(world.acting(world.rapporteur), world.agenda)
    world.in_phase(Phase.ENDORSEMENT)
    a_position(world, stance=Stance.ABSTAINED)
    text = reading.current_version(house.stranger, other)
    taken = replace(taking(world), recommendation_id=other, version_id=text.id, digest=text.digest)
    positions.take(world.acting(world.cities[0]), taken)
    with counting(house) as statements:
        one_by_one = {i: reading.outcome(house.stranger, i) for i in (world.recommendation, other)}
    reads = [s for s in statements if "FROM positions" in s]
    assert ["positions.recommendation_id = " in s.partition("WHERE")[2] for s in reads] == [True, True]
    assert one_by_one == reading.outcomes(house.stranger, world.agenda)


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


def confirming(world: World, position: str) -> ConfirmPosition:
    """Return the command by which a position is confirmed on the current text."""
    return ConfirmPosition(position, world.text.id, world.text.digest)


def test_a_position_is_confirmed_on_the_changed_text_as_it_was(house: House) -> None:
    world = a_world(house)
    earlier = asked_again(world)
    amara = world.cities[0]
    with world.recording() as entries:
        made = positions.confirm(world.acting(amara), confirming(world, earlier))
    assert [(e.name, e.subject_id, e.organisation_id) for e in entries] == [
        ("position.taken", made, amara.organisation)
    ]
    view, before = reading.position(house.stranger, made), reading.position(house.stranger, earlier)
    assert (view.stance, view.version.digest, view.counts) == (before.stance, world.text.digest, True)
    assert before.state is PositionState.SUPERSEDED


def test_a_position_with_its_words_is_confirmed_with_them(house: House) -> None:
    world = a_world(house)
    decided(world, an_amendment(world, edit={"ask": "Now, " + ASK}))
    world.in_phase(Phase.ENDORSEMENT)
    earlier = a_position(world, stance=Stance.ENDORSED_WITH_RESERVATION)
    world.move(Phase.CONSOLIDATION)
    consolidated(world)
    world.move(Phase.ENDORSEMENT)
    made = positions.confirm(world.acting(world.cities[0]), confirming(world, earlier))
    view = reading.position(house.stranger, made)
    assert (view.reservation, view.statement) == (Reservation.SCRUTINY, "The council still looks at it.")


def test_words_of_a_position_keep_their_language_when_it_is_confirmed(house: House) -> None:
    world = a_world(house)
    decided(world, an_amendment(world, edit={"ask": "Now, " + ASK}))
    world.in_phase(Phase.ENDORSEMENT)
    amara = world.acting(world.cities[0])
    earlier = positions.take(amara, replace(taking(world), statement="Nous sommes prêts.", language="fr"))
    silent = positions.take(
        world.acting(world.cities[1]), replace(taking(world, by=world.cities[1]), language="fr")
    )
    world.move(Phase.CONSOLIDATION)
    consolidated(world)
    world.move(Phase.ENDORSEMENT)
    made = positions.confirm(amara, confirming(world, earlier))
    found = [reading.position(house.stranger, one).language for one in (earlier, made, silent)]
    assert found == ["fr", "fr", None]


def test_confirming_is_refused_with_its_own_reason(house: House) -> None:
    world = a_world(house)
    earlier = asked_again(world)
    amara, command = world.acting(world.cities[0]), confirming(world, earlier)
    refused(world, SignInNeeded, lambda: positions.confirm(house.stranger, command))
    other = world.acting(world.cities[1])
    refused(world, ForeignOrganisation, lambda: positions.confirm(other, command))
    refused(world, OtherText, lambda: positions.confirm(amara, replace(command, digest="0" * 64)))
    refused(world, OtherText, lambda: positions.confirm(amara, replace(command, version_id=world.version)))
    refused(world, Unknown, lambda: positions.confirm(amara, replace(command, position_id="nobody")))
    positions.withdraw(amara, earlier)
    refused(world, IllegalMove, lambda: positions.confirm(amara, command))
    again = a_position(world)
    refused(world, PositionExists, lambda: positions.confirm(amara, confirming(world, again)))


def test_a_position_stands_again_when_its_very_text_is_back(house: House) -> None:
    world = a_world(house)
    position = asked_again(world)
    world.move(Phase.CONSOLIDATION)
    world.move(Phase.AMENDING)
    decided(world, an_amendment(world, edit={"ask": ASK}))
    with world.recording() as entries:
        consolidated(world)
    assert ("position.carried", position) in [(e.name, e.subject_id) for e in entries]
    view = reading.position(house.stranger, position)
    assert (view.state, view.counts) == (PositionState.STANDING, True)


def test_who_has_not_answered_is_told_with_what_is_to_be_confirmed(house: House) -> None:
    world = a_world(house)
    asked_again(world)
    a_position(world, by=world.cities[1])
    a_position(world, by=world.service)
    found = answers.unanswered(house.stranger, world.agenda)
    assert [(one.organisation.name, one.recommendations, one.again) for one in found] == [
        ("Amara", (1,), (1,)),
        ("Dawa", (1,), ()),
        ("Kesi", (1,), ()),
    ]


def test_whom_to_ask_is_told_to_the_facility_alone(house: House) -> None:
    world = a_world(house, Phase.ENDORSEMENT)
    found = answers.voices(world.acting(world.facility), world.agenda)
    told = {organisation: [p.person_id for p in people] for organisation, people in found.items()}
    speakers = (*world.cities, world.service)
    assert told == {member.organisation: [member.person] for member in speakers}
    refused(world, Denied, lambda: answers.voices(world.acting(world.cities[0]), world.agenda))
    refused(world, Unknown, lambda: answers.unanswered(house.stranger, "nobody"))


def test_who_has_not_answered_costs_the_same_for_one_text_and_for_three(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    costs = []
    for _ in range(2):
        with counting(house) as statements:
            answers.unanswered(world.acting(world.rapporteur), world.agenda)
        costs.append(len(statements))
        for _ in range(2):
            a_recommendation(world.acting(world.rapporteur), world.agenda)
    assert costs[0] == costs[1]


def test_an_organisations_earlier_positions_are_listed_with_their_texts(house: House) -> None:
    world = a_world(house)
    earlier = asked_again(world)
    a_position(world, by=world.cities[1])
    later = positions.confirm(world.acting(world.cities[0]), confirming(world, earlier))
    organisation = world.cities[0].organisation
    found = reading.positions(house.stranger, world.recommendation, organisation_id=organisation).items
    assert [(p.id, p.version.number) for p in found] == [(earlier, 1), (later, 2)]
    assert found[0].version.digest != found[1].version.digest
