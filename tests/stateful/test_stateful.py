"""Thousands of steps that people might take in a round, each told what the tables of transitions say."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.engines import Databases
from tests.stateful.ground import Ground, grounds
from tests.stateful.machine import Rounds
from tests.stateful.story import asked_cells, legal_cells

STEPS = 50
PURPOSES = (
    Rounds.through_every_phase,
    Rounds.decide_on_everything,
    Rounds.talk_about_everything,
    Rounds.publish_in_every_way,
    Rounds.learn_and_unlearn,
    Rounds.take_openings_back,
    Rounds.correct_what_was_decided,
    Rounds.take_a_refusal_back,
    Rounds.let_the_words_come_back,
    Rounds.invite_and_tell,
    Rounds.withdraw_the_recommendation,
)


@pytest.fixture(scope="module")
def ground(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    url = databases.fresh()
    with grounds(url, tmp_path_factory.mktemp("stateful")) as ground:
        Rounds.ground, Rounds.visited = ground, set()
        yield ground
    databases.drop(url)


@pytest.mark.usefixtures("ground")
def test_every_cell_of_every_table_is_as_it_says() -> None:
    for purpose in PURPOSES:
        purpose(Rounds())

    assert [" ".join(cell) for cell in sorted((legal_cells() | asked_cells()) - Rounds.visited)] == []


@pytest.mark.usefixtures("ground")
@pytest.mark.parametrize("stories", [50, pytest.param(1_000, marks=pytest.mark.soak)])
def test_whatever_people_do_in_a_round_they_are_told_what_the_tables_say(stories: int) -> None:
    run_state_machine_as_test(
        Rounds,
        settings=settings(
            max_examples=stories,
            stateful_step_count=STEPS,
            derandomize=True,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
            phases=(Phase.generate,),
        ),
    )
