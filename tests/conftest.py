"""What every test can ask for, and the last word of a test run: what this machine could not run."""

import gc
import os
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from xdist.workermanage import WorkerController

from tests import bytecode
from tests.dealing import dealt, part
from tests.engines import Databases, PostgresDatabases, SqliteDatabases, of_this_run, stop_server
from tests.machine import CANNOT_RUN, cannot_run, find_chromium, write_to_memory

if TYPE_CHECKING:
    from tests.houses import House

bytecode.keep()
write_to_memory()

# Running servers, for the tests that ask from outside.
pytest_plugins = ("tests.serving",)

settings.register_profile("house", deadline=None)
settings.register_profile(
    "soak", max_examples=10_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("ci" if os.environ.get("CI") else "house")

SERVER_FOLDER = pytest.StashKey[Path]()


def told_by_opener(config: pytest.Config) -> Mapping[str, str | int] | None:
    """Return what the process that opened the run tells this one; None where this one opened it."""
    told: Mapping[str, str | int] | None = getattr(config, "workerinput", None)
    return told


def is_worker(config: pytest.Config) -> bool:
    """Tell whether this process runs tests for another one, which opened the run."""
    return told_by_opener(config) is not None


def pytest_configure(config: pytest.Config) -> None:
    told = told_by_opener(config)
    folder = tempfile.mkdtemp(prefix="sympolity-pg-") if told is None else str(told["server_folder"])
    config.stash[SERVER_FOLDER] = Path(folder)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: WorkerController) -> None:
    """Tell a test process where the run's server lives."""
    node.workerinput["server_folder"] = str(node.config.stash[SERVER_FOLDER])


def pytest_unconfigure(config: pytest.Config) -> None:
    if not is_worker(config):
        stop_server(config.stash[SERVER_FOLDER])


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Load all tests without looking for garbage; what is loaded by then stays, and is not looked through again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Let one process more than there are processors run tests: now and then each waits for a server."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the campaigns to `make soak`, and begin with what takes long where several processes share the work."""
    if "soak" not in config.option.markexpr:
        left_out = [item for item in items if item.get_closest_marker("soak")]
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)
    told = told_by_opener(config)
    if told is not None:
        items[:] = dealt([(part(item), item) for item in items], int(told["workercount"]))


def not_run(reporter: pytest.TerminalReporter) -> Counter[str]:
    """Return what could not run here, with what to install, and how many tests each stands for."""
    skipped = [report.longrepr for report in reporter.stats.get("skipped", [])]
    reasons = [place[2] for place in skipped if isinstance(place, tuple)]
    return Counter(reason.partition(f"{CANNOT_RUN}: ")[2] for reason in reasons if CANNOT_RUN in reason)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not is_worker(session.config) and reporter and os.environ.get("CI") and not_run(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    missing = not_run(terminalreporter)
    if missing:
        terminalreporter.section("NOT RUN: this machine lacks something", sep="!", red=True, bold=True)
        for what, count in missing.items():
            terminalreporter.line(f"{count} not run: {what}", red=True)


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest state."""
    from service.store.migrate import upgrade  # noqa: PLC0415 - only tests on a database need the store

    upgrade(url)


def files_in(factory: pytest.TempPathFactory, name: str) -> SqliteDatabases:
    """Return databases in a folder of their own."""
    return SqliteDatabases(factory.mktemp(name), of_this_run(factory, "migrated"), migrate)


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """The engine, one after the other: whatever asks for this runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield files_in(tmp_path_factory, "sqlite")
        return
    process = os.environ.get("PYTEST_XDIST_WORKER", "main")
    found = PostgresDatabases(request.config.stash[SERVER_FOLDER], process, migrate)
    yield found
    found.close()


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """A migrated database that belongs to this test alone, on each engine."""
    url = databases.fresh()
    yield url
    databases.give_back(url)


@pytest.fixture
def empty_database_url(databases: Databases) -> Iterator[str]:
    """A database without any table that belongs to this test alone, on each engine."""
    url = databases.empty()
    yield url
    databases.drop(url)


def lived_in(url: str) -> Iterator["House"]:
    """Open a house, and see afterwards that what happened in it left every record unbroken."""
    from tests.houses import House  # noqa: PLC0415 - only tests on a database need the store

    house = House.at(url)
    yield house
    house.check_records()
    house.close()


@pytest.fixture
def house(database_url: str) -> Iterator["House"]:
    """A house of this test's own, empty, on each engine."""
    yield from lived_in(database_url)


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> SqliteDatabases:
    """Databases for tests that say the same on every engine."""
    return files_in(tmp_path_factory, "sqlite-alone")


@pytest.fixture
def sqlite_house(sqlite_databases: SqliteDatabases) -> Iterator["House"]:
    """A house of this test's own, empty, on SQLite alone."""
    url = sqlite_databases.fresh()
    yield from lived_in(url)
    sqlite_databases.drop(url)


@pytest.fixture
def short_folder() -> Iterator[Path]:
    """A folder with a path short enough for a Unix socket in it; a server in it is stopped."""
    folder = Path(tempfile.mkdtemp(prefix="sympolity-pg-"))
    yield folder
    stop_server(folder)


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The browser to drive, as Playwright's `executable_path`."""
    found = find_chromium()
    if found is None:
        cannot_run("the tests in a browser", "install Chromium: apt-get install chromium")
    return found
