"""A worker that is killed for good, in a process of its own, with the real printer and the real seal."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text, update

from service.commands.failpoints import DIED, crash_at
from service.domain.editions import EditionState
from service.domain.verification import Verdict
from service.store.bookkeeping import jobs
from service.workflows import editions
from tests.builders import a_world, endorsed
from tests.houses import House
from tests.worlds import World

DIES_WITHIN = 120.0


def worker(house: House, data: Path, failpoint: str) -> "subprocess.Popen[bytes]":
    url = house.database.engine.url.render_as_string(hide_password=False)
    environment = {
        **os.environ,
        "SYMPOLITY_DATA": str(data),
        "SYMPOLITY_DATABASE_URL": url,
        "SYMPOLITY_FAILPOINT": failpoint,
    }
    command = [sys.executable, "-m", "service", "worker"]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.DEVNULL)


def released(world: World, edition: str) -> None:
    patience = time.monotonic() + DIES_WITHIN
    while world.edition(edition).state is not EditionState.RELEASED:
        assert time.monotonic() < patience
        time.sleep(0.1)


@pytest.mark.slow
def test_an_edition_survives_a_worker_that_is_killed(house: House, tmp_path: Path) -> None:
    world = endorsed(a_world(house))
    edition = editions.assemble(
        world.acting(world.facility), world.agenda, to_sign=[one.person for one in world.approvers]
    )
    for member in world.approvers:
        command = editions.ApproveEdition(edition, world.edition(edition).digest)
        editions.approve(world.acting(member), command)
    with worker(house, tmp_path, "sign.before_commit") as process:
        assert process.wait(DIES_WITHIN) == DIED
    assert world.edition(edition).state is EditionState.RENDERED
    with house.database.writing() as connection:
        # Whoever waits for its lease waits for good; who begins on the same machine sees that it is gone.
        connection.execute(update(jobs).values(lease_until=datetime(2100, 1, 1, tzinfo=UTC)))
    with worker(house, tmp_path, "") as process:
        released(world, edition)
        process.send_signal(signal.SIGTERM)
        assert process.wait(DIES_WITHIN) == 0
    record = [e.data.get("state", e.name) for e in house.record(world.agenda) if e.subject_id == edition]
    assert record[5:] == ["edition.approved", "rendered", "signed", "timestamped", "verified", "released"]
    with house.database.reading() as connection:
        assert connection.execute(text("SELECT state FROM jobs WHERE kind = 'publish'")).scalars().all() == [
            "done"
        ]
    paper = editions.pdf(house.stranger, edition)
    assert paper.startswith(b"%PDF-")
    found = editions.verify(house.stranger, paper)
    assert found.verdict is Verdict.VALID
    assert sorted((one.name, one.own_key) for one in found.signatories) == [
        ("Unit one’s person", True),
        ("Unit two’s person", True),
    ]


def test_a_point_without_a_name_is_passed(monkeypatch: pytest.MonkeyPatch) -> None:
    died: list[int] = []
    monkeypatch.setattr(os, "_exit", died.append)
    crash_at("")("sign.before")
    crash_at("sign.after")("sign.before")
    assert died == []
    crash_at("sign.before")("sign.before")
    assert died == [DIED]
