"""Two people who act at the same moment, again and again, each time from what stood before the first time.

What the two may leave is not written down: it is what they leave when one acts after the other, tried out first. Each
pair that leaves anything else is a violation.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, insert, select, update

from service.domain.errors import Refusal
from service.store.bookkeeping import events, record_heads
from service.store.columns import metadata
from tests.houses import House

Act = partial[Any]
Key = tuple[Any, ...]
Rows = Mapping[Key, Mapping[str, Any]]
Standing = Mapping[str, Rows]
"""The rows of some tables, each by its primary key."""

Outcome = tuple[object, ...]
Told = tuple[str, str]
Found = tuple[Told, Outcome]
"""What the two were told, and what they left."""

PATIENCE = 30.0
SHORT_PATIENCE = 1.0
DUELLIST = "duellist"
HEAD_STARTS = (0.0, 0.0004, -0.0004, 0.0, 0.0012, -0.0012, 0.003, -0.003)
"""Seconds that the second of a pair begins later, or earlier, so that the two meet in every place."""


# Which tables hold what the two change, those that refer to others after them.
AMENDMENTS = ("amendments", "amendment_claims")
COVERED = (*AMENDMENTS, "amendment_covers")
NUMBERED = ("agendas", *AMENDMENTS)
# A version comes before the recommendation whose current one it is.
TEXTS = ("versions", "recommendations")
EDITIONS = ("editions", "jobs")
DONE, NOT_POSSIBLE = "done", "illegal_move"


def _words(value: object) -> object:
    return str(value) if isinstance(value, str) else value


def each(table: str, *columns: str) -> Callable[[Standing], Outcome]:
    """Return what tells these columns of all rows of a table, in the order of their ids."""

    def told(after: Standing) -> Outcome:
        rows: Mapping[Any, Mapping[str, Any]] = after[table]
        return tuple(tuple(_words(rows[key][c]) for c in columns) for key in sorted(rows))

    return told


def told_by(act: Act) -> str:
    """Let someone act; returns "done", or the refusal's code."""
    try:
        act()
    except Refusal as refusal:
        return refusal.code
    except Exception as fault:  # noqa: BLE001 - a fault is something that a test has to see
        return f"{type(fault).__name__}: {fault}"
    return "done"


@dataclass(frozen=True)
class Duel:
    """What two people do at once.

    `told` is what they hear when the first comes first, and when the second does; `also` what else they may hear.
    `tables` hold all that they change, and `left` tells from these what they left, without ids and times.
    """

    house: House
    first: Act
    second: Act
    told: tuple[Told, Told]
    tables: tuple[str, ...]
    left: Callable[[Standing], Outcome]
    scope: str
    also: tuple[Told, ...] = ()


class Arena:
    """Where a duel is fought as often as is asked for."""

    def __init__(self, duel: Duel, pool: ThreadPoolExecutor) -> None:
        self._duel, self._pool = duel, pool
        self._tables = [metadata.tables[name] for name in duel.tables]
        with duel.house.database.reading() as connection:
            self._before = _standing(connection, self._tables)
            self._size = connection.execute(_SIZE, {"of": duel.scope}).scalar() or 0

    def in_turn(self) -> tuple[Found, Found]:
        """Let them act one after the other, in both orders; returns what each order leaves."""
        duel = self._duel
        first, second = told_by(duel.first), told_by(duel.second)
        left = self._left()
        swapped_second, swapped_first = told_by(duel.second), told_by(duel.first)
        return ((first, second), left), ((swapped_first, swapped_second), self._left())

    def at_once(self, head_start: float) -> Found:
        """Let both act at once, the second so many seconds later; returns what they were told, and what they left."""
        start = threading.Barrier(2)

        def run(act: Act, late: float) -> str:
            start.wait(PATIENCE)
            if late > 0:
                time.sleep(late)
            return told_by(act)

        second = self._pool.submit(run, self._duel.second, head_start)
        first = self._pool.submit(run, self._duel.first, -head_start)
        told = (first.result(PATIENCE), second.result(PATIENCE))
        return told, self._left()

    def _left(self) -> Outcome:
        """Return what the record says, and what stands in the tables; then put back what stood before."""
        with self._duel.house.database.writing() as connection:
            said = connection.scalars(_SAID, {"of": self._duel.scope, "after": self._size}).all()
            self._size += len(said)
            after = _standing(connection, self._tables)
            _put_back(connection, self._tables, self._before, after)
        return (tuple(said), *self._duel.left(after))


@dataclass(frozen=True)
class Campaign:
    """How many pairs there were, how often each outcome came, and those that no order of the two explains."""

    pairs: int
    seen: Counter[Told]
    violations: tuple[Found, ...]


def fought(duel: Duel, pairs: int) -> Campaign:
    """Fight a duel so many times."""
    with ThreadPoolExecutor(2, thread_name_prefix=DUELLIST) as pool:
        arena = Arena(duel, pool)
        explained = arena.in_turn()
        assert tuple(told for told, _ in explained) == duel.told
        outcomes = list(map(arena.at_once, islice(cycle(HEAD_STARTS), pairs)))
        # Whatever was not put back would show by now.
        assert arena.in_turn() == explained
    allowed = [*explained, *((told, left) for told in duel.also for _, left in explained)]
    return Campaign(
        pairs, Counter(told for told, _ in outcomes), tuple(one for one in outcomes if one not in allowed)
    )


_SIZE = select(record_heads.c.size).where(record_heads.c.scope == bindparam("of"))
_SAID = (
    select(events.c.name)
    .where(events.c.scope == bindparam("of"), events.c.sequence > bindparam("after"))
    .order_by(events.c.sequence)
)


def _standing(connection: Connection, tables: Sequence[Table]) -> Standing:
    return {
        table.name: {
            tuple(row[column.name] for column in table.primary_key): dict(row)
            for row in connection.execute(select(table)).mappings()
        }
        for table in tables
    }


def _put_back(connection: Connection, tables: Sequence[Table], before: Standing, after: Standing) -> None:
    """Bring the tables, given before those that refer to them, back to what stood in them."""
    for table in reversed(tables):
        was, now = before[table.name], after[table.name]
        for key in now.keys() - was.keys():
            connection.execute(delete(table).where(*_is(table, key)))
        for key in was.keys() & now.keys():
            if was[key] != now[key]:
                connection.execute(update(table).where(*_is(table, key)).values(was[key]))
    for table in tables:
        if missing := before[table.name].keys() - after[table.name].keys():
            connection.execute(insert(table), [dict(before[table.name][key]) for key in sorted(missing)])


def _is(table: Table, key: Key) -> Iterator[Any]:
    return (column == value for column, value in zip(table.primary_key, key, strict=True))


class Meeting:
    """A place where two wait for each other, for a moment: so both have checked before either writes."""

    def __init__(self) -> None:
        self._barrier = threading.Barrier(2)

    def wait(self) -> None:
        """Wait for the other one of a pair; go on alone when nobody comes."""
        if threading.current_thread().name.startswith(DUELLIST):
            try:
                self._barrier.wait(SHORT_PATIENCE)
            except threading.BrokenBarrierError:
                self._barrier.reset()
