"""A signing service (CSC, versions 1 and 2) on this machine, which really signs; its time stamps and revocations."""

import asyncio
import base64
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs

from asn1crypto import tsp, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko_certvalidator.registry import SimpleCertificateStore

from service.adapters.demo_pki import Identity
from service.adapters.key_sources import RemoteKey
from service.adapters.stamping import HouseStamper, StampingKey
from tests.adapters.authorities import Authority

CREDENTIAL, ACCESS, PIN = "seal-1", "hush-access", "hush-pin"
CLIENT, SECRET = "facility", "hush-secret"
ECDSA_WITH_SHA256, SHA256 = "1.2.840.10045.4.3.2", "2.16.840.1.101.3.4.2.1"
Answer = tuple[int, bytes]
Twist = Callable[[str, Answer], Answer]


@dataclass
class SigningService:
    """What the service knows; `twist` is given each path and answer, and may spoil it."""

    address: str = ""
    twist: Twist = lambda _, answer: answer
    asked: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        now = datetime.now(UTC).replace(microsecond=0)
        self._now = now
        self._allowed: dict[str, list[str]] = {}
        self.taken = {ACCESS}
        self.given = 0
        self.lasts = 3600
        self.held: dict[str, tuple[Identity, str]] = {}

    def found(self, address: str) -> None:
        """Open at an address."""
        self.address = address
        # Before the stories that tests tell, and after the last of them.
        begins, ends = datetime(2025, 1, 1, tzinfo=UTC), self._now + timedelta(days=365)
        self.root = Authority("Root of the service", begins, ends, crl_url=f"{address}/revocations")
        self.seal: Identity = self.root.issue("Seal at the service")
        self.stamps: Identity = self.root.issue("Stamps of the service", stamps=True)
        self.held = {CREDENTIAL: (self.seal, PIN)}

    def hold(self, credential: str, one: Identity, pin: str = PIN) -> None:
        """Hold another key, which a PIN opens."""
        self.held[credential] = (one, pin)

    def key(self, **changed: str) -> RemoteKey:
        """Return how the key is named in the settings."""
        return replace(RemoteKey(self.address, CREDENTIAL, ACCESS, PIN), **changed)  # type: ignore[arg-type]  # texts

    def key_of_a_client(self, **changed: str) -> RemoteKey:
        """Return the same key for whom it gives short-lived tokens."""
        by = {"access": "", "client": CLIENT, "secret": SECRET, "oauth_url": f"{self.address}/oauth2/token"}
        return self.key(**(by | changed))

    def _give(self, body: bytes) -> Answer:
        asked = parse_qs(body.decode())
        wanted = {"grant_type": ["client_credentials"], "client_id": [CLIENT], "client_secret": [SECRET]}
        if asked != wanted:
            return 401, b'{"error":"invalid_client"}'
        self.given += 1
        token = f"hush-short-{self.given}"
        self.taken = {ACCESS, token}
        said = {"access_token": token, "token_type": "Bearer", "expires_in": self.lasts}
        return 200, json.dumps(said).encode()

    def answer(self, path: str, access: str, body: bytes) -> Answer:
        """Answer a request as the protocol says."""
        if path == "/revocations":
            return 200, self.root.revocations(self._now)
        if path == "/stamps":
            return 200, self._stamped(body)
        if path == "/oauth2/token":
            return self._give(body)
        asked = json.loads(body)
        self.asked.append((path, asked))
        if access.removeprefix("Bearer ") not in self.taken or asked["credentialID"] not in self.held:
            return 401, b'{"error":"invalid_token"}'
        answers = {
            "credentials/info": self._info,
            "credentials/authorize": self._leave,
            "signatures/signHash": self._signed,
        }
        version, endpoint = path.removeprefix("/csc/").split("/", 1)
        status, said = answers[endpoint](asked if version == "v1" else in_version_1(endpoint, asked))
        return status, json.dumps(said).encode()

    def _info(self, asked: Mapping[str, Any]) -> tuple[int, object]:
        own, _ = self.held[asked["credentialID"]]
        chain = [base64.b64encode(one).decode() for one in (own.certificate, self.root.der)]
        return 200, {
            "cert": {"certificates": chain},
            "key": {"algo": [ECDSA_WITH_SHA256]},
            "multisign": 1,
            "SCAL": "2",
        }

    def _leave(self, asked: Mapping[str, Any]) -> tuple[int, object]:
        if asked.get("PIN") != self.held[asked["credentialID"]][1]:
            return 400, {"error": "invalid_pin"}
        leave = f"leave-{len(self._allowed)}"
        self._allowed[leave] = asked["hash"]
        return 200, {"SAD": leave, "expiresIn": 60}

    def _signed(self, asked: Mapping[str, Any]) -> tuple[int, object]:
        if self._allowed.pop(asked["SAD"], None) != asked["hash"]:
            return 400, {"error": "invalid_request"}
        key = load_der_private_key(self.held[asked["credentialID"]][0].key, password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        (digest,) = asked["hash"]
        signature = key.sign(base64.b64decode(digest), ec.ECDSA(Prehashed(hashes.SHA256())))
        return 200, {"signatures": [base64.b64encode(signature).decode()]}

    def _stamped(self, body: bytes) -> bytes:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's own
        store.register(x509.Certificate.load(self.root.der))
        key = StampingKey(self.stamps.key, self.stamps.certificate)
        stamper = HouseStamper(key, vouching=store, at=None)
        response = asyncio.run(stamper.async_request_tsa_response(tsp.TimeStampReq.load(body)))
        encoded: bytes = response.dump()
        return encoded


@contextmanager
def a_signing_service() -> Iterator[SigningService]:
    """Serve a signing service until the block ends."""
    service = SigningService()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self._say(service.answer(self.path, self.headers.get("Authorization", ""), body))

        def do_GET(self) -> None:
            self._say(service.answer(self.path, "", b""))

        def _say(self, answer: Answer) -> None:
            status, content = service.twist(self.path, answer)
            kinds = {"/stamps": "application/timestamp-reply", "/revocations": "application/pkix-crl"}
            self.send_response(status)
            self.send_header("Content-Type", kinds.get(self.path, "application/json"))
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.found(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def in_version_1(endpoint: str, asked: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a request of the second version in the words of the first, as far as it is one."""
    if endpoint == "credentials/info":
        return asked
    assert asked["hashAlgorithmOID"] == SHA256
    assert not asked.keys() & {"hash", "hashAlgo", "PIN"}
    proven = {one["id"]: one["value"] for one in asked.get("authData", ())}
    return {**asked, "hash": asked["hashes"], **proven}


def slowly(seconds: float) -> Twist:
    """Answer so late."""

    def twist(_: str, answer: Answer) -> Answer:
        time.sleep(seconds)
        return answer

    return twist
