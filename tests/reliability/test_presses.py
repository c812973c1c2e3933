"""An edition whose worker is killed at every point of its way is never half published, and ends as the same bytes."""

from dataclasses import dataclass
from itertools import product
from pathlib import Path
from signal import SIGKILL

import pytest
from sqlalchemy import text

from service.domain import publication
from service.domain.editions import LIFECYCLE, STEPS, EditionAction, EditionState
from service.domain.errors import NotReleased
from service.domain.publication import Approval
from service.domain.verification import Verdict
from service.workflows import editions
from service.workflows.ports import Renderer
from tests.builders import a_world, an_edition, endorsed
from tests.fakes import FakeRenderer, FakeSealer
from tests.houses import House
from tests.reliability.nursery import Nursery
from tests.reliability.presses import Printer
from tests.worlds import World

POINTS = [f"{step}.{point}" for step, point in product(STEPS, ("before", "before_commit", "after"))]
EDITIONS = 10
SOAK_EDITIONS = 50
"""So many on each engine: every point is met twenty times, and a hundred times in the long campaign."""


@dataclass(frozen=True)
class Press:
    """Where the workers come from that do what is left of an edition's way."""

    nursery: Nursery
    world: World
    log: Path
    keys: str = ""

    def dies_at(self, point: str) -> bool:
        """Let a worker go on until it is killed at `point`, and tell whether it was; others find its lease run out."""
        database = self.world.house.database
        with database.writing() as connection:
            connection.execute(text("UPDATE jobs SET lease_until = run_at WHERE state = 'running'"))
        url = database.engine.url.render_as_string(hide_password=False)
        ended = self.nursery.ended(self.nursery.start_press(url, point, self.log, data=self.keys))
        assert ended in {0, -SIGKILL}, self.log.read_text()
        return ended == -SIGKILL

    def publish(self) -> str:
        """Let an edition be published by workers that are killed at every point once; returns its id."""
        edition = an_edition(self.world, approved=True)
        states = [EditionState.APPROVED]
        for point in POINTS:
            assert self.dies_at(point), point
            step, _, where = point.partition(".")
            if where == "after":
                states.append(LIFECYCLE.next(states[-1], EditionAction(step)))
            assert (self.world.edition(edition).state, is_public(self.world, edition)) == (
                states[-1],
                states[-1] is EditionState.RELEASED,
            )
        assert not self.dies_at("nowhere")
        assert moves(self.world, edition) == states[1:]
        return edition


def moves(world: World, edition: str) -> list[str]:
    """Return the states on an edition's way, as the record tells them."""
    entries = [e for e in world.house.record(world.agenda) if e.subject_id == edition]
    return [str(entry.data["state"]) for entry in entries if "state" in entry.data]


def is_public(world: World, edition: str) -> bool:
    """Tell whether anyone can have the paper."""
    try:
        return editions.pdf(world.house.stranger, edition).startswith(b"%PDF-")
    except NotReleased:
        return False


def printed(world: World, edition: str, renderer: Renderer) -> bytes:
    """Return the paper as anyone prints it who has the same snapshot and the same approval."""
    found = world.edition(edition)
    approval = Approval(found.assembled_by, found.approved_by, found.approved_at)
    return renderer.render(publication.from_json(editions.snapshot(world.house.stranger, edition)), approval)


@pytest.mark.slow
def test_a_worker_killed_at_every_point_leaves_nothing_half_published(
    house: House, nursery: Nursery, tmp_path: Path
) -> None:
    published_whole(Press(nursery, endorsed(a_world(house)), tmp_path / "log"), EDITIONS)


@pytest.mark.soak
def test_a_hundred_kills_at_every_point_leave_nothing_half_published(
    house: House, nursery: Nursery, tmp_path: Path
) -> None:
    published_whole(Press(nursery, endorsed(a_world(house)), tmp_path / "log"), SOAK_EDITIONS)


def published_whole(press: Press, count: int) -> None:
    """Demand that papers of many lives have the bytes that one life would have given them."""
    world, sealer = press.world, FakeSealer()
    for edition in [press.publish() for _ in range(count)]:
        paper = printed(world, edition, FakeRenderer())
        assert editions.pdf(world.house.stranger, edition) == sealer.timestamp(sealer.sign(paper))


@pytest.mark.slow
def test_a_paper_of_many_lives_has_the_bytes_of_one(house: House, nursery: Nursery, tmp_path: Path) -> None:
    world = endorsed(a_world(house))
    edition = Press(nursery, world, tmp_path / "log", keys=str(tmp_path)).publish()
    report = world.edition(edition).verification
    assert report is not None
    assert report.verdict is Verdict.VALID
    assert editions.pdf(house.stranger, edition).startswith(printed(world, edition, Printer()))
