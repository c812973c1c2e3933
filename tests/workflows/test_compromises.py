from dataclasses import replace
from functools import partial

from sqlalchemy import delete

from service.domain.actors import OrganisationKind, Role
from service.domain.amendments import AmendmentAction, AmendmentState
from service.domain.errors import ForeignOrganisation, Invalid, NotCounted, PhaseClosed, SignInNeeded
from service.domain.phases import Phase
from service.domain.text import Resolution
from service.store.queries.compromises import covers_on
from service.store.tables import participations
from service.store.uow import HOUSE
from service.workflows import amendments, amendments_carried, consolidation, decisions, reading
from service.workflows.amendments import EditDraft, SignAmendment
from service.workflows.amendments_carried import CarryOver
from service.workflows.consolidation import Consolidate
from service.workflows.coverage import covering
from service.workflows.decisions import Decide
from tests.builders import (
    ASK,
    WHY,
    a_colleague,
    a_compromise,
    a_member,
    a_world,
    an_amendment,
    consolidated,
    decided,
    grant,
    names,
    tabling,
)
from tests.houses import House
from tests.workflows.refusals import fields, refused
from tests.worlds import World

A, S = AmendmentAction, AmendmentState
TWO, DESK = ASK.replace("a contact", "two contacts"), ASK.replace("a contact", "one desk")


def colliding(world: World) -> tuple[str, str]:
    """Table two amendments that change the same words."""
    one = an_amendment(world, edit={"ask": TWO})
    return one, an_amendment(world, by=world.cities[1], edit={"ask": DESK})


def reopen(world: World, amendment: str, action: AmendmentAction = A.REOPEN) -> None:
    decisions.decide(world.acting(world.rapporteur), Decide(amendment, action, "New facts."))


def states(world: World, *ids: str) -> list[AmendmentState]:
    return [world.amendment(i).state for i in ids]


def test_a_compromise_says_what_it_covers(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    with world.recording() as entries:
        made = a_compromise(world, other, one, other)
    view = world.amendment(made)
    assert [ref.id for ref in view.covers] == [one, other]
    assert [ref.id for ref in world.amendment(one).covered_by] == [made]
    assert names(entries) == ["amendment.tabled", "amendment.covering"]
    assert entries[1].data == {"amendment_id": made, "covered_ids": [other, one]}
    with house.stranger.reading() as reader:
        assert covers_on(reader.connection, world.recommendation) == {made: (one, other)}


def test_the_rapporteur_proposes_a_compromise_and_no_other_amendment(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    made = a_compromise(world, one, other, by=world.rapporteur)
    assert world.amendment(made).organisations[0].name == "City network"
    rapporteur, command = world.acting(world.rapporteur), tabling(world, by=world.rapporteur)
    refused(world, ForeignOrganisation, lambda: amendments.table(rapporteur, command))
    world.in_phase(Phase.CONSOLIDATION)
    late = a_compromise(world, one, by=world.rapporteur)
    refused(world, PhaseClosed, lambda: a_compromise(world, one, by=world.cities[2]))
    amendments.withdraw(rapporteur, late)
    assert states(world, late, one) == [S.WITHDRAWN, S.TABLED]


def test_who_mediates_for_an_organisation_leaves_its_other_amendments_alone(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    author = a_colleague(house, world.rapporteur, Role.REPRESENTATIVE)
    ordinary, draft = an_amendment(world, by=author), an_amendment(world, by=author, draft=True)
    turned = EditDraft(draft, world.reworded(ask=DESK), "So.", "en", covers=(one,))
    refused(
        world,
        ForeignOrganisation,
        lambda: amendments.edit_draft(world.acting(world.rapporteur), turned),
    )
    amendments.edit_draft(world.acting(author), turned)
    made = a_compromise(world, one, by=world.rapporteur)
    decided(world, other)
    consolidated(world)
    rapporteur, words = world.acting(world.rapporteur), world.reworded(why="Often.")
    refused(
        world,
        ForeignOrganisation,
        lambda: amendments_carried.carry_over(rapporteur, CarryOver(ordinary, words)),
    )
    refused(world, ForeignOrganisation, lambda: amendments.withdraw(rapporteur, ordinary))
    amendments_carried.carry_over(rapporteur, CarryOver(made, words))
    amendments.withdraw(rapporteur, made)
    assert states(world, ordinary, made) == [S.TABLED, S.WITHDRAWN]


def test_the_facility_may_mediate_in_the_round_that_it_runs_and_others_have_to_take_part(
    house: House,
) -> None:
    world = a_world(house)
    one, _ = colliding(world)
    made = a_compromise(world, one, by=world.facility)
    assert world.amendment(made).organisations[0].name == "Coordination facility"
    network = a_member(house.operator, "Far network", Role.RAPPORTEUR, OrganisationKind.NETWORK)
    refused(world, NotCounted, lambda: a_compromise(world, one, by=network))
    refused(world, NotCounted, lambda: a_compromise(world, one, by=world.outsider))


def test_the_facility_does_not_make_an_ordinary_amendment_of_a_compromise(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    facility = world.facility
    grant(house.operator, facility.person, facility.organisation, Role.REPRESENTATIVE)
    draft, acting = a_compromise(world, one, by=facility, draft=True), world.acting(facility)
    edited = EditDraft(draft, world.reworded(ask=DESK), "So.", "en", covers=())
    refused(world, NotCounted, lambda: amendments.edit_draft(acting, edited))
    amendments.edit_draft(acting, replace(edited, covers=(other,)))
    amendments.table_draft(acting, draft)
    assert [ref.id for ref in world.amendment(draft).covers] == [other]


def test_who_has_left_the_round_sends_no_draft_in_it(house: House) -> None:
    world = a_world(house)
    one, _ = colliding(world)
    city = world.cities[-1]
    drafts = (an_amendment(world, by=city, draft=True), a_compromise(world, one, by=city, draft=True))
    with house.database.writing() as connection:
        connection.execute(
            delete(participations).where(participations.c.organisation_id == city.organisation)
        )
    acting = world.acting(city)
    for draft in drafts:
        edited = EditDraft(draft, world.reworded(ask=DESK), "So.", "en")
        refused(world, NotCounted, partial(amendments.edit_draft, acting, edited))
        refused(world, NotCounted, partial(amendments.table_draft, acting, draft))


def test_a_compromise_covers_only_what_it_can(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    made = a_compromise(world, one)
    rejected = decided(world, other, A.REJECT)
    draft = an_amendment(world, by=world.cities[2], draft=True)
    wrong = (made, rejected, draft, "nobody")
    told = refused(world, Invalid, lambda: a_compromise(world, one, *wrong))
    assert [error.field for error in told.errors] == ["covers.1", "covers.2", "covers.3", "covers.4"]


def test_what_is_covered_falls_with_the_acceptance_and_comes_back_with_its_end(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    made = a_compromise(world, one, other)
    with world.recording() as entries:
        decided(world, made)
    assert [(e.subject_id, e.data["action"], e.data["reason"]) for e in entries[-2:]] == [
        (i, "fall", "It is covered by compromise amendment 3, which was accepted.") for i in (one, other)
    ]
    assert states(world, made, one, other) == [S.ACCEPTED, S.FALLEN, S.FALLEN]
    with world.recording() as entries:
        reopen(world, made)
    assert [(e.subject_id, e.data["action"], e.data["state"]) for e in entries] == [
        (made, "reopen", "under_examination"),
        (one, "restore", "under_examination"),
        (other, "restore", "under_examination"),
    ]
    assert states(world, one, other) == [S.UNDER_EXAMINATION] * 2


def test_only_what_fell_with_the_compromise_comes_back(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    made = a_compromise(world, one, other)
    amendments.withdraw(world.acting(world.cities[0]), one)
    decided(world, made)
    reopen(world, made)
    decided(world, other, A.REJECT)
    decided(world, made)
    reopen(world, made, A.FALL)
    assert states(world, one, other, made) == [S.WITHDRAWN, S.REJECTED, S.FALLEN]


def test_a_rejected_or_withdrawn_compromise_touches_nobody(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    decided(world, a_compromise(world, one, other), A.REJECT)
    amendments.withdraw(world.acting(world.cities[-1]), a_compromise(world, one, other))
    assert states(world, one, other) == [S.TABLED, S.TABLED]


def test_what_two_accepted_compromises_cover_stays_fallen_with_the_one_that_is_left(house: House) -> None:
    world = a_world(house)
    one, _ = colliding(world)
    first, second = a_compromise(world, one), a_compromise(world, one, ask=ASK.replace("every", "each"))
    decided(world, first)
    decided(world, second)
    reopen(world, first)
    assert (world.amendment(one).state, world.amendment(one).decision_reason) == (
        S.FALLEN,
        "It is covered by compromise amendment 4, which was accepted.",
    )
    reopen(world, second)
    assert states(world, one) == [S.UNDER_EXAMINATION]


def test_a_compromise_that_loses_in_the_next_version_lets_what_it_covered_come_back(house: House) -> None:
    world = a_world(house)
    one, rival = colliding(world)
    made = decided(world, a_compromise(world, one, ask=ASK.replace("a contact", "two hubs")))
    decided(world, rival)
    command = Consolidate(world.recommendation, (Resolution((rival, made), "", prefer=rival),))
    consolidation.consolidate(world.acting(world.rapporteur), command)
    assert states(world, made, one, rival) == [S.FALLEN, S.UNDER_EXAMINATION, S.ACCEPTED]


def test_what_was_accepted_after_the_compromise_on_it_falls_when_the_version_is_made(house: House) -> None:
    world = a_world(house)
    one, _ = colliding(world)
    made = a_compromise(world, one, ask=ASK.replace("a contact", "two hubs"))
    decided(world, one, A.REJECT)
    decided(world, made)
    reopen(world, one)
    decided(world, one)
    rapporteur, command = world.acting(world.rapporteur), Consolidate(world.recommendation)
    seen = consolidation.preview(rapporteur, command)
    assert ([ref.id for ref in seen.fallen], states(world, one)) == ([one], [S.ACCEPTED])
    with world.recording() as entries:
        consolidation.consolidate(rapporteur, replace(command, digest=seen.digest))
    assert [(e.name, e.subject_id, e.data.get("reason")) for e in entries[:2]] == [
        ("amendment.moved", one, "It is covered by compromise amendment 3, which was accepted."),
        ("amendment.incorporated", made, None),
    ]
    assert (world.amendment(one).state, world.amendment(one).incorporated_in) == (S.FALLEN, None)
    assert world.text.blocks == seen.blocks


def test_what_fell_in_the_making_comes_back_if_its_compromise_loses_there(house: House) -> None:
    world = a_world(house)
    one, rival = colliding(world)
    made = a_compromise(world, one, ask=ASK.replace("a contact", "two hubs"))
    decided(world, one, A.REJECT)
    decided(world, made)
    reopen(world, one)
    for each in (one, rival):
        decided(world, each)
    command = Consolidate(world.recommendation, (Resolution((rival, made), "", prefer=rival),))
    consolidation.consolidate(world.acting(world.rapporteur), command)
    assert states(world, made, one, rival) == [S.FALLEN, S.UNDER_EXAMINATION, S.ACCEPTED]


def test_an_accepted_compromise_is_worked_in_without_what_it_covers(house: House) -> None:
    world = a_world(house)
    one, other = (decided(world, i) for i in colliding(world))
    made = decided(world, a_compromise(world, one, other))
    version = consolidated(world)
    assert world.text.blocks[1].text == ASK.replace("a contact", "one or two contacts")
    incorporated = [world.amendment(i).incorporated_in for i in (made, one, other)]
    assert [v.id if v else None for v in incorporated] == [version, None, None]


def test_words_of_a_compromise_are_told_as_such(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    decided(world, a_compromise(world, one, other))
    consolidated(world)
    ctx = world.acting(world.cities[0])
    version = reading.current_version(ctx, world.recommendation)
    told = {(o.amendment_number, o.compromise) for o in reading.origins(ctx, version.provenance).values()}
    assert (3, True) in told


def test_who_is_covered_signs_the_compromise_when_the_amendments_are_in(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    made = a_compromise(world, one, other, by=world.rapporteur)
    world.in_phase(Phase.CONSOLIDATION)
    city = world.cities[0]
    amendments.sign(world.acting(city), SignAmendment(made, city.organisation))
    assert [o.name for o in world.amendment(made).organisations] == ["City network", "Amara"]
    refused(
        world,
        PhaseClosed,
        lambda: amendments.sign(world.acting(city), SignAmendment(other, city.organisation)),
    )


def test_a_draft_of_a_compromise_keeps_what_it_covers_until_it_is_sent(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    with world.recording(HOUSE) as entries:
        draft = a_compromise(world, one, by=world.rapporteur, draft=True)
        rapporteur, words = world.acting(world.rapporteur), world.reworded(ask=DESK)
        amendments.edit_draft(rapporteur, EditDraft(draft, words, "So.", "en", covers=(other,)))
    # The record tells what a compromise covers when it is sent: nobody else reads it until then.
    assert names(entries) == ["amendment.drafted", "amendment.drafted"]
    assert world.amendment(one).covered_by == ()
    amendments.edit_draft(rapporteur, EditDraft(draft, words, "So.", "fr"))
    emptied = EditDraft(draft, words, "So.", "en", covers=())
    refused(world, ForeignOrganisation, lambda: amendments.edit_draft(rapporteur, emptied))
    with world.recording() as told:
        amendments.table_draft(rapporteur, draft)
    assert names(told) == ["amendment.tabled", "amendment.covering"]
    assert [ref.id for ref in world.amendment(draft).covers] == [other]


def test_a_draft_whose_covered_amendment_was_decided_says_so_when_it_is_sent(house: House) -> None:
    world = a_world(house)
    one, _ = colliding(world)
    draft = a_compromise(world, one, draft=True)
    decided(world, one, A.REJECT)
    author = world.acting(world.cities[-1])
    assert fields(world, lambda: amendments.table_draft(author, draft)) == ["covers.0"]


def test_coverage_tells_what_is_realised_in_compromise_decision_and_text(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    made = a_compromise(world, one, other, ask=ASK.replace("a contact", "two desks"))
    found = covering(house.stranger, made)
    assert [(c.amendment.id, c.coverage.words.realised, c.coverage.words.asked) for c in found.covers] == [
        (one, 3, 4),
        (other, 2, 4),
    ]
    (mine,) = covering(house.stranger, one).covered_by
    assert (mine.amendment.id, mine.coverage) == (made, found.covers[0].coverage)
    modified = Decide(
        one, A.ACCEPT_MODIFIED, "So.", world.reworded(ask=ASK.replace("a contact", "two desks"))
    )
    decisions.decide(world.acting(world.rapporteur), modified)
    assert covering(house.stranger, one).decided == mine.coverage
    assert covering(house.stranger, one).text is None
    consolidated(world)
    assert covering(house.stranger, one).text == mine.coverage


def test_coverage_survives_that_one_side_is_carried_over(house: House) -> None:
    world = a_world(house)
    one, other = colliding(world)
    made = a_compromise(world, one, other)
    decided(world, an_amendment(world, by=world.cities[2], edit={"why": WHY + " Often."}))
    consolidated(world)
    before = covering(house.stranger, made).covers
    amendments_carried.carry_over(world.acting(world.cities[-1]), CarryOver(made))
    assert [c.coverage.words for c in covering(house.stranger, made).covers] == [
        c.coverage.words for c in before
    ]


def test_proposing_a_compromise_takes_a_mandate(house: House) -> None:
    world = a_world(house)
    one, _ = colliding(world)
    refused(world, ForeignOrganisation, lambda: a_compromise(world, one, by=world.approvers[0]))
    stranger, command = house.stranger, replace(tabling(world), covers=(one,))
    refused(world, SignInNeeded, lambda: amendments.table(stranger, command))
