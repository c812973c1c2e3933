"""A provider of accounts on this machine: it keeps to OpenID Connect, unless a test has it attack."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from service.adapters.oidc import OpenIdProvider
from tests.houses import Clock

ISSUER, CLIENT, SECRET = "https://id.example", "sympolity", "a secret"
BACK = "http://127.0.0.1:8000/sign-in/provider/back"
Claims = dict[str, Any]


@cache
def _key(name: str) -> RSAKey:
    """Return the key of that name, made for whoever is the first to ask."""
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig"})


@dataclass
class LocalProvider:
    """Stands for a provider; `spoil` changes the claims of the next ID token, `sign` how it is signed."""

    clock: Clock
    issuer: str = ISSUER
    announces: bool = True
    spoil: Callable[[Claims], object] = lambda _: None
    sign: Callable[["LocalProvider", Claims], str] = lambda provider, claims: provider.signed(claims)
    metadata: dict[str, object] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @cached_property
    def seen_by_us(self) -> OpenIdProvider:
        """The provider, as the service sees it."""
        client = httpx.Client(transport=httpx.MockTransport(self._answer))
        return OpenIdProvider(self.issuer, CLIENT, SECRET, "Example ID", BACK, client)

    def signs_in(self, address: str, subject: str) -> dict[str, str]:
        """Let somebody sign in there; returns what their browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"code-{len(self._codes)}"
        self._codes[code] = {**asked, "sub": subject}
        return {"code": code, "state": asked["state"], **({"iss": self.issuer} if self.announces else {})}

    def signed(self, claims: Claims, key: str = "own") -> str:
        """Return the claims, signed by a key."""
        return jwt.encode({"alg": "RS256", "kid": key}, claims, _key(key))

    def public_key(self) -> bytes:
        """Return the public key as everybody has it."""
        return _key("own").as_pem(private=False)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if request.url.path == "/.well-known/openid-configuration":
            return httpx.Response(200, json=self._described() | self.metadata)
        if request.url.path == "/keys":
            return httpx.Response(200, json={"keys": [_key("own").as_dict(private=False)]})
        return self._token(
            {name: values[0] for name, values in parse_qs(request.content.decode()).items()}, request
        )

    def _described(self) -> dict[str, object]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "authorization_response_iss_parameter_supported": self.announces,
        }

    def _token(self, sent: dict[str, str], request: httpx.Request) -> httpx.Response:
        known = self._codes.pop(sent.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            known is None
            or request.headers["authorization"] != f"Basic {basic}"
            or (known["code_challenge_method"], known["code_challenge"]) != ("S256", challenge)
            or known["redirect_uri"] != sent["redirect_uri"]
        ):
            return httpx.Response(400, json={"error": "invalid_grant"})
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.issuer,
            "sub": known["sub"],
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": known["nonce"],
        }
        self.spoil(claims)
        return httpx.Response(
            200, json={"access_token": "a", "token_type": "Bearer", "id_token": self.sign(self, claims)}
        )


def unsigned(_: LocalProvider, claims: Claims) -> str:
    """Return the claims under the algorithm "none"."""
    parts = [
        base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (b'{"alg":"none"}', _json(claims))
    ]
    return ".".join([*parts, ""])


def confused(provider: LocalProvider, claims: Claims) -> str:
    """Return the claims, signed by HMAC with the provider's public key for a secret."""
    key = OctKey.import_key(base64.urlsafe_b64encode(provider.public_key()).decode(), {"kid": "own"})
    return jwt.encode({"alg": "HS256", "kid": "own"}, claims, key)


def by_a_foreign_key(provider: LocalProvider, claims: Claims) -> str:
    """Return the claims, signed by a key that the provider does not publish."""
    return provider.signed(claims, "foreign")


def claiming_a_key(_: LocalProvider, claims: Claims) -> str:
    """Return the claims, signed by a foreign key that says it is the provider's, and comes along in the header."""
    header = {"alg": "RS256", "kid": "own", "jwk": _key("foreign").as_dict(private=False)}
    return jwt.encode(header, claims, _key("foreign"))


def _json(claims: Claims) -> bytes:
    return json.dumps(claims).encode()
