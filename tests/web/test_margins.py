"""The working margin."""

from service.domain.comments import CommentAction
from service.domain.text import CollisionKind
from service.domain.views.amendments import AmendmentFilter
from service.web.margins import Margin, contests, margins
from service.workflows import comments, overviews, reading
from service.workflows.comments import Settle
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


def test_margin_in_numbers_is_what_the_agenda_counts(world: World) -> None:
    an_amendment(world, edit={"ask": ASK.replace("every", "each")})
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("every", "any")})
    a_comment(world, block="why", quotation="results")
    found = overviews.contested(world.house.stranger, world.agenda)
    assert set(contests(world.recommendation, rows_of(world))) == set(found)
    assert [(c.amendments, c.colliding, c.comments) for c in contests("", rows_of(world))] == [
        (2, 2, 0),
        (0, 0, 1),
    ]


def test_amendments_that_say_the_same_are_told_as_one(world: World) -> None:
    for city in world.cities[:3]:
        an_amendment(world, by=city, edit={"ask": ASK.replace("every", "each")})
    ask = rows_of(world)[1]
    told = [[a.number for a in wording.amendments] for wording in ask.wordings]
    assert (told, ask.knots) == ([[1, 2, 3]], ())


def test_amendments_that_collide_hang_together_in_one_knot(world: World) -> None:
    for city, word in zip(world.cities, ("each", "each", "any"), strict=False):
        an_amendment(world, by=city, edit={"ask": ASK.replace("every", word)})
    ask = rows_of(world)[1]
    knots = [([ref.number for ref in knot.refs], knot.kinds) for knot in ask.knots]
    assert knots == [([1, 2, 3], (CollisionKind.OVERLAP,))]


def test_same_change_beside_another_block_is_another_wording(world: World) -> None:
    both = {"ask": ASK.replace("every", "each"), "why": f"{WHY} Often."}
    an_amendment(world, edit=both)
    an_amendment(world, by=world.cities[1], edit={"ask": both["ask"]})
    _, ask, why = rows_of(world)
    told = [[a.number for a in wording.amendments] for row in (ask, why) for wording in row.wordings]
    assert told == [[1, 2], [1]]


def test_comment_that_is_resolved_asks_for_nothing_more(world: World) -> None:
    asked = a_comment(world, block="why", quotation="results")
    comments.settle(world.acting(world.rapporteur), Settle(asked, CommentAction.RESOLVE, "Said now."))
    why = rows_of(world)[2]
    assert (len(why.open_comments), len(why.closed_comments), why.heat) == (0, 1, 0)


def test_amendment_that_is_part_of_the_text_is_settled(world: World) -> None:
    decided(world, an_amendment(world, edit={"why": f"{WHY} Often."}))
    consolidated(world)
    (why,) = rows_of(world)[2:]
    assert (len(why.amendments), len(why.settled), why.busy, why.heat) == (0, 1, True, 0)
