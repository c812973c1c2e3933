"""A world that is written down again is the one that was built, and a house that is lived in gets one of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from service.domain.errors import Refusal
from service.store.columns import metadata
from tests.builders import a_world, an_amendment
from tests.engines import Databases
from tests.houses import House

Contents = Mapping[str, Sequence[tuple[Any, ...]]]


def contents(house: House) -> Contents:
    with house.database.reading() as connection:
        return {
            name: sorted(tuple(row) for row in connection.execute(select(*table.primary_key)))
            for name, table in metadata.tables.items()
        }


def test_a_world_is_written_down_again_as_it_was_built(house: House, databases: Databases) -> None:
    url = databases.fresh()
    other = House.at(url)
    first, second = a_world(house), a_world(other)
    assert contents(other) == contents(house)
    assert house.record(first.agenda) == other.record(second.agenda)
    assert (second.house, second.agenda, second.text) == (other, first.agenda, first.text)
    other.check_records()
    # Each goes on by itself.
    an_amendment(second)
    assert [world.summary.amendments for world in (first, second)] == [0, 1]
    other.close()
    databases.give_back(url)


def test_a_house_that_is_lived_in_is_not_written_over(house: House) -> None:
    world = a_world(house)
    an_amendment(world)
    with pytest.raises(Refusal):
        a_world(house)
    assert world.summary.amendments == 1
