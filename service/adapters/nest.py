"""Where a service's processes apart come from: each is forked from one that has loaded what it needs.

To load the libraries takes ten times as long as to check a paper with them (ADR 0038). The nest is forked when the
service begins, alone with itself: it has no threads, no connections, no keys. It ends when the service does, however
that ends.
"""

import ctypes
import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from service.adapters.limits import MEBIBYTE, answer_of, fit_to_be_apart, limit

_LONGEST_ORDER = 4_096
_AT_ONCE = 65_536
_ANSWERED, _FAILED = b"\0", b"\1"
_BARE = 12
"""Mebibytes of addresses that Python takes before it has loaded anything."""
_TASKS = Path("/proc/self/task")
_LOOKS_EVERY = 5.0
"""Seconds after which the nest looks at what is being done."""
_HOPE = 6
"""So many looks in a row at a process that sleeps, and took no time of a processor since the first: it hangs."""
_STATE, _SPENT = 0, slice(11, 13)
"""Where /proc/…/stat, behind the name, tells whether a process sleeps, and what it took of the processor."""
_ENVIRONMENT = slice(47, 49)
"""Where /proc/self/stat, behind the name, tells from where to where in memory the first environment stands."""


class NestGoneError(RuntimeError):
    """There is no nest any more, so nothing was done."""


class WorkFailedError(RuntimeError):
    """The work could not be done; the message says why."""


class Nest:
    """The nest, as the service knows it."""

    def __init__(self, process: int, orders: socket.socket) -> None:
        self.process, self._orders = process, orders

    def ask(self, module: str, given: bytes, *, seconds: float, mebibytes: int, patience: float) -> bytes:
        """Return what the module answers to these bytes.

        Args:
            module: what to ask.
            given: what it reads.
            seconds: of processor time.
            mebibytes: of memory, beside what the service itself has loaded.
            patience: seconds by the clock.

        Raises:
            NestGoneError: there is no nest any more.
            WorkFailedError: it failed.
            TimeoutError: the patience is at its end; the work is ended, too.
        """
        ends = time.monotonic() + patience
        here, there = socket.socketpair()
        with here:
            with there:
                order = json.dumps([module, seconds, mebibytes, patience]).encode()
                try:
                    socket.send_fds(self._orders, [order], [there.fileno()])
                except OSError as gone:
                    raise NestGoneError from gone
            told = _talked(here, given, ends)
        match told[:1]:
            case b"\0":
                return told[1:]
            case b"\1":
                raise WorkFailedError(told[1:].decode(errors="replace"))
        raise WorkFailedError("it ended before it answered")

    def close(self) -> None:
        """End the nest, and all that is done in it."""
        self._orders.close()
        with suppress(ChildProcessError):
            os.waitpid(self.process, 0)


def _talked(here: socket.socket, given: bytes, ends: float) -> bytes:
    """Send what is given, and return all that comes back until the other side ends."""

    def be_patient() -> None:
        left = ends - time.monotonic()
        if left <= 0:
            raise TimeoutError
        here.settimeout(left)

    said = []
    # Who ends without reading to the end is told of by its answer, or by none.
    with suppress(BrokenPipeError, ConnectionResetError):
        be_patient()
        here.sendall(given)
        here.shutdown(socket.SHUT_WR)
    with suppress(ConnectionResetError):
        be_patient()
        while part := here.recv(_AT_ONCE):
            said.append(part)
            be_patient()
    return b"".join(said)


def open_nest() -> Nest | None:
    """Fork a nest; None where this process does more than one thing at a time, or cannot tell."""
    if not _TASKS.exists() or len(list(_TASKS.iterdir())) > 1:
        return None
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    sys.stdout.flush()
    sys.stderr.flush()
    process = os.fork()
    if not process:
        here.close()
        _be_the_nest(there)
    there.close()
    return Nest(process, here)


def _be_the_nest(orders: socket.socket) -> NoReturn:
    try:
        _keep_nothing_but(orders)
        _follow(orders)
    except BaseException:  # noqa: BLE001 - nobody is above who could be told
        traceback.print_exc()
    finally:
        os._exit(0)


def _keep_nothing_but(orders: socket.socket) -> None:
    """Let go of what the service has, but for where its complaints go."""
    # Whoever stops the service lets what is being done come to its end; the nest ends with the service.
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    kept, most = orders.fileno(), resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    os.closerange(3, kept)
    os.closerange(kept + 1, most)
    fit = fit_to_be_apart(os.environ)
    os.environ.clear()
    _forget_how_it_began()
    os.environ.update(fit)


def _forget_how_it_began() -> None:
    """Blank what the process was begun with: it stays readable in /proc, whatever becomes of the environment."""
    begins, ends = map(int, _stat("self")[_ENVIRONMENT])
    ctypes.memset(begins, 0, ends - begins)


def _follow(orders: socket.socket) -> None:
    """Fork a process for each order, until there is nobody who could give one."""
    at_work = dict[int, _Seen]()

    def bury(*_: object) -> None:
        with suppress(ChildProcessError):
            while found := os.waitpid(-1, os.WNOHANG)[0]:
                at_work.pop(found, None)

    signal.signal(signal.SIGCHLD, bury)
    of_the_service, looked_at = _addresses() - _BARE, time.monotonic()
    while True:
        if time.monotonic() - looked_at >= _LOOKS_EVERY:
            looked_at = time.monotonic()
            with _nobody_buried():
                _end_what_hangs(at_work)
        if not select.select([orders], [], [], _LOOKS_EVERY if at_work else None)[0]:
            continue
        order, (*given,), _, _ = socket.recv_fds(orders, _LONGEST_ORDER, 1)
        if not order:
            break
        module, seconds, mebibytes, patience = json.loads(order)
        with socket.socket(fileno=given[0]) as talk:
            _load(module)
            with _nobody_buried():
                process = os.fork()
                if not process:
                    orders.close()
                    _work(
                        talk, module, seconds=seconds, mebibytes=mebibytes + of_the_service, patience=patience
                    )
                at_work[process] = _Seen()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for process in at_work:
        os.kill(process, signal.SIGKILL)


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a process had taken of the processor, and at how many looks in a row it slept and had not taken more."""

    spent: tuple[str, ...] = ()
    looks: int = 0


@contextmanager
def _nobody_buried() -> Iterator[None]:
    """Let what has ended keep its id meanwhile."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    yield
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})


def _end_what_hangs(at_work: dict[int, _Seen]) -> None:
    """End what waits for what never comes: whoever asked is told at once, and may ask again.

    On a busy machine a process may get nothing for long, but then it does not sleep; and looks are counted, not
    seconds, because what stops all processes of the machine stops the nest, too.
    """
    for process, seen in list(at_work.items()):
        found = _stat(str(process))
        spent, sleeps = tuple(found[_SPENT]), found[_STATE] != "R"
        looks = seen.looks + 1 if sleeps and spent == seen.spent else 0
        at_work[process] = _Seen(spent, looks)
        if looks >= _HOPE:
            os.kill(process, signal.SIGKILL)


def _stat(process: str) -> list[str]:
    told = Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace")
    return told.rpartition(")")[2].split()


def _load(module: str) -> None:
    """Load what a module needs for its answers, once for all; what goes wrong is told by whoever does the work."""
    if module not in _loaded:
        _loaded.add(module)
        with suppress(Exception):
            importlib.import_module(module).load()
        # What is loaded stays as it is, in memory that all have in common.
        gc.freeze()


_loaded = set[str]()


def _work(talk: socket.socket, module: str, *, seconds: float, mebibytes: int, patience: float) -> NoReturn:
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
        # What keeps nobody waiting any more ends, also where it takes no time of a processor.
        signal.setitimer(signal.ITIMER_REAL, patience)
        limit(seconds=seconds, mebibytes=mebibytes)
        try:
            given = b"".join(iter(lambda: talk.recv(_AT_ONCE), b""))
            said = _ANSWERED + answer_of(module, given)
        except Exception as fault:  # noqa: BLE001 - whoever asked is told
            said = _FAILED + f"{type(fault).__name__}: {fault}".encode()
        talk.sendall(said)
    finally:
        os._exit(0)


def _addresses() -> int:
    """Return how many mebibytes of addresses this process has."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    return pages * resource.getpagesize() // MEBIBYTE
