"""The unit of work: one transaction, all of it or nothing, and no change without an event."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from service.domain.actors import Actor, Mandate, Organisation, Person
from service.domain.agendas import Agenda
from service.domain.amendments import Amendment, AmendmentRevision, Signature
from service.domain.assessments import Assessment
from service.domain.comments import Comment, Reply
from service.domain.compromises import Cover
from service.domain.corrections import Correction
from service.domain.editions import Edition
from service.domain.errors import StaleState
from service.domain.events import Event
from service.domain.evidence import Evidence, EvidenceLink
from service.domain.invitations import Invitation
from service.domain.lessons import Lesson
from service.domain.mandates import passed_on
from service.domain.merkle import Frontier
from service.domain.positions import Position
from service.domain.recommendations import Recommendation, Version
from service.domain.signatories import Signatory
from service.domain.translations import Translation
from service.store import recording
from service.store.claims import Claims
from service.store.collection import Collection, Fixed
from service.store.engine import Database
from service.store.entities import Entities
from service.store.identity import Identity, acting
from service.store.membership import Memberships
from service.store.pseudonyms import Pseudonyms
from service.store.recording import Recorded

# The record of what belongs to no agenda.
HOUSE = "house"


class UnrecordedChange(RuntimeError):
    """Something was changed and no event says why: a fault in a use case, so nothing is written."""


class UnitOfWork:
    """What a use case works with: the collections, the actor, the moment, and the record."""

    def __init__(self, database: Database, connection: Connection, identity: Identity) -> None:
        self._database, self._identity = database, identity
        self._entities = entities = Entities(connection)
        self._recorded: list[Recorded] = []
        self._witnesses: dict[str, Callable[[Frontier], None]] = {}
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
        self.assessments = Collection(entities, Assessment, "assessment")
        self.evidence = Collection(entities, Evidence, "evidence")
        self.evidence_links = Collection(entities, EvidenceLink, "link")
        self.lessons = Collection(entities, Lesson, "lesson")
        self.corrections = Collection(entities, Correction, "correction")
        self.editions = Collection(entities, Edition, "edition")
        self.signatories = Collection(entities, Signatory, "signatory")
        self.translations = Collection(entities, Translation, "translation")
        self.memberships = Memberships(entities)
        self.pseudonyms = Pseudonyms(connection)

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
        self._recorded.append(Recorded(event, agenda_id or HOUSE, organisation_id))

    def witness(self, agenda_id: str, do: Callable[[Frontier], None]) -> None:
        """Let something be done with an agenda's record, once what happens now is written and before it is committed.

        A transaction does it once for each agenda, as it was asked for last.
        """
        self._witnesses[agenda_id] = do

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
        """Append the events to their records, and let what waits for them be done."""
        grown = recording.write(
            self.connection,
            self._recorded,
            identity=self._identity,
            now=self.now,
            pseudonyms=self.pseudonyms,
            passed_on=partial(passed_on, self.actor),
        )
        for scope, witness in self._witnesses.items():
            witness(grown[scope])


@contextmanager
def unit_of_work(database: Database, identity: Identity, *, durable: bool = True) -> Iterator[UnitOfWork]:
    """Open a transaction; commit everything, or nothing when anything is refused.

    What is not durable may be gone when the power goes.

    Raises:
        StaleState: somebody else changed the same thing in between.
        TryAgain: the database could not be reached.
        UnrecordedChange: a use case changed something and recorded nothing.
    """
    try:
        with database.writing(durable=durable) as connection:
            work = UnitOfWork(database, connection, identity)
            yield work
            work.complete()
    except IntegrityError as clash:
        raise StaleState from clash
