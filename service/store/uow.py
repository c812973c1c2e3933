"""The unit of work: one transaction, all of it or nothing, and no change without an event."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, bindparam, event, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from service.domain.actors import Actor, Mandate, Organisation, Person
from service.domain.agendas import Agenda
from service.domain.amendments import Amendment, AmendmentRevision, Signature
from service.domain.comments import Comment, Reply
from service.domain.editions import Edition
from service.domain.errors import StaleState
from service.domain.events import Event
from service.domain.evidence import Evidence, EvidenceLink
from service.domain.lessons import Lesson
from service.domain.positions import Position
from service.domain.recommendations import Recommendation, Version
from service.domain.record import GENESIS, Entry, chain
from service.store import mapping  # noqa: F401 - maps the classes
from service.store.bookkeeping import events, record_heads
from service.store.changes import has_changed, note_change
from service.store.claims import keep_claims
from service.store.collection import Collection
from service.store.engine import Database
from service.store.identity import Identity, acting
from service.store.membership import Memberships

# The record of what belongs to no agenda.
HOUSE = "house"


class _Watched(Session):
    """A session whose changes are noted."""


@event.listens_for(_Watched, "after_flush")
def _note(session: Session, _: object) -> None:
    if session.new or session.deleted or any(session.is_modified(o) for o in session.dirty):
        note_change(session)


@event.listens_for(_Watched, "after_flush")
def _claim(session: Session, _: object) -> None:
    keep_claims(session)


# Statements that every change executes are built once: building one takes longer than executing it.
_HEAD = select(record_heads).where(record_heads.c.scope == bindparam("of")).with_for_update()
_FIRST = insert(record_heads)
_NEXT = update(record_heads).where(record_heads.c.scope == bindparam("of"))
_APPEND = insert(events)
_FIELDS = tuple(f.name for f in fields(Entry))


class UnrecordedChange(RuntimeError):
    """Something was changed and no event says why: a fault in a use case, so nothing is written."""


@dataclass(frozen=True, slots=True)
class _Recorded:
    event: Event
    scope: str
    organisation_id: str | None


class UnitOfWork:
    """What a use case works with: the collections, the actor, the moment, and the record."""

    def __init__(self, database: Database, session: Session, identity: Identity) -> None:
        self._database, self._session, self._identity = database, session, identity
        self._recorded: list[_Recorded] = []
        self._now: datetime | None = None
        self._actor: Actor | None = None
        self.organisations = Collection(session, Organisation, "organisation")
        self.persons = Collection(session, Person, "person")
        self.mandates = Collection(session, Mandate, "mandate")
        self.agendas = Collection(session, Agenda, "agenda")
        self.recommendations = Collection(session, Recommendation, "recommendation")
        self.versions = Collection(session, Version, "version")
        self.amendments = Collection(session, Amendment, "amendment")
        self.amendment_revisions = Collection(session, AmendmentRevision, "earlier wording")
        self.signatures = Collection(session, Signature, "signature")
        self.comments = Collection(session, Comment, "comment")
        self.replies = Collection(session, Reply, "reply")
        self.positions = Collection(session, Position, "position")
        self.evidence = Collection(session, Evidence, "evidence")
        self.evidence_links = Collection(session, EvidenceLink, "link")
        self.lessons = Collection(session, Lesson, "lesson")
        self.editions = Collection(session, Edition, "edition")
        self.memberships = Memberships(session)

    @property
    def connection(self) -> Connection:
        """The connection of this transaction, for the bookkeeping of the store itself."""
        return self._session.connection()

    @property
    def now(self) -> datetime:
        """The moment of this transaction by the database's clock, in UTC."""
        if self._now is None:
            self._now = self._database.now(self.connection)
        return self._now

    @property
    def actor(self) -> Actor:
        """Who acts, with the mandates that are in force in this transaction."""
        if self._actor is None:
            self._actor = acting(self.connection, self._identity, self.now)
        return self._actor

    @property
    def actor_found(self) -> Actor | None:
        """Who acted, if anything in this transaction asked for it."""
        return self._actor

    def flush(self) -> None:
        """Write what was changed so far, so that queries of this transaction see it."""
        self._session.flush()

    def record(
        self, event: Event, *, agenda_id: str | None = None, organisation_id: str | None = None
    ) -> None:
        """Write down what happened, in the agenda's record or the house's, and for whom the person acted."""
        self._recorded.append(_Recorded(event, agenda_id or HOUSE, organisation_id))

    def _write_record(self) -> None:
        """Append the events to their chains; the last statements of a transaction, so that chains wait briefly."""
        connection = self.connection
        for scope in sorted({r.scope for r in self._recorded}):
            head = connection.execute(_HEAD, {"of": scope}).one_or_none()
            size, previous = (head.size, head.hash) if head is not None else (0, GENESIS)
            rows = []
            for recorded in self._recorded:
                if recorded.scope != scope:
                    continue
                size += 1
                entry = chain(
                    scope=scope,
                    sequence=size,
                    at=self.now,
                    name=recorded.event.name,
                    subject_id=recorded.event.subject_id,
                    person_id=self._identity.person_id,
                    organisation_id=recorded.organisation_id,
                    token_id=self._identity.token_id,
                    data=_plain(recorded.event),
                    previous=previous,
                )
                previous = entry.hash
                rows.append({name: getattr(entry, name) for name in _FIELDS})
            connection.execute(_APPEND, rows)
            if head is None:
                connection.execute(_FIRST, {"scope": scope, "size": size, "hash": previous})
            else:
                connection.execute(_NEXT, {"of": scope, "size": size, "hash": previous})


def _plain(event: Event) -> dict[str, object]:
    """Return the event's fields as plain JSON values."""
    data: dict[str, object] = json.loads(json.dumps(asdict(event)))
    return data


@contextmanager
def unit_of_work(database: Database, identity: Identity) -> Iterator[UnitOfWork]:
    """Open a transaction; commit everything, or nothing when anything is refused.

    Raises:
        StaleState: somebody else changed the same thing in between.
        TryAgain: the database could not be reached.
        UnrecordedChange: a use case changed something and recorded nothing.
    """
    try:
        with (
            database.writing() as connection,
            _Watched(connection, expire_on_commit=False, join_transaction_mode="rollback_only") as session,
        ):
            work = UnitOfWork(database, session, identity)
            yield work
            session.flush()
            if has_changed(session) and not work._recorded:  # noqa: SLF001 - the same module
                raise UnrecordedChange
            if work._recorded:  # noqa: SLF001 - the same module
                work._write_record()  # noqa: SLF001 - the same module
    except (StaleDataError, IntegrityError) as clash:
        raise StaleState from clash
