"""Who brought which words: for each block, runs that cover every code point exactly once."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from service.domain.text.blocks import Block

BASE: Final = "base"
"""The origin of words of which nothing more is known than that the base had them."""


@dataclass(frozen=True, slots=True)
class Credit:
    """Whose words they are: the origins, sorted, and who settled a collision in their favour, if anyone."""

    origins: tuple[str, ...]
    resolver: str | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a block's text, in code points, with its origins: amendments, versions, or the base."""

    start: int
    end: int
    origins: tuple[str, ...]
    resolver: str | None = None


Provenance = Mapping[str, tuple[Run, ...]]
"""Block id to the runs of its text."""


def untouched(base: Iterable[Block], known: Provenance | None = None) -> dict[str, tuple[Run, ...]]:
    """Return the provenance of a text as it stands: what is known, else the base as the origin of all."""
    known = known or {}
    return {block.id: known.get(block.id) or whole(block.text, Credit((BASE,))) for block in base}


def whole(text: str, credit: Credit) -> tuple[Run, ...]:
    """Return the runs of a text that has one origin."""
    return joined([Run(0, len(text), credit.origins, credit.resolver)])


def part(runs: Sequence[Run], start: int, end: int, to: int) -> Iterator[Run]:
    """Yield the runs of a range, moved so that the range begins at `to`."""
    first = bisect_right(runs, start, key=lambda run: run.end)
    last = bisect_left(runs, end, key=lambda run: run.start)
    for run in runs[first:last]:
        left, right = max(run.start, start), min(run.end, end)
        if left < right:
            yield Run(left - start + to, right - start + to, run.origins, run.resolver)


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours of the same origin made one, and empty ones left out."""
    result: list[Run] = []
    for run in runs:
        if run.start == run.end:
            continue
        last = result[-1] if result else None
        if last and (last.origins, last.resolver) == (run.origins, run.resolver):
            result[-1] = replace(last, end=run.end)
        else:
            result.append(run)
    return tuple(result)
