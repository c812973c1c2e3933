"""Who waits for news: any number of streams, and one look at the records a second for all of them.

A stream holds neither a thread nor a connection: it sleeps until the agenda that it waits for has new entries. What it
has not had yet it finds among the last entries, which are kept, or reads once, when it comes back after long.
"""

import asyncio
import json
import logging
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from service.domain.views.activity import ActivityView

LOG = logging.getLogger(__name__)
LOOKS_EVERY = 1.0
BEATS_EVERY = 15.0
RETRY_MILLISECONDS = 3_000
KEPT = 200
PAGE = 100
STREAMS_OF_ONE = 24
STREAMS = 1_000


class Bell:
    """Wakes everyone who waits; each time it rings it is another bell."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake everyone."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def wait(self, seconds: float) -> bool:
        """Wait until it rings; tell whether it did within so many seconds."""
        try:
            await asyncio.wait_for(self._rung.wait(), seconds)
        except TimeoutError:
            return False
        return True


@dataclass
class Room:
    """What those who wait for one agenda share: all its public entries after `since`, up to `head`."""

    head: int
    since: int
    bell: Bell = field(default_factory=Bell)
    entries: deque[ActivityView] = field(default_factory=deque)
    waiting: int = 0

    def hear(self, entries: Sequence[ActivityView], head: int) -> None:
        """Take in what happened, and wake everyone."""
        self.entries.extend(entries)
        self.head = max(self.head, head)
        while len(self.entries) > KEPT:
            self.since = self.entries.popleft().sequence
        self.bell.ring()

    def after(self, position: int) -> list[ActivityView] | None:
        """Return what happened after an entry, or None where that is too long ago to be kept."""
        if position < self.since:
            return None
        return [entry for entry in self.entries if entry.sequence > position]


class Watch:
    """The streams of one process, and what wakes them.

    Args:
        heads: returns how long the records of agendas are, by their ids.
        since: returns at most `PAGE` public entries of an agenda after the entry of a number.
        looks_every: seconds between two looks at the records.
        beats_every: seconds after which a stream on which nothing happens gives a sign of life.
    """

    def __init__(
        self,
        heads: Callable[[Collection[str]], Mapping[str, int]],
        since: Callable[[str, int], Sequence[ActivityView]],
        *,
        looks_every: float = LOOKS_EVERY,
        beats_every: float = BEATS_EVERY,
    ) -> None:
        self._heads, self._since = heads, since
        self._looks_every, self._beats_every = looks_every, beats_every
        self._rooms: dict[str, Room] = {}
        self._seats: Counter[str] = Counter()
        self._looking: asyncio.Task[None] | None = None
        self._leaving = Bell()
        self._closed = True

    @property
    def streams(self) -> int:
        """How many streams there are."""
        return self._seats.total()

    def has_room_for(self, who: str) -> bool:
        """Tell whether one more stream may be opened for a person or an address."""
        return not self._closed and self._seats[who] < STREAMS_OF_ONE and self.streams < STREAMS

    def open(self) -> None:
        """Take streams from now on."""
        self._rooms, self._seats, self._looking, self._closed = {}, Counter(), None, False

    def close(self) -> None:
        """Let every stream come to its end, and take no more: the process is about to stop."""
        self._closed = True
        self._leaving.ring()
        for room in self._rooms.values():
            room.bell.ring()

    async def stream(self, who: str, agenda_id: str, position: int, head: int) -> AsyncIterator[bytes]:
        """Tell what happens in an agenda after the entry `position`, as server-sent events, until nobody listens.

        Args:
            who: the person or the address that listens.
            agenda_id: the agenda.
            position: the number of the last entry that the listener knows.
            head: how long the agenda's record was a moment ago.
        """
        if not self.has_room_for(who):
            return
        with self._seat(who, agenda_id, head) as room:
            yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
            while not self._closed:
                reached = room.head
                entries: Sequence[ActivityView] | None = room.after(position)
                if entries is None:
                    entries = await asyncio.to_thread(self._since, agenda_id, position)
                    # A full page says nothing of what comes after it.
                    reached = reached if len(entries) < PAGE else 0
                position = max([position, reached, *(entry.sequence for entry in entries)])
                if entries:
                    yield events(entries)
                elif not await self._news(room, position):
                    yield b":\n\n"

    async def _news(self, room: Room, position: int) -> bool:
        """Wait for something that is new to a stream; tell whether it came before a sign of life is due."""
        return room.head > position or await room.bell.wait(self._beats_every)

    @contextmanager
    def _seat(self, who: str, agenda_id: str, head: int) -> Iterator[Room]:
        room = self._rooms.setdefault(agenda_id, Room(head, head))
        self._seats[who] += 1
        room.waiting += 1
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())
        try:
            yield room
        finally:
            room.waiting -= 1
            self._seats[who] -= 1
            if not room.waiting:
                self._rooms.pop(agenda_id, None)
            # What counts nobody is no longer counted.
            self._seats += Counter()

    async def _look(self) -> None:
        while self._rooms and not await self._leaving.wait(self._looks_every):
            try:
                await self._look_once()
            except Exception:
                # The next look may find the database again, and nothing is missed meanwhile.
                LOG.exception("the records could not be looked at")

    async def _look_once(self) -> None:
        heads = await asyncio.to_thread(self._heads, list(self._rooms))
        for agenda_id, head in heads.items():
            room = self._rooms.get(agenda_id)
            while room is not None and room.head < head:
                entries = await asyncio.to_thread(self._since, agenda_id, room.head)
                last = entries[-1].sequence if entries else 0
                room.hear(entries, last if len(entries) >= PAGE else max(head, last))


def events(entries: Iterable[ActivityView]) -> bytes:
    """Return entries as server-sent events: what happened and to which thing, and no words."""
    return "".join(
        f"id: {entry.sequence}\ndata: {json.dumps({'name': entry.name, 'subject_id': entry.subject_id})}\n\n"
        for entry in entries
    ).encode()
