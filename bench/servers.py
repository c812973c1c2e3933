"""The two servers that are compared, each a process of its own with data of its own."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
READY_WITHIN = 120.0
"""Seconds that a server may take to answer; the service loads its demo first."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers, and where its data lies."""

    port: int
    environment: Mapping[str, str]

    def ask(self, path: str, *, token: str | None = None, body: object = None) -> Any:  # noqa: ANN401 - JSON
        """Ask for JSON, or send some, and return the answer's JSON."""
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        sent = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", sent, headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def token(self, email: str, *scopes: str) -> str:
        """Return a new API token of a demo person."""
        options = [word for scope in scopes for word in ("--scope", scope)]
        command = [str(BIN / "sympolity"), "token", email, *options]
        done = subprocess.run(
            command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(command: list[str], port: int, ready: str, environment: Mapping[str, str]) -> Iterator[Server]:
    """Run a server until the block ends; it is there when `ready` answers.

    Raises:
        TimeoutError: it did not answer in time, or ended.
    """
    full = {**os.environ, **environment, "PORT": str(port), "HOST": "127.0.0.1", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=full, stdout=subprocess.DEVNULL) as process:
        try:
            patience = time.monotonic() + READY_WITHIN
            while not _answers(f"http://127.0.0.1:{port}{ready}"):
                if process.poll() is not None or time.monotonic() > patience:
                    message = f"{command[0]} did not answer"
                    raise TimeoutError(message)
                time.sleep(0.1)
            yield Server(port, full)
        finally:
            process.send_signal(signal.SIGINT)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


@contextmanager
def bare(folder: Path) -> Iterator[Server]:
    """Run the bare application."""
    port = free_port()
    command = [
        str(BIN / "uvicorn"),
        "bench.bare:app",
        f"--port={port}",
        "--log-level=warning",
        "--no-access-log",
    ]
    with running(command, port, "/1", {"BENCH_DATA": str(folder)}) as server:
        yield server


@contextmanager
def sympolity(folder: Path, more: Mapping[str, str] = MappingProxyType({})) -> Iterator[Server]:
    """Run the service with its demo, on SQLite, with its settings as they are and `more`."""
    port = free_port()
    environment = {"SYMPOLITY_DATA": str(folder), "SYMPOLITY_BASE_URL": f"http://127.0.0.1:{port}", **more}
    with running([str(BIN / "sympolity"), "serve"], port, "/readyz", environment) as server:
        yield server
