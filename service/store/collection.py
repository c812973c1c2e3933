"""A collection of entities of one kind: what the use cases ask for by id or by plain equality."""

from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, func, inspect, select
from sqlalchemy.orm import Session

from service.domain.errors import Unknown

T = TypeVar("T")


class Collection(Generic[T]):
    """The entities of one kind.

    Criteria are `column=value`; a tuple or a set means any of its values, None the absence of one.
    """

    def __init__(self, session: Session, kind: type[T], noun: str) -> None:
        self._session, self._kind, self._noun = session, kind, noun
        self._columns = inspect(kind).columns

    def get(self, identifier: str) -> T:
        """Return the entity.

        Raises:
            Unknown: there is none.
        """
        found = self._session.get(self._kind, identifier)
        if found is None:
            raise Unknown(thing=self._noun)
        return found

    def lock(self, identifier: str, *, share: bool = False) -> T:
        """Return the entity as it stands now, and keep others from changing it until the transaction ends.

        Args:
            identifier: its id.
            share: let others read it under the same kind of lock; nobody can change it meanwhile.

        Raises:
            Unknown: there is none.
        """
        if self._session.get_bind().dialect.name == "sqlite":
            # A writing transaction of SQLite is alone from its first statement: what it has read stands.
            return self.get(identifier)
        # Not `session.get`: it takes a row that changed since it was first read for a conflict, though nothing
        # has been made of the older state yet.
        query = select(self._kind).where(self._columns["id"] == identifier).with_for_update(read=share)
        found = self._session.scalars(query.execution_options(populate_existing=True)).one_or_none()
        if found is None:
            raise Unknown(thing=self._noun)
        return found

    def find(self, **criteria: object) -> T | None:
        """Return the one entity that fits, or None."""
        return self._session.scalars(select(self._kind).where(*self._where(criteria))).one_or_none()

    def all(self, *, order: str = "id", lock: bool = False, **criteria: object) -> tuple[T, ...]:
        """Return every entity that fits, in the order of a column; `lock` keeps others from changing them."""
        query = select(self._kind).where(*self._where(criteria))
        query = query.order_by(self._columns[order], self._columns["id"])
        if lock:
            query = query.with_for_update().execution_options(populate_existing=True)
        return tuple(self._session.scalars(query))

    def count(self, **criteria: object) -> int:
        """Return how many fit."""
        query = select(func.count()).select_from(self._kind).where(*self._where(criteria))
        return self._session.scalars(query).one()

    def add(self, entity: T) -> None:
        """Add an entity. It is written at once, after what was changed before, so that constraints see one order."""
        self._session.flush()
        self._session.add(entity)
        self._session.flush()

    def remove(self, entity: T) -> None:
        """Take an entity away; the record keeps that there was one."""
        self._session.delete(entity)

    def _where(self, criteria: dict[str, object]) -> list[ColumnElement[bool]]:
        conditions: list[ColumnElement[bool]] = []
        for name, value in criteria.items():
            column = self._columns[name]
            if isinstance(value, tuple | set | frozenset):
                conditions.append(column.in_(sorted(value)))
            elif value is None:
                conditions.append(column.is_(None))
            else:
                conditions.append(column == value)
        return conditions
