"""A house for tests: a database, a clock that stands still, and fakes where the outside would be."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, event, select

from service.adapters.identifiers import UlidSource, new_secret
from service.adapters.notary import Ed25519Notary
from service.adapters.passkeys import WebAuthn
from service.adapters.sheets import FileSheets
from service.adapters.word import FileWord
from service.domain.access import LinkPurpose
from service.domain.actors import Person
from service.domain.record import Entry, first_break, head_of
from service.domain.views.record import RecordView
from service.store.bookkeeping import events, record_heads, record_persons, record_words
from service.store.engine import Database, make_engine
from service.store.identity import Identity
from service.store.queries.record import head, list_record, whole_record
from service.store.uow import HOUSE, UnitOfWork
from service.web.renditions import HouseRenditions
from service.workflows import jobs, notifications
from service.workflows.context import Context
from service.workflows.links import make_link
from service.workflows.pages import every
from service.workflows.ports import Doors, Mailing
from tests.engines import join, leave
from tests.fakes import (
    FakeCourier,
    FakeLetters,
    FakePostman,
    FakeRenderer,
    FakeSealer,
    FakeWorkplace,
    a_notary,
)

BESIDE = (record_words, record_persons)
"""What is kept beside the record, because it can be erased."""

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
    if first is engine:
        # What the others share it learns from its first connection, which a house may never ask for.
        engine.connect().close()
    if engine.name == "postgresql":
        join(engine)
        # Nobody ends a test's connections while it goes on: asking each time whether they are there tells nothing.
        engine.pool._pre_ping = False
    return engine


@dataclass
class Mailed:
    """Stands for the mail: makes each link at once, and keeps whom it is for, what for, and its secret."""

    links: list[tuple[str, LinkPurpose, str]] = field(default_factory=list)

    def __call__(
        self,
        ctx: Context,
        work: UnitOfWork,
        person: Person,
        purpose: LinkPurpose,
        confirmation_id: str | None = None,
    ) -> None:
        """Send a link."""
        self.links.append((person.email, purpose, make_link(work, ctx, purpose, person.id, confirmation_id)))

    @property
    def secret(self) -> str:
        """The secret of the link that was sent last."""
        return self.links[-1][2]


@dataclass
class House:
    """A database with all that a use case needs beside it; the printer and the seal are fakes."""

    database: Database
    clock: Clock
    renderer: FakeRenderer = field(default_factory=FakeRenderer)
    sealer: FakeSealer = field(default_factory=FakeSealer)
    letters: FakeLetters = field(default_factory=FakeLetters)
    postman: FakePostman | None = field(default_factory=FakePostman)
    notary: Ed25519Notary = field(default_factory=a_notary)
    courier: FakeCourier = field(default_factory=FakeCourier)
    workplace: FakeWorkplace = field(default_factory=FakeWorkplace)
    new_id: UlidSource = field(default_factory=UlidSource)
    demo: bool = True
    doors: Doors = field(
        default_factory=lambda: Doors(passkeys=WebAuthn("http://127.0.0.1:8000", "127.0.0.1"))
    )
    mailed: Mailed = field(default_factory=Mailed)

    @classmethod
    def at(cls, url: str) -> "House":
        """Return a house on a migrated database."""
        clock = Clock()
        return cls(Database(engine_at(url), clock), clock)

    @property
    def mailing(self) -> Mailing:
        """Who writes and who carries the mails."""
        return Mailing(self.letters, self.postman, make_link, "example.org")

    def context(self, identity: Identity | Callable[[], Identity]) -> Context:
        """Return a context for one use case after the other."""
        return Context(
            database=self.database,
            identity=identity,
            new_id=self.new_id,
            new_secret=new_secret,
            renderer=self.renderer,
            renditions=HouseRenditions("https://sympolity.example"),
            sealer=self.sealer,
            mailing=self.mailing,
            notary=self.notary,
            sheets=FileSheets(),
            word=FileWord(),
            licence="Share it with its source.",
            demo=self.demo,
            doors=self.doors,
            courier=self.courier,
            workplace=self.workplace,
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

    def record(self, scope: str = HOUSE) -> tuple[RecordView, ...]:
        """Return a whole record as it is read: an agenda's, or the house's own."""
        with self.database.reading() as connection:
            return every(lambda cursor: list_record(connection, scope, 1_000, cursor))

    def leaves(self, scope: str = HOUSE) -> tuple[Entry, ...]:
        """Return a whole record as it was written."""
        with self.database.reading() as connection:
            return whole_record(connection, scope)

    def written(self) -> tuple[Sequence[Any], ...]:
        """Return all that stands in any record: which entry it is, the words kept beside it, and who is behind it."""
        entries = select(events.c.scope, events.c.sequence, events.c.hash).order_by(
            events.c.scope, events.c.sequence
        )
        asked = (entries, *(select(beside).order_by(*beside.primary_key) for beside in BESIDE))
        with self.database.reading() as connection:
            return tuple(connection.execute(one).all() for one in asked)

    def check_records(self) -> None:
        """Refuse a record of which an entry is not as it was written, or whose head is not the one that is kept."""
        with self.database.reading() as connection:
            for scope in connection.scalars(select(record_heads.c.scope)).all():
                entries = whole_record(connection, scope)
                if first_break(entries) is not None or head_of(entries) != head(connection, scope):
                    raise AssertionError(f"the record {scope} is broken")

    def work(self) -> int:
        """Do every job that is due; returns how many there were."""
        done = 0
        while jobs.work_once(self.operator):
            done += 1
        return done

    def tell(self) -> int:
        """Let everyone be told of what has happened, and do every job that is due; returns how many there were."""
        done = self.work()
        while notifications.find_due(self.operator):
            done += self.work()
        return done

    def close(self) -> None:
        """Let go of the database."""
        leave(self.database.engine)
