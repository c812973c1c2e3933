"""A key at a remote signing service, by the protocol of the Cloud Signature Consortium (CSC, versions 1 and 2).

The service is sent digests, never a paper. What it answers is checked against its certificate before it is used.
"""

import asyncio
import base64
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any, TypeVar

import aiohttp
from asn1crypto import algos
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509 import load_der_x509_certificate
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import Signer
from pyhanko.sign.signers.csc_signer import (
    CSCAuthorizationInfo,
    CSCAuthorizationManager,
    CSCCredentialInfo,
    CSCServiceSessionInfo,
    CSCSigner,
    base64_digest,
    fetch_certs_in_csc_credential,
)
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from service.adapters.key_sources import KeyAwayError, PinRefusedError, RemoteKey
from service.adapters.refused_pins import RefusedPins
from service.adapters.remote_access import Access

T = TypeVar("T")
PATIENCE = 30
LONGEST_SIGNATURE = 512
_UNREADABLE = "The signing service answered what cannot be read."
_PIN = b"invalid_pin"
_REFUSALS = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


class RemoteSigner(Signer):
    """Signs at a service, which is asked for its certificate once and for leave before every signature."""

    def __init__(
        self, source: RemoteKey, pins: RefusedPins | None = None, *, patience: float = PATIENCE
    ) -> None:
        """Ask the service for the key's certificate and those above it.

        Args:
            source: the service and the key.
            pins: what remembers the PINs that were refused.
            patience: how many seconds an answer may take.

        Raises:
            KeyAwayError: the service does not answer, refuses, or answers what cannot be read.
        """
        self._source, self._patience, self._pins = source, patience, pins or RefusedPins()
        self._access = Access(source)
        with _told():
            self._credential = asyncio.run(self._let_in(self._asked))
        super().__init__(
            signing_cert=self._credential.signing_cert, cert_registry=self._credential.as_cert_store()
        )

    async def _let_in(self, ask: Callable[[aiohttp.ClientSession, CSCServiceSessionInfo], Awaitable[T]]) -> T:
        """Return what comes of asking the service; once more with another token where it does not take the last."""
        async with aiohttp.ClientSession() as session:
            try:
                return await ask(session, await self._there(session))
            except (SigningError, aiohttp.ClientResponseError) as error:
                if not (self._access.can_be_renewed and _is_not_let_in(error.__cause__ or error)):
                    raise
            self._access.forget()
            return await ask(session, await self._there(session))

    async def _there(self, session: aiohttp.ClientSession) -> CSCServiceSessionInfo:
        source = self._source
        token = await self._access.token(session, aiohttp.ClientTimeout(total=self._patience))
        return CSCServiceSessionInfo(
            source.url.rstrip("/"), source.credential, oauth_token=token, api_ver=f"v{source.version}"
        )

    async def _asked(self, session: aiohttp.ClientSession, there: CSCServiceSessionInfo) -> CSCCredentialInfo:
        return await fetch_certs_in_csc_credential(
            session,
            there,
            timeout=self._patience,  # type: ignore[arg-type]  # parts of a second are fine
        )

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 - as pyHanko calls it
        """Return the signature of some bytes, or as many zeros as it may take.

        Raises:
            PinRefusedError: the service refuses the PIN, or did so before.
            KeyAwayError: the service did not sign, or not with this key.
        """
        if dry_run:
            return bytes(LONGEST_SIGNATURE)

        async def signed(session: aiohttp.ClientSession, there: CSCServiceSessionInfo) -> str:
            leave = _Leave(
                there,
                self._credential,
                session,
                source=self._source,
                pins=self._pins,
                patience=self._patience,
                digest_algorithm=digest_algorithm,
            )
            # The library's own way to send it logs what went wrong, and forgets it.
            asked = await CSCSigner(session, leave).format_csc_signing_req(
                [base64_digest(data, digest_algorithm)], digest_algorithm
            )
            (signature,) = (await leave.post("signatures/signHash", asked))["signatures"]
            return signature  # type: ignore[no-any-return]  # whatever a stranger answers is decoded below

        with _told():
            signature = base64.b64decode(await self._let_in(signed), validate=True)
            _check(self._credential.signing_cert.dump(), signature, data, digest_algorithm)
        return signature


class _Leave(CSCAuthorizationManager):
    """Asks the service for leave to sign exactly these digests."""

    def __init__(
        self,
        there: CSCServiceSessionInfo,
        credential: CSCCredentialInfo,
        session: aiohttp.ClientSession,
        *,
        source: RemoteKey,
        pins: RefusedPins,
        patience: float,
        digest_algorithm: str,
    ) -> None:
        super().__init__(there, credential)
        self._version, self._digest = source.version, algos.DigestAlgorithmId(digest_algorithm).dotted
        self._session, self._pin, self._pins = session, source.pin, pins
        self._holder = source.holder
        self._timeout = aiohttp.ClientTimeout(total=patience)

    async def authorize_signature(self, hash_b64s: Sequence[str]) -> CSCAuthorizationInfo:
        """Return what lets the service sign these digests.

        Raises:
            PinRefusedError: the PIN is refused, or was before.
        """
        asked = self.format_csc_auth_request(hash_b64s=list(hash_b64s), pin=self._pin or None)
        with self._pins.turn():
            if self._pins.has(self._holder, self._pin):
                raise PinRefusedError(
                    "The signing service refused the PIN; set the right one, and start again."
                )
            try:
                return self.parse_csc_auth_response(await self.post("credentials/authorize", asked))
            except PinRefusedError:
                self._pins.remember(self._holder, self._pin)
                raise

    async def post(self, endpoint: str, asked: Mapping[str, object]) -> Any:  # noqa: ANN401 - whatever a stranger answers
        """Return the service's answer to a request."""
        async with self._session.post(
            f"{self.csc_session_info.service_url}/csc/{self.csc_session_info.api_ver}/{endpoint}",
            headers=self.auth_headers,
            json=asked if self._version == "1" else _in_version_2(asked, self._digest),
            timeout=self._timeout,
            # What is sent along opens the key: nobody else is told, wherever the service points.
            allow_redirects=False,
        ) as response:
            if response.status >= HTTPStatus.MULTIPLE_CHOICES and response.status < HTTPStatus.BAD_REQUEST:
                raise KeyAwayError("The signing service points to another address.")
            if response.status == HTTPStatus.BAD_REQUEST and _PIN in await response.read():
                raise PinRefusedError("The signing service refuses the PIN.")
            response.raise_for_status()
            return await response.json()


def _in_version_2(asked: Mapping[str, object], digest: str) -> Mapping[str, object]:
    """Return a request in the words of the protocol's second version; the library writes those of the first."""
    said = {"hashes" if field == "hash" else field: value for field, value in asked.items()}
    said.pop("hashAlgo", None)
    pin = said.pop("PIN", None)
    proven = {"authData": [{"id": "PIN", "value": pin}]} if pin is not None else {}
    return {**said, "hashAlgorithmOID": digest, **proven}


@contextmanager
def _told() -> Iterator[None]:
    """Say in words what went wrong at the service; nothing secret is among them."""
    # What the libraries raise knows the headers that were sent, so it is left behind.
    try:
        yield
    except TimeoutError:
        raise KeyAwayError("The signing service did not answer in time.") from None
    except (SigningError, aiohttp.ClientError) as error:
        raise KeyAwayError(_reason(error.__cause__ or error)) from None
    except (ValueError, TypeError, LookupError, AttributeError):
        raise KeyAwayError(_UNREADABLE) from None


def _is_not_let_in(error: BaseException) -> bool:
    return isinstance(error, aiohttp.ClientResponseError) and error.status == HTTPStatus.UNAUTHORIZED


def _reason(error: BaseException) -> str:
    if isinstance(error, aiohttp.ClientResponseError):
        if error.status in _REFUSALS:
            return f"The signing service refused (HTTP {error.status}); check the credential, the token and the PIN."
        if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            return f"The signing service failed (HTTP {error.status})."
    if isinstance(error, aiohttp.ClientConnectionError):
        return "The signing service cannot be reached."
    return _UNREADABLE


def _check(certificate: bytes, signature: bytes, data: bytes, digest_algorithm: str) -> None:
    """Refuse a signature that is not one of the certificate's key.

    Raises:
        KeyAwayError: it is another's, or none.
    """
    key = load_der_x509_certificate(certificate).public_key()
    digest = get_pyca_cryptography_hash(digest_algorithm)
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(digest))
    except InvalidSignature as error:
        raise KeyAwayError("The signing service answered with a signature of another key.") from error
