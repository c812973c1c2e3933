"""An OpenID Connect provider, as a client sees it: the code flow with PKCE, and an ID token that is believed late.

Every check that the flow rests on stands here, in `_checked` and `subject`: the issuer of the answer, the algorithms
that we name, the key that the provider publishes, issuer, audience, authorised party, time and nonce.
"""

import base64
import hashlib
import hmac
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from service.domain.errors import ProviderRefused, ProviderSilent

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
LEEWAY = 60
LONGEST_SUBJECT = 255
METADATA_LASTS = 3600.0
PATIENCE = 10.0
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass
class OpenIdProvider:
    """One provider, by its issuer; `redirect_uri` is where it sends people back to."""

    issuer: str
    client_id: str
    client_secret: str
    name: str
    redirect_uri: str
    client: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=PATIENCE))
    _metadata: tuple[float, dict[str, Any]] | None = None

    def address(self, *, state: str, nonce: str, verifier: str) -> str:
        """Return where a person signs in.

        Raises:
            ProviderSilent: the provider does not answer as it should.
        """
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
        asked = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.redirect_uri,
            "scope": "openid",
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
        }
        there = self._place("authorization_endpoint")
        return f"{there}{'&' if urlsplit(there).query else '?'}{urlencode(asked)}"

    def subject(self, *, code: str, verifier: str, nonce: str, issuer: str | None, now: datetime) -> str:
        """Return who signed in, by the provider's own name for them.

        Args:
            code: what the provider sent back by the browser.
            verifier: of which it was told the hash before.
            nonce: that the ID token has to repeat.
            issuer: the `iss` of the answer; another one means that two providers were mixed up.
            now: the moment, for the token's times.

        Raises:
            ProviderRefused: the answer is not one to this request, or not to be believed.
            ProviderSilent: the provider does not answer as it should.
        """
        announced = self._described().get("authorization_response_iss_parameter_supported") is True
        if (issuer is not None or announced) and issuer != self.issuer:
            raise ProviderRefused
        answer = self._ask(
            "POST",
            self._place("token_endpoint"),
            data={
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": self.redirect_uri,
                "code_verifier": verifier,
            },
            auth=(self.client_id, self.client_secret),
        )
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderRefused
        claims = self._checked(token, now)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise ProviderRefused
        return str(claims["sub"])

    def _checked(self, token: str, now: datetime) -> dict[str, Any]:
        """Return the claims of an ID token that this provider signed, for us, and not long ago."""
        try:
            # Asked for each time: a provider that changes its keys is believed at once, and so is one that drops one.
            keys = KeySet.import_key_set(self._ask("GET", self._place("jwks_uri")))  # type: ignore[arg-type]  # checked by the library
            claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
            jwt.JWTClaimsRegistry(
                now=int(now.timestamp()),
                leeway=LEEWAY,
                iss={"essential": True, "value": self.issuer},
                aud={"essential": True, "value": self.client_id},
                exp={"essential": True},
                iat={"essential": True},
                sub={"essential": True},
            ).validate(claims)
        except (JoseError, ValueError, TypeError, KeyError) as wrong:
            raise ProviderRefused from wrong
        audience, party, subject = claims["aud"], claims.get("azp"), claims["sub"]
        several = isinstance(audience, list) and len(audience) > 1
        if (several or party is not None) and party != self.client_id:
            raise ProviderRefused
        if (
            not isinstance(subject, str)
            or not 0 < len(subject) <= LONGEST_SUBJECT
            or not subject.isprintable()
        ):
            raise ProviderRefused
        return claims

    def _described(self) -> dict[str, Any]:
        """Return what the provider says of itself, as long as it says so of exactly this issuer."""
        if self._metadata is None or time.monotonic() >= self._metadata[0]:
            found = self._ask("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer:
                raise ProviderSilent(name=self.name)
            self._metadata = (time.monotonic() + METADATA_LASTS, found)
        return self._metadata[1]

    def _place(self, name: str) -> str:
        address = self._described().get(name)
        parts = urlsplit(address) if isinstance(address, str) else None
        if parts is None or not (parts.scheme == "https" or parts.hostname in _LOCAL):
            raise ProviderSilent(name=self.name)
        return str(address)

    def _ask(self, method: str, address: str, **more: Any) -> dict[str, Any]:  # noqa: ANN401 - what httpx takes
        try:
            answer = self.client.request(method, address, headers={"Accept": "application/json"}, **more)
            found = answer.json() if answer.is_success else None
        except (httpx.HTTPError, ValueError) as silent:
            raise ProviderSilent(name=self.name) from silent
        if answer.is_client_error and method == "POST":
            raise ProviderRefused
        if not isinstance(found, dict):
            raise ProviderSilent(name=self.name)
        return found
