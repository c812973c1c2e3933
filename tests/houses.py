"""A house for tests: a database, a clock that stands still, and fakes where the outside would be."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, event, select

from service.adapters.identifiers import UlidSource, new_secret
from service.domain.record import Entry, first_break
from service.store.bookkeeping import record_heads
from service.store.engine import Database, make_engine
from service.store.identity import Identity
from service.store.queries.publication import whole_record
from service.store.uow import HOUSE
from service.workflows import publishing
from service.workflows.context import Context
from tests.fakes import FakeCourier, FakeRenderer, FakeSealer

BEGINNING = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""When every story begins: a Monday."""


@dataclass
class Clock:
    """The house's clock; it stands still until a test moves it."""

    moment: datetime = BEGINNING

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, **span: float) -> datetime:
        """Let time pass, such as `hours=1`; returns the new moment."""
        self.moment += timedelta(**span)
        return self.moment


_FIRST: dict[str, Engine] = {}
"""The first engine of each kind: what it has made of a statement serves every later one."""


def engine_at(url: str) -> Engine:
    """Return an engine for a database whose data nobody needs after a power failure."""
    engine = make_engine(url)
    first = _FIRST.setdefault(engine.name, engine)
    engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
    if engine.name == "sqlite":
        event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return engine


@dataclass
class House:
    """A database with all that a use case needs beside it; the printer and the seal are fakes."""

    database: Database
    clock: Clock
    renderer: FakeRenderer = field(default_factory=FakeRenderer)
    sealer: FakeSealer = field(default_factory=FakeSealer)
    courier: FakeCourier = field(default_factory=FakeCourier)
    new_id: UlidSource = field(default_factory=UlidSource)
    demo: bool = True

    @classmethod
    def at(cls, url: str) -> "House":
        """Return a house on a migrated database."""
        clock = Clock()
        return cls(Database(engine_at(url), clock), clock)

    def context(self, identity: Identity) -> Context:
        """Return a context for one use case after the other."""
        return Context(
            database=self.database,
            identity=identity,
            new_id=self.new_id,
            new_secret=new_secret,
            renderer=self.renderer,
            sealer=self.sealer,
            demo=self.demo,
            courier=self.courier,
        )

    @property
    def stranger(self) -> Context:
        """Someone who is not signed in."""
        return self.context(Identity())

    @property
    def operator(self) -> Context:
        """Whoever runs the service."""
        return self.context(Identity(operator=True))

    def person(self, person_id: str) -> Context:
        """Someone who is signed in."""
        return self.context(Identity(person_id))

    def record(self, scope: str = HOUSE) -> tuple[Entry, ...]:
        """Return a whole record: an agenda's, or the house's own."""
        with self.database.reading() as connection:
            return whole_record(connection, scope)

    def check_records(self) -> None:
        """Refuse a record whose chain is broken, or whose end is not the one that is kept."""
        with self.database.reading() as connection:
            for head in connection.execute(select(record_heads)).all():
                entries = whole_record(connection, head.scope)
                if first_break(entries) is not None or (len(entries), entries[-1].hash) != (
                    head.size,
                    head.hash,
                ):
                    raise AssertionError(f"the record {head.scope} is broken")

    def work(self) -> int:
        """Do every job that is due; returns how many there were."""
        done = 0
        while publishing.work_once(self.operator):
            done += 1
        return done

    def close(self) -> None:
        """Let go of the database."""
        self.database.engine.dispose()
