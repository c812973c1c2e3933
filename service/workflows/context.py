"""Who acts, in which transaction, and with what at hand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from service.store.engine import Database
from service.store.reader import Reader, reader
from service.store.uow import Identity, UnitOfWork, unit_of_work
from service.workflows.ports import Renderer, Sealer


@dataclass
class Context:
    """One request's context. A use case called inside another joins its transaction."""

    database: Database
    identity: Identity
    new_id: Callable[[], str]
    renderer: Renderer
    sealer: Sealer
    _open: UnitOfWork | None = field(default=None, init=False)

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """Open a transaction, or join the one that is open."""
        if self._open is not None:
            yield self._open
            return
        with unit_of_work(self.database, self.identity) as work:
            self._open = work
            try:
                yield work
            finally:
                self._open = None

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """Open a reader; inside a transaction it sees what was written so far."""
        if self._open is not None:
            work = self._open
            yield Reader(work.connection, work.actor, work.now)
            return
        with reader(self.database, self.identity) as opened:
            yield opened


