from service.domain.evidence import EvidenceKind
from service.domain.phases import Phase
from service.domain.views.agendas import Underpinned
from service.domain.views.weighing import CandidateView
from service.workflows import evidence, lessons, weighing
from service.workflows.lessons import ProposeLesson
from tests.builders import a_lesson, a_recommendation, a_world, evidenced
from tests.counting import counting
from tests.houses import House
from tests.worlds import World


def underpinned(world: World, block: str | None) -> str:
    target = Underpinned(world.recommendation, world.blocks[block].id if block is not None else None)
    command = evidence.AddEvidence(
        world.agenda,
        world.cities[1].organisation,
        EvidenceKind.DOCUMENT,
        "Report",
        "Office",
        underpins=(target,),
    )
    return evidence.add(world.acting(world.cities[1]), command)


def test_claims_of_each_recommendation_are_told_with_their_evidence(house: House) -> None:
    world = a_world(house)
    whole = underpinned(world, None)
    (found,) = weighing.claims(house.stranger, world.agenda)
    assert found.recommendation.id == world.recommendation
    assert [(c.block.id, c.place, c.evidence_ids) for c in found.found.bare] == [
        (world.blocks["why"].id, 3, ())
    ]
    piece = underpinned(world, "why")
    (again,) = weighing.claims(house.stranger, world.agenda)
    assert (again.found.bare, again.found.claims[0].evidence_ids, again.found.whole) == (
        (),
        (piece,),
        (whole,),
    )


def test_claims_cost_the_same_for_three_recommendations_as_for_one(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    rapporteur, costs = world.acting(world.rapporteur), []
    for more in (0, 2):
        for _ in range(more):
            a_recommendation(rapporteur, world.agenda)
            underpinned(world, "why")
        reader = world.acting(world.rapporteur)
        with counting(house) as statements:
            found = weighing.claims(reader, world.agenda)
        costs.append((len(found), len(statements)))
    assert costs == [(1, costs[0][1]), (3, costs[0][1])]


def of(world: World, lesson: str) -> CandidateView:
    return next(
        one for one in weighing.candidates(world.house.stranger, world.agenda) if one.lesson.id == lesson
    )


def test_lesson_is_weighed_by_partnerships_evidence_and_what_is_alike(house: House) -> None:
    world = a_world(house)
    plain = a_lesson(world, "Plan the upkeep before anything is built.")
    piece = evidenced(world)
    elsewhere = world.cities[3]
    shown = lessons.propose(
        world.acting(elsewhere),
        ProposeLesson(world.agenda, elsewhere.organisation, "Small contracts arrive sooner.", (piece,)),
    )
    near = a_lesson(world, "Small contracts arrived sooner.")
    found = of(world, shown)
    assert ([e.id for e in found.evidence], found.partnerships) == ([piece], ("Water for all",))
    assert [(one.lesson.id, one.share) for one in found.alike] == [(near, 1.0)]
    assert (of(world, plain).alike, of(world, plain).evidence) == ((), ())
    order = [one.lesson.id for one in weighing.candidates(house.stranger, world.agenda)]
    assert order == [shown, plain, near]


def test_lessons_are_weighed_for_the_same_cost_however_many(house: House) -> None:
    world = a_world(house)
    evidenced(world)
    costs = []
    for more in (1, 2):
        for number in range(more):
            a_lesson(world, f"Lesson number {number}{more}.")
        with counting(house) as statements:
            found = weighing.candidates(house.stranger, world.agenda)
        costs.append((len(found), len(statements)))
    assert costs == [(1, costs[0][1]), (3, costs[0][1])]
