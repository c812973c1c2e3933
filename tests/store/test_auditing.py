"""Whoever may write to the database changes what they like; one checkpoint that somebody kept tells."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from service.domain.checkpoints import Note, read_note
from service.domain.errors import Denied
from service.domain.merkle import Frontier
from service.domain.phases import Phase
from service.domain.record import digest, leaf_of
from service.domain.views.record import AuditView
from service.workflows import record
from tests.builders import a_comment, a_world, an_amendment
from tests.houses import House
from tests.worlds import World

Row = dict[str, Any]
INSERT = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
LEAF = ("scope", "sequence", "at", "name", "subject_id", "person", "organisation_id", "token_id", "data")


@pytest.fixture
def world(sqlite_house: House) -> World:
    """A record whose first entries lie under a checkpoint that somebody kept, and some that came later."""
    world = a_world(sqlite_house, Phase.AMENDING)
    for _ in range(3):
        a_comment(world)
        an_amendment(world)
    world.in_phase(Phase.CONSOLIDATION)
    a_comment(world, block=None)
    return world


@pytest.fixture
def kept(world: World) -> Note:
    """The one checkpoint that was kept outside."""
    return read_note(record.announced_checkpoints(world.house.stranger, world.agenda)[-1].note)


def read(file: sqlite3.Connection, scope: str) -> list[Row]:
    rows = file.execute("SELECT * FROM events WHERE scope = ? ORDER BY sequence", [scope]).fetchall()
    return [dict(row) for row in rows]


def put(file: sqlite3.Connection, scope: str, rows: list[Row]) -> None:
    """Put other rows in the place of a record's."""
    file.execute("DELETE FROM events WHERE scope = ?", [scope])
    file.executemany(INSERT, [tuple(row.values()) for row in rows])


def forge(file: sqlite3.Connection, scope: str, rows: list[Row]) -> None:
    """Make the whole record anew: numbers, hashes, nodes and head, and no checkpoint that would tell."""
    tree = Frontier()
    for number, row in enumerate(rows, start=1):
        row["sequence"] = number
        at = datetime.fromisoformat(row["at"]).replace(tzinfo=UTC)
        leaf = digest(leaf_of(**{**{name: row[name] for name in LEAF}, "at": at}))
        tree, completed = tree.append(leaf)
        row["hash"], row["nodes"] = leaf.hex(), "".join(hash_.hex() for hash_ in completed[1:])
    put(file, scope, rows)
    file.execute("DELETE FROM record_checkpoints WHERE scope = ?", [scope])
    peaks = "".join(peak.hex() for peak in tree.peaks)
    file.execute("UPDATE record_heads SET size = ?, peaks = ? WHERE scope = ?", [tree.size, peaks, scope])


def changed(rows: list[Row], random: Random, covered: int) -> str:
    """Change something of what the checkpoint covers, in one of many ways; return in which."""
    at = random.randrange(covered)
    way = random.choice(("change", "change", "delete", "swap", "repeat", "truncate", "insert"))
    if way == "change":
        way = random.choice(("at", "name", "subject_id", "person", "organisation_id", "token_id", "data"))
        other = json.dumps({"é": random.random()}) if way == "data" else f"{random.getrandbits(64):026}"
        rows[at][way] = f"2025-01-05 09:00:{random.randrange(60):02}.000001" if way == "at" else other
    elif way == "delete":
        del rows[at]
    elif way == "swap":
        other_at = random.choice([n for n in range(len(rows)) if n != at])
        first, second = rows[at], rows[other_at]
        rows[at], rows[other_at] = {**second, "sequence": at + 1}, {**first, "sequence": other_at + 1}
    elif way == "truncate":
        del rows[at:]
    elif way == "insert":
        rows.insert(at, {**rows[at], "name": "agenda.edited"})
    else:
        # The last that is covered, said once more, would only add to what is not.
        at = random.randrange(covered - 1)
        rows.insert(at, dict(rows[at]))
    return way


def numbered(rows: list[Row]) -> list[Row]:
    """Number rows anew where one was put in between, as the table's key demands."""
    if len({row["sequence"] for row in rows}) != len(rows):
        for number, row in enumerate(rows, start=1):
            row["sequence"] = number
    return rows


def found(world: World, kept: Note) -> AuditView:
    (view,) = [one for one in record.audit(world.house.operator, [kept]) if one.scope == world.agenda]
    return view


def attacked(
    world: World, kept: Note, times: int, attack: Callable[[sqlite3.Connection, str, list[Row]], None]
) -> Iterator[str]:
    """Change the record so many times, each time as it was; yield what was done where nobody noticed."""
    random = Random(2026)  # noqa: S311 - the same attacks each time, no secret
    with closing(sqlite3.connect(str(world.house.database.engine.url.database))) as file:
        file.row_factory, file.isolation_level = sqlite3.Row, None
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")
        file.execute("PRAGMA synchronous = OFF")
        before = read(file, world.agenda)
        head = file.execute("SELECT * FROM record_heads WHERE scope = ?", [world.agenda]).fetchone()
        notes = file.execute("SELECT * FROM record_checkpoints").fetchall()
        for _ in range(times):
            rows = [dict(row) for row in before]
            way = changed(rows, random, kept.checkpoint.size)
            attack(file, world.agenda, numbered(rows))
            if found(world, kept).fault is None:
                yield way
            file.execute("DELETE FROM record_checkpoints")
            file.executemany("INSERT INTO record_checkpoints VALUES (?, ?, ?, ?, ?, ?)", map(tuple, notes))
            file.execute("UPDATE record_heads SET size = ?, peaks = ? WHERE scope = ?", [*head[1:], head[0]])
        put(file, world.agenda, before)


def test_a_record_as_it_was_written_is_intact(world: World, kept: Note) -> None:
    assert found(world, kept) == AuditView(world.agenda, len(world.house.leaves(world.agenda)), None)


@pytest.mark.parametrize("attack", [put, forge])
def test_whatever_is_changed_is_found_by_one_checkpoint_that_was_kept(
    world: World, kept: Note, attack: Callable[[sqlite3.Connection, str, list[Row]], None]
) -> None:
    assert list(attacked(world, kept, 150, attack)) == []
    assert found(world, kept).fault is None


@pytest.mark.soak
@pytest.mark.parametrize("attack", [put, forge])
def test_whatever_is_changed_is_found_ten_thousand_times(
    world: World, kept: Note, attack: Callable[[sqlite3.Connection, str, list[Row]], None]
) -> None:
    assert list(attacked(world, kept, 5_000, attack)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET nodes = hash WHERE sequence = 2",
        "UPDATE events SET hash = nodes WHERE sequence = 2",
        "UPDATE events SET data = data || ' ' WHERE sequence = 2",
        "UPDATE events SET at = 'soon' WHERE sequence = 2",
        "UPDATE record_heads SET peaks = '00' || substr(peaks, 3)",
        "UPDATE record_heads SET size = size + 1",
        "DELETE FROM record_heads",
        "DELETE FROM events WHERE sequence = (SELECT max(sequence) FROM events)",
    ],
)
def test_what_is_kept_beside_the_leaves_is_held_against_them(world: World, statement: str) -> None:
    with closing(sqlite3.connect(str(world.house.database.engine.url.database))) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            file.execute(f"DROP TRIGGER {name}")
        events = file.execute("SELECT * FROM events").fetchall()
        heads = file.execute("SELECT * FROM record_heads").fetchall()
        file.execute(statement)
        file.commit()
        faults = [one.fault for one in record.audit(world.house.operator)]
        assert any(fault is not None for fault in faults)
        file.execute("DELETE FROM events")
        file.executemany(INSERT, events)
        file.execute("DELETE FROM record_heads")
        file.executemany("INSERT INTO record_heads VALUES (?, ?, ?)", heads)
        file.commit()


def test_only_the_operator_reads_every_record(world: World) -> None:
    with pytest.raises(Denied):
        record.audit(world.acting(world.facility))
