"""The working margin."""

from service.domain.comments import CommentAction, CommentState
from service.domain.text import CollisionKind
from service.domain.views.margins import CommentMark
from service.web.margins import Margin, around, contests, shares
from service.workflows import comments, overviews
from service.workflows.comments import Answer, Settle
from tests.builders import ASK, WHY, a_comment, an_amendment, consolidated, decided
from tests.worlds import World


def rows_of(world: World) -> tuple[Margin, ...]:
    return around(world.house.stranger, world.recommendation, world.text.blocks).rows


def test_everything_lies_beside_its_own_block(world: World) -> None:
    an_amendment(world, edit={"ask": ASK.replace("every", "each")})
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("every", "any")})
    a_comment(world, block="why", quotation="results")
    a_comment(world, block=None)
    told = [(r.number, len(r.amendments), len(r.knots), len(r.comments), r.heat) for r in rows_of(world)]
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
    assert (told, ask.knots) == ([[1, 2, 3]], [])


def test_amendments_that_collide_hang_together_in_one_knot(world: World) -> None:
    for city, word in zip(world.cities, ("each", "each", "any"), strict=False):
        an_amendment(world, by=city, edit={"ask": ASK.replace("every", word)})
    ask = rows_of(world)[1]
    knots = [([ref.number for ref in knot.refs], knot.kind) for knot in ask.knots]
    assert knots == [([1, 2, 3], CollisionKind.OVERLAP)]


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


def test_of_many_the_first_few_are_read_and_those_that_ask_for_a_decision_come_first(world: World) -> None:
    for number in range(6):
        an_amendment(
            world, edit={"why": f"Note {number}: {WHY}" if number == 5 else f"{WHY} Number {number}."}
        )
    for number in range(8):
        an_amendment(world, edit={"ask": ASK.replace("a contact", f"{number} people")})
    why, ask = rows_of(world)[2], rows_of(world)[1]
    assert (len(ask.amendments), [one.number for one, _ in ask.told]) == (8, [7, 8, 9, 10, 11, 12])
    assert [one.number for one, _ in why.told] == [1, 2, 3, 4, 5, 6]


def test_where_many_blocks_have_something_beside_them_each_has_its_share() -> None:
    mark = CommentMark("c", CommentState.OPEN, "b", 1, lost=False)
    lists = [[mark] * number for number in (2, 30, *(10,) * 13)]
    assert [len(few) for few in shares(lists)] == [2, *(4,) * 14]
    assert [len(few) for few in shares([[mark] * 3] * 61)] == [0] * 61


def test_comments_that_nobody_has_answered_are_read_first(world: World) -> None:
    asked = [a_comment(world, block="why", quotation="results") for _ in range(8)]
    comments.settle(world.acting(world.rapporteur), Settle(asked[7], CommentAction.RESOLVE, "Said now."))
    for first in asked[:2]:
        comments.answer(world.acting(world.cities[1]), Answer(first, world.cities[1].organisation, "Why?"))
    why = rows_of(world)[2]
    assert [c.id for c in why.asked] == [asked[0], *asked[2:7]]
    assert ([c.id for c in why.answered], len(why.open_comments)) == ([asked[7]], 7)
