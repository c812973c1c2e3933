"""What the load of positions counts; how fast anything is, is measured and not tested."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import count
from random import Random

import pytest

from bench.positions import Answers, Tally, as_people_do, at_once, moments, row
from bench.rounds import Asked, Voice

ROUND = tuple(Asked(f"R{number}", f"V{number}", "0" * 64) for number in range(3))
CITIES = (Voice("AMARA", "one"), Voice("LAKESIDE", "two"))
Load = Callable[[int], Awaitable[Tally]]


def answered_by(load: Load, refused: Callable[[int], bool] = lambda _: False) -> tuple[Tally, list[str]]:
    """Load a server that refuses some of the positions, by their number; return the tally and what was asked."""
    asked: list[str] = []
    numbers = count()

    async def answer(reader: StreamReader, writer: StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        line, token = head.split("\r\n", 1)[0], head.partition("Bearer ")[2].split("\r\n", 1)[0]
        asked.append(f"{token} {line.removesuffix(' HTTP/1.1')}")
        status = 200
        if line.startswith("POST"):
            status = 429 if refused(next(numbers)) else 201
        writer.write(f"HTTP/1.1 {status} So\r\nContent-Length: 2\r\n\r\nok".encode())
        await writer.drain()
        writer.close()

    async def run() -> Tally:
        async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
            return await load(server.sockets[0].getsockname()[1])

    return asyncio.run(run()), asked


def test_every_city_reads_each_recommendation_before_it_takes_its_position() -> None:
    tally, asked = answered_by(lambda port: as_people_do(port, CITIES, ROUND, 0.05, 0.01))
    for city in CITIES:
        assert [line for line in asked if line.startswith(city.token)] == [
            f"{city.token} {line}"
            for number in range(3)
            for line in (
                f"GET /recommendations/R{number}",
                f"POST /api/v1/recommendations/R{number}/positions",
            )
        ]
    assert (len(tally.pages.times), len(tally.positions.times)) == (6, 6)
    assert not tally.pages.faults + tally.positions.faults
    assert tally.reached(6, 6)


def test_at_once_takes_every_position_once_and_reads_no_page() -> None:
    tally, asked = answered_by(lambda port: at_once(port, CITIES, ROUND))
    assert Counter(asked) == Counter(
        f"{city.token} POST /api/v1/recommendations/{one.recommendation_id}/positions"
        for city in CITIES
        for one in ROUND
    )
    assert (len(tally.positions.times), tally.pages.times) == (6, [])


def test_too_many_requests_is_an_error_and_the_goal_is_missed() -> None:
    tally, _ = answered_by(lambda port: at_once(port, CITIES, ROUND), lambda number: number in {1, 4})
    assert (len(tally.positions.times), tally.positions.faults) == (4, Counter({"429": 2}))
    assert not tally.reached(6, 4)
    assert row("taken", tally.positions).endswith("2 × 429")


def test_a_server_that_is_not_there_is_an_error() -> None:
    async def nobody(port: int) -> Tally:
        del port
        # Nobody ever listens on the first port.
        return await at_once(1, CITIES, ROUND[:1])

    tally, _ = answered_by(nobody)
    assert tally.positions.faults == Counter({"ConnectionRefusedError": 2})


def test_the_percentile_is_of_the_good_answers_in_milliseconds() -> None:
    answers = Answers(201)
    for number in range(101):
        answers.note(201, number / 1000)
    answers.note(429, 9.0)
    assert (answers.percentile(50), answers.percentile(99)) == pytest.approx((50.0, 99.0))
    assert Answers(201).percentile(99) == float("inf")


@pytest.mark.parametrize(
    ("seconds", "lasted", "stored", "faults", "reached"),
    [
        (0.5, 60.0, 3, {}, True),
        (0.501, 60.0, 3, {}, False),
        (0.5, 60.1, 3, {}, False),
        (0.5, 60.0, 2, {}, False),
        (0.5, 60.0, 3, {"500": 1}, False),
    ],
)
def test_the_goal_is_all_positions_stored_in_time_each_soon_enough_and_no_page_refused(
    *, seconds: float, lasted: float, stored: int, faults: dict[str, int], reached: bool
) -> None:
    tally = Tally(lasted=lasted)
    tally.pages.faults.update(faults)
    tally.positions.times += [seconds] * 3
    assert tally.reached(3, stored) is reached


def test_moments_lie_in_their_order_within_the_spread() -> None:
    made = moments(Random(1), 20, 50.0)  # noqa: S311 - no secret
    assert made == sorted(made)
    assert (len(made), all(0 <= moment <= 50 for moment in made)) == (20, True)
