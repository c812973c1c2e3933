from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.exc import DBAPIError, OperationalError

from tests.engines import (
    LEFT,
    Databases,
    PostgresDatabases,
    SqliteDatabases,
    join,
    leave,
    served_by,
    stop_server,
)


def run(url: str, statement: str) -> list[object]:
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            result = connection.execute(text(statement))
            return list(result.scalars()) if result.returns_rows else []
    finally:
        engine.dispose()


def served(engine: Engine) -> list[int]:
    """Return which process of the server answers."""
    with engine.connect() as connection:
        return list(connection.execute(text("SELECT pg_backend_pid()")).scalars())


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def counted(
    request: pytest.FixtureRequest, tmp_path: Path, short_folder: Path
) -> Iterator[tuple[Databases, list[str]]]:
    """An engine whose migration makes one table, and the list of databases that were migrated."""
    migrated: list[str] = []

    def migrate(url: str) -> None:
        migrated.append(url)
        run(url, "CREATE TABLE thing (name TEXT)")

    engines: dict[str, Callable[[], Databases]] = {
        "sqlite": lambda: SqliteDatabases(tmp_path, tmp_path / "migrated", migrate),
        "postgresql": lambda: PostgresDatabases(short_folder, "a", migrate),
    }
    found = engines[request.param]()
    yield found, migrated
    found.close()


def test_fresh_databases_are_migrated_once_and_copied(counted: tuple[Databases, list[str]]) -> None:
    databases, migrated = counted
    first, second = databases.fresh(), databases.fresh()
    run(first, "INSERT INTO thing VALUES ('only here')")
    assert run(first, "SELECT name FROM thing") == ["only here"]
    assert run(second, "SELECT name FROM thing") == []
    assert len(migrated) == 1


def test_empty_databases_have_no_table(counted: tuple[Databases, list[str]]) -> None:
    databases, migrated = counted
    engine = create_engine(databases.empty())
    assert inspect(engine).get_table_names() == []
    engine.dispose()
    assert migrated == []


def test_dropped_databases_are_gone_although_someone_is_connected(
    counted: tuple[Databases, list[str]],
) -> None:
    databases, _ = counted
    url = databases.fresh()
    engine = create_engine(url)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        databases.drop(url)
        connection.invalidate()
    engine.dispose()
    with pytest.raises(OperationalError):
        run(
            url.replace("sqlite:///", "sqlite:///file:") + ("?mode=rw&uri=true" if "sqlite" in url else ""),
            "SELECT 1",
        )


def test_database_that_is_given_back_comes_fresh_again(counted: tuple[Databases, list[str]]) -> None:
    databases, migrated = counted
    url = databases.fresh()
    run(url, "INSERT INTO thing VALUES ('a')")
    databases.give_back(url)
    again = databases.fresh()
    assert run(again, "SELECT name FROM thing") == []
    run(again, "ALTER TABLE thing ADD COLUMN size TEXT")
    databases.give_back(again)
    last = databases.fresh()
    run(last, "INSERT INTO thing VALUES ('b')")
    assert run(last, "SELECT * FROM thing") == ["b"]
    with pytest.raises(DBAPIError, match="size"):
        run(last, "SELECT size FROM thing")
    assert len(migrated) == 1


@pytest.mark.postgresql
def test_server_is_shared_by_processes_and_stops_with_the_run(short_folder: Path) -> None:
    def migrate(url: str) -> None:
        run(url, "CREATE TABLE thing (name TEXT)")

    first = PostgresDatabases(short_folder, "a", migrate)
    second = PostgresDatabases(short_folder, "b", migrate)
    urls = first.fresh(), second.fresh()
    assert urls[0] != urls[1]
    assert run(urls[1], "SELECT name FROM thing") == []
    stop_server(short_folder)
    assert not short_folder.exists()
    with pytest.raises(OperationalError):
        run(urls[0], "SELECT 1")


@pytest.mark.postgresql
def test_connections_of_a_database_that_is_given_back_are_left_to_the_next_test(
    short_folder: Path,
) -> None:
    databases = PostgresDatabases(short_folder, "left", lambda _: None)
    url = databases.fresh()
    (name,) = run(url, "SELECT current_database()")
    first, second, stranger = (create_engine(url) for _ in range(3))

    (process,), (other,) = served(first), served(stranger)
    leave(first)
    assert served_by(str(name)) == [process]
    databases.give_back(url)

    assert databases.fresh() == url
    join(second)
    assert served(second) == [process]
    assert process != other
    with pytest.raises(OperationalError):
        served(stranger)
    stranger.dispose()
    leave(second)
    databases.drop(url)
    assert name not in LEFT
    databases.close()


def test_run_without_a_server_stops_quietly(tmp_path: Path) -> None:
    stop_server(tmp_path)
    assert not tmp_path.exists()


def test_every_test_has_an_empty_database_to_itself(empty_database_url: str) -> None:
    run(empty_database_url, "CREATE TABLE thing (name TEXT)")
    run(empty_database_url, "INSERT INTO thing VALUES ('a')")
    assert run(empty_database_url, "SELECT name FROM thing") == ["a"]


def test_copied_database_holds_what_was_there_and_goes_its_own_way(databases: Databases) -> None:
    first = databases.empty()
    run(first, "CREATE TABLE thing (name TEXT)")
    second = databases.copy(first)
    run(second, "INSERT INTO thing VALUES ('a')")
    assert (run(first, "SELECT name FROM thing"), run(second, "SELECT name FROM thing")) == ([], ["a"])
    databases.drop(first)
    databases.drop(second)
