"""What an amendment meets, in which order to decide, and what falls with what, as readers see it."""

import pytest

from service.domain.amendments import AmendmentAction
from service.domain.deciding import FallReason
from service.domain.errors import BadCursor, Unknown
from service.domain.phases import Phase
from service.domain.text import CollisionKind, GroupKind
from service.domain.views.deciding import MeetingView
from service.workflows import amendments, amendments_carried, deciding, decisions
from service.workflows.amendments_carried import CarryOver
from service.workflows.decisions import Decide
from tests.builders import ASK, WHY, a_compromise, a_world, an_amendment, consolidated, decided, tabling
from tests.counting import counting
from tests.houses import House
from tests.worlds import World

EACH, ANY = ASK.replace("every", "each"), ASK.replace("every", "any")


def test_an_amendment_meets_others_on_the_current_version(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"ask": EACH})
    other = an_amendment(world, by=world.cities[1], edit={"ask": ANY})
    same = an_amendment(world, by=world.cities[2], edit={"ask": EACH})
    an_amendment(world, by=world.cities[3], edit={"why": f"{WHY} Often."})
    met = deciding.met(house.stranger, one)
    assert [(c.first.id, c.second.id, c.kind) for c in met.collisions] == [
        (one, other, CollisionKind.OVERLAP),
        (one, same, CollisionKind.IDENTICAL),
    ]
    assert [(fall.amendment.number, fall.reasons) for fall in met.falls] == [(2, (FallReason.SAME_PLACE,))]


def test_what_does_not_stand_on_the_current_version_meets_nothing(house: House) -> None:
    world = a_world(house)
    late = an_amendment(world, edit={"ask": EACH})
    an_amendment(world, by=world.cities[1], edit={"ask": ANY})
    gone = decided(world, an_amendment(world, edit={"ask": f"{ASK} Now."}), AmendmentAction.REJECT)
    assert deciding.met(house.stranger, gone) == MeetingView((), ())
    decided(world, an_amendment(world, by=world.cities[2], edit={"why": f"{WHY} Often."}))
    consolidated(world)
    assert deciding.met(house.stranger, late) == MeetingView((), ())


def test_an_amendment_accepted_in_other_words_meets_others_with_those_words(house: House) -> None:
    world = a_world(house)
    modified = an_amendment(world, edit={"ask": EACH})
    other = an_amendment(world, by=world.cities[1], edit={"ask": ANY})
    command = Decide(
        modified, AmendmentAction.ACCEPT_MODIFIED, "Clearer.", world.reworded(why=f"{WHY} Often.")
    )
    decisions.decide(world.acting(world.rapporteur), command)
    assert deciding.met(house.stranger, other).collisions == ()
    found = deciding.order(house.stranger, world.recommendation)
    assert (found.groups, [d.amendments[0].id for d in found.decisions]) == ((), [other, modified])


def test_the_order_of_decision_tells_groups_and_what_falls(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"ask": EACH})
    struck = (world.text.blocks[0], world.text.blocks[2])
    command = amendments.TableAmendment(
        world.recommendation, world.version, world.cities[1].organisation, struck, "Shorter."
    )
    out = amendments.table(world.acting(world.cities[1]), command)
    same = an_amendment(world, by=world.cities[2], edit={"ask": EACH})
    apart = an_amendment(world, by=world.cities[3], edit={"why": f"{WHY} Often."})
    found = deciding.order(house.stranger, world.recommendation)
    (group,) = found.groups
    assert group.kind is GroupKind.INCOMPATIBLE
    assert [[ref.number for ref in wording] for wording in group.wordings] == [[1, 3], [2]]
    assert [([ref.id for ref in d.amendments], d.group) for d in found.decisions] == [
        ([out], 0),
        ([one, same], 0),
        ([apart], None),
    ]
    falls = [[(fall.amendment.id, fall.reasons) for fall in d.falls] for d in found.decisions]
    assert falls == [
        [(one, (FallReason.STRUCK_OUT,)), (same, (FallReason.STRUCK_OUT,))],
        [(out, (FallReason.STRIKES_OUT,))],
        [],
    ]


def told(house: House, world: World, compromise: str) -> tuple[list[str], ...]:
    """What falls with a compromise: by its page, by the order of decision, and by the deed."""
    page = [fall.amendment.id for fall in deciding.met(house.stranger, compromise).falls]
    found = deciding.order(house.stranger, world.recommendation)
    rule = [f.amendment.id for d in found.decisions if d.amendments[0].id == compromise for f in d.falls]
    with world.recording() as entries:
        decided(world, compromise)
    return page, rule, [e.subject_id for e in entries if e.data.get("action") == "fall"]


def test_what_is_part_of_the_text_falls_with_no_compromise(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"why": f"{WHY} Often."})
    made = a_compromise(world, one)
    decided(world, one)
    consolidated(world)
    amendments_carried.carry_over(world.acting(world.cities[-1]), CarryOver(made))
    assert told(house, world, made) == ([], [], [])


@pytest.mark.parametrize("carried", [True, False])
def test_what_stands_on_an_older_version_falls_with_its_compromise(house: House, *, carried: bool) -> None:
    world = a_world(house)
    one = an_amendment(world, edit={"ask": EACH})
    made = a_compromise(world, one)
    decided(world, an_amendment(world, by=world.cities[1], edit={"why": f"{WHY} Often."}))
    consolidated(world)
    if carried:
        amendments_carried.carry_over(world.acting(world.cities[-1]), CarryOver(made))
    # What stands on an older version has no place in the order; its page tells what falls with it.
    assert told(house, world, made) == ([one], [one] if carried else [], [one])


def test_the_order_of_decision_is_of_what_the_reader_may_see(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    with pytest.raises(Unknown):
        deciding.order(house.stranger, world.recommendation)
    assert deciding.order(world.acting(world.rapporteur), world.recommendation).decisions == ()


def test_the_order_of_decision_costs_as_many_statements_however_many_there_are(house: House) -> None:
    world = a_world(house)
    costs: list[int] = []
    for _ in range(2):
        for city in world.cities[:2]:
            amendments.table(world.acting(city), tabling(world, by=city))
            an_amendment(world, by=city, edit={"ask": EACH})
            an_amendment(world, by=city, edit={"why": f"{WHY} Often."})
        with counting(house) as statements:
            deciding.order(house.stranger, world.recommendation)
        costs.append(len(statements))
    assert costs == [costs[0]] * 2


def crowded(house: House, count: int) -> tuple[World, list[str]]:
    """So many amendments to the same words, none of which can stand beside another."""
    world = a_world(house)
    return world, [
        an_amendment(world, by=world.cities[number % 4], edit={"ask": ASK.replace("every", "some" * (count - number))})
        for number in range(count)
    ]  # fmt: skip


def test_the_order_of_decision_has_pages(house: House) -> None:
    world, made = crowded(house, 3)
    an_amendment(world, edit={"why": f"{WHY} Often."})
    first = deciding.order(house.stranger, world.recommendation, 2)
    second = deciding.order(house.stranger, world.recommendation, 2, first.next)
    whole = deciding.order(house.stranger, world.recommendation)
    assert first.decisions + second.decisions == whole.decisions
    assert [one.amendments[0].id for one in whole.decisions[:3]] == made
    assert [one.place for one in whole.decisions] == [1, 2, 3, 4]
    # A group is told on each page that decides on one of it.
    assert first.groups == second.groups == whole.groups
    last = deciding.order(house.stranger, world.recommendation, 3)
    apart = deciding.order(house.stranger, world.recommendation, 3, last.next)
    assert (apart.groups, [one.place for one in apart.decisions]) == ((), [4])
    assert (second.next, apart.next, whole.next) == (None, None, None)


def test_a_page_goes_on_where_it_was_when_what_stood_before_is_gone(house: House) -> None:
    world, made = crowded(house, 4)
    first = deciding.order(house.stranger, world.recommendation, 2)
    decided(world, made[1], AmendmentAction.REJECT)
    second = deciding.order(house.stranger, world.recommendation, 2, first.next)
    assert [one.amendments[0].id for one in second.decisions] == made[2:]


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyJhIiwxLDEsMSwxLDEsMSwxXQ"])
def test_a_cursor_of_another_list_is_refused(house: House, cursor: str) -> None:
    world = a_world(house)
    with pytest.raises(BadCursor):
        deciding.order(house.stranger, world.recommendation, 2, cursor)


def test_of_many_that_meet_in_one_place_ten_are_named_and_the_others_counted(house: House) -> None:
    world, made = crowded(house, 12)
    found = deciding.order(house.stranger, world.recommendation)
    (group,) = found.groups
    assert (len(group.wordings), len(group.collisions), group.more_collisions) == (12, 10, 12 * 11 // 2 - 10)
    assert [(len(one.falls), one.more_falls) for one in found.decisions] == [(10, 1)] * 12
    assert [fall.amendment.id for fall in found.decisions[0].falls] == made[1:11]
    # The groups side by side, and the page of one amendment, tell all.
    (part,) = deciding.groups(house.stranger, world.recommendation).items
    assert (part.group.more_collisions, len(part.shown), part.blocks) == (
        56,
        12,
        ((world.blocks["ask"].id, 12),),
    )
    assert len(deciding.met(house.stranger, made[0]).falls) == 11


def test_groups_are_gone_through_a_few_wordings_at_a_time(house: House) -> None:
    world, made = crowded(house, 5)
    for text in (f"{WHY} Often.", f"{WHY} Rarely."):
        made.append(an_amendment(world, edit={"why": text}))
    shown, cursor = [], None
    while True:
        page = deciding.groups(house.stranger, world.recommendation, 2, cursor)
        shown.append([(p.before, [ref.id for w in p.shown for ref in w], p.after) for p in page.items])
        cursor = page.next
        if cursor is None:
            break
    assert shown == [
        [(0, made[:2], 3)],
        [(2, made[2:4], 1)],
        [(4, made[4:5], 0), (0, made[5:6], 1)],
        [(1, made[6:], 0)],
    ]


def test_groups_that_meet_at_one_block_are_told_alone(house: House) -> None:
    world, _ = crowded(house, 2)
    rarely = [an_amendment(world, edit={"why": text}) for text in (f"{WHY} Often.", f"{WHY} Rarely.")]
    found = deciding.groups(house.stranger, world.recommendation, block_id=world.blocks["why"].id)
    assert [[ref.id for wording in part.shown for ref in wording] for part in found.items] == [rarely]
    with pytest.raises(BadCursor):
        deciding.groups(house.stranger, world.recommendation, cursor="x")
