"""57 partnerships take a position on 20 recommendations each, within a minute, on SQLite.

Usage: python -m bench positions

First as people do: each city reads a recommendation's page, thinks, and takes its position, at moments of its own.
Then all as fast as they can, which is only printed. The server is as people run it: durable, with its worker inside,
and with the limit on how often a person may write.
"""

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import quantiles

from bench import servers
from bench.load import CONNECTIONS, answer
from bench.rounds import Asked, Voice, a_round, voices
from service.app import build
from service.demo.placing import place
from service.settings import Settings
from service.store.identity import Identity
from service.workflows import notifications

WITHIN = 60.0
"""Seconds within which all have to have taken all positions."""
P99 = 500.0
"""Milliseconds that the 99th percentile of taking a position may take."""
SPREAD, THINKING = 50.0, 1.5
"""Seconds over which people begin to read, and that they think before they take a position, at most."""
READ, TAKEN = 200, 201


@dataclass(slots=True)
class Answers:
    """The answers to one kind of request: how long the good ones took, in seconds, and what the others were."""

    expected: int
    times: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def note(self, status: int, seconds: float) -> None:
        """Count an answer: any status but the expected one is a fault, “too many requests” too."""
        if status == self.expected:
            self.times.append(seconds)
        else:
            self.faults[str(status)] += 1

    def percentile(self, rank: int) -> float:
        """Return how many milliseconds so many of a hundred took at most; infinite where nothing was answered."""
        if len(self.times) < 2:  # noqa: PLR2004 - fewer have no quantiles
            return self.times[0] * 1000 if self.times else float("inf")
        return quantiles(self.times, n=100, method="inclusive")[rank - 1] * 1000


@dataclass(slots=True)
class Tally:
    """What a stretch of reading and taking positions came to, and the seconds that it lasted."""

    pages: Answers = field(default_factory=lambda: Answers(READ))
    positions: Answers = field(default_factory=lambda: Answers(TAKEN))
    lasted: float = 0.0

    def reached(self, wanted: int, stored: int) -> bool:
        """Tell whether every position was taken and is stored, in time, and nothing went wrong on the way."""
        return (
            len(self.positions.times) == stored == wanted
            and not self.pages.faults
            and not self.positions.faults
            and self.positions.percentile(99) <= P99
            and self.lasted <= WITHIN
        )


def moments(random: Random, count: int, spread: float) -> list[float]:
    """Return when somebody begins with each of so many things, in seconds from now."""
    return sorted(random.uniform(0, spread) for _ in range(count))


async def as_people_do(
    port: int, cities: Sequence[Voice], round_: Sequence[Asked], spread: float, thinking: float
) -> Tally:
    """Let every city read each recommendation and take its position, one after the other, at moments of its own."""
    tally, random = Tally(), Random(57)  # noqa: S311 - the same moments each time, no secret
    started = time.perf_counter()

    async def one(city: Voice, begins: list[float], pauses: list[float]) -> None:
        for asked, at, pause in zip(round_, begins, pauses, strict=True):
            await asyncio.sleep(started + at - time.perf_counter())
            await once(port, city.reading(asked), tally.pages)
            await asyncio.sleep(pause)
            await once(port, city.endorsing(asked), tally.positions)

    await asyncio.gather(
        *(
            one(
                city,
                moments(random, len(round_), spread),
                [random.uniform(0, thinking) for _ in round_],
            )
            for city in cities
        )
    )
    tally.lasted = time.perf_counter() - started
    return tally


async def at_once(port: int, cities: Sequence[Voice], round_: Sequence[Asked]) -> Tally:
    """Let every city take all its positions as fast as the server answers, on `CONNECTIONS` connections."""
    tally, waiting = Tally(), ((city, asked) for asked in round_ for city in cities)
    started = time.perf_counter()
    await asyncio.gather(*(_in_a_row(port, waiting, tally.positions) for _ in range(CONNECTIONS)))
    tally.lasted = time.perf_counter() - started
    return tally


async def _in_a_row(port: int, waiting: Iterator[tuple[Voice, Asked]], answers: Answers) -> None:
    for city, asked in waiting:
        await once(port, city.endorsing(asked), answers)


async def once(port: int, request: bytes, answers: Answers) -> None:
    """Send one request on a connection of its own, as a browser does after a pause, and count what comes of it."""
    before = time.perf_counter()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            writer.write(request)
            status, _ = await answer(reader)
        finally:
            writer.close()
    except (OSError, EOFError) as fault:
        answers.faults[type(fault).__name__] += 1
        return
    answers.note(status, time.perf_counter() - before)


def stored(server: servers.Server, round_: Iterable[Asked]) -> int:
    """Return how many positions on these recommendations count."""
    paths = (f"/api/v1/recommendations/{asked.recommendation_id}/outcome" for asked in round_)
    return sum(sum(server.ask(path)["tally"].values()) for path in paths)


def row(name: str, answers: Answers, lasted: float | None = None, note: str = "") -> str:
    """Return a line of the table."""
    total = "" if lasted is None else f"{lasted:8.1f} s"
    faults = ", ".join(f"{count} × {what}" for what, count in sorted(answers.faults.items())) or "none"
    return (
        f"{name:38}{len(answers.times):7}{answers.percentile(50):9.0f} ms{answers.percentile(99):7.0f} ms"
        f"{total:>11}   {faults}{note}"
    )


def main() -> int:
    """Print the table; return 0 when the goal is reached, 1 when it is not."""
    with tempfile.TemporaryDirectory(prefix="sympolity-bench-") as folder:
        settings = Settings(data=folder)
        place(settings)
        house = build(settings)
        cities = voices(house)
        slow, fast = (a_round(house, cities, title) for title in ("At a walk", "At a run"))
        # What has been prepared is told to nobody; the positions are.
        notifications.pass_over(house.context(Identity(operator=True)))
        house.database.engine.dispose()
        with servers.sympolity(Path(folder)) as server:
            people = asyncio.run(as_people_do(server.port, cities, slow, SPREAD, THINKING))
            good = people.reached(len(cities) * len(slow), stored(server, slow))
            burst = asyncio.run(at_once(server.port, cities, fast))
    print(f"\n{len(cities)} organisations take a position on {len(slow)} recommendations each, on SQLite\n")
    print(f"{'':38}{'good':>7}{'p50':>12}{'p99':>10}{'all':>11}   errors")
    print(row("reading the page before", people.pages))
    missed = "" if good else "   missed"
    print(row("taking a position, as people do", people.positions, people.lasted, missed))
    print(f"{'goal':38}{len(cities) * len(slow):7}{'':12}{P99:7.0f} ms{WITHIN:9.1f} s   none")
    print(row(f"taking a position, {CONNECTIONS} at once", burst.positions, burst.lasted))
    return 0 if good else 1
