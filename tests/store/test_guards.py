from collections.abc import Iterable

from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from service.store import bookkeeping  # noqa: F401 - declares the schema
from service.store.columns import metadata
from service.store.engine import Database, make_engine
from tests.builders import a_world
from tests.houses import House

CHECKPOINT = "INSERT INTO record_checkpoints VALUES ('g', 1, 'r', '2026-01-05 09:00:00', 'published', 'note')"

REFUSED = (
    "UPDATE events SET name = 'agenda.created'",
    "UPDATE events SET nodes = ''",
    "DELETE FROM events WHERE sequence = 2",
    "UPDATE record_checkpoints SET note = 'another'",
    "DELETE FROM record_checkpoints",
    "DELETE FROM record_heads",
    "UPDATE record_heads SET size = size - 1",
    "UPDATE record_heads SET peaks = ''",
)
# What replaces a row deletes it unsaid on the one engine; what empties a table deletes no row on the other.
SQLITE = (
    "REPLACE INTO events SELECT * FROM events",
    "REPLACE INTO record_checkpoints SELECT * FROM record_checkpoints",
)
POSTGRESQL = ("TRUNCATE events", "TRUNCATE record_heads", "TRUNCATE record_checkpoints")


def write(database: Database, statements: Iterable[str]) -> None:
    with database.writing() as connection:
        for statement in statements:
            connection.execute(text(statement))


def not_refused(database: Database) -> list[str]:
    """Return the statements that change what the record says, and that the database lets pass."""
    passed = []
    for statement in (*REFUSED, *(SQLITE if database.is_sqlite else POSTGRESQL)):
        try:
            write(database, [statement])
        except DatabaseError as refusal:
            assert "the record is append-only" in str(refusal)  # noqa: PT017 - one test walks them all
        else:
            passed.append(statement)
    return passed


def test_the_database_refuses_to_change_what_the_record_says(house: House) -> None:
    world = a_world(house)
    write(house.database, [CHECKPOINT])
    before = house.leaves(world.agenda)
    assert not_refused(house.database) == []
    assert house.leaves(world.agenda) == before


def test_a_schema_made_without_migrations_is_guarded_alike(empty_database_url: str) -> None:
    database = Database(make_engine(empty_database_url))
    with database.writing() as connection:
        metadata.create_all(connection)
    event = "INSERT INTO events VALUES ('g', 2, '2026-01-05 09:00:00', 'n', 's', NULL, NULL, NULL, '{}', 'h', 'o')"
    write(database, [event, "INSERT INTO record_heads VALUES ('g', 1, 'p')", CHECKPOINT])
    assert not_refused(database) == []
    database.engine.dispose()
