"""Processes apart that come from a nest: as safe as those that begin from nothing, and gone with the service."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from service.adapters.nest import open_nest

ROOT = Path(__file__).parents[2]
WORK = "tests.adapters.nestlings"
SERVICE = """
import json, os, sys, threading
from service.adapters import apart

apart.nest()
own, stop = open("Makefile"), threading.Event()
threading.Thread(target=stop.wait, daemon=True).start()
for line in sys.stdin:
    module, given, seconds, mebibytes = json.loads(line)
    try:
        told = ["answered", apart.run(module, given.encode(), seconds=seconds, mebibytes=mebibytes).decode()]
    except apart.ApartError as fault:
        told = ["failed", str(fault)]
    print(json.dumps([*told, [nest.process for nest in apart._nests]]), flush=True)
"""
"""A service that does what it is told in processes apart, beside a thread and a file of its own."""


class Service:
    """A service with a nest."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self.process = process
        self.nests = list[int]()

    def asks(
        self, word: str, *, module: str = WORK, seconds: float = 20, mebibytes: int = 256
    ) -> tuple[str, str]:
        """Have something done apart; return whether it was answered, and what."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{json.dumps([module, word, seconds, mebibytes])}\n")
        self.process.stdin.flush()
        how, told, self.nests = json.loads(self.process.stdout.readline())
        return how, told

    def told(self) -> Mapping[str, Any]:
        """Return what a process apart knows and has."""
        how, told = self.asks("tell")
        assert how == "answered", told
        found: Mapping[str, Any] = json.loads(told)
        return found


@contextmanager
def begun(before: str = "") -> Iterator[Service]:
    """Begin a service, with a secret among its settings; `before` is done first."""
    environment = os.environ | {"SYMPOLITY_SMTP_URL": "smtp://a:secret@mail.example"}
    pipe, command = subprocess.PIPE, [sys.executable, "-c", f"{before}\n{SERVICE}"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        yield Service(process)


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with begun() as service:
        yield service


def is_there(process: int) -> bool:
    """Tell whether a process is there, and more than a name on its parent's list."""
    status = Path(f"/proc/{process}/stat")
    return status.exists() and status.read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"


def is_gone_soon(process: int) -> bool:
    """Tell whether a process is gone within a while."""
    patience = time.monotonic() + 20
    while is_there(process) and time.monotonic() < patience:
        time.sleep(0.02)
    return not is_there(process)


def test_each_work_has_a_process_of_its_own_and_what_it_needs_is_loaded_once(service: Service) -> None:
    first, second = service.told(), service.told()

    assert first["process"] != second["process"]
    assert [first["parent"]] == [second["parent"]] == service.nests
    assert first["loaded in"] == second["loaded in"] == service.nests
    assert service.process.pid not in {first["process"], first["parent"]}


def test_nothing_of_the_service_reaches_the_work(service: Service) -> None:
    told = service.told()

    assert (told["settings"], "secret" in told["began with"]) == ([], False)
    # Nowhere to read from and to write to, where complaints go, and whoever asked.
    assert [one for one in told["open"] if one.startswith("socket:")] == [told["open"][-1]]
    assert [one for one in told["open"] if one.endswith(("Makefile", ".db"))] == []
    assert told["threads"] == 1
    assert not told["waits for"]


def test_much_goes_in_and_comes_out(service: Service) -> None:
    assert service.asks("a long word " * 100_000) == ("answered", "a long word " * 10_000_000)


def test_what_goes_wrong_is_told(service: Service) -> None:
    assert service.asks("refuse") == ("failed", f"{WORK} failed: ValueError: not this")
    assert service.asks("die") == ("failed", f"{WORK} failed: it ended before it answered")
    how, told = service.asks("", module="tests.adapters.nobody")
    assert (how, told.split(":")[1].strip()) == ("failed", "ModuleNotFoundError")
    assert service.asks("well") == ("answered", "well" * 100)


def test_too_much_memory_and_too_much_time_are_refused(service: Service) -> None:
    assert service.asks("grow", mebibytes=200) == ("failed", f"{WORK} failed: MemoryError: ")
    assert service.asks("grow", mebibytes=400) == ("answered", str(300 * 1024 * 1024))
    assert service.asks("spin", seconds=0.1) == ("failed", f"{WORK} took more than 0.1 seconds.")
    assert service.asks("sleep", seconds=0.1) == ("failed", f"{WORK} took more than 0.1 seconds.")
    nest = service.nests[0]
    below = Path(f"/proc/{nest}/task/{nest}/children")
    patience = time.monotonic() + 20
    while below.read_text(encoding="ascii").strip() and time.monotonic() < patience:
        time.sleep(0.02)
    assert below.read_text(encoding="ascii").split() == []


def test_what_hangs_is_ended_long_before_all_patience_is_and_what_works_is_not() -> None:
    with begun("from service.adapters import nest; nest._LOOKS_EVERY = 0.02") as service:
        began = time.monotonic()
        assert service.asks("sleep", seconds=20) == ("failed", f"{WORK} failed: it ended before it answered")
        assert time.monotonic() - began < 20
        assert service.asks("spin", seconds=0.3) == ("failed", f"{WORK} took more than 0.3 seconds.")
        assert service.asks("well") == ("answered", "well" * 100)


def test_a_service_that_is_killed_takes_its_nest_along_and_what_is_done_in_it() -> None:
    with begun() as service:
        # It has answered, and may be on its parent's list for a moment longer.
        done = service.told()["process"]
        (nest,) = service.nests
        assert service.process.stdin is not None
        service.process.stdin.write(f"{json.dumps([WORK, 'sleep', 30, 256])}\n")
        service.process.stdin.flush()
        below = Path(f"/proc/{nest}/task/{nest}/children")
        patience = time.monotonic() + 20
        at_work = set[int]()
        while not at_work and time.monotonic() < patience:
            at_work = {*map(int, below.read_text(encoding="ascii").split())} - {done}
            time.sleep(0.02)
        (busy,) = at_work
        service.process.kill()

        assert [is_gone_soon(process) for process in (nest, busy)] == [True, True]


def test_who_interrupts_or_ends_all_at_once_does_not_end_the_nest_before_the_service() -> None:
    with begun() as service:
        service.told()
        (nest,) = service.nests
        for name in (signal.SIGINT, signal.SIGTERM):
            os.kill(nest, name)

        assert service.told()["parent"] == nest


def test_a_service_without_a_nest_does_the_same_by_itself() -> None:
    with begun() as service:
        service.told()
        (nest,) = service.nests
        os.kill(nest, signal.SIGKILL)
        assert is_gone_soon(nest)

        told = service.told()
        assert (service.nests, told["parent"], told["settings"]) == ([], service.process.pid, [])
        assert service.asks("well") == ("answered", "well" * 100)


def test_who_does_several_things_at_once_opens_no_nest(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for task in ("1", "2"):
        (tmp_path / task).touch()
    for tasks in (tmp_path, tmp_path / "a system without them"):
        monkeypatch.setattr("service.adapters.nest._TASKS", tasks)
        assert open_nest() is None
