"""Calling webhooks: against a receiver on this machine, which passes for one of the internet."""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from service.adapters.calling import HttpCourier, kept_key, make_courier, resolved
from service.domain.webhooks import Answer

HOST = "receiver.example"
OPEN = "1.1.1.1"
LONGEST = 0.4
OK = b"HTTP/1.1 204 No Content\r\n\r\n"


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for the host, with its key; whoever trusts it trusts it alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A receiver (invented)")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path_factory.mktemp("tls") / "receiver.pem"
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(secret + certificate.public_bytes(Encoding.PEM))
    return file


@dataclass
class Receiver:
    """A receiver on this machine: what it got, and where calls were directed."""

    port: int
    trusted: ssl.SSLContext
    got: list[bytes] = field(default_factory=list)
    called: list[tuple[str, int]] = field(default_factory=list)
    addresses: Sequence[str] = (OPEN,)
    asked: int = 0

    def connect(self, address: tuple[str, int], timeout: float) -> socket.socket:
        self.called.append(address)
        return socket.create_connection(("127.0.0.1", self.port), timeout)

    def resolve(self, _: str, __: int) -> Sequence[str]:
        self.asked += 1
        return self.addresses

    def courier(self, *, local: bool = False) -> HttpCourier:
        return HttpCourier(
            lambda: b"k" * 32,
            local=local,
            resolve=self.resolve,
            connect=self.connect,
            tls=self.trusted,
            seconds=LONGEST,
        )

    def called_at(self, url: str = f"https://{HOST}/hook?a=b") -> Answer:
        return self.courier().carry(url, {"webhook-id": "m"}, b"{}")


def _read(connection: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got or not got.endswith(b"{}"):
        if not (more := connection.recv(4096)):
            break
        got += more
    return got


@contextmanager
def receiving(certified: Path, answer: Callable[[socket.socket], None]) -> Iterator[Receiver]:
    """Receive calls, each of which gets this answer."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certified)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        receiver = Receiver(listener.getsockname()[1], ssl.create_default_context(cafile=str(certified)))

        def serve() -> None:
            while True:
                try:
                    raw, _ = listener.accept()
                except OSError:
                    return
                try:
                    with tls.wrap_socket(raw, server_side=True) as connection:
                        receiver.got.append(_read(connection))
                        answer(connection)
                except OSError:
                    raw.close()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield receiver
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(timeout=5)


def saying(what: bytes) -> Callable[[socket.socket], None]:
    return lambda connection: connection.sendall(what)


def test_message_is_posted_by_https_to_the_address_that_was_checked(certified: Path) -> None:
    with receiving(certified, saying(OK)) as receiver:
        assert receiver.called_at() == Answer(204)
        head, _, body = receiver.got[0].partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        assert lines[0] == "POST /hook?a=b HTTP/1.1"
        assert {"Host: receiver.example", "Content-Type: application/json", "webhook-id: m"} <= set(lines)
        assert (body, receiver.called, receiver.asked) == (b"{}", [(OPEN, 443)], 1)


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), (OPEN, "10.0.0.1"), ("::ffff:169.254.169.254",), ("fd00::1",)]
)
def test_host_that_leads_inside_by_any_of_its_addresses_is_not_called(
    certified: Path, addresses: Sequence[str]
) -> None:
    with receiving(certified, saying(OK)) as receiver:
        receiver.addresses = addresses
        answer = receiver.called_at()
    assert answer == Answer(None, "the host has an address that is not of the open internet")
    assert (receiver.called, receiver.got) == ([], [])


def test_redirect_is_not_followed(certified: Path) -> None:
    inside = b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\n\r\n"
    with receiving(certified, saying(inside)) as receiver:
        assert receiver.called_at() == Answer(302)
        assert receiver.called == [(OPEN, 443)]


def test_proxy_of_this_machine_is_not_asked(certified: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    with receiving(certified, saying(OK)) as receiver:
        assert receiver.called_at() == Answer(204)


def test_receiver_that_is_not_the_host_is_told_nothing(certified: Path) -> None:
    with receiving(certified, saying(OK)) as receiver:
        answer = receiver.called_at("https://another.example/")
        receiver.trusted = ssl.create_default_context()
        untrusted = receiver.called_at()
    assert [a.fault.partition(":")[0] for a in (answer, untrusted)] == ["the certificate does not hold"] * 2
    assert receiver.got == []


def test_receiver_that_never_ends_is_hung_up_on(certified: Path) -> None:
    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n")
        for _ in range(100):
            connection.sendall(b"a: b\r\n")
            time.sleep(0.05)

    with receiving(certified, drip) as receiver:
        before = time.monotonic()
        answer = receiver.called_at()
        assert time.monotonic() - before < 3 * LONGEST
    assert answer.status is None


def test_receiver_that_says_nothing_is_hung_up_on(certified: Path) -> None:
    with receiving(certified, lambda _: time.sleep(2 * LONGEST)) as receiver:
        assert receiver.called_at().status is None


def test_endless_answer_is_not_read(certified: Path) -> None:
    def flood(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            connection.sendall(b"x" * 65_536)

    with receiving(certified, flood) as receiver:
        assert receiver.called_at() == Answer(200)


@pytest.mark.parametrize("nonsense", [b"hello\r\n\r\n", b"", b"HTTP/1.1 " + b"2" * 70_000, b"\x00\xff" * 20])
def test_nonsense_is_a_fault_and_no_answer(certified: Path, nonsense: bytes) -> None:
    with receiving(certified, saying(nonsense)) as receiver:
        answer = receiver.called_at()
    assert (answer.status, answer.fault.startswith("the connection failed")) == (None, True)


def test_host_that_cannot_be_found_or_takes_too_long_is_a_fault() -> None:
    def missing(_: str, __: int) -> Sequence[str]:
        raise socket.gaierror

    def slow(_: str, __: int) -> Sequence[str]:
        time.sleep(0.3)
        return [OPEN]

    def nowhere(_: str, __: int) -> Sequence[str]:
        return []

    faults = [
        HttpCourier(bytes, resolve=resolve, seconds=0.1).carry(f"https://{HOST}/", {}, b"").fault
        for resolve in (missing, slow, nowhere)
    ]
    assert faults == [
        "the host could not be found (gaierror)",
        "it took too long",
        "the host has no address",
    ]


def test_nothing_goes_without_tls_unless_this_machine_may_be_called(certified: Path) -> None:
    with receiving(certified, saying(OK)) as receiver:
        assert receiver.courier().carry(f"http://{HOST}/", {}, b"{}").fault == "it is not called by https"
        receiver.addresses = ("127.0.0.1",)
        assert receiver.courier(local=True).carry(f"https://{HOST}/", {}, b"{}") == Answer(204)


def test_resolver_of_this_machine_is_asked() -> None:
    assert resolved("127.0.0.1", 80) == ["127.0.0.1"]


def test_secret_is_the_same_for_the_same_webhook_and_generation() -> None:
    courier = HttpCourier(lambda: b"k" * 32)
    secrets = [courier.secret(*what) for what in (("a", 1), ("a", 1), ("a", 2), ("b", 1))]
    assert secrets[0] == secrets[1]
    assert len({len(secret) for secret in secrets}) == 1
    assert len(set(secrets)) == 3


def test_key_is_made_once_and_read_by_its_owner_alone(tmp_path: Path) -> None:
    key = kept_key(tmp_path / "webhooks.key")
    assert (kept_key(tmp_path / "webhooks.key"), len(key)) == (key, 44)
    assert [(file.name, oct(file.stat().st_mode & 0o777)) for file in tmp_path.iterdir()] == [
        ("webhooks.key", "0o600")
    ]


def test_key_that_is_given_takes_the_place_of_the_file(tmp_path: Path) -> None:
    given, other = (make_courier(tmp_path, key * 32).secret("a", 1) for key in "kx")
    kept = make_courier(tmp_path, "").secret("a", 1)
    assert len({given, other, kept}) == 3
    assert make_courier(tmp_path, "").secret("a", 1) == kept
