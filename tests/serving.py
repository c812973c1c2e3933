"""Running servers for tests that ask from outside: the real command, in a process of its own.

The demonstration is loaded once per engine and test run; whoever asks gets a copy. A server that leaves a trace
of an error in its log, or does not stop cleanly, fails the test that used it.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.engines import Databases, of_this_run, one_process_at_a_time
from tests.reliability.nursery import nursery

# What these assert is told in full, as in a test.
pytest.register_assert_rewrite("tests.acceptance.people", "tests.browser.window", "tests.hostile.pages")

ROOT = Path(__file__).resolve().parents[1]
HERE = "127.0.0.1"
READY_WITHIN = 30.0
STOPS_WITHIN = 20.0
LOADS_WITHIN = 120.0
OFFICERS = ("facility", "rapporteur", "signatory", "approver", "delegation", "intpa", "observer")
CITIES = 60
"""So many cities of the demonstration hold tokens: enough to reach the quorum of its rule."""

ISSUE = """
import sys
from datetime import UTC, datetime, timedelta
from service.app import build
from service.domain.actors import Scope
from service.settings import read_settings
from service.store.identity import Identity
from service.workflows.access import IssueToken, issue_token
operator = build(read_settings()).context(Identity(operator=True))
for email in sys.argv[1:]:
    print(issue_token(operator, IssueToken(email, tuple(Scope), datetime.now(UTC) + timedelta(days=1)))[1])
"""
"""What `sympolity token` does, for many people in one process."""


# Tests change in seconds what people change in days.
GENEROUS = {"SYMPOLITY_WRITES_PER_MINUTE": "0"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an instance keeps everything: its data directory, and its database where that is no file in it."""

    data: Path
    database_url: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """What the commands are told; nothing of this machine's own settings reaches them."""
        own = {n: v for n, v in os.environ.items() if not n.startswith("SYMPOLITY_")}
        return (
            own | {"SYMPOLITY_DATA": str(self.data), "SYMPOLITY_DATABASE_URL": self.database_url} | GENEROUS
        )

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command of `sympolity` here, and return what it said and its exit code."""
        return nursery().run(arguments, self.environment, LOADS_WITHIN)

    def tokens(self, *emails: str) -> list[str]:
        """Return an API token for each of these persons."""
        done = subprocess.run(
            [sys.executable, "-c", ISSUE, *emails],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=LOADS_WITHIN,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.split()


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers at `address`, as the process `pid`.

    `tokens` are those of the demonstration's persons, by the part of their e-mail address before the @.
    """

    address: str
    place: Place
    pid: int
    tokens: Mapping[str, str] = field(default_factory=dict)

    def client(self, who: str = "") -> httpx.Client:
        """Return a client, with the token of `who` (the part of the address before the @) if anyone is named."""
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        return httpx.Client(base_url=self.address, headers=headers, timeout=30)


class Demonstration:
    """The loaded demonstration, on SQLite in its data directory or in a database of its own."""

    def __init__(self, folder: Path, databases: Databases | None = None) -> None:
        self._folder, self._databases = folder, databases
        folder.mkdir(exist_ok=True)
        with one_process_at_a_time(folder):
            if not self._notes.exists():
                self._load()
        notes = json.loads(self._notes.read_text(encoding="utf-8"))
        self._database_url: str = notes["database_url"]
        self.tokens: Mapping[str, str] = notes["tokens"]

    @property
    def _notes(self) -> Path:
        return self._folder / "notes.json"

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _load(self) -> None:
        shutil.rmtree(self._data, ignore_errors=True)
        place = Place(self._data, self._databases.empty() if self._databases is not None else "")
        loaded = place.run("demo")
        assert loaded.returncode == 0, loaded.stderr
        people = [*OFFICERS, *(f"city{number}" for number in range(1, CITIES + 1))]
        tokens = place.tokens(*(f"{who}@example.org" for who in people))
        notes = {"database_url": place.database_url, "tokens": dict(zip(people, tokens, strict=True))}
        self._notes.write_text(json.dumps(notes), encoding="utf-8")

    @contextmanager
    def copied(self, data: Path) -> Iterator[Place]:
        """Copy it into a new data directory, and a new database where it needs one."""
        shutil.copytree(self._data, data)
        if self._databases is None:
            yield Place(data)
            return
        url = self._databases.copy(self._database_url)
        yield Place(data, url)
        self._databases.drop(url)

    @contextmanager
    def served(self, folder: Path, *, workers: int = 1) -> Iterator[Server]:
        """Serve a copy that belongs to the caller alone; `folder` takes its data and its log."""
        with (
            self.copied(folder / "data") as place,
            serving(place, folder / "log", self.tokens, workers=workers) as server,
        ):
            yield server


@contextmanager
def serving(
    place: Place, log: Path, tokens: Mapping[str, str] | None = None, *, workers: int = 1
) -> Iterator[Server]:
    """Run the server until the block ends; then it has to have stopped cleanly, and without a trace in its log."""
    port = free_port()
    environment = place.environment | {"HOST": HERE, "PORT": str(port), "SYMPOLITY_WORKERS": str(workers)}
    log.touch()
    process = nursery().start("serve", environment, log)
    try:
        server = Server(f"http://{HERE}:{port}", place, process, tokens or {})
        wait_until_ready(server, log)
        yield server
    finally:
        # One that has ended too early is there to be signalled until its end was asked for.
        os.kill(process, signal.SIGINT)
        code = nursery().ended_within(process, STOPS_WITHIN)
        if code is None:
            os.kill(process, signal.SIGKILL)
            code = nursery().ended(process)
    complaints = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in complaints, complaints
    assert code == 0, f"the server ended with {code}: {complaints}"


def wait_until_ready(server: Server, log: Path) -> None:
    """Wait until the server answers that it is ready."""
    patience = time.monotonic() + READY_WITHIN
    while not is_ready(server):
        complaints = log.read_text(encoding="utf-8", errors="replace")
        assert has_memory(server.pid), f"the server ended: {complaints}"
        assert time.monotonic() < patience, f"the server is not ready: {complaints}"
        time.sleep(0.05)


def has_memory(process: int) -> bool:
    """Tell whether a process has not ended, also where nobody has asked for its end yet."""
    return "VmRSS:" in Path(f"/proc/{process}/status").read_text(encoding="ascii")


def is_ready(server: Server) -> bool:
    """Tell whether the server says that it is ready."""
    try:
        return httpx.get(f"{server.address}/readyz", timeout=5).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def demonstration(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The loaded demonstration, on each engine."""
    alone = databases if databases.name == "postgresql" else None
    return Demonstration(of_this_run(tmp_path_factory, f"demonstration-{databases.name}"), alone)


@pytest.fixture(scope="session")
def sqlite_demonstration(tmp_path_factory: pytest.TempPathFactory) -> Demonstration:
    """The loaded demonstration, for tests that say the same on every engine."""
    return Demonstration(of_this_run(tmp_path_factory, "demonstration-sqlite"))


@pytest.fixture
def server(demonstration: Demonstration, tmp_path: Path) -> Iterator[Server]:
    """A server with the demonstration that belongs to this test alone, on each engine."""
    with demonstration.served(tmp_path) as server:
        yield server
