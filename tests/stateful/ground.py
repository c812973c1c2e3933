"""The real application over HTTP, with a printer, a seal and a clock that obey, for a model to be compared with."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from httpx import Response
from litestar.testing import TestClient

from service.app import House, create_app
from service.domain.phases import Phase
from service.domain.recommendations import Addressee
from service.domain.text import Block, BlockKind
from service.settings import Settings
from service.store.engine import Database
from service.workflows import jobs, recommendations
from tests.api.world import Caller, Round, World
from tests.fakes import FakeCourier, FakeRenderer, FakeSealer, a_notary
from tests.houses import Clock, engine_at

PARAGRAPHS = 60
"""Each amendment of a story takes a paragraph of its own, so that none meets another."""


class Broken(RuntimeError):
    """Something in the workshop has a fault, because the story wants one."""


@dataclass
class Workshop:
    """Where editions are made; it stops before the step `broken_at`, if there is one."""

    broken_at: str = ""

    def reached(self, point: str) -> None:
        """Stop the work where it is broken."""
        if point == f"{self.broken_at}.before":
            raise Broken(point)


@dataclass(frozen=True)
class Ground:
    """The people, and a new round for each story."""

    world: World
    clock: Clock
    courier: FakeCourier
    workshop: Workshop = field(default_factory=Workshop)

    @cached_property
    def facility(self) -> Caller:
        return self.world.facility

    @cached_property
    def cities(self) -> tuple[Caller, Caller]:
        return self.world.lakeside, self.world.harbour

    @cached_property
    def approver(self) -> Caller:
        return self.world.approver

    def round(self) -> Round:
        """Open a round with one recommendation of many short paragraphs."""
        opened = self.world.round(Phase.PREPARATION, drafts=0)
        texts = [f"Paragraph {number} keeps these words." for number in range(PARAGRAPHS)]
        blocks = (
            Block("", BlockKind.HEADING, "The ask", 1),
            *(Block("", BlockKind.PARAGRAPH, text) for text in texts),
        )
        drafted = recommendations.draft(
            self.world.facilitating,
            recommendations.DraftRecommendation(
                opened.agenda_id, Addressee.EU_HEADQUARTERS, "Upkeep", blocks
            ),
        )
        return Round(self.world, opened.agenda_id, [drafted])

    def work(self) -> None:
        """Do every job that is due."""
        while jobs.work_once(self.world.operator, self.workshop.reached):
            pass


@contextmanager
def grounds(url: str, data: Path) -> Iterator[Ground]:
    """Run the application on a migrated database."""
    clock, workshop, courier = Clock(), Workshop(), FakeCourier()
    database = Database(engine_at(url), clock)
    house = House(
        Settings(data=str(data), database_url=url, workers="0", writes_per_minute="0"),
        database,
        FakeRenderer(),
        FakeSealer(),
        a_notary(),
        courier=courier,
    )
    with TestClient(create_app(house), raise_server_exceptions=False) as client:
        yield Ground(World(house, client), clock, courier, workshop)
    database.engine.dispose()


def told(answer: Response) -> str:
    """Return what somebody was told: `done`, or the code of the refusal; a fault of the service fails the story."""
    assert not answer.is_server_error, answer.text
    return "done" if answer.is_success else str(answer.json()["code"])
