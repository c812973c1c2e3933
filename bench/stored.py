"""What one more amendment costs against those that are stored: the comparison, and the queries before it.

Usage: python -m bench.stored [amendments]

A draft of 2,000 words in 40 paragraphs, and amendments that each change a few words of one or two of them, or add a
paragraph. Exits 0 when the comparison takes no more than its goal, 1 when it takes longer.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from time import perf_counter

from sqlalchemy import create_engine, event, insert, select

from service.domain.amendments import AmendmentState
from service.domain.recommendations import Addressee, RecommendationState
from service.domain.text import (
    Block,
    BlockKind,
    Operation,
    collisions,
    collisions_of,
    diff,
    identical,
    reach,
)
from service.store import bookkeeping  # noqa: F401 - declares the schema
from service.store.columns import metadata
from service.store.engine import Database, default_url, make_engine
from service.store.queries.collisions import touching
from service.store.tables import amendment_claims, amendments, recommendations, versions

PARAGRAPHS, WORDS, STORED = 40, 50, 1_000
GOAL = 5.0
"""Milliseconds that comparing one more with 1,000 stored amendments may take."""
RUNS = 50
VERSION, RECOMMENDATION = "v" * 26, "r" * 26
VOCABULARY = (
    "city",
    "partner",
    "council",
    "budget",
    "water",
    "region",
    "funds",
    "people",
    "network",
    "report",
)


@dataclass(frozen=True, slots=True)
class Timing:
    """What was measured, in milliseconds, as the best of several runs; `goal` where there is one."""

    name: str
    milliseconds: float
    goal: float | None = None


def draft(random: Random) -> tuple[Block, ...]:
    """Return a title and paragraphs of 2,000 words together."""
    title = Block("title", BlockKind.HEADING, "What cities ask for", 1)
    texts = (" ".join(random.choices(VOCABULARY, k=WORDS)) for _ in range(PARAGRAPHS))
    return (title, *(Block(f"b{n:02}", BlockKind.PARAGRAPH, f"{text}.") for n, text in enumerate(texts)))


def amended(base: Sequence[Block], random: Random, number: int) -> tuple[Block, ...]:
    """Return the draft as one amendment would have it."""
    blocks = list(base)
    for at in random.sample(range(1, len(blocks)), random.choice((1, 1, 2))):
        words = blocks[at].text.split(" ")
        first = random.randrange(len(words) - 3)
        words[first : first + random.choice((1, 1, 2, 3))] = [f"{random.choice(VOCABULARY)}-{number}"]
        blocks[at] = Block(blocks[at].id, blocks[at].kind, " ".join(words))
    if number % 10 == 0:
        blocks.insert(
            random.randrange(1, len(blocks)), Block(f"n{number}", BlockKind.PARAGRAPH, f"New {number}.")
        )
    return tuple(blocks)


def best(run: Callable[[], object], runs: int = RUNS) -> float:
    """Return the least time that a function took, in milliseconds."""
    times = []
    for _ in range(runs):
        before = perf_counter()
        run()
        times.append(perf_counter() - before)
    return min(times) * 1000


def compared(
    base: Sequence[Block], mine: tuple[Operation, ...], near: Mapping[str, tuple[Operation, ...]]
) -> object:
    """Compare one more with those that are near: where it meets them, and which of them say the same."""
    met = collisions_of(base, "new", mine, near)
    return met, identical(base, "new", {**near, "new": mine}, met)


def measured(stored: int = STORED) -> Iterator[Timing]:
    """Measure what one more amendment costs against so many that are stored, on SQLite."""
    random = Random(2024)  # noqa: S311 - the same draft each time, no secret
    base = draft(random)
    held = {f"{n:026}": diff(base, amended(base, random, n)) for n in range(stored)}
    wording = amended(base, random, stored)
    mine = diff(base, wording)
    yield Timing("deriving its operations", best(lambda: diff(base, wording)))
    with tempfile.TemporaryDirectory(prefix="sympolity-bench-") as folder:
        database = filled(Path(folder), base, held)
        places = reach(base, mine)
        statements: list[object] = []
        with database.reading() as connection:
            connection.execute(select(versions.c.id))
            event.listen(database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
            near = touching(connection, VERSION, base, places)
            count = len(statements)
            named = f"finding the {len(near)} near it, {count} statement"
            yield Timing(named, best(lambda: touching(connection, VERSION, base, places)))
        database.engine.dispose()
    yield Timing("comparing it with those", best(lambda: compared(base, mine, near)), GOAL)
    yield Timing("comparing it with all", best(lambda: compared(base, mine, held), 5))
    struck = diff(base, base[:1])
    yield Timing("comparing what strikes out all with all", best(lambda: compared(base, struck, held), 5))
    yield Timing("comparing all with all", best(lambda: collisions(base, {**held, "new": mine}), 5))


def filled(folder: Path, base: Sequence[Block], held: Mapping[str, tuple[Operation, ...]]) -> Database:
    """Return a database with the text, the amendments and their claims in it; nothing else is asked for."""
    url, now = default_url(folder), datetime(2026, 1, 5, tzinfo=UTC)
    # An engine of its own, which does not mind that nobody stands behind the rows.
    engine = create_engine(url)
    metadata.create_all(engine)
    text: dict[str, object] = {
        "id": VERSION, "recommendation_id": RECOMMENDATION, "number": 1, "person_id": "", "blocks": base,
        "provenance": {}, "digest": "", "note": "", "created_at": now,
    }  # fmt: skip
    ask: dict[str, object] = {
        "id": RECOMMENDATION, "agenda_id": "", "number": 1, "addressee": Addressee.CITIES, "theme": "", "title": "",
        "current_version_id": VERSION, "current_version_number": 1, "state": RecommendationState.TABLED, "revision": 1,
    }  # fmt: skip
    proposed: dict[str, object] = {
        "agenda_id": "", "recommendation_id": RECOMMENDATION, "organisation_id": "", "person_id": "",
        "base_version_id": VERSION, "base_version_number": 1, "justification": "", "language": "en",
        "created_at": now, "state": AmendmentState.TABLED, "opinion_reason": "", "decision_reason": "",
        "rebased": 0, "revision": 1,
    }  # fmt: skip
    rows = [
        {**proposed, "id": i, "number": int(i), "blocks": base, "operations": operations}
        for i, operations in held.items()
    ]
    claims = [
        dict(zip(("block_id", "start", "end"), place, strict=True))
        | {"amendment_id": i, "position": position, "version_id": VERSION}
        for i, operations in held.items()
        for position, place in enumerate(reach(base, operations))
    ]
    with engine.begin() as connection:
        connection.execute(insert(versions), text)
        connection.execute(insert(recommendations), ask)
        connection.execute(insert(amendments), rows)
        connection.execute(insert(amendment_claims), claims)
    engine.dispose()
    return Database(make_engine(url))


def main(arguments: list[str]) -> int:
    """Print the times; tell whether the goals are reached."""
    table = list(measured(int(arguments[0]) if arguments else STORED))
    for row in table:
        goal = f"goal {row.goal:g} ms" if row.goal is not None else ""
        print(f"{row.name:40}{row.milliseconds:9.2f} ms   {goal}")
    return 0 if all(row.goal is None or row.milliseconds <= row.goal for row in table) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
