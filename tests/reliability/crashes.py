"""A service that is killed for good, again and again, on the same data, while people write."""

import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import SystemRandom
from typing import Any

import httpx
from sqlalchemy import text

from service.domain.actors import Role, Scope
from service.domain.errors import TryAgain
from service.domain.phases import Phase
from service.store.engine import Database
from service.store.jobs import SUSPECT
from service.workflows import access, reading
from tests.builders import a_recommendation, a_world, an_agenda, endorsed, grant
from tests.houses import House
from tests.reliability import telling
from tests.reliability.books import Books, about_mails, complaints
from tests.reliability.letterbox import Letterbox
from tests.reliability.nursery import Nursery
from tests.reliability.writers import (
    API,
    TIMEOUT,
    TRUSTED,
    Plan,
    Texts,
    Write,
    Writer,
    contributing,
    deciding,
    publishing,
    taking_positions,
)
from tests.serving import HERE, READY_WITHIN, Place, free_port, has_memory
from tests.worlds import Member, World

CHANCE = SystemRandom()
LOAD = (0.1, 0.9)
"""Seconds that people write before the first kill; the other process is killed as much as `APART` later."""
APART = 0.2
RELEASED_WITHIN = 300.0
LEFT_TO_TIME = text("UPDATE jobs SET lease_until = run_at WHERE state = 'running' AND deaths >= :suspect")


@dataclass
class Tally:
    """What a campaign has seen."""

    cycles: int = 0
    acknowledged: int = 0
    unanswered: int = 0
    replayed: int = 0
    released: int = 0
    mails: int = 0
    mails_again: int = 0
    complaints: list[str] = field(default_factory=list)


class Service:
    """The processes of an instance: the server, and the worker where that is a process of its own."""

    def __init__(
        self, nursery: Nursery, place: Place, log: Path, *, worker_apart: bool, smtp_url: str = ""
    ) -> None:
        self._nursery, self._place, self._log, self._smtp_url = nursery, place, log, smtp_url
        self._commands = ("serve", "worker") if worker_apart else ("serve",)
        self._running: list[int] = []
        self.address = ""

    def start(self) -> None:
        """Start all of it, and wait until it answers."""
        port = free_port()
        inside = "1" if self._commands == ("serve",) else "0"
        own = {"HOST": HERE, "PORT": str(port), "SYMPOLITY_DEMO": "off", "SYMPOLITY_WORKERS": inside}
        environment = self._place.environment | own | {"SYMPOLITY_SMTP_URL": self._smtp_url}
        self._running = [self._nursery.start(command, environment, self._log) for command in self._commands]
        self.address = f"http://{HERE}:{port}"
        patience = time.monotonic() + READY_WITHIN
        while self.answer("/readyz") is None:
            assert time.monotonic() < patience, self.complaints
            time.sleep(0.02)
        # Whoever was given the same port a moment before would answer in its place.
        assert self.lives, self.complaints

    def answer(self, path: str) -> httpx.Response | None:
        """Return the good answer to a visitor who reads, or None where there is none."""
        try:
            answer = httpx.get(f"{self.address}{path}", timeout=TIMEOUT, verify=TRUSTED)
        except httpx.TransportError:
            return None
        return answer if answer.is_success else None

    def kill(self) -> None:
        """Kill everything for good, one after the other."""
        victims = CHANCE.sample(self._running, len(self._running))
        for victim in victims:
            os.kill(victim, signal.SIGKILL)
            if victim != victims[-1]:
                time.sleep(CHANCE.uniform(0, APART))
        self._end_with(-signal.SIGKILL)

    def stop(self) -> None:
        """Stop everything in good order."""
        for process in self._running:
            os.kill(process, signal.SIGINT)
        self._end_with(0)

    def end(self) -> None:
        """End what still runs after a failure."""
        for process in self._running:
            os.kill(process, signal.SIGKILL)
            self._nursery.ended(process)

    @property
    def lives(self) -> bool:
        """Tell whether no process has ended by itself."""
        return all(map(has_memory, self._running))

    @property
    def complaints(self) -> str:
        """What the processes wrote to their log."""
        return self._log.read_text(encoding="utf-8", errors="replace")

    @property
    def whereabouts(self) -> str:
        """What the log says in the end, and where each thread is now."""
        telling.of_processes(self._running)
        return telling.of_log(self.complaints)

    def _end_with(self, expected: int) -> None:
        ends = [self._nursery.ended(process) for process in self._running]
        self._running = []
        assert set(ends) == {expected}, f"{ends}: {self.complaints}"


class Campaign:
    """Cycles of writing, killing, starting again and looking into the books."""

    def __init__(self, service: Service, database_url: str, letterbox: Letterbox) -> None:
        self._service, self._url, self._letterbox = service, database_url, letterbox
        self.tally = Tally()
        self._begun, self._happened = time.monotonic(), list[str]()
        self._writers = self._prepared()

    @property
    def writes(self) -> list[Write]:
        """All that was written so far."""
        return [write for writer in self._writers for write in writer.written]

    def run(self, cycles: int, *, released_every: int) -> Tally:
        """Kill so many times, then see to the end what was begun; an edition is released every few cycles."""
        try:
            for cycle in range(1, cycles + 1):
                self._begin()
                with self._writing():
                    time.sleep(CHANCE.uniform(*LOAD))
                    if cycle % released_every == 0:
                        self._wait_for_release()
                    self._service.kill()
                    self._note("killed")
                self.tally.cycles += 1
            self._begin()
            with self._writing():
                self._wait_for_release()
            self._look()
            self._service.stop()
        finally:
            self._service.end()
        self.tally.acknowledged = sum(write.acknowledged for write in self.writes)
        self.tally.unanswered = sum(writer.unanswered for writer in self._writers)
        self.tally.replayed = sum(writer.replayed for writer in self._writers)
        return self.tally

    def _begin(self) -> None:
        # The server is the first to open the database after a kill: bringing it back in order is its work.
        self._service.start()
        self._note("started")
        self._look()
        with self._books() as house:
            # A worker may claim a job at the same moment.
            while not self._leases_ended(house):
                time.sleep(0.05)

    @staticmethod
    def _leases_ended(house: House) -> bool:
        """Let the leases run out that no worker ends when it begins, as time would; return whether there was room."""
        try:
            with house.database.writing() as connection:
                connection.execute(LEFT_TO_TIME, {"suspect": SUSPECT})
        except TryAgain:
            return False
        return True

    def _look(self) -> None:
        with self._books() as house:
            house.check_records()
            before = self._letterbox.taken.copy()
            with house.database.reading() as connection:
                books = Books.read(connection)
            # Whatever arrived before stands in the books, and what they call sent has arrived by now.
            after = self._letterbox.taken.copy()
            taken = Counter({one: n for one, n in after.items() if one in before or one in books.mails})
        self.tally.complaints += complaints(books, self.writes)
        self.tally.complaints += about_mails(books, taken)
        self.tally.mails, self.tally.mails_again = len(taken), taken.total() - len(taken)
        self.tally.complaints += [said for writer in self._writers for said in writer.refused]
        self.tally.released = sum(
            "released" in moves and moves[-1] == "released" for moves in books.moves.values()
        )
        assert not self.tally.complaints, "\n".join(self.tally.complaints)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        stop = threading.Event()
        threads = [
            threading.Thread(target=writer.write, args=(self._service.address, stop))
            for writer in self._writers
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            stop.set()
            for thread in threads:
                thread.join()

    def _wait_for_release(self) -> None:
        """Wait until the edition is released that the publisher was at, or has at first to assemble."""
        patience = time.monotonic() + RELEASED_WITHIN
        publisher = self._writers[-1]
        while not publisher.written or (last := publisher.written[-1]).kind != "approval":
            self._demand_hope(patience)
        while not self._is_released(last.made):
            self._demand_hope(patience)
        self._note(f"released {last.made}")

    def _demand_hope(self, patience: float) -> None:
        """Wait a moment, unless all patience is at its end, or nobody can bring it about any more."""
        assert time.monotonic() < patience, self._told()
        assert not self._writers[-1].refused, self._told()
        assert self._service.lives, self._told()
        time.sleep(0.05)

    def _note(self, what: str) -> None:
        self._happened.append(f"after {time.monotonic() - self._begun:.1f} s: {what}")

    def _told(self) -> str:
        """Tell all that may explain why nothing is released."""
        self._note("waited in vain")
        with self._books() as house, house.database.reading() as connection:
            books = list(telling.of_books(connection))
        happened = [*self._happened, *books, *telling.of_writers(self._writers)]
        return "\n".join([*happened, self._service.whereabouts])

    def _is_released(self, edition: str) -> bool:
        answer = self._service.answer(f"{API}/editions/{edition}")
        return answer is not None and bool(answer.json()["state"] == "released")

    @contextmanager
    def _books(self) -> Iterator[House]:
        """Open the books, each transaction seeing one state of them, whoever writes meanwhile."""
        house = House.at(self._url)
        engine = house.database.engine
        if engine.name == "postgresql":
            engine = engine.execution_options(isolation_level="REPEATABLE READ")
            house = replace(house, database=Database(engine, house.clock))
        try:
            yield house
        finally:
            house.close()

    def _prepared(self) -> list[Writer]:
        """Prepare three rounds, one to amend, one to take positions in, one to publish, and who writes in them."""
        house = House.at(self._url)
        # The servers read the real clock.
        house.clock.moment = datetime.now(UTC)
        world = a_world(house)
        mediator = world.cities[3]
        grant(house.operator, mediator.person, mediator.organisation, Role.RAPPORTEUR)
        other = another_round(world).in_phase(Phase.ENDORSEMENT)
        third = endorsed(another_round(world))
        texts = Texts(
            world.recommendation,
            world.version,
            tuple(_block(block) for block in world.text.blocks),
            other.recommendation,
            other.text.id,
            other.text.digest,
        )
        city, second, objector = world.cities[:3]
        approver = _token(house, world.approvers[0])
        plans: list[tuple[Member, Plan]] = [
            (city, contributing(texts, "city")),
            (second, contributing(texts, "second")),
            (objector, taking_positions(texts, "objector")),
            (mediator, deciding(texts, "mediator")),
            (world.facility, publishing(third.agenda, "edition", approver, self._is_released)),
        ]
        writers = [Writer(_token(house, member), plan) for member, plan in plans]
        house.close()
        return writers


def another_round(world: World) -> World:
    """Open another round of the same people, with a recommendation of its own."""
    agenda = an_agenda(world.house, world.facility, (*world.cities, world.service, world.rapporteur))
    drafting = world.acting(world.rapporteur)
    recommendation = a_recommendation(drafting, agenda)
    version = reading.current_version(drafting, recommendation)
    return replace(world, agenda=agenda, recommendation=recommendation, version=version.id)


def _token(house: House, member: Member) -> str:
    expires = house.clock.moment + timedelta(days=1)
    return access.issue_token(house.operator, access.IssueToken(member.email, tuple(Scope), expires))[1]


def _block(block: Any) -> Mapping[str, Any]:  # noqa: ANN401 - a block of the text core
    return {"id": block.id, "kind": block.kind.value, "level": block.level, "text": block.text}
