import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from tests.builders import a_world
from tests.houses import House


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET name = 'agenda.created'",
        "UPDATE events SET data = '{}' WHERE sequence = 1",
        "DELETE FROM events",
        "DELETE FROM events WHERE sequence = 2",
    ],
)
def test_the_database_refuses_to_change_the_record(house: House, statement: str) -> None:
    world = a_world(house)
    before = house.record(world.agenda)
    with (
        pytest.raises(DatabaseError, match="the record is append-only"),
        house.database.writing() as connection,
    ):
        connection.execute(text(statement))
    assert house.record(world.agenda) == before
