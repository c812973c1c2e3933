"""Which process of a run gets which tests first: those that take long are begun early, and none gets them all.

pytest-xdist cuts the list of tests into as many pieces as there are processes; whoever has finished its piece takes
over the end of another's. A story of a minute at such an end would leave everyone else without work.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest

T = TypeVar("T")


class Part(NamedTuple):
    """The tests of a file that belong together: what they share is prepared once."""

    file: str
    engine: str = ""


LONG = (
    Part("browser/test_story.py"),
    Part("docs/test_tutorial.py"),
    Part("acceptance/test_story.py", "postgresql"),
    Part("acceptance/test_story.py", "sqlite"),
    Part("reliability/test_races.py", "postgresql"),
    Part("reliability/test_crashes.py", "postgresql"),
    Part("reliability/test_crashes.py", "sqlite"),
    Part("browser/test_pages.py"),
    Part("hostile/test_described.py"),
    Part("hostile/test_corpus.py"),
    Part("hostile/test_texts.py"),
    Part("reliability/test_races.py", "sqlite"),
    Part("deploy/test_dockerfile.py"),
    Part("demo/test_loading.py"),
    Part("app/test_failpoints.py", "postgresql"),
    Part("hostile/test_bodies.py"),
    Part("app/test_failpoints.py", "sqlite"),
    Part("acceptance/test_conditions.py", "postgresql"),
    Part("acceptance/test_conditions.py", "sqlite"),
    Part("reliability/test_first_start.py", "postgresql"),
    Part("reliability/test_first_start.py", "sqlite"),
    Part("hostile/test_floods.py"),
    Part("demo/test_loading.py", "postgresql"),
    Part("adapters/test_verifying.py"),
    Part("api/test_editions.py", "postgresql"),
    Part("api/test_editions.py", "sqlite"),
    Part("adapters/pdf/test_render.py"),
    Part("app/test_commands.py"),
    Part("browser/test_window.py"),
    Part("demo/test_loading.py", "sqlite"),
    Part("deploy/test_compose.py"),
)
"""What takes longest, the longest first; the first of them have no demonstration to wait for in common."""

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
    for number, long in enumerate(one for one in LONG if one in {part for part, _ in tests}):
        hands[number % processes] += [item for part, item in tests if part == long]
    quick = [item for part, item in tests if part not in LONG]
    for size, hand in zip(pieces(len(tests), processes), hands, strict=True):
        wanted = max(0, size - len(hand))
        hand.extend(quick[:wanted])
        del quick[:wanted]
    return list(chain.from_iterable(hands))


def pieces(total: int, processes: int) -> Iterable[int]:
    """Say how many tests each process is given at first."""
    for left in range(processes, 0, -1):
        yield total // left
        total -= total // left
