"""Processes of the service, forked from one that has loaded its modules: starting one costs a tenth of what it would.

Run as a program it reads orders, one JSON object a line: start a command of `sympolity`, start a press, or tell how one
ended. Each process is one of its own, runs the command as the command line would, and can be killed like any other.
"""

import atexit
import faulthandler
import gc
import importlib
import json
import os
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
LOADED = (
    "service.__main__",
    "service.adapters.pdf.render",
    "service.adapters.signing",
    "alembic.command",
    "anyio._backends._asyncio",
    "babel.numbers",
    "litestar.middleware.compression.brotli_facade",
    "psycopg",
    "uvicorn.lifespan.on",
    "uvicorn.loops.auto",
    "uvicorn.loops.uvloop",
    "uvicorn.protocols.http.auto",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.protocols.websockets.auto",
)
STILL_RUNS = "still runs"
PRESSES = "tests.reliability.presses"
"""Where presses come from: loaded with the first one, because the printer and the seal are large."""


class Nursery:
    """Where processes of the service come from."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    @classmethod
    @contextmanager
    def opened(cls) -> Iterator["Nursery"]:
        """Open one, and close it in the end; whoever it started has to have ended by then."""
        command = [sys.executable, "-m", "tests.reliability.nursery"]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
            yield cls(process)

    def start(self, command: str, environment: Mapping[str, str], log: Path) -> int:
        """Start a command in this environment, its complaints going to `log`; returns the id of its process."""
        return int(self._asked({"start": [command], "environment": dict(environment), "log": str(log)}))

    def run(
        self, arguments: Sequence[str], environment: Mapping[str, str], within: float
    ) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end, and return what it said and its exit code; it is killed if it takes longer."""
        with TemporaryDirectory(prefix="sympolity-run-") as folder:
            said, log = Path(folder, "said"), Path(folder, "log")
            order = {"start": list(arguments), "environment": dict(environment)}
            process = int(self._asked({**order, "log": str(log), "said": str(said)}))
            code = self.ended_within(process, within)
            if code is None:
                os.kill(process, signal.SIGKILL)
                code = self.ended(process)
            told = (file.read_text(encoding="utf-8") for file in (said, log))
            return subprocess.CompletedProcess(arguments, code, *told)

    def start_press(self, url: str, point: str, log: Path, *, data: str = "") -> int:
        """Start a worker that has printer and seal in its own process, and dies at `point`; returns its id.

        Its keys lie in the folder `data`; without one, printer and seal are those of the tests.
        """
        press = {"url": url, "data": data, "point": point}
        return int(self._asked({"press": press, "environment": dict(os.environ), "log": str(log)}))

    def ended(self, process: int) -> int:
        """Wait until a process has ended; returns its exit code, negative for the signal that killed it."""
        return int(self._asked({"ended": process}))

    def ended_within(self, process: int, seconds: float) -> int | None:
        """Wait so long for a process to end; returns its exit code as `ended` does, None where it still runs."""
        answer = self._asked({"ended": process, "within": seconds})
        return None if answer == STILL_RUNS else int(answer)

    def _asked(self, order: Mapping[str, Any]) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{json.dumps(order)}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()


@cache
def nursery() -> Nursery:
    """Return the nursery of this process, which is opened for whoever is the first to ask."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(Nursery.opened())


def _forked(run: Callable[[], int], environment: Mapping[str, str], log: str, said: str = os.devnull) -> int:
    """Run something in a process of its own, which never returns from here."""
    process = os.fork()
    if process:
        return process
    nowhere = os.open(os.devnull, os.O_RDWR)
    heard, complained = (os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600) for file in (said, log))
    for descriptor, stream in ((nowhere, 0), (heard, 1), (complained, 2)):
        os.dup2(descriptor, stream)
    os.environ.clear()
    os.environ.update(environment)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Whoever waits in vain may ask where each thread is; what is forked from here answers, too.
    faulthandler.register(signal.SIGUSR1)
    code = _ended_with(run)
    sys.stdout.flush()
    sys.stderr.flush()
    # What the libraries do when a program ends is meant for the one that loaded them.
    os._exit(code)


def _ended_with(run: Callable[[], int]) -> int:
    """Run something, and return the exit code that a program of it alone would have."""
    try:
        return run()
    except SystemExit as asked:
        return asked.code if isinstance(asked.code, int) else int(asked.code is not None)
    except BaseException:  # noqa: BLE001 - as a program that is left without one
        traceback.print_exc()
        return 1


def _ended(process: int, within: float | None) -> int | str:
    """Wait for a process to end, at most so long where a time is given."""
    if within is None:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    patience = time.monotonic() + within
    while True:
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() >= patience:
            return STILL_RUNS
        time.sleep(0.01)


def main(orders: Sequence[str] | Iterator[str]) -> None:
    """Follow orders until there are no more."""
    from service import app  # noqa: PLC0415 - whoever only asks the nursery need not load it

    for name in LOADED:
        importlib.import_module(name)
    # An application is wired once: each process that is forked has this one for itself.
    wired = app.wire()
    app.wire = lambda: wired
    # What is loaded stays as it is, in pages that all processes have in common.
    gc.collect()
    gc.freeze()
    # Whoever interrupts a test run interrupts what it reads from, too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for line in orders:
        order = json.loads(line)
        if "start" in order:
            run = partial(sys.modules["service.__main__"].main, order["start"])
            said = order.get("said", os.devnull)
            answer: int | str = _forked(run, order["environment"], order["log"], said)
        elif "press" in order:
            press = partial(importlib.import_module(PRESSES).work, **order["press"])
            answer = _forked(press, order["environment"], order["log"])
        else:
            answer = _ended(order["ended"], order.get("within"))
        sys.stdout.write(f"{answer}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(iter(sys.stdin.readline, ""))
