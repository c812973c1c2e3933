"""Which process of a run gets which tests first: those that take long are begun early, and few wait at a time.

pytest-xdist cuts the list of tests into as many pieces as there are processes; whoever has finished its piece takes
over the end of another's. A story of a minute at such an end would leave everyone else without work. So would several
that wait at once: there is one process more than there are processors, so one may wait while the others work.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest

T = TypeVar("T")


class Part(NamedTuple):
    """The tests of a file that belong together: what they share is prepared once."""

    file: str
    engine: str = ""


WAITING = (
    Part("docs/test_tutorial.py"),
    Part("acceptance/test_story.py", "postgresql"),
    Part("acceptance/test_story.py", "sqlite"),
    Part("reliability/test_crashes.py", "postgresql"),
    Part("reliability/test_crashes.py", "sqlite"),
    Part("reliability/test_presses.py", "postgresql"),
    Part("reliability/test_presses.py", "sqlite"),
    Part("app/test_commands.py"),
    Part("deploy/test_dockerfile.py"),
    Part("app/test_failpoints.py", "postgresql"),
    Part("app/test_failpoints.py", "sqlite"),
    Part("reliability/test_first_start.py", "postgresql"),
    Part("reliability/test_first_start.py", "sqlite"),
)
"""What waits half of its time, for a server that starts, prints or dies; the longest first. One process has it all."""

LONG: Mapping[Part, int] = {
    Part("browser/test_pages.py"): 240,
    Part("browser/test_story.py"): 70,
    Part("hostile/test_described.py"): 60,
    Part("hostile/test_corpus.py"): 36,
    Part("reliability/test_races.py", "postgresql"): 36,
    Part("stateful/test_stateful.py", "sqlite"): 33,
    Part("stateful/test_stateful.py", "postgresql"): 33,
    Part("hostile/test_texts.py"): 26,
    Part("browser/test_focus.py"): 22,
    Part("reliability/test_races.py", "sqlite"): 20,
    Part("browser/test_cosigning.py"): 14,
    Part("browser/test_blocks.py"): 12,
    Part("demo/test_loading.py"): 10,
    Part("adapters/test_countersignatures.py"): 10,
    Part("adapters/test_renewing.py"): 9,
    Part("demo/test_loading.py", "postgresql"): 8,
    Part("demo/test_loading.py", "sqlite"): 8,
    Part("hostile/test_bodies.py"): 8,
    Part("adapters/test_foreign_seals.py"): 8,
    Part("web/test_headers.py"): 7,
    Part("adapters/pdf/test_render.py"): 6,
    Part("acceptance/test_conditions.py", "postgresql"): 6,
    Part("acceptance/test_conditions.py", "sqlite"): 6,
    Part("adapters/test_reporting.py"): 5,
    Part("api/test_editions.py", "postgresql"): 4,
    Part("api/test_editions.py", "sqlite"): 4,
    Part("hostile/test_floods.py"): 3,
    Part("browser/test_window.py"): 3,
    Part("adapters/test_verifying.py"): 2,
    Part("deploy/test_compose.py"): 2,
}
"""What keeps a processor busy for long, with about how many seconds; the longest first."""

TESTS = Path(__file__).parent


def part(item: pytest.Item) -> Part:
    """Return the part that a test belongs to."""
    callspec = getattr(item, "callspec", None)
    engine = callspec.params.get("databases", "") if callspec is not None else ""
    file = item.path.relative_to(TESTS) if item.path.is_relative_to(TESTS) else item.path
    return Part(file.as_posix(), engine)


def dealt(tests: Sequence[tuple[Part, T]], processes: int) -> list[T]:
    """Return the tests in an order that, cut into so many pieces, has something long at the head of each."""
    hands: list[list[T]] = [[] for _ in range(processes)]
    for hand, parts in zip(hands, heads({part for part, _ in tests}, processes), strict=True):
        hand.extend(item for head in parts for part, item in tests if part == head)
    quick = [item for part, item in tests if part not in WAITING and part not in LONG]
    for size, hand in zip(pieces(len(tests), processes), hands, strict=True):
        wanted = max(0, size - len(hand))
        hand.extend(quick[:wanted])
        del quick[:wanted]
    return list(chain.from_iterable(hands))


def heads(present: Iterable[Part], processes: int) -> list[list[Part]]:
    """Return what each process begins with: the first with what waits, the others with equal parts of what works."""
    found = frozenset(present)
    begun = [[part for part in WAITING if part in found], *([] for _ in range(processes - 1))]
    working = dict.fromkeys(range(1, processes), 0) or {0: 0}
    for part, seconds in LONG.items():
        if part in found:
            idlest = min(working, key=lambda number: working[number])
            begun[idlest].append(part)
            working[idlest] += seconds
    return begun


def pieces(total: int, processes: int) -> Iterable[int]:
    """Say how many tests each process is given at first."""
    for left in range(processes, 0, -1):
        yield total // left
        total -= total // left
