"""A reader: one connection that only reads, and who looks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property

from sqlalchemy import Connection

from service.domain.actors import Actor
from service.store.engine import Database
from service.store.identity import Identity, acting


class Reader:
    """What a reading use case works with; who looks and what time it is are found out when first asked for."""

    def __init__(
        self,
        database: Database,
        identity: Identity,
        connection: Connection,
        actor: Actor | None = None,
        now: datetime | None = None,
    ) -> None:
        self.connection = connection
        self.identity = identity
        self._database, self._actor, self._now = database, actor, now

    @cached_property
    def now(self) -> datetime:
        """The present moment, in UTC."""
        return self._now or self._database.now(self.connection)

    @cached_property
    def actor(self) -> Actor:
        """Who looks."""
        return self._actor or acting(self.connection, self.identity, self.now)


@contextmanager
def reader(database: Database, identity: Identity, actor: Actor | None = None) -> Iterator[Reader]:
    """Open a reader; `actor` is who looks, where that is known already.

    Raises:
        TryAgain: the database could not be reached.
    """
    with database.reading() as connection:
        yield Reader(database, identity, connection, actor)
