"""What a record of 100,000 entries costs: to read it against itself, to check it as a file, to prove one entry.

Times are CPU time, the best of some turns.

Usage: python -m bench.record [entries]

Exits 0 when every goal is reached, 1 when one is not.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time

from sqlalchemy import create_engine, insert

from bench.stored import Timing
from service.adapters.notary import is_signed, make_notary
from service.domain import merkle
from service.domain.canonical import to_json
from service.domain.checkpoints import Checkpoint
from service.domain.merkle import Frontier
from service.domain.receipts import RecordFile
from service.domain.record import Entry, hashed
from service.domain.record_checks import Trust, check
from service.store.auditing import audit
from service.store.bookkeeping import events, record_heads
from service.store.columns import metadata
from service.store.engine import Database, default_url, make_engine
from service.store.queries.record import entry_at, hashes_of

ENTRIES = 100_000
VERIFIED, PROVEN = 2_000.0, 5.0
"""Milliseconds that verifying 100,000 entries, and proving one, may take."""
SCOPE = "01J9ZC5V7N8Q4T2X6B3D0KMRWA"


def best(run: Callable[[], object], runs: int) -> float:
    """Return the least CPU time that a function took, in milliseconds."""
    times = []
    for _ in range(runs):
        before = process_time()
        run()
        times.append(process_time() - before)
    return min(times) * 1000


def entry(number: int) -> Entry:
    """Return an entry such as most are."""
    at = datetime(2026, 1, 5, tzinfo=UTC) + timedelta(seconds=number)
    subject = f"{number:026}"
    data = {
        "position_id": subject,
        "recommendation_id": SCOPE,
        "organisation_id": SCOPE,
        "version_id": SCOPE,
        "digest": "3f" * 32,
        "stance": "endorsed",
    }
    return hashed(Entry(SCOPE, number, at, "position.taken", subject, "f0" * 32, None, None, data))


def filled(folder: Path, entries: list[Entry]) -> tuple[Database, Frontier]:
    """Return a database that holds the record, and nothing else; and the record's tree."""
    url, tree, rows = default_url(folder), Frontier(), []
    for one in entries:
        tree, completed = tree.append(bytes.fromhex(one.hash))
        nodes = "".join(hash_.hex() for hash_ in completed[1:])
        rows.append({**{name: getattr(one, name) for name in Entry.__dataclass_fields__}, "nodes": nodes})
    engine = create_engine(url)
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(events), rows)
        peaks = "".join(hash_.hex() for hash_ in tree.peaks)
        connection.execute(insert(record_heads).values(scope=SCOPE, size=tree.size, peaks=peaks))
    engine.dispose()
    return Database(make_engine(url)), tree


def measured(size: int = ENTRIES) -> Iterator[Timing]:
    """Measure a record of so many entries, on SQLite."""
    entries = [entry(number) for number in range(1, size + 1)]
    with tempfile.TemporaryDirectory(prefix="sympolity-bench-") as folder:
        database, tree = filled(Path(folder), entries)
        notary = make_notary(Path(folder), "sympolity.example")
        at = datetime(2026, 1, 5, tzinfo=UTC)
        note = notary.sign(Checkpoint(f"sympolity.example/{SCOPE}", size, tree.root.hex(), at))
        leaves = tuple(one.leaf for one in entries)
        file = to_json(RecordFile(SCOPE, leaves, (note.text,), notary.key.text))
        trust = Trust(frozenset({notary.key.public}), is_signed)
        middle = size * 2 // 3

        def proven() -> object:
            entry_at(connection, SCOPE, middle + 1)
            return hashes_of(connection, SCOPE, merkle.inclusion(middle, size))

        with database.reading() as connection:
            named = f"verifying {size:,} entries in the database"
            yield Timing(named, best(lambda: audit(connection, SCOPE), 3), VERIFIED)
            yield Timing("verifying them as a file", best(lambda: check(file, trust), 3), VERIFIED)
            yield Timing("proving one of them", best(proven, 50), PROVEN)
        database.engine.dispose()


def main(arguments: list[str]) -> int:
    """Print the times; tell whether the goals are reached."""
    table = list(measured(int(arguments[0]) if arguments else ENTRIES))
    for row in table:
        print(f"{row.name:44}{row.milliseconds:9.2f} ms   goal {row.goal:g} ms")
    return 0 if all(row.goal is None or row.milliseconds <= row.goal for row in table) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
