from dataclasses import replace

from service.domain.amendments import AmendmentAction, AmendmentState
from service.domain.errors import (
    CannotRebase,
    EmptyChange,
    ForeignOrganisation,
    IllegalMove,
    StaleState,
)
from service.domain.text import Outcome
from service.workflows import amendments, amendments_carried, decisions, reading
from service.workflows.amendments import SignAmendment
from service.workflows.amendments_carried import CarryOver
from tests.builders import (
    ASK,
    a_world,
    an_amendment,
    consolidated,
    decided,
    names,
)
from tests.houses import House
from tests.workflows.refusals import refused
from tests.worlds import World


def a_moved_text(world: World, ask: str) -> None:
    decided(world, an_amendment(world, by=world.cities[1], edit={"ask": ask}))
    consolidated(world)


def test_an_amendment_is_carried_over_to_the_next_version(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    amendment = an_amendment(world, edit={"ask": ASK.replace("a contact", "two contacts")})
    a_moved_text(world, ASK.replace("every country", "each country"))
    assert world.amendment(amendment).stale
    carried = amendments_carried.preview_rebase(amara, amendment)
    assert (carried.current_version, {o.outcome for o in carried.rebased.operations}) == (
        2,
        {Outcome.TOUCHED_CONTEXT},
    )
    with world.recording() as entries:
        amendments_carried.carry_over(amara, CarryOver(amendment))
    assert names(entries) == ["amendment.rebased"]
    view = world.amendment(amendment)
    assert (view.stale, view.rebased, view.base_version.number) == (False, 1, 2)
    assert view.blocks[1].text == ASK.replace("a contact", "two contacts").replace("every", "each")
    (earlier,) = reading.earlier_wordings(house.stranger, amendment)
    assert (earlier.number, earlier.base_version.number, earlier.blocks) == (1, 1, carried.mine)


def test_an_amendment_that_meets_new_words_is_rewritten_by_its_author(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    amendment = an_amendment(world, edit={"ask": ASK.replace("a contact", "two contacts")})
    a_moved_text(world, ASK.replace("a contact", "a named desk"))
    refused(world, CannotRebase, lambda: amendments_carried.carry_over(amara, CarryOver(amendment)))
    mine = world.reworded(ask=ASK.replace("a contact", "two named desks"))
    amendments_carried.carry_over(amara, CarryOver(amendment, mine))
    view = world.amendment(amendment)
    assert (view.blocks, view.base_version.number) == (mine, 2)


def test_a_wording_is_not_carried_over_to_nothing(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    amendment = an_amendment(world, edit={"ask": ASK.replace("should", "must")})
    a_moved_text(world, ASK.replace("every country", "each country"))
    refused(
        world,
        EmptyChange,
        lambda: amendments_carried.carry_over(amara, CarryOver(amendment, world.text.blocks)),
    )


def test_what_was_tabled_keeps_its_words_while_the_text_stands(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    amendment = an_amendment(world)
    other = CarryOver(amendment, world.reworded(ask="Something else entirely."))
    refused(world, IllegalMove, lambda: amendments_carried.carry_over(amara, other))


def test_names_stay_on_the_words_that_they_signed_and_come_off_other_words(house: House) -> None:
    world = a_world(house)
    amara, vilaro = world.cities[:2]
    amendment = an_amendment(world, edit={"ask": ASK.replace("a contact", "two contacts")})
    amendments.sign(world.acting(vilaro), SignAmendment(amendment, vilaro.organisation))
    a_moved_text(world, ASK.replace("every country", "each country"))
    amendments_carried.carry_over(world.acting(amara), CarryOver(amendment))
    assert [o.name for o in world.amendment(amendment).organisations] == ["Amara", "Vilaró"]
    a_moved_text(world, world.text.blocks[1].text.replace("city", "town"))
    with world.recording() as entries:
        mine = world.reworded(ask="EU Delegations should name nobody at all.")
        amendments_carried.carry_over(world.acting(amara), CarryOver(amendment, mine))
    assert [o.name for o in world.amendment(amendment).organisations] == ["Amara"]
    (carried,) = entries
    assert (carried.name, carried.data["lapsed_organisation_ids"]) == (
        "amendment.rebased",
        [vilaro.organisation],
    )
    amendments.sign(world.acting(vilaro), SignAmendment(amendment, vilaro.organisation))
    assert [o.name for o in world.amendment(amendment).organisations] == ["Amara", "Vilaró"]


def test_nobody_signs_or_decides_on_words_that_they_did_not_see(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world, edit={"ask": ASK.replace("a contact", "two contacts")})
    seen = world.amendment(amendment).revision
    a_moved_text(world, ASK.replace("every country", "each country"))
    amendments_carried.carry_over(world.acting(world.cities[0]), CarryOver(amendment))
    vilaro, rapporteur = world.cities[1], world.acting(world.rapporteur)
    signing = SignAmendment(amendment, vilaro.organisation, seen)
    refused(world, StaleState, lambda: amendments.sign(world.acting(vilaro), signing))
    decision = decisions.Decide(amendment, AmendmentAction.ACCEPT, revision=seen)
    refused(world, StaleState, lambda: decisions.decide(rapporteur, decision))
    now = world.amendment(amendment).revision
    amendments.sign(world.acting(vilaro), replace(signing, revision=now))
    decisions.decide(rapporteur, replace(decision, revision=now))
    assert world.amendment(amendment).state is AmendmentState.ACCEPTED


def test_only_what_is_open_is_carried_over_and_by_its_author(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world)
    other = world.acting(world.cities[1])
    refused(world, ForeignOrganisation, lambda: amendments_carried.carry_over(other, CarryOver(amendment)))
    decided(world, amendment, AmendmentAction.REJECT)
    amara = world.acting(world.cities[0])
    refused(world, IllegalMove, lambda: amendments_carried.carry_over(amara, CarryOver(amendment)))


def test_how_a_draft_read_before_it_was_tabled_is_not_told(house: House) -> None:
    world = a_world(house)
    amara = world.acting(world.cities[0])
    draft = an_amendment(world, draft=True, edit={"ask": ASK.replace("a contact", "two contacts")})
    a_moved_text(world, ASK.replace("every country", "each country"))
    with world.recording() as shown:
        amendments_carried.carry_over(amara, CarryOver(draft))
    amendments.table_draft(amara, draft)
    assert names(shown) == []
    assert reading.earlier_wordings(house.stranger, draft) == ()
