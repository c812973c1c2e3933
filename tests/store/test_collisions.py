"""What the store finds by the claims that are kept is what the text core finds by comparing everything."""

import pytest
from hypothesis import HealthCheck, given, settings

from service.domain.text import Block, BlockKind, Collision, collisions, collisions_of, diff, reach
from service.store.queries import collisions as queries
from service.workflows import amendments, deciding
from service.workflows.amendments import Foresee
from tests.builders import a_world
from tests.counting import counting
from tests.domain.text.builders import paragraph
from tests.houses import House
from tests.properties.text.strategies import amendments as sets
from tests.stored import a_text, amended
from tests.worlds import World

WORDS = " ".join(f"word{number}" for number in range(50))
TITLE = Block("title", BlockKind.HEADING, "What cities ask for", 1)
DRAFT = (TITLE, *(paragraph(f"b{number:02}", WORDS) for number in range(40)))
Case = tuple[tuple[Block, ...], list[tuple[Block, ...]]]
compared = settings(
    max_examples=settings().max_examples // 4,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def reworded(number: int, words: str = "") -> tuple[Block, ...]:
    """The draft with one word changed, another one for each number up to 2,000."""
    at, word = number % 40 + 1, f"word{number // 40}"
    changed = " ".join((words or f"other{number}") if w == word else w for w in WORDS.split(" "))
    return (*DRAFT[:at], paragraph(DRAFT[at].id, changed), *DRAFT[at + 1 :])


def found(world: World, recommendation: str) -> tuple[Collision, ...]:
    with world.house.database.reading() as connection:
        return queries.colliding(connection, recommendation)


@compared
@given(sets(4))
def test_stored_amendments_meet_as_the_text_core_says(sqlite_world: World, case: Case) -> None:
    base, wordings = case
    text = a_text(sqlite_world, base)
    ids = amended(sqlite_world, text, base, wordings)
    named = {i: diff(base, blocks) for i, blocks in zip(ids, wordings, strict=True)}
    expected = collisions(base, named)
    assert found(sqlite_world, text[0]) == expected
    with sqlite_world.house.database.reading() as connection:
        for i, operations in named.items():
            near = queries.touching(connection, text[1], base, reach(base, operations))
            others = {other: near[other] for other in near if other != i}
            met = tuple(c for c in expected if i in (c.first, c.second))
            assert collisions_of(base, i, operations, others) == met
        blocking = {i for c in expected if c.kind.blocks_merge for i in (c.first, c.second)}
        assert queries.in_each_others_way(connection, [text[0]]) == dict.fromkeys(blocking, text[0])


@pytest.fixture
def sqlite_world(sqlite_house: House) -> World:
    return a_world(sqlite_house)


def test_amendments_meet_alike_on_each_engine(house: House) -> None:
    world = a_world(house)
    text = a_text(world, DRAFT)
    first = (paragraph("n1", "New."), *DRAFT)
    same, other = (paragraph("n2", "New."), *DRAFT), (paragraph("n3", "Newer."), *DRAFT)
    wordings = (first, same, other, reworded(40), reworded(40, "else"), reworded(81), DRAFT[1:])
    ids = amended(world, text, DRAFT, wordings)
    named = {i: diff(DRAFT, blocks) for i, blocks in zip(ids, wordings, strict=True)}
    assert found(world, text[0]) == collisions(DRAFT, named) != ()


def test_one_more_costs_as_many_statements_however_many_there_are(house: House) -> None:
    world = a_world(house)
    text = a_text(world, DRAFT)
    ctx = world.acting(world.cities[1])
    ids: tuple[str, ...] = ()
    costs: dict[int, tuple[int, ...]] = {}
    for size in (1, 30, 1_000):
        ids += amended(world, text, DRAFT, [reworded(number) for number in range(len(ids), size)])
        with counting(house) as foreseeing:
            seen = amendments.foresee(ctx, Foresee(*text, reworded(0, "else")))
        with counting(house) as meeting:
            met = deciding.met(ctx, ids[0]).collisions
        assert ([c.second.id for c in seen.collisions], met) == ([ids[0]], ())
        costs[size] = len(foreseeing), len(meeting)
    assert costs == dict.fromkeys(costs, costs[1])


def test_a_wording_that_touches_every_block_is_asked_for_in_parts(house: House) -> None:
    world = a_world(house)
    base = (TITLE, *(paragraph(f"b{number:03}", "Two words.") for number in range(499)))
    text = a_text(world, base)
    ids = amended(world, text, base, [(TITLE, *base[2:]), base[:250], base[:-1]])
    whole = (TITLE, *(paragraph(block.id, "Other words.") for block in base[1:]))
    seen = amendments.foresee(world.acting(world.cities[1]), Foresee(*text, whole))
    assert {c.second.id for c in seen.collisions} == set(ids)
