from dataclasses import replace

import pytest

from service.domain import publication
from service.domain.checklist import Check, Weight
from service.domain.errors import Denied, SignInNeeded
from service.domain.phases import Phase
from service.domain.seals import KeysView
from service.workflows import checklists, translations
from service.workflows.translations import BeginTranslation
from tests.builders import (
    a_comment,
    a_position,
    a_world,
    an_amendment,
    an_edition,
    consolidated,
    decided,
    endorsed,
    evidenced,
)
from tests.counting import counting
from tests.houses import House
from tests.worlds import World


def found(world: World) -> dict[Check, int]:
    return {item.check: item.count for item in checklists.look(world.house.stranger, world.agenda).items}


def test_open_round_is_told_what_stands_in_its_way(house: House) -> None:
    world = a_world(house)
    title = {world.blocks["title"].id: "Nommer les villes"}
    city = world.cities[0]
    command = BeginTranslation(world.recommendation, city.organisation, "fr", world.version, title)
    translations.begin(world.acting(city), command)
    an_amendment(world)
    decided(world, an_amendment(world, by=world.cities[1], edit={"why": "It works."}))
    a_comment(world)
    assert found(world) == {
        Check.PHASE: 1,
        Check.OPEN_RECOMMENDATIONS: 1,
        Check.NOTHING_DECIDED: 1,
        Check.UNDECIDED_AMENDMENTS: 1,
        Check.NOT_WORKED_IN: 1,
        Check.RECONFIRMATIONS: 0,
        Check.NOT_ADOPTED: 0,
        Check.STALE_TRANSLATIONS: 0,
        Check.CORRECTIONS: 0,
        Check.DRAFT_NOT_PRINTED: 0,
        Check.CLAIMS_WITHOUT_EVIDENCE: 1,
        Check.OPEN_COMMENTS: 1,
        Check.ROOM_FOR_LESSONS: 10,
        Check.SEAL: 0,
        Check.SEAL_REACHED: 0,
        Check.SEAL_ENDS: 0,
    }
    consolidated(world)
    after = found(world)
    assert [after[c] for c in (Check.NOT_WORKED_IN, Check.STALE_TRANSLATIONS)] == [0, 1]
    assert checklists.look(house.stranger, world.agenda).ready is False


def test_text_that_changed_after_positions_asks_for_them_again(house: House) -> None:
    world = a_world(house, Phase.CONSOLIDATION)
    decided(world, an_amendment_of(world))
    world.move(Phase.ENDORSEMENT)
    a_position(world)
    world.move(Phase.CONSOLIDATION)
    consolidated(world)
    assert found(world)[Check.RECONFIRMATIONS] == 1


def an_amendment_of(world: World) -> str:
    world.move(Phase.AMENDING)
    amendment = an_amendment(world)
    world.move(Phase.CONSOLIDATION)
    return amendment


def test_adopted_agenda_is_ready_and_its_draft_is_what_will_be_frozen(house: House) -> None:
    world = endorsed(a_world(house))
    listed = checklists.look(house.stranger, world.agenda)
    assert (listed.ready, listed.by_weight[Weight.BLOCKS]) == (True, 0)
    facility = world.acting(world.facility)
    before = house.record(world.agenda)
    draft = checklists.draft_of(facility, world.agenda)
    assert house.record(world.agenda) == before
    edition = an_edition(world)
    printed = checklists.frozen(house.stranger, edition)
    assert replace(draft, assembled_at=printed.assembled_at, steps=printed.steps) == printed
    assert publication.digest(printed) == world.edition(edition).digest


def test_draft_and_keys_are_for_the_facility(house: House) -> None:
    world = endorsed(a_world(house))
    with pytest.raises(SignInNeeded):
        checklists.draft_of(house.stranger, world.agenda)
    for member in (world.cities[0], world.approvers[0]):
        for look in (checklists.keys, checklists.approvers):
            with pytest.raises(Denied):
                look(world.acting(member))
    key = house.notary.key
    seal = house.sealer.describe()
    assert checklists.keys(world.acting(world.facility)) == KeysView(seal, key.name, key.text)
    house.sealer.ready = False
    assert checklists.keys(world.acting(world.facility)).seal is None


def test_those_who_can_approve_are_named(house: House) -> None:
    world = a_world(house)
    found = checklists.approvers(world.acting(world.facility))
    assert [(one.person_id, one.organisation.id) for one in found] == [
        (member.person, member.organisation) for member in world.approvers
    ]


def test_checklist_costs_the_same_for_three_amendments_as_for_one(house: House) -> None:
    world = a_world(house)
    evidenced(world)
    costs = []
    for more in (1, 2):
        for number in range(more):
            an_amendment(world, edit={"why": f"It works {number}{more} times."})
        with counting(house) as statements:
            checklists.look(house.stranger, world.agenda)
        costs.append(len(statements))
    assert costs[0] == costs[1]
