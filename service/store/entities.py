"""The entities of one transaction: what it has read and added, and how that stands in the database.

Entities are plain objects that know nothing of this. An id is one object for as long as the transaction lasts; what
then reads otherwise than it was read is written, and only if nobody else has changed it in between.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from sqlalchemy import Connection, Delete, Update

from service.domain.errors import StaleState
from service.store.mapping import KEPT, Kept

T = TypeVar("T")
_PLACE = {kind: place for place, kind in enumerate(KEPT)}


@dataclass(slots=True)
class _Known:
    entity: Any
    # Its fields as they stand in the database.
    written: dict[str, Any]


class Entities:
    """What a transaction knows, and whether it has changed anything that the record has to speak of."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        # A writing transaction of SQLite is alone from its first statement.
        self.alone = connection.dialect.name == "sqlite"
        self.changed = False
        self._known: dict[tuple[type, str], _Known] = {}
        self._followers: dict[type, Callable[[Any, Mapping[str, Any] | None], None]] = {}

    def follow(self, kind: type[T], follower: Callable[[T, Mapping[str, Any] | None], None]) -> None:
        """Let something be told of each entity of a kind right after it is written.

        It is given the entity, and its fields as they stood before; None for a new one.
        """
        self._followers[kind] = follower

    def known(self, kept: Kept[T], identifier: str) -> T | None:
        """Return the entity that was read or added under an id, or None."""
        known = self._known.get((kept.kind, identifier))
        entity: T | None = known.entity if known is not None else None
        return entity

    def met(self, kept: Kept[T], row: Sequence[Any], *, anew: bool = False) -> T:
        """Return the entity of a row: as it was first read, or with `anew` as it reads now."""
        read = kept.kind(*row)
        known = self._known.get(key := _key(read))
        if known is None:
            self._known[key] = _Known(read, dict(vars(read)))
            return read
        entity: T = known.entity
        if anew:
            vars(entity).update(vars(read))
            known.written = dict(vars(read))
        return entity

    def add(self, kept: Kept[T], entity: T) -> None:
        """Write a new entity, after what was changed before, so that constraints see one order."""
        self.add_all(kept, (entity,))

    def add_all(self, kept: Kept[T], entities: Sequence[T]) -> None:
        """Write new entities of one kind in one statement, after what was changed before."""
        self.flush()
        if not entities:
            return
        rows = [dict(vars(entity)) for entity in entities]
        self.connection.execute(kept.insert, rows[0] if len(rows) == 1 else rows)
        self._known.update((_key(e), _Known(e, row)) for e, row in zip(entities, rows, strict=True))
        self.changed = True
        for entity in entities:
            self._tell(entity, None)

    def remove(self, kept: Kept[T], entity: T) -> None:
        """Take an entity away, after what was changed before."""
        self.flush()
        self._execute(kept.delete, self._known.pop(_key(entity)))

    def flush(self) -> None:
        """Write what was changed, in one order, so that transactions do not wait for each other in a circle.

        Raises:
            StaleState: somebody else changed it since it was read.
        """
        for known in sorted(self._unwritten(), key=lambda one: (_PLACE[type(one.entity)], one.entity.id)):
            kept, now = KEPT[type(known.entity)], vars(known.entity)
            differing = {name: value for name, value in now.items() if value != known.written[name]}
            if kept.revised:
                differing["revision"] = known.written["revision"] + 1
            self._execute(kept.update, known, differing)
            now.update(differing)
            before, known.written = known.written, dict(now)
            self._tell(known.entity, before)

    def _tell(self, entity: Any, before: Mapping[str, Any] | None) -> None:  # noqa: ANN401 - any kind of entity
        follower = self._followers.get(type(entity))
        if follower is not None:
            follower(entity, before)

    def _unwritten(self) -> Iterator[_Known]:
        return (known for known in self._known.values() if vars(known.entity) != known.written)

    def _execute(
        self, statement: Update | Delete, known: _Known, values: Mapping[str, object] = MappingProxyType({})
    ) -> None:
        as_read = {"of": known.written["id"], "known": known.written.get("revision")}
        if self.connection.execute(statement, {**as_read, **values}).rowcount != 1:
            raise StaleState
        self.changed = True


def _key(entity: Any) -> tuple[type, str]:  # noqa: ANN401 - any kind of entity
    return type(entity), entity.id
