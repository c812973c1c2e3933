from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError, OperationalError

from service.domain.errors import NoRoom, TryAgain
from service.store.engine import Database, make_engine
from tests.engines import SqliteDatabases
from tests.houses import House


def test_the_time_is_the_databases_own_in_utc(database_url: str) -> None:
    database = Database(make_engine(database_url))
    with database.reading() as connection:
        moment = database.now(connection)
    assert moment.tzinfo is UTC
    assert abs(moment - datetime.now(UTC)) < timedelta(seconds=5)
    database.engine.dispose()


def test_a_clock_can_take_the_databases_place(house: House) -> None:
    with house.database.reading() as connection:
        assert house.database.now(connection) == house.clock.moment


def test_what_is_written_is_there_and_what_failed_is_not(house: House) -> None:
    statement = text("INSERT INTO files (digest, media_type, content) VALUES (:d, 'text/plain', :c)")

    def write(digest: str) -> None:
        with house.database.writing() as connection:
            connection.execute(statement, {"d": digest, "c": b"x"})
            if digest == "b":
                raise RuntimeError

    write("a")
    with pytest.raises(RuntimeError):
        write("b")
    with house.database.reading() as connection:
        assert connection.execute(text("SELECT digest FROM files")).scalars().all() == ["a"]


def test_sqlite_forgets_nothing_when_the_power_goes(sqlite_databases: SqliteDatabases) -> None:
    database = Database(make_engine(sqlite_databases.fresh()))
    with database.reading() as connection:
        pragmas = [
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        ]
    assert pragmas == ["wal", 2, 1, 10_000]
    database.engine.dispose()


def waits_for_the_disk(database: Database, *, durable: bool) -> bool:
    with database.writing(durable=durable) as connection:
        if database.is_sqlite:
            return bool(connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2)
        # The tests' server never waits, so what counts is whether a transaction says anything about it.
        source = "SELECT source FROM pg_settings WHERE name = 'synchronous_commit'"
        return bool(connection.exec_driver_sql(source).scalar_one() != "session")


def test_only_what_is_said_not_to_be_durable_does_not_wait_for_the_disk(database_url: str) -> None:
    database = Database(make_engine(database_url))
    asked = (True, False, True, False, False, True)
    assert tuple(waits_for_the_disk(database, durable=durable) for durable in asked) == asked
    database.engine.dispose()


def test_the_next_change_waits_for_the_disk_when_one_that_did_not_failed(database_url: str) -> None:
    database = Database(make_engine(database_url))
    with pytest.raises(RuntimeError), database.writing(durable=False):
        raise RuntimeError
    assert waits_for_the_disk(database, durable=True)
    database.engine.dispose()


@pytest.mark.parametrize("url", ["sqlite:////nowhere/at/all.db", "postgresql://x@/x?host=/nowhere"])
def test_a_database_that_cannot_be_reached_is_told_as_such(url: str) -> None:
    database = Database(make_engine(url))
    with pytest.raises(TryAgain) as refused, database.reading():
        pass
    assert isinstance(refused.value.__cause__, OperationalError)
    with pytest.raises(TryAgain), database.writing():
        pass


def test_a_disk_that_is_full_is_told_as_such(database_url: str) -> None:
    database = Database(make_engine(database_url))

    def fill(connection: Connection) -> None:
        if database.is_sqlite:
            connection.execute(text("PRAGMA max_page_count = 1"))
            connection.execute(text("CREATE TABLE wanted AS SELECT zeroblob(100000) AS room"))
        else:
            connection.execute(text("DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$"))

    with pytest.raises(NoRoom), database.writing() as connection:
        fill(connection)
    database.engine.dispose()


def test_a_table_is_made_anew_under_those_that_refer_to_it(house: House) -> None:
    with house.database.writing() as connection:
        connection.execute(text("CREATE TABLE above (id INTEGER PRIMARY KEY)"))
        connection.execute(
            text("CREATE TABLE below (id INTEGER PRIMARY KEY REFERENCES above (id) ON DELETE CASCADE)")
        )
        for table in ("above", "below"):
            connection.execute(text(f"INSERT INTO {table} VALUES (1)"))  # noqa: S608 - names of this test
    if house.database.is_sqlite:
        with house.database.remaking() as connection:
            connection.execute(text("CREATE TABLE made (id INTEGER PRIMARY KEY)"))
            connection.execute(text("INSERT INTO made SELECT id FROM above"))
            connection.execute(text("DROP TABLE above"))
            connection.execute(text("ALTER TABLE made RENAME TO above"))
        with pytest.raises(RuntimeError, match="a row of below would refer to nothing in above"):
            lose_what_is_referred_to(house)
    else:
        # It lets nothing go that something refers to, and needs no table made anew.
        with house.database.remaking() as connection:
            connection.execute(text("ALTER TABLE above ADD COLUMN more INTEGER"))
    with house.database.reading() as connection:
        assert connection.execute(text("SELECT id FROM below")).scalars().all() == [1]
    # References are looked at as before.
    with pytest.raises(IntegrityError), house.database.writing() as connection:
        connection.execute(text("INSERT INTO below VALUES (2)"))


def lose_what_is_referred_to(house: House) -> None:
    with house.database.remaking() as connection:
        connection.execute(text("DELETE FROM above"))
