"""The unit of work: one transaction, all of it or nothing, and no change without an event."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from service.domain.actors import Actor, Mandate, Organisation, Person
from service.domain.agendas import Agenda
from service.domain.amendments import Amendment, AmendmentRevision, Signature
from service.domain.comments import Comment, Reply
from service.domain.compromises import Cover
from service.domain.editions import Edition
from service.domain.errors import StaleState
from service.domain.events import Event
from service.domain.evidence import Evidence, EvidenceLink
from service.domain.invitations import Invitation
from service.domain.lessons import Lesson
from service.domain.mandates import passed_on
from service.domain.positions import Position
from service.domain.recommendations import Recommendation, Version
from service.domain.record import GENESIS, Entry, chain
from service.store.bookkeeping import events, record_heads
from service.store.claims import Claims
from service.store.collection import Collection, Fixed
from service.store.engine import Database
from service.store.entities import Entities
from service.store.identity import Identity, acting
from service.store.membership import Memberships

# The record of what belongs to no agenda.
HOUSE = "house"


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

    def __init__(self, database: Database, connection: Connection, identity: Identity) -> None:
        self._database, self._identity = database, identity
        self._entities = entities = Entities(connection)
        self._recorded: list[_Recorded] = []
        self._now: datetime | None = None
        self._actor: Actor | None = None
        self.organisations = Collection(entities, Organisation, "organisation")
        self.persons = Collection(entities, Person, "person")
        self.mandates = Collection(entities, Mandate, "mandate")
        self.invitations = Collection(entities, Invitation, "invitation")
        self.agendas = Collection(entities, Agenda, "agenda")
        self.recommendations = Collection(entities, Recommendation, "recommendation")
        self.versions = Fixed(entities, Version, "version", database.versions)
        self.amendments = Collection(entities, Amendment, "amendment")
        entities.follow(Amendment, Claims(connection, self.versions).keep)
        self.amendment_revisions = Collection(entities, AmendmentRevision, "earlier wording")
        self.covers = Collection(entities, Cover, "cover")
        self.signatures = Collection(entities, Signature, "signature")
        self.comments = Collection(entities, Comment, "comment")
        self.replies = Collection(entities, Reply, "reply")
        self.positions = Collection(entities, Position, "position")
        self.evidence = Collection(entities, Evidence, "evidence")
        self.evidence_links = Collection(entities, EvidenceLink, "link")
        self.lessons = Collection(entities, Lesson, "lesson")
        self.editions = Collection(entities, Edition, "edition")
        self.memberships = Memberships(entities)

    @property
    def connection(self) -> Connection:
        """The connection of this transaction, for the bookkeeping of the store itself."""
        return self._entities.connection

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
        self._entities.flush()

    def record(
        self, event: Event, *, agenda_id: str | None = None, organisation_id: str | None = None
    ) -> None:
        """Write down what happened, in the agenda's record or the house's, and for whom the person acted."""
        self._recorded.append(_Recorded(event, agenda_id or HOUSE, organisation_id))

    def complete(self) -> None:
        """Write all that is left to write.

        Raises:
            StaleState: somebody else changed the same thing in between.
            UnrecordedChange: something was changed and nothing recorded.
        """
        self._entities.flush()
        if self._entities.changed and not self._recorded:
            raise UnrecordedChange
        if self._recorded:
            self._write_record()

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
                    data=_plain(recorded.event)
                    | passed_on(self.actor, recorded.organisation_id, recorded.event.name),
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
    """Return the event's fields, which are plain JSON values, by name."""
    return {field.name: getattr(event, field.name) for field in fields(event)}


@contextmanager
def unit_of_work(database: Database, identity: Identity) -> Iterator[UnitOfWork]:
    """Open a transaction; commit everything, or nothing when anything is refused.

    Raises:
        StaleState: somebody else changed the same thing in between.
        TryAgain: the database could not be reached.
        UnrecordedChange: a use case changed something and recorded nothing.
    """
    try:
        with database.writing() as connection:
            work = UnitOfWork(database, connection, identity)
            yield work
            work.complete()
    except IntegrityError as clash:
        raise StaleState from clash
