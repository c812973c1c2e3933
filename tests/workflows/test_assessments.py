from dataclasses import replace
from functools import partial

import pytest

from service.domain.actors import OrganisationKind, Role
from service.domain.assessments import AssessmentState, EvidenceStrength, Finding, PolicyFit
from service.domain.commitments import WORDS
from service.domain.errors import (
    DeadlinePassed,
    ForeignOrganisation,
    IllegalMove,
    OtherText,
    PhaseClosed,
    SignInNeeded,
    Unknown,
)
from service.domain.phases import Phase
from service.store.bookkeeping import events
from service.workflows import agendas, assessments, recommendations
from tests.builders import a_member, a_recommendation, a_world, an_amendment, consolidated, decided
from tests.counting import counting
from tests.houses import BEGINNING, House
from tests.reviews import FOUND, an_assessment, assessing
from tests.workflows.refusals import fields, refused


def test_a_service_says_how_a_text_fits_policy_and_how_strong_its_evidence_is(house: House) -> None:
    world = a_world(house)
    with world.recording() as entries:
        made = an_assessment(world)
    view = assessments.assessment(house.stranger, made)
    assert (view.fit, view.strength, view.reference) == (FOUND.fit, FOUND.strength, FOUND.reference)
    assert (view.version.digest, view.current, view.organisation.name) == (
        world.text.digest,
        True,
        world.service.name,
    )
    assert [(e.name, e.organisation_id, e.data["fit"], e.data["strength"]) for e in entries] == [
        ("assessment.given", world.service.organisation, "needs_new", "some")
    ]


def test_the_record_holds_commitments_in_the_place_of_the_notes(house: House) -> None:
    world = a_world(house)
    an_assessment(world)
    with house.database.reading() as connection:
        query = events.select().where(events.c.name == "assessment.given")
        data = connection.execute(query).one().data
    assert {name for name in WORDS & data.keys() if set(data[name]) == {"commitment"}} == {
        "fit_note",
        "strength_note",
        "reference",
    }


def test_a_later_assessment_takes_the_place_of_the_earlier(house: House) -> None:
    world = a_world(house)
    first, second = an_assessment(world), an_assessment(world, fit=PolicyFit.FITS)
    found = assessments.listed(house.stranger, world.recommendation).items
    assert [(one.id, one.state) for one in found] == [
        (first, AssessmentState.SUPERSEDED),
        (second, AssessmentState.STANDING),
    ]
    assert [one.id for one in assessments.standing(house.stranger, world.recommendation)] == [second]


def test_an_assessment_stays_with_the_version_that_it_was_given_on(house: House) -> None:
    world = a_world(house)
    an_assessment(world)
    decided(world, an_amendment(world))
    consolidated(world)
    (one,) = assessments.standing(house.stranger, world.recommendation)
    assert (one.version.number, one.current) == (1, False)
    tally = assessments.tallies(house.stranger, [world.recommendation])[world.recommendation]
    assert (tally.given, tally.earlier, tally.fits, tally.strengths) == (
        1,
        1,
        {PolicyFit.NEEDS_NEW: 1},
        {EvidenceStrength.SOME: 1},
    )


def test_an_assessment_can_be_taken_back_once(house: House) -> None:
    world = a_world(house)
    made = an_assessment(world)
    with world.recording() as entries:
        assessments.withdraw(world.acting(world.service), made)
    assert [e.name for e in entries] == ["assessment.withdrawn"]
    assert assessments.standing(house.stranger, world.recommendation) == ()
    refused(world, IllegalMove, lambda: assessments.withdraw(world.acting(world.service), made))


def test_only_who_acts_for_an_eu_service_assesses(house: House) -> None:
    world = a_world(house)
    command, city = assessing(world), world.cities[0]
    refused(world, SignInNeeded, lambda: assessments.give(house.stranger, command))
    for one in (city, world.rapporteur):
        refused(world, ForeignOrganisation, partial(assessments.give, world.acting(one), command))
    own = replace(command, organisation_id=city.organisation)
    refused(world, ForeignOrganisation, lambda: assessments.give(world.acting(city), own))
    made = an_assessment(world)
    refused(world, ForeignOrganisation, lambda: assessments.withdraw(world.acting(city), made))


def test_a_text_that_was_not_read_is_not_assessed(house: House) -> None:
    world = a_world(house)
    ctx, command = world.acting(world.service), assessing(world)
    refused(world, OtherText, lambda: assessments.give(ctx, replace(command, digest="f" * 64)))
    decided(world, an_amendment(world))
    consolidated(world)
    refused(world, OtherText, lambda: assessments.give(ctx, command))


def test_assessing_is_open_while_comments_are(house: House) -> None:
    world = a_world(house)
    command, ctx = assessing(world), world.acting(world.service)
    closes_at = BEGINNING.replace(day=7)
    agendas.edit(world.acting(world.facility), agendas.EditAgenda(world.agenda, phase_closes_at=closes_at))
    house.clock.advance(days=3)
    refused(world, DeadlinePassed, lambda: assessments.give(ctx, command))
    world.in_phase(Phase.ENDORSEMENT)
    refused(world, PhaseClosed, lambda: assessments.give(ctx, command))


def test_what_was_withdrawn_is_not_assessed(house: House) -> None:
    world = a_world(house)
    command = assessing(world)
    recommendations.withdraw(world.acting(world.rapporteur), world.recommendation, "Merged.")
    refused(world, IllegalMove, lambda: assessments.give(world.acting(world.service), command))


def test_a_conflict_without_its_policy_is_refused_by_field(house: House) -> None:
    world = a_world(house)
    bare = assessing(world, finding=Finding(PolicyFit.CONFLICTS, EvidenceStrength.NONE))
    assert fields(world, lambda: assessments.give(world.acting(world.service), bare)) == [
        "reference",
        "fit_note",
        "strength_note",
    ]


def test_what_is_not_visible_has_no_assessments(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    draft = a_recommendation(world.acting(world.rapporteur), world.agenda)
    with pytest.raises(Unknown):
        assessments.listed(house.stranger, draft)
    with pytest.raises(Unknown):
        assessments.standing(house.stranger, draft)
    with pytest.raises(Unknown):
        assessments.assessment(house.stranger, draft)


def test_assessments_cost_as_many_queries_for_three_as_for_one(house: House) -> None:
    world = a_world(house)
    an_assessment(world)
    with counting(house) as one:
        assessments.listed(house.stranger, world.recommendation)
        assessments.standing(house.stranger, world.recommendation)
        assessments.tallies(house.stranger, [world.recommendation])
    for name in ("Unit five", "Unit six"):
        unit = a_member(house.operator, name, Role.STAKEHOLDER, OrganisationKind.EU_SERVICE)
        an_assessment(world, by=unit)
    with counting(house) as three:
        assert len(assessments.listed(house.stranger, world.recommendation).items) == 3
        assessments.standing(house.stranger, world.recommendation)
        assessments.tallies(house.stranger, [world.recommendation])
    assert len(one) == len(three)
