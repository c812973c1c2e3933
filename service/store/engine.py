"""The database: SQLite in a file of the data directory, or PostgreSQL."""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError

from service.domain.errors import NoRoom, TryAgain
from service.domain.recommendations import Version
from service.domain.renditions import Printed
from service.store.remembered import Remembered

DATABASE_FILE = "sympolity.sqlite3"
BUSY_MILLISECONDS = 10_000
WRITES = "writes"
_DISK_FULL = "53100"
# How SQLite numbers PRAGMA synchronous=NORMAL; OFF is less, FULL is more.
NORMAL = 1
VERSIONS = 128
EDITIONS = 256


def default_url(data: Path) -> str:
    """Return the address of the SQLite file in the data directory."""
    return f"sqlite:///{data / DATABASE_FILE}"


def make_engine(url: str) -> Engine:
    """Return an engine for `url`; `postgresql://` means psycopg, `sqlite:///` a file."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_size=10, max_overflow=10, pool_pre_ping=True)
    engine = create_engine(parsed, pool_size=20, max_overflow=20)

    @event.listens_for(engine, "connect")
    def _prepare(connection: SqliteConnection, _: object) -> None:
        # The driver's own BEGIN is deferred, so two readers that both want to write would deadlock; we say BEGIN.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            # NORMAL may lose acknowledged writes when the power goes.
            "synchronous=FULL",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_MILLISECONDS}",
            "cache_size=-16000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


@contextmanager
def _reached() -> Iterator[None]:
    try:
        yield
    except OperationalError as lost:
        raise (NoRoom if _is_full(lost) else TryAgain) from lost
    except NoConnectionError as lost:
        raise TryAgain from lost


def _is_full(lost: OperationalError) -> bool:
    """Tell whether it was for want of room on the disk, as each engine says it."""
    sqlite_code = getattr(lost.orig, "sqlite_errorcode", None)
    return sqlite_code == sqlite3.SQLITE_FULL or getattr(lost.orig, "sqlstate", None) == _DISK_FULL


@contextmanager
def _not_waiting(connection: Connection) -> Iterator[None]:
    """Let SQLite commit without waiting for the disk; it still waits where its file would break otherwise."""
    file: SqliteConnection = connection.connection.driver_connection  # type: ignore[assignment] # it is
    (before,) = file.execute("PRAGMA synchronous").fetchone()
    file.execute(f"PRAGMA synchronous={min(before, NORMAL)}")
    try:
        yield
    finally:
        file.execute(f"PRAGMA synchronous={before}")


@dataclass(frozen=True)
class Database:
    """An engine, whose clock decides what is late, and the lock that queues SQLite's writers fairly.

    `clock` replaces the database's own clock where a story is told in another time; `versions` are those read last, and
    `printed` is what the editions print that were read last.
    """

    engine: Engine
    clock: Callable[[], datetime] | None = None
    versions: Remembered[Version] = field(default_factory=lambda: Remembered(VERSIONS))
    printed: Remembered[Printed] = field(default_factory=lambda: Remembered(EDITIONS))
    _writers: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is the embedded engine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def writing(self, *, durable: bool = True) -> Iterator[Connection]:
        """Open a connection in a transaction that will write; commit at the end, or roll back.

        What is not durable is committed without waiting for the disk: all or nothing as ever, and in its order among
        the others, but the last of it may be gone when the power goes.

        Raises:
            TryAgain: the database could not be reached, or was too busy; nothing was written.
        """
        with _reached():
            if self.is_sqlite:
                # Whoever waits has its connection in hand already, and gives it back when the next one writes.
                with (
                    self.engine.connect().execution_options(**{WRITES: True}) as connection,
                    self._writers,
                    nullcontext() if durable else _not_waiting(connection),
                    connection.begin(),
                ):
                    yield connection
            else:
                with self.engine.begin() as connection:
                    if not durable:
                        connection.exec_driver_sql("SET LOCAL synchronous_commit TO off")
                    yield connection

    @contextmanager
    def remaking(self) -> Iterator[Connection]:
        """Open a connection in a transaction that makes tables anew to which others refer; commit, or roll back.

        To SQLite a table that gives way to its new self is one whose rows are all deleted: it would refuse, or delete
        what refers to them. So it looks at the references at the end, which can only be told outside a transaction.

        Raises:
            TryAgain: the database could not be reached, or was too busy; nothing was written.
            RuntimeError: something would refer to nothing; nothing was written.
        """
        if not self.is_sqlite:
            with self.writing() as connection:
                yield connection
            return
        with (
            _reached(),
            self.engine.connect().execution_options(**{WRITES: True}) as connection,
            self._writers,
        ):
            file: SqliteConnection = connection.connection.driver_connection  # type: ignore[assignment] # it is
            file.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    yield connection
                    if lost := connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                        message = f"a row of {lost[0]} would refer to nothing in {lost[2]}"
                        raise RuntimeError(message)
            finally:
                file.execute("PRAGMA foreign_keys=ON")

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a connection that only reads.

        Raises:
            TryAgain: the database could not be reached, or was too busy.
        """
        with _reached(), self.engine.connect() as connection:
            yield connection

    def write_anew(self, tables: Iterable[str]) -> None:
        """Write tables anew, so that nothing is left on the disk of what was deleted from them.

        On SQLite that is the whole file, and its write-ahead log.

        Raises:
            TryAgain: somebody else still reads or writes.
        """
        with _reached():
            if not self.is_sqlite:
                with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                    for table in tables:
                        connection.exec_driver_sql(f"VACUUM (FULL) {table}")
                return
            with self._writers, self.engine.connect() as connection:
                # Neither can be done in a transaction, which SQLAlchemy would begin.
                file: SqliteConnection = connection.connection.driver_connection  # type: ignore[assignment] # it is
                file.execute("VACUUM")
                busy, *_ = file.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
                if busy:
                    raise TryAgain

    def now(self, connection: Connection) -> datetime:
        """Return the present moment, in UTC, by the database's clock."""
        if self.clock is not None:
            return self.clock()
        if self.is_sqlite:
            written = connection.execute(text("SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')")).scalar_one()
            return datetime.fromisoformat(written).replace(tzinfo=UTC)
        moment: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return moment.astimezone(UTC)
