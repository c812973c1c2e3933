"""Calling webhooks: one POST to an address of the open internet, and nowhere else.

The host is resolved once, each address that it has is checked, and the connection goes to one that was checked: what
the name leads to a moment later plays no part. Redirects are answers like any other, no proxy is asked, and neither
time nor the size of an answer is up to the receiver.
"""

import base64
import hashlib
import hmac
import http.client
import os
import secrets
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from service.domain.addresses import is_open
from service.domain.webhooks import Answer

SECONDS = 10.0
KEY_FILE = "webhooks.key"
KEY_BYTES = 32
_HEADERS = {
    "Content-Type": "application/json",
    "User-Agent": "Sympolity-Webhooks/1",
    "Connection": "close",
}
_PORTS = {"https": 443, "http": 80}

Resolve = Callable[[str, int], Sequence[str]]


class Connect(Protocol):
    """Opens a connection to an address, as a socket."""

    def __call__(self, address: tuple[str, int], timeout: float) -> socket.socket:
        """Return the connected socket."""
        ...


class NotCalledError(OSError):
    """Why nobody was called, in words for the facility."""


class HttpCourier:
    """Calls by HTTPS, with secrets made from one key; `local` also lets it call this machine, and without TLS."""

    def __init__(
        self,
        key: Callable[[], bytes],
        *,
        local: bool = False,
        resolve: Resolve | None = None,
        connect: Connect | None = None,
        tls: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self.local = local
        self._key, self._tls, self._seconds = key, tls, seconds
        self._resolve, self._connect = resolve or resolved, connect or socket.create_connection

    def secret(self, webhook_id: str, generation: int) -> bytes:
        """Return the secret of a webhook: HMAC-SHA256 of its id and generation under the key."""
        return hmac.digest(self._key(), f"webhook:{webhook_id}:{generation}".encode(), hashlib.sha256)

    def carry(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Post a body; whatever goes wrong is told in the answer."""
        try:
            return self._post(url, headers, body)
        except (OSError, http.client.HTTPException, ValueError) as fault:
            return Answer(None, _told(fault))

    def _post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        if parts.scheme != "https" and not self.local:
            raise NotCalledError("it is not called by https")
        address = self._checked(host, port)
        raw = self._connect((address, port), timeout=self._seconds)
        with raw, _limit(raw, self._seconds) as over:
            used = self._secured(raw, host) if parts.scheme == "https" else raw
            with used:
                connection = http.client.HTTPConnection(host, port)
                connection.sock = used
                target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                connection.request("POST", target, body, {"Host": parts.netloc, **_HEADERS, **headers})
                # What else the receiver says is not read.
                with connection.getresponse() as response:
                    if over.is_set():
                        raise TimeoutError
                    return Answer(response.status)

    def _checked(self, host: str, port: int) -> str:
        """Return an address of a host, all of whose addresses are open.

        Raises:
            NotCalledError: one of them is not; which one is not told.
        """
        addresses = self._in_time(host, port)
        if not addresses:
            raise NotCalledError("the host has no address")
        if not self.local and not all(is_open(address) for address in addresses):
            raise NotCalledError("the host has an address that is not of the open internet")
        return addresses[0]

    def _in_time(self, host: str, port: int) -> Sequence[str]:
        """Resolve a host within the time that there is: the resolver itself knows no limit."""
        found: Future[Sequence[str]] = Future()

        def ask() -> None:
            try:
                found.set_result(self._resolve(host, port))
            except (OSError, UnicodeError) as fault:
                found.set_exception(NotCalledError(f"the host could not be found ({type(fault).__name__})"))

        threading.Thread(target=ask, name="resolver", daemon=True).start()
        return found.result(self._seconds)

    def _secured(self, raw: socket.socket, host: str) -> ssl.SSLSocket:
        """Return the connection with TLS, for which the receiver has to prove that it is the host."""
        tls = self._tls or ssl.create_default_context()
        return tls.wrap_socket(raw, server_hostname=host)


def resolved(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a host, as this machine's resolver knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def make_courier(data: Path, key: str, *, local: bool = False) -> HttpCourier:
    """Return a courier whose key is the one given, or else in a file of the data directory, made when it is needed."""
    if key:
        return HttpCourier(key.encode, local=local)
    return HttpCourier(lambda: kept_key(data / KEY_FILE), local=local)


def kept_key(file: Path) -> bytes:
    """Return the key in a file that its owner alone can read, made by the first of all processes that need it."""
    if not file.exists():
        made = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        descriptor = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as new:
            new.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)))
            new.flush()
            os.fsync(new.fileno())
        # Whoever comes second finds the first one's, and uses that.
        with suppress(FileExistsError):
            os.link(made, file)
        made.unlink()
    return file.read_bytes()


@contextmanager
def _limit(connected: socket.socket, seconds: float) -> Iterator[threading.Event]:
    """Hang up when the time is over, and say so.

    A receiver that sends a little now and then never runs into the socket's own limit. The handle on it is ours also
    after TLS has taken the socket over.
    """
    over, handle = threading.Event(), connected.dup()

    def hang_up() -> None:
        over.set()
        with suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    clock = threading.Timer(seconds, hang_up)
    clock.daemon = True
    clock.start()
    try:
        yield over
    finally:
        clock.cancel()
        clock.join()
        handle.close()


def _told(fault: Exception) -> str:
    """Return what went wrong in words for the facility, without addresses of any network."""
    if isinstance(fault, NotCalledError):
        return str(fault)
    if isinstance(fault, ssl.SSLCertVerificationError):
        return f"the certificate does not hold: {fault.verify_message}"
    if isinstance(fault, TimeoutError):
        return "it took too long"
    return f"the connection failed ({type(fault).__name__})"
