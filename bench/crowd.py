"""What each page costs where everybody talks about one recommendation: time, bytes, queries.

Usage: python -m bench crowd

Pages are made anew, as for somebody who is signed in, with nothing kept from before. Time is that of the processor
inside this process, so that what else the machine does counts for little; bytes are those on the line, compressed as
the service compresses them.
"""

import gc
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import event

from bench.crowding import Ground, Scale, Voice, crowd, grid
from service.app import House, build, create_app
from service.demo.placing import place
from service.domain.keeping import Keeping
from service.settings import Settings
from service.store.engine import Database
from service.store.identity import Identity
from service.web import csrf
from service.workflows import access, reading

MILLISECONDS, BYTES = 300.0, 60_000
"""What a page may cost of a processor, and on the line."""
AGAIN = 3
"""How often a page is asked for once more."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one page costs; `again` is its time when it is asked for once more."""

    page: str
    status: int
    first: float
    again: float
    length: int
    line: int
    queries: int

    @property
    def reached(self) -> bool:
        """Whether the page is as it should be."""
        return self.status == 200 and self.first <= MILLISECONDS and self.line <= BYTES  # noqa: PLR2004 - found


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Gather the statements that reach the database meanwhile."""
    statements: list[str] = []

    def note(_: object, __: object, statement: str, *___: object) -> None:
        statements.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def forget() -> None:
    """Let go of everything that was worked out before and kept."""
    for one in gc.get_objects():
        if isinstance(one, Keeping):
            one.forget()


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody before a browser, signed in by a session's secret."""

    client: TestClient[Litestar]
    database: Database
    secret: str

    def costs(self, name: str, path: str, before: str | None = None) -> Cost:
        """Return what a page costs; `before` is one of the same kind, read so that its template is ready."""
        if before is not None:
            self._asked(before)
        forget()
        with counted(self.database) as statements:
            first, status, length, line = self._asked(path)
        again = min(self._asked(path)[0] for _ in range(AGAIN))
        return Cost(name, status, first, again, length, line, len(statements))

    def _asked(self, path: str) -> tuple[float, int, int, int]:
        gc.collect()
        begun = time.process_time()
        answer = self.client.get(
            path, headers={"cookie": f"{csrf.PLAIN_COOKIE}={self.secret}"}, follow_redirects=False
        )
        spent = (time.process_time() - begun) * 1000
        return spent, answer.status_code, len(answer.content), int(answer.headers.get("content-length", 0))


def measured(house: House, scale: Scale) -> Iterator[Cost]:
    """Put the crowd into a house with the demonstration in it, and yield what each page costs the facility."""
    operator = house.context(Identity(operator=True))
    with operator.reading():
        agenda = next(a for a in reading.agendas(operator).items if a.phase.value == "amending")
        plain = reading.recommendations(operator, agenda.id).items[0]
        thread = reading.comments(operator, plain.id, 1).items[0]
    with operator.transaction() as work:
        people = [work.persons.find(email=f"{who}@example.org") for who in WHO]
    voices = tuple(_voice(house, person.id) for person in people if person is not None)
    ground = Ground(house.database, house.new_id, agenda.id)
    made = crowd(ground, voices, scale)
    session = access.sign_in_as(house.context(Identity()), voices[0].person)
    with TestClient(create_app(house)) as client:
        reader = Reader(client, house.database, session)
        here, there = f"/recommendations/{made.recommendation}", f"/recommendations/{plain.id}"
        for page in (
            "",
            "/collisions",
            "/versions",
            "/compare",
            "/provenance",
            "/deciding-order",
            "/consolidate",
        ):
            yield reader.costs(page.strip("/") or "recommendation", here + page, there + page)
        yield reader.costs("thread", f"/comments/{made.comments[0]}", f"/comments/{thread.id}")
        yield reader.costs(
            "amendment", f"/amendments/{made.amendments[0]}", f"/amendments/{made.amendments[0]}"
        )
        about = f"/agendas/{agenda.id}"
        for page in ("", "/document", "/amendments", "/review", "/positions"):
            yield reader.costs(page.strip("/") or "agenda", about + page, about + page)
        yield reader.costs("me", "/me", "/me")
        api = f"/api/v1{here}"
        yield reader.costs("API: collisions", f"{api}/collisions", f"/api/v1{there}/collisions")
        yield reader.costs("API: deciding order", f"{api}/deciding-order", f"/api/v1{there}/deciding-order")
        grid(ground, voices[0])
        yield reader.costs("120 × 30: positions", f"{about}/positions", f"{about}/positions")
        yield reader.costs("120 × 30: agenda", about, about)
        yield reader.costs("120 × 30: document", f"{about}/document", f"{about}/document")


WHO = ("facility", "city1", "city2", "city3", "city4", "city5")


def _voice(house: House, person: str) -> Voice:
    with house.context(Identity(person)).reading() as reader:
        return Voice(person, reader.actor.authorities[0].organisation_id)


def row(cost: Cost) -> str:
    """Return a line of the table."""
    missed = "" if cost.reached else "   missed"
    return (
        f"{cost.page:24}{cost.first:8.0f} ms{cost.again:8.0f} ms{cost.length / 1000:9.1f} kB"
        f"{cost.line / 1000:9.1f} kB{cost.queries:9}{missed}{'' if cost.status == 200 else f' ({cost.status})'}"  # noqa: PLR2004
    )


def main(scale: Scale | None = None) -> int:
    """Print the table; return 0 when every page is within its bounds, 1 when one is not."""
    scale = scale or Scale()
    with tempfile.TemporaryDirectory(prefix="sympolity-bench-") as folder:
        settings = Settings(data=str(Path(folder)), workers="0")
        place(settings)
        house = build(settings)
        costs = list(measured(house, scale))
        house.database.engine.dispose()
    print(
        f"\nOne recommendation with {scale.amendments} amendments and {scale.comments:,} comments, on SQLite\n"
    )
    print(f"{'page':24}{'first':>11}{'again':>11}{'bytes':>12}{'on the line':>12}{'queries':>9}")
    for cost in costs:
        print(row(cost))
    print(f"{'goal':24}{MILLISECONDS:8.0f} ms{'':11}{'':12}{BYTES / 1000:9.1f} kB")
    return 0 if all(cost.reached for cost in costs) else 1
