"""A key in a device (PKCS#11): it never leaves the device, which signs what it is given.

Every signature opens the device anew, so one that was taken out and put back is found again.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pkcs11
from asn1crypto import x509
from pkcs11 import Attribute, ObjectClass
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer
from pyhanko_certvalidator.registry import SimpleCertificateStore

from service.adapters.key_sources import CannotSealError, KeyAwayError, PinRefusedError, Token
from service.adapters.refused_pins import RefusedPins

LONGEST_SIGNATURE = 512
_REFUSED = (pkcs11.PinIncorrect, pkcs11.PinLenRange, pkcs11.PinInvalid)
# Trying these again does no harm, and finds out when somebody has seen to them.
_CLOSED = {pkcs11.PinLocked: "is locked", pkcs11.PinExpired: "asks for a new PIN"}
# A token is signed in to by a whole process: two signatures at once would be refused.
_TURN = threading.Lock()
# Libraries that met with a fault: some see a token that was put in again only after a fresh start of theirs.
_STALE: set[str] = set()


class TokenSigner(Signer):
    """Signs with the key of a token; its certificate and those above it are read from the token, too."""

    def __init__(self, source: Token, pins: RefusedPins | None = None) -> None:
        """Open the token once, to read the certificates; `pins` remembers those that were refused.

        Raises:
            KeyAwayError: the token is not there, or refuses its PIN.
            CannotSealError: the device's library or the certificate are not what they should be.
        """
        self._source, self._pins = source, pins or RefusedPins()
        if "/" in source.module and not Path(source.module).exists():
            raise CannotSealError(
                f"The token “{source.token}” cannot be used: {Path(source.module).name} is not there."
            )
        with self._session() as session:
            found = [
                (str(one[Attribute.LABEL]), x509.Certificate.load(bytes(one[Attribute.VALUE])))
                for one in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE})
            ]
        own = [certificate for label, certificate in found if label == source.label]
        if len(own) != 1:
            raise CannotSealError(
                f"The token “{source.token}” holds {len(own)} certificates with the label “{source.label}”, "
                "where one is needed."
            )
        others = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's own
        others.register_multiple(_above(own[0], [certificate for _, certificate in found]))
        self._certificate = own[0]
        super().__init__(signing_cert=own[0], cert_registry=others)

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002 - as pyHanko calls it
        """Return the signature of some bytes, or as many zeros as it may take.

        Raises:
            KeyAwayError: the device did not sign.
        """
        if dry_run:
            return bytes(LONGEST_SIGNATURE)
        with self._session() as session:
            signer = PKCS11Signer(
                session,
                signing_cert=self._certificate,
                key_label=self._source.label,
                # Few devices digest for elliptic curves themselves.
                use_raw_mechanism=self._certificate.public_key.algorithm == "ec",
            )
            signature: bytes = await signer.async_sign_raw(data, digest_algorithm)
        return signature

    @contextmanager
    def _session(self) -> Iterator[pkcs11.Session]:
        source = self._source
        try:
            with _TURN, self._opened() as session:
                yield session
        except CannotSealError:
            raise
        except tuple(_CLOSED) as error:
            raise PinRefusedError(f"The token “{source.token}” {_CLOSED[type(error)]}.") from error
        except Exception as error:
            _STALE.add(source.module)
            # The library raises whatever the device says, and other things where there is none.
            said = str(error) or type(error).__name__
            raise KeyAwayError(f"The token “{source.token}” cannot be used: {said}.") from error

    def _opened(self) -> pkcs11.Session:
        source = self._source
        with self._pins.turn():
            if self._pins.has(source.holder, source.pin):
                raise PinRefusedError(
                    f"The token “{source.token}” refused its PIN; set the right one, and start again."
                )
            if source.module in _STALE:
                pkcs11.lib(source.module).reinitialize()
                _STALE.discard(source.module)
            try:
                return open_pkcs11_session(
                    source.module, token_criteria=TokenCriteria(label=source.token), user_pin=source.pin
                )
            except _REFUSED as error:
                self._pins.remember(source.holder, source.pin)
                raise PinRefusedError(f"The token “{source.token}” refuses its PIN.") from error


def _above(own: x509.Certificate, found: list[x509.Certificate]) -> list[x509.Certificate]:
    """Return a certificate and those above it: whatever else the token holds belongs to no signature of this key."""
    chain, above = [own], [own]
    while above:
        issuers = {one.issuer.hashable for one in above}
        above = [one for one in found if one.subject.hashable in issuers and one not in chain]
        chain += above
    return chain
