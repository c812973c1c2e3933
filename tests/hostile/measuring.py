"""What an answer costs the server, whatever else the machine does."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.serving import Server

AT_ONCE: Final = 1.0
"""Seconds of a processor that an answer may cost."""
PAPER: Final = 10.0
"""Seconds of a processor that an answer about a paper may cost."""


def processor_time(server: Server) -> float:
    """Return how many seconds a server has had a processor for, with all processes that it started."""
    return _ticks(server.pid) / os.sysconf("SC_CLK_TCK")


def _ticks(process: int) -> int:
    """Return what a process has taken, with those below it: each counts those that ended itself."""
    own = Path(f"/proc/{process}")
    fields = (own / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
    below = (own / "task" / str(process) / "children").read_text(encoding="ascii").split()
    return sum(map(int, fields[11:15])) + sum(_ticks(int(child)) for child in below)


@contextmanager
def quickly(server: Server, what: object, within: float = AT_ONCE) -> Iterator[None]:
    """Ask a server for something within the block, which must not take it longer."""
    before = processor_time(server)
    yield
    spent = processor_time(server) - before
    assert spent < within, (spent, str(what)[:300])
