"""Who acts, in which transaction, and with what at hand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property

from service.domain.actors import Actor
from service.store.engine import Database
from service.store.identity import Identity
from service.store.reader import Reader, reader
from service.store.uow import UnitOfWork, unit_of_work
from service.workflows.ports import (
    Courier,
    Doors,
    Mailing,
    Notary,
    Renderer,
    Renditions,
    Sealer,
    Sheets,
    WordFiles,
    Workplace,
)


class Context:
    """One request's context. A use case called inside another joins its transaction, or its reading.

    Not a dataclass, because the web framework would take one apart to check its fields.
    """

    def __init__(
        self,
        *,
        database: Database,
        identity: Identity | Callable[[], Identity],
        new_id: Callable[[], str],
        new_secret: Callable[[], str],
        renderer: Renderer,
        renditions: Renditions,
        sealer: Sealer,
        mailing: Mailing,
        notary: Notary,
        sheets: Sheets,
        word: WordFiles,
        licence: str = "",
        demo: bool = False,
        doors: Doors | None = None,
        courier: Courier | None = None,
        workplace: Workplace | None = None,
    ) -> None:
        """Put at hand what a use case works with.

        Who asks may be found out when it is first asked for; `demo` tells that visitors may sign in as a demo person,
        `doors` how else people come in; `courier` calls webhooks; `licence` is the sentence of the imprint that says
        how papers may be used; `workplace` is the process that does jobs.
        """
        self.database = database
        self._identity = identity
        self.new_id = new_id
        self.new_secret = new_secret
        self.renderer = renderer
        self.renditions = renditions
        self.sealer = sealer
        self.mailing = mailing
        self.notary = notary
        self.sheets = sheets
        self.word = word
        self.licence = licence
        self.demo = demo
        self.doors = doors or Doors()
        self.courier = courier
        self.workplace = workplace
        self._writing: UnitOfWork | None = None
        self._reading: Reader | None = None
        self._actor: Actor | None = None

    @cached_property
    def identity(self) -> Identity:
        """Who asks."""
        return self._identity() if callable(self._identity) else self._identity

    @contextmanager
    def transaction(self, *, durable: bool = True) -> Iterator[UnitOfWork]:
        """Open a transaction, or join the one that is open; what is not durable may be gone when the power goes."""
        if self._writing is not None:
            yield self._writing
            return
        with unit_of_work(self.database, self.identity, durable=durable) as work:
            self._writing = work
            try:
                yield work
            finally:
                self._writing = None
        # Who acted a moment ago is who reads the result; the next change looks their mandates up again.
        self._actor = work.actor_found

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Open a reader, or join the one that is open; inside a transaction it sees what was written so far."""
        if self._reading is not None:
            yield self._reading
            return
        if self._writing is not None:
            work = self._writing
            work.flush()
            yield Reader(self.database, self.identity, work.connection, work.actor, work.now)
            return
        with reader(self.database, self.identity, self._actor) as opened:
            self._reading = opened
            try:
                yield opened
            finally:
                self._reading = None
