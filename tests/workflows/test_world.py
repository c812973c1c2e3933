"""The builders build what they say."""

import pytest

from service.domain.editions import EditionState
from service.domain.phases import Phase
from service.domain.recommendations import RecommendationState
from tests.builders import BLOCKS, a_released_edition, a_world, endorsed
from tests.houses import House


@pytest.mark.parametrize("phase", Phase)
def test_a_world_comes_in_every_phase(sqlite_house: House, phase: Phase) -> None:
    world = a_world(sqlite_house, phase)
    assert world.view.phase is phase
    assert [block.text for block in world.text.blocks] == [block.text for block in BLOCKS]


def test_the_whole_job_runs(house: House) -> None:
    world = endorsed(a_world(house))
    edition = a_released_edition(world)
    assert world.edition(edition).state is EditionState.RELEASED
    assert world.summary.state is RecommendationState.PUBLISHED
