"""Streams of news: nothing is missed, nothing comes twice, and one look at the records serves all."""

import asyncio
import json
from collections.abc import AsyncIterator, Collection, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from service.domain.views.activity import ActivityView
from service.web import watching
from service.web.watching import PAGE, Watch
from tests.houses import BEGINNING

AGENDA = "a"


class Records:
    """What the records hold: every entry but those in `hidden` is public; `looks` counts."""

    def __init__(self, size: int = 0) -> None:
        self.size, self.looks, self.reads, self.hidden, self.away = size, 0, 0, set[int](), False

    def heads(self, agenda_ids: Collection[str]) -> Mapping[str, int]:
        self.looks += 1
        if self.away:
            raise ConnectionError
        return dict.fromkeys(agenda_ids, self.size)

    def since(self, agenda_id: str, after: int) -> Sequence[ActivityView]:
        self.reads += 1
        found = [n for n in range(after + 1, self.size + 1) if n not in self.hidden][:PAGE]
        return [ActivityView(n, BEGINNING, "comment.posted", agenda_id, None, None, None) for n in found]


@contextmanager
def open_watch(records: Records, *, beats_every: float = 5) -> Iterator[Watch]:
    watch = Watch(records.heads, records.since, looks_every=0.01, beats_every=beats_every)
    watch.open()
    yield watch
    watch.close()


def run(story: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(story, 10))


def numbers(chunk: bytes) -> list[int]:
    """Return the numbers of the entries in what a stream sent."""
    return [int(line.removeprefix("id: ")) for line in chunk.decode().splitlines() if line.startswith("id: ")]


async def heard(stream: AsyncIterator[bytes], count: int) -> list[int]:
    """Listen until so many entries have come."""
    found: list[int] = []
    async for chunk in stream:
        found.extend(numbers(chunk))
        if len(found) >= count:
            break
    return found


def test_stream_tells_what_happens_from_now_on() -> None:
    async def story() -> None:
        records = Records(3)
        with open_watch(records) as watch:
            stream = watch.stream("me", AGENDA, 3, 3)
            assert await anext(stream) == b"retry: 3000\n\n"
            records.size = 5
            chunk = await anext(stream)
            assert numbers(chunk) == [4, 5]
            data = chunk.decode().splitlines()[1].removeprefix("data: ")
            assert json.loads(data) == {"name": "comment.posted", "subject_id": AGENDA}

    run(story())


def test_who_comes_back_is_told_what_they_missed_and_nothing_twice() -> None:
    async def story() -> None:
        records = Records(2 * PAGE + 50)
        records.hidden = {2 * PAGE + 50}
        with open_watch(records) as watch:
            stream = watch.stream("me", AGENDA, 10, records.size)
            missed = await heard(stream, 2 * PAGE + 39)
            records.size += 1
            assert missed + await heard(stream, 1) == [*range(11, 2 * PAGE + 50), 2 * PAGE + 51]

    run(story())


def test_one_look_serves_all_streams() -> None:
    async def story() -> None:
        records = Records(1)
        with open_watch(records) as watch:
            streams = [watch.stream(f"person {n}", AGENDA, 1, 1) for n in range(50)]
            for stream in streams:
                await anext(stream)
            records.size = 2
            assert [await heard(stream, 1) for stream in streams] == [[2]] * 50
            assert records.reads == 1

    run(story())


def test_slow_reader_is_caught_up_from_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "KEPT", 5)

    async def story() -> None:
        records = Records(0)
        with open_watch(records) as watch:
            slow, quick = (watch.stream(who, AGENDA, 0, 0) for who in ("slow", "quick"))
            await anext(slow)
            records.size = 20
            assert await heard(quick, 20) == list(range(1, 21))
            assert await heard(slow, 20) == list(range(1, 21))

    run(story())


def test_quiet_stream_gives_a_sign_of_life() -> None:
    async def story() -> None:
        with open_watch(Records(1), beats_every=0.02) as watch:
            stream = watch.stream("me", AGENDA, 1, 1)
            assert [await anext(stream) for _ in range(2)] == [b"retry: 3000\n\n", b":\n\n"]

    run(story())


def test_database_that_was_away_is_asked_again(caplog: pytest.LogCaptureFixture) -> None:
    async def story() -> None:
        records = Records(1)
        records.away = True
        with open_watch(records) as watch:
            stream = watch.stream("me", AGENDA, 1, 1)
            await anext(stream)
            await asyncio.sleep(0.1)
            assert records.looks > 1
            records.away, records.size = False, 2
            assert await heard(stream, 1) == [2]

    run(story())
    assert "the records could not be looked at" in caplog.text


def test_streams_end_when_the_process_is_about_to_stop() -> None:
    async def story() -> None:
        with open_watch(Records(1)) as watch:
            stream = watch.stream("me", AGENDA, 1, 1)
            await anext(stream)
            waiting = asyncio.ensure_future(anext(stream, None))
            await asyncio.sleep(0)
            watch.close()
            assert (await waiting, watch.streams, watch.has_room_for("me")) == (None, 0, False)

    run(story())


def test_one_person_gets_so_many_streams_and_all_together_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watching, "STREAMS_OF_ONE", 2)
    monkeypatch.setattr(watching, "STREAMS", 3)

    async def story() -> None:
        with open_watch(Records(1)) as watch:
            streams = [watch.stream(who, AGENDA, 1, 1) for who in ("me", "me", "me", "you", "another")]
            first = [await anext(stream, None) is not None for stream in streams]
            assert (first, watch.streams) == ([True, True, False, True, False], 3)
            await streams[0].aclose()  # type: ignore[attr-defined]  # a generator, which is told that nobody listens
            assert [watch.has_room_for(who) for who in ("me", "you")] == [True, True]

    run(story())


def test_nothing_is_looked_at_when_nobody_listens() -> None:
    async def story() -> None:
        records = Records(1)
        with open_watch(records) as watch:
            stream = watch.stream("me", AGENDA, 1, 1)
            await anext(stream)
            await stream.aclose()  # type: ignore[attr-defined]  # a generator, which is told that nobody listens
            await asyncio.sleep(0.05)
            looks = records.looks
            await asyncio.sleep(0.05)
            assert records.looks == looks

    run(story())
