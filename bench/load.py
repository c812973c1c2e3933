"""Requests as fast as one server takes them: plain sockets, kept alive, one process.

A client that parsed answers would measure itself. This one reads the status line and the length, and no more.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import quantiles

CONNECTIONS = 16


@dataclass(frozen=True, slots=True)
class Slice:
    """What one stretch of load gave: answers per second, and the 99th percentile in milliseconds."""

    rate: float
    p99: float


@dataclass(frozen=True, slots=True)
class Target:
    """A server's port and how to make the next request to it; `expected` is the status of every answer."""

    name: str
    port: int
    request: Callable[[], bytes]
    expected: int


def get(path: str, accept: str, *, token: str | None = None) -> bytes:
    """Return a GET request."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: {accept}\r\n{_shown(token)}\r\n".encode()


def post(path: str, body: bytes, *, token: str | None = None) -> bytes:
    """Return a POST request with JSON in it."""
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    return f"{head}{_shown(token)}Content-Length: {len(body)}\r\n\r\n".encode() + body


def _shown(token: str | None) -> str:
    return "" if token is None else f"Authorization: Bearer {token}\r\n"


async def answer(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Read one answer; return its status and its body.

    Raises:
        ValueError: the answer has no length.
    """
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return status, await reader.readexactly(int(line.partition(b":")[2]))
    message = f"an answer without a length: {head!r}"
    raise ValueError(message)


async def _connection(target: Target, until: float, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
    try:
        while (started := time.perf_counter()) < until:
            writer.write(target.request())
            status, body = await answer(reader)
            times.append(time.perf_counter() - started)
            if status != target.expected:
                message = f"{target.name} answered {status}: {body[:500]!r}"
                raise ValueError(message)
    finally:
        writer.close()


async def _run(target: Target, seconds: float) -> list[float]:
    times: list[float] = []
    until = time.perf_counter() + seconds
    await asyncio.gather(*(_connection(target, until, times) for _ in range(CONNECTIONS)))
    return times


def press(target: Target, seconds: float) -> Slice:
    """Load one server for some seconds on `CONNECTIONS` connections.

    Raises:
        ValueError: an answer had another status than expected.
    """
    times = asyncio.run(_run(target, seconds))
    return Slice(len(times) / seconds, quantiles(times, n=100)[98] * 1000)
