"""An agenda seen from above, as each reader may see it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from service.domain.actors import Region
from service.domain.amendments import AmendmentAction
from service.domain.errors import Unknown
from service.domain.overviews import Day
from service.domain.views.overviews import BlockContest
from service.workflows import amendments, overviews, people
from service.workflows.context import Context
from tests.builders import ASK, a_comment, a_world, an_amendment, decided
from tests.counting import counting
from tests.houses import House

READS: dict[str, Callable[[Context, str], object]] = {
    "partnerships": overviews.partnerships,
    "contested": overviews.contested,
    "convergence": overviews.convergence,
}


def test_partnership_tells_which_of_its_members_were_heard(house: House) -> None:
    world = a_world(house)
    first, second = world.cities[:2]
    an_amendment(world, by=second)
    (found,) = overviews.partnerships(house.stranger, world.agenda)
    assert (found.name, found.region) == ("Water for all", Region.SUB_SAHARAN_AFRICA)
    assert [m.id for m in found.members] == [first.organisation, second.organisation]
    assert found.heard == (second.organisation,)


def test_partnership_nobody_of_whom_takes_part_is_left_out(house: House) -> None:
    world = a_world(house)
    alone = (world.outsider.organisation,)
    people.enter_partnership(
        house.operator, people.EnterPartnership("Elsewhere", Region.ASIA_PACIFIC, (), alone[0], alone)
    )
    assert [p.name for p in overviews.partnerships(house.stranger, world.agenda)] == ["Water for all"]


def test_contested_blocks_count_what_stands_what_meets_and_what_is_asked(house: House) -> None:
    world = a_world(house)
    ask, why = world.blocks["ask"].id, world.blocks["why"].id
    an_amendment(world, edit={"ask": ASK.replace("a contact", "two contacts")})
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("a contact", "a deputy")})
    an_amendment(world, by=world.cities[2], edit={"ask": f"{ASK} Now."}, draft=True)
    an_amendment(world, by=world.cities[3], edit={"why": "Partnerships have results."})
    decided(world, an_amendment(world, edit={"why": "No."}), AmendmentAction.REJECT)
    a_comment(world)
    a_comment(world, block=None)
    found = {c.block_id: c for c in overviews.contested(house.stranger, world.agenda)}
    assert found == {
        ask: BlockContest(world.recommendation, ask, 2, 2, 1),
        why: BlockContest(world.recommendation, why, 1, 0, 0),
    }
    assert [found[ask].heat, found[why].heat] == [4, 1]


def test_convergence_follows_the_record_in_the_agendas_zone(house: House) -> None:
    world = a_world(house)
    day = date(2026, 1, 5)
    first = an_amendment(world)
    second = an_amendment(world, by=world.cities[1])
    an_amendment(world, by=world.cities[2], draft=True)
    house.clock.moment += timedelta(days=2)
    decided(world, first, AmendmentAction.REJECT)
    amendments.withdraw(world.acting(world.cities[1]), second)
    found = overviews.convergence(house.stranger, world.agenda)
    assert found == (Day(day, 2, 2), Day(day + timedelta(days=2), 2, 0))


@pytest.mark.parametrize("name", READS)
def test_agenda_that_there_is_not_is_unknown(sqlite_house: House, name: str) -> None:
    with pytest.raises(Unknown):
        READS[name](sqlite_house.stranger, "nowhere")


@pytest.mark.parametrize("name", READS)
def test_overview_asks_the_database_as_often_for_three_things_as_for_one(
    sqlite_house: House, name: str
) -> None:
    world = a_world(sqlite_house)
    asked = []
    for grown in (1, 2):
        for _ in range(grown):
            an_amendment(world, edit={"ask": f"{ASK} Now {world.house.new_id()}."})
            a_comment(world)
            people.enter_partnership(
                sqlite_house.operator,
                people.EnterPartnership(
                    f"Place {world.house.new_id()}",
                    Region.ASIA_PACIFIC,
                    (),
                    world.cities[0].organisation,
                    (world.cities[0].organisation,),
                ),
            )
        with counting(sqlite_house) as statements:
            READS[name](sqlite_house.stranger, world.agenda)
        asked.append(len(statements))
    assert asked[0] == asked[1]
