"""The order of a round's recommendations, and what of it is settled."""

from service.domain.errors import Denied, OrderSettled, PhaseClosed
from service.domain.phases import Phase
from service.workflows import ordering, reading
from tests.builders import a_position, a_recommendation, a_world
from tests.houses import House
from tests.workflows.refusals import fields, refused


def test_drafts_are_numbered_by_the_order_that_is_given(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    ctx = world.acting(world.rapporteur)
    made = [world.recommendation, *(a_recommendation(ctx, world.agenda) for _ in range(2))]
    wanted = [made[2], made[0], made[1]]
    with world.recording() as entries:
        ordering.order(ctx, world.agenda, wanted)
        ordering.order(ctx, world.agenda, wanted)
    listed = reading.recommendations(ctx, world.agenda).items
    assert [(one.number, one.id) for one in listed] == list(enumerate(wanted, start=1))
    assert [(e.name, e.data["recommendation_ids"]) for e in entries] == [
        ("agenda.recommendations_ordered", wanted)
    ]
    assert fields(world, lambda: ordering.order(ctx, world.agenda, wanted[:2])) == ["recommendation_ids"]


def test_the_order_stays_once_recommendations_are_tabled(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    ctx, ids = world.acting(world.rapporteur), [world.recommendation]
    refused(world, OrderSettled, lambda: ordering.order(ctx, world.agenda, ids))
    refused(world, Denied, lambda: ordering.order(world.acting(world.cities[0]), world.agenda, ids))
    world.move(Phase.AMENDING)
    refused(world, PhaseClosed, lambda: ordering.order(ctx, world.agenda, ids))


def test_what_is_settled_depends_on_texts_their_states_and_positions(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    facility = world.acting(world.facility)
    assert ordering.settled(facility, world.agenda) == ordering.Settled(
        rule=False, language=True, order=False
    )
    world.in_phase(Phase.ENDORSEMENT)
    a_position(world)
    world.move(Phase.CONSOLIDATION)
    assert ordering.settled(facility, world.agenda) == ordering.Settled(rule=True, language=True, order=True)
