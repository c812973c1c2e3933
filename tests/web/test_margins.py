"""The working margin."""

from service.domain.views.amendments import AmendmentFilter
from service.web.margins import Margin, margins
from service.workflows import reading
from tests.builders import ASK, WHY, a_comment, an_amendment, consolidated, decided
from tests.worlds import World


def rows_of(world: World) -> tuple[Margin, ...]:
    ctx = world.house.stranger
    wanted = AmendmentFilter(recommendation_id=world.recommendation)
    return margins(
        world.text.blocks,
        reading.amendments(ctx, wanted).items,
        reading.collisions(ctx, world.recommendation),
        reading.comments(ctx, world.recommendation).items,
    )


def test_everything_lies_beside_its_own_block(world: World) -> None:
    an_amendment(world, edit={"ask": ASK.replace("every", "each")})
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("every", "any")})
    a_comment(world, block="why", quotation="results")
    a_comment(world, block=None)
    told = [(r.number, len(r.amendments), len(r.collisions), len(r.comments), r.heat) for r in rows_of(world)]
    assert told == [(1, 0, 0, 0, 0), (2, 2, 1, 0, 3), (3, 0, 0, 1, 1)]


def test_amendment_that_is_part_of_the_text_is_settled(world: World) -> None:
    decided(world, an_amendment(world, edit={"why": f"{WHY} Often."}))
    consolidated(world)
    (why,) = rows_of(world)[2:]
    assert (len(why.amendments), len(why.settled), why.busy, why.heat) == (0, 1, True, 0)
