"""Co-signing what somebody has proposed already, instead of sending it once more."""

from dataclasses import replace

from service.domain.amendments import AmendmentState
from service.domain.errors import AlreadySigned, StaleState, Unknown
from service.workflows import amendments
from service.workflows.amendments import EditDraft, SignAmendment
from service.workflows.cosigning import co_sign
from tests.builders import ASK, a_world, an_amendment, tabling
from tests.houses import House
from tests.workflows.refusals import refused


def test_what_was_written_is_kept_as_a_draft_of_who_signs(house: House) -> None:
    world = a_world(house)
    amara, vilaro = world.cities[:2]
    made = an_amendment(world, by=vilaro)
    draft = co_sign(world.acting(amara), made, tabling(world, by=amara))
    assert [o.name for o in world.amendment(made).organisations] == ["Vilaró", "Amara"]
    kept = world.amendment(draft, by=amara)
    assert (kept.state, kept.justification) == (AmendmentState.DRAFT, tabling(world).justification)
    assert kept.blocks == world.amendment(made).blocks


def test_a_draft_that_says_the_same_stays_a_draft(house: House) -> None:
    world = a_world(house)
    amara, vilaro = world.cities[:2]
    draft = an_amendment(world, draft=True, edit={"ask": f"{ASK} Now."})
    made = an_amendment(world, by=vilaro)
    written = EditDraft(draft, tabling(world).blocks, "In my words.", "en")
    assert co_sign(world.acting(amara), made, written) == draft
    kept = world.amendment(draft, by=amara)
    assert (kept.state, kept.justification) == (AmendmentState.DRAFT, "In my words.")
    assert [o.name for o in world.amendment(made).organisations] == ["Vilaró", "Amara"]


def test_an_amendment_that_says_something_else_is_not_signed(house: House) -> None:
    world = a_world(house)
    other = an_amendment(world, by=world.cities[1], edit={"ask": f"{ASK} Now."})
    gone = an_amendment(world, by=world.cities[2])
    amendments.withdraw(world.acting(world.cities[2]), gone)
    amara = world.acting(world.cities[0])
    refused(world, StaleState, lambda: co_sign(amara, other, tabling(world)))
    refused(world, Unknown, lambda: co_sign(amara, "nobody", tabling(world)))
    assert [o.name for o in world.amendment(other).organisations] == ["Vilaró"]


def test_who_has_signed_already_keeps_no_draft_of_it(house: House) -> None:
    world = a_world(house)
    amara, vilaro = world.cities[:2]
    made = an_amendment(world, by=vilaro)
    amendments.sign(world.acting(amara), SignAmendment(made, amara.organisation))
    with house.operator.transaction() as work:
        before = work.amendments.count()
    refused(world, AlreadySigned, lambda: co_sign(world.acting(amara), made, tabling(world)))
    with house.operator.transaction() as work:
        assert work.amendments.count() == before
    own = replace(tabling(world), organisation_id=vilaro.organisation)
    refused(world, AlreadySigned, lambda: co_sign(world.acting(vilaro), made, own))
