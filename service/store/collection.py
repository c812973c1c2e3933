"""A collection of entities of one kind: what the use cases ask for by id or by plain equality."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, func, select

from service.domain.agendas import Agenda
from service.domain.errors import Unknown
from service.store.entities import Entities
from service.store.mapping import KEPT, Kept
from service.store.remembered import Remembered

T = TypeVar("T")


class Collection(Generic[T]):
    """The entities of one kind.

    Criteria are `column=value`; a tuple or a set means any of its values, None the absence of one.
    """

    __slots__ = ("_entities", "_kept", "_noun")

    def __init__(self, entities: Entities, kind: type[T], noun: str) -> None:
        self._entities, self._noun = entities, noun
        self._kept: Kept[T] = KEPT[kind]

    def get(self, identifier: str) -> T:
        """Return the entity.

        Raises:
            Unknown: there is none.
        """
        known = self._entities.known(self._kept, identifier)
        if known is not None:
            return known
        # Whoever asks for something of an agenda asks for the agenda next, so both are read at once.
        home = self._kept.at_home
        query = self._kept.one if home is None else home
        row = self._entities.connection.execute(query, {"of": identifier}).one_or_none()
        if row is None:
            raise Unknown(thing=self._noun)
        if home is not None:
            self._entities.met(KEPT[Agenda], row[self._kept.width :])
        return self._entities.met(self._kept, row[: self._kept.width])

    def lock(self, identifier: str, *, share: bool = False) -> T:
        """Return the entity as it stands now, and keep others from changing it until the transaction ends.

        Args:
            identifier: its id.
            share: let others read it under the same kind of lock; nobody can change it meanwhile.

        Raises:
            Unknown: there is none.
        """
        if self._entities.alone:
            # What it has read stands.
            return self.get(identifier)
        self._entities.flush()
        query = self._kept.one.with_for_update(read=share)
        row = self._entities.connection.execute(query, {"of": identifier}).one_or_none()
        if row is None:
            raise Unknown(thing=self._noun)
        return self._entities.met(self._kept, row, anew=True)

    def find(self, **criteria: object) -> T | None:
        """Return the one entity that fits, or None."""
        self._entities.flush()
        query = self._kept.every.where(*self._where(criteria))
        row = self._entities.connection.execute(query).one_or_none()
        return self._entities.met(self._kept, row) if row is not None else None

    def all(self, *, order: str = "id", lock: bool = False, **criteria: object) -> tuple[T, ...]:
        """Return every entity that fits, in the order of a column; `lock` keeps others from changing them."""
        self._entities.flush()
        columns = self._kept.table.c
        query = self._kept.every.where(*self._where(criteria)).order_by(columns[order], columns.id)
        if lock:
            query = query.with_for_update()
        rows = self._entities.connection.execute(query)
        return tuple(self._entities.met(self._kept, row, anew=lock) for row in rows)

    def count(self, **criteria: object) -> int:
        """Return how many fit."""
        self._entities.flush()
        query = select(func.count()).select_from(self._kept.table).where(*self._where(criteria))
        return self._entities.connection.scalars(query).one()

    def add(self, entity: T) -> None:
        """Add an entity. It is written at once, after what was changed before, so that constraints see one order."""
        self._entities.add(self._kept, entity)

    def add_all(self, entities: Sequence[T]) -> None:
        """Add many entities at once."""
        self._entities.add_all(self._kept, entities)

    def remove(self, entity: T) -> None:
        """Take an entity away; the record keeps that there was one."""
        self._entities.remove(self._kept, entity)

    def _where(self, criteria: dict[str, object]) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        for name, value in criteria.items():
            column = self._kept.table.c[name]
            if isinstance(value, tuple | set | frozenset):
                conditions.append(column.in_(sorted(value)))
            elif value is None:
                conditions.append(column.is_(None))
            else:
                conditions.append(column == value)
        return conditions


class Fixed(Collection[T]):
    """The entities of a kind that never changes: what one transaction has read, the next ones need not read."""

    __slots__ = ("_remembered",)

    def __init__(self, entities: Entities, kind: type[T], noun: str, remembered: Remembered[T]) -> None:
        super().__init__(entities, kind, noun)
        self._remembered = remembered

    def get(self, identifier: str) -> T:
        """Return the entity.

        Raises:
            Unknown: there is none.
        """
        found = self._entities.known(self._kept, identifier) or self._remembered.find(identifier)
        if found is None:
            found = super().get(identifier)
            self._remembered.keep(identifier, found)
        return found
