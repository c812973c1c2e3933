from dataclasses import replace

import pytest

from service.domain.actors import OrganisationKind, Region
from service.domain.amendments import OPEN, AmendmentAction, AmendmentState
from service.domain.errors import Invalid, SignInNeeded, Unknown
from service.domain.recommendations import Addressee
from service.domain.reviewing import ReviewOrder
from service.domain.views.review import Place, ReviewFilter
from service.workflows import amendments, assessments, recommendations, review
from tests.builders import (
    ASK,
    WHY,
    a_world,
    an_amendment,
    consolidated,
    decided,
    tabling,
)
from tests.counting import counting
from tests.houses import House
from tests.reviews import an_assessment
from tests.worlds import Member, World

ALL = ReviewFilter()


def numbers(world: World, wanted: ReviewFilter = ALL, *, by: Member | None = None) -> list[int | None]:
    ctx = world.acting(by) if by is not None else world.house.stranger
    return [one.amendment.number for one in review.queue(ctx, world.agenda, wanted).items]


def test_a_queue_holds_what_was_tabled_in_the_order_of_the_text(house: House) -> None:
    world = a_world(house)
    an_amendment(world)
    an_amendment(world, by=world.cities[1], edit={"why": WHY + " Often."})
    an_amendment(world, draft=True)
    assert numbers(world) == [1, 2]
    assert numbers(world, replace(ALL, order=ReviewOrder.NEWEST)) == [2, 1]


def test_each_condition_narrows_the_queue(house: House) -> None:
    world = a_world(house)
    one, two = an_amendment(world), an_amendment(world, by=world.cities[1], edit={"why": WHY + " Often."})
    amendments.sign(
        world.acting(world.cities[2]), amendments.SignAmendment(two, world.cities[2].organisation)
    )
    an_amendment(world, by=world.service, edit={"ask": ASK.replace("a contact", "someone")})
    decided(world, one, AmendmentAction.REJECT)
    french = replace(
        tabling(world, by=world.cities[3]),
        blocks=world.reworded(ask=ASK.replace("a contact", "une personne")),
        language="fr",
    )
    amendments.table(world.acting(world.cities[3]), french)
    found = {
        "recommendation": numbers(world, ReviewFilter(recommendation_id=world.recommendation)),
        "another": numbers(world, ReviewFilter(recommendation_id="nothing")),
        "open": numbers(world, ReviewFilter(states=tuple(OPEN))),
        "rejected": numbers(world, ReviewFilter(states=(AmendmentState.REJECTED,))),
        "addressee": numbers(world, ReviewFilter(addressee=Addressee.EU_DELEGATIONS)),
        "cities": numbers(world, ReviewFilter(addressee=Addressee.CITIES)),
        "author": numbers(world, ReviewFilter(organisation_id=world.cities[1].organisation)),
        "signed": numbers(world, ReviewFilter(organisation_id=world.cities[2].organisation)),
        "kind": numbers(world, ReviewFilter(kind=OrganisationKind.EU_SERVICE)),
        "region": numbers(world, ReviewFilter(region=Region.SUB_SAHARAN_AFRICA)),
        "language": numbers(world, ReviewFilter(language="fr")),
        "words": numbers(world, ReviewFilter(words="OFTEN")),
        "changed words alone": numbers(world, ReviewFilter(words="country")),
        "number": numbers(world, ReviewFilter(words="4")),
        "colliding": numbers(world, ReviewFilter(colliding=True)),
    }
    assert found == {
        "recommendation": [1, 2, 3, 4],
        "another": [],
        "open": [2, 3, 4],
        "rejected": [1],
        "addressee": [1, 2, 3, 4],
        "cities": [],
        "author": [2],
        "signed": [2],
        "kind": [3],
        "region": [1],
        "language": [4],
        "words": [2],
        "changed words alone": [],
        "number": [4],
        "colliding": [3, 4],
    }


def test_mine_to_assess_is_what_my_service_has_not_assessed_as_it_stands(house: House) -> None:
    world = a_world(house)
    mine = ReviewFilter(to_assess=True)
    one = an_amendment(world)
    an_amendment(world, by=world.cities[1], edit={"why": WHY + " Often."})
    assert (numbers(world, mine, by=world.service), numbers(world, mine, by=world.cities[0])) == ([1, 2], [])
    assessment = an_assessment(world)
    assert numbers(world, mine, by=world.service) == []
    assessments.withdraw(world.acting(world.service), assessment)
    assert numbers(world, mine, by=world.service) == [1, 2]
    an_assessment(world)
    decided(world, one)
    consolidated(world)
    # The text has moved on, so what was found of it is asked for again.
    assert numbers(world, mine, by=world.service) == [1, 2]


def test_what_a_person_has_seen_is_new_again_when_something_happens_to_it(house: House) -> None:
    world = a_world(house)
    reader, new = world.service, ReviewFilter(unseen=True)
    one, _ = an_amendment(world), an_amendment(world, by=world.cities[1], edit={"why": WHY + " Often."})
    ctx = world.acting(reader)
    assert (review.queue(ctx, world.agenda, ALL).unseen, numbers(world, new, by=reader)) == (2, [1, 2])
    assert review.mark_seen(ctx, world.agenda, [one]) == 1
    assert (review.queue(ctx, world.agenda, ALL).unseen, numbers(world, new, by=reader)) == (1, [2])
    assert review.queued(ctx, one).seen_wording == 0
    decided(world, one, AmendmentAction.REJECT)
    assert numbers(world, new, by=reader) == [1, 2]
    assert numbers(world, new, by=world.cities[0]) == [1, 2]
    # Nobody is remembered who is not signed in, so nothing is new to them alone.
    assert (numbers(world, new), review.queue(house.stranger, world.agenda, new).unseen) == ([1, 2], 0)


def test_having_seen_something_is_no_part_of_the_record(house: House) -> None:
    world = a_world(house)
    one = an_amendment(world)
    with world.recording() as entries:
        review.mark_seen(world.acting(world.service), world.agenda, [one, "nothing"])
        review.mark_seen(world.acting(world.service), world.agenda, [one])
    assert entries == []
    with pytest.raises(SignInNeeded):
        review.mark_seen(house.stranger, world.agenda, [one])
    with pytest.raises(Invalid):
        review.mark_seen(world.acting(world.service), world.agenda, [])


def test_a_change_has_its_place_with_those_beside_it(house: House) -> None:
    world = a_world(house)
    one, two, three = (
        an_amendment(world, by=city, edit={"why": f"{WHY} {city.name}."}) for city in world.cities[:3]
    )
    reader = house.stranger

    def place(amendment: str, wanted: ReviewFilter = ALL) -> Place:
        return review.place(reader, world.agenda, amendment, wanted)

    assert [place(one), place(two), place(three)] == [
        Place(1, 3, None, two),
        Place(2, 3, one, three),
        Place(3, 3, two, None),
    ]
    decided(world, two, AmendmentAction.REJECT)
    waiting = ReviewFilter(states=tuple(OPEN))
    assert (place(two, waiting), place(one, waiting)) == (Place(None, 2, None, one), Place(1, 2, None, three))
    assert place(one, ReviewFilter(words="nowhere")) == Place(None, 0, None, None)


def test_a_page_beyond_the_last_is_the_last(house: House) -> None:
    world = a_world(house)
    for city in world.cities[:3]:
        an_amendment(world, by=city)
    found = review.queue(house.stranger, world.agenda, ALL, page=9, size=2)
    assert ([one.amendment.number for one in found.items], found.page, found.pages, found.total) == (
        [3],
        2,
        2,
        3,
    )
    views, total = review.every(house.stranger, world.agenda, ALL, 2)
    assert ([view.number for view in views], total) == ([1, 2], 3)


def test_what_is_not_there_has_no_queue(house: House) -> None:
    world = a_world(house)
    an_amendment(world)
    assert review.languages(house.stranger, world.agenda) == ("en",)
    for act in (review.languages, lambda ctx, i: review.queue(ctx, i, ALL)):
        with pytest.raises(Unknown):
            act(house.stranger, "nothing")


def test_a_queue_costs_as_many_queries_for_thirty_as_for_one(house: House) -> None:
    world = a_world(house)
    reader = world.acting(world.service)
    wanted = ReviewFilter(colliding=False, words="contact", unseen=True)

    def cost() -> int:
        with counting(house) as statements:
            review.queue(world.acting(world.service), world.agenda, wanted)
        return len(statements)

    an_amendment(world)
    an_assessment(world)
    costs = [cost()]
    for _ in range(2):
        an_amendment(world, by=world.cities[1])
    costs.append(cost())
    city = world.acting(world.cities[2])
    command = tabling(world, by=world.cities[2])
    with city.transaction():
        for _ in range(27):
            amendments.table(city, command)
    costs.append(cost())
    assert (len(review.queue(reader, world.agenda, wanted).items), len(set(costs))) == (30, 1)


def test_what_is_accepted_waits_until_it_is_worked_in(house: House) -> None:
    world = a_world(house)
    first = an_amendment(world)
    an_amendment(world, by=world.cities[1], edit={"why": WHY + " Often."})
    decided(world, first)
    wanted = ReviewFilter(not_worked_in=True)
    assert numbers(world, wanted) == [1]
    consolidated(world)
    assert numbers(world, wanted) == []


def test_nothing_waits_in_a_recommendation_that_was_withdrawn(house: House) -> None:
    world = a_world(house)
    decided(world, an_amendment(world))
    an_amendment(world, by=world.cities[1], edit={"ask": ASK.replace("a contact", "someone")})
    recommendations.withdraw(world.acting(world.rapporteur), world.recommendation, "It is said elsewhere.")
    waiting = (
        ReviewFilter(states=tuple(OPEN)),
        ReviewFilter(colliding=True),
        ReviewFilter(not_worked_in=True),
    )
    assert ([numbers(world, wanted) for wanted in waiting], numbers(world)) == ([[], [], []], [1, 2])
