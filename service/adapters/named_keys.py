"""Keys of signatories that are named one by one: in devices, at signing services, or in files.

Each is opened by what opens the seal's. No page waits for any: they are looked for at the start, beside, and again when
somebody asks for one that was looked at long ago.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from pyhanko.sign.signers import Signer

from service.adapters.key_sources import (
    CannotSealError,
    CannotSignError,
    KeyFile,
    NamedKey,
    NotTheirsError,
    PinRefusedError,
    RemoteKey,
    fault_of,
)
from service.adapters.lines import Line
from service.adapters.reaching import Reached
from service.adapters.refused_pins import RefusedPins
from service.adapters.signatory_keys import found
from service.adapters.signing import open_signer
from service.domain.seals import SigningPerson
from service.domain.signatory_keys import SignatoryKey

if TYPE_CHECKING:
    from asn1crypto.x509 import Certificate

Beside = Callable[[Callable[[], object]], None]


class NamedSigningKeys:
    """The keys of those whose addresses a list names; a device's or a service's are asked one after the other."""

    def __init__(
        self,
        named: Mapping[str, NamedKey],
        pins: RefusedPins,
        *,
        make_line: Callable[[str], Beside] = Line,
    ) -> None:
        """Look for nothing yet; `pins` remembers those that were refused, for all keys of a token together."""
        self._named, self._pins = named, pins
        holders = {_place(one): make_line(f"look-for-keys-{n}") for n, one in enumerate(named.values())}
        self._beside = {address: holders[_place(one)] for address, one in named.items()}
        self._reached = {
            address: Reached(partial(self._find, address, one), judged=True, beside=self._beside[address])
            for address, one in named.items()
        }

    def signer_of(self, person: SigningPerson) -> Signer | None:
        """Return what signs for a person, as it was found last; None where nobody named a key for their address.

        Raises:
            CannotSignError: it cannot be used.
        """
        reached = self._reached.get(person.email.lower())
        if reached is None:
            return None
        try:
            return reached.last if reached.last is not None and reached.fault is None else reached.look()
        except CannotSealError as error:
            raise CannotSignError(_said(person.email, error), person.name, fault_of(error)) from error

    def key_of(self, person: SigningPerson, *, patiently: bool = False) -> SignatoryKey | None:
        """Return what is known of a person's key, at once; `patiently` asks the key itself."""
        address = person.email.lower()
        reached = self._reached.get(address)
        if reached is None:
            return None
        source = self._named[address].source
        try:
            # Nobody waits for a file.
            signer = reached.look() if patiently else reached.known(waits=isinstance(source, KeyFile))
        except CannotSealError as error:
            known = found(reached.last, source.place) or SignatoryKey(source.place)
            return replace(known, fault=fault_of(error), said=_said(person.email, error))
        known, fault = found(signer, source.place) or SignatoryKey(source.place), reached.fault
        if fault is None:
            return known
        return replace(known, fault=fault_of(fault), said=_said(person.email, fault))

    def look_beside(self, tell: Callable[[str], None]) -> None:
        """Look for every key, and tell what is wrong with any."""
        for address, reached in self._reached.items():
            self._beside[address](partial(_first_look, address, reached, tell))

    def _find(self, address: str, named: NamedKey) -> Signer:
        source = named.source
        if isinstance(source, RemoteKey) and self._pins.has(source.holder, source.pin):
            # A service asks for it only when something is to be signed.
            raise PinRefusedError("The signing service refused the PIN; set the right one, and start again.")
        signer = open_signer(source, self._pins)
        if signer.signing_cert is None:
            raise CannotSealError("The key has no certificate.")
        _demand_theirs(signer.signing_cert, address, named.fingerprint)
        return signer


def _first_look(address: str, reached: Reached[Signer], tell: Callable[[str], None]) -> None:
    try:
        reached.look()
    except CannotSealError as error:
        tell(_said(address, error))


def _said(address: str, error: CannotSealError) -> str:
    return f"The key of {address} cannot be used now: {error}"


def _place(named: NamedKey) -> str:
    """Return what is asked one after the other: a device as a whole, a service as a whole, all files together."""
    source = named.source
    match source:
        case KeyFile():
            return ""
        case RemoteKey():
            return source.url
        case _:
            return source.module


def _demand_theirs(certificate: "Certificate", address: str, fingerprint: str) -> None:
    """Refuse a certificate that is not the one that was told, or, where none was, that names other addresses.

    Raises:
        NotTheirsError: it is somebody else's.
    """
    found_here = hashlib.sha256(certificate.dump()).hexdigest()
    if fingerprint:
        if found_here != fingerprint:
            raise NotTheirsError(
                f"its certificate is another one than was told, of the fingerprint {found_here}."
            )
        return
    addresses = _addresses(certificate)
    if addresses and address not in addresses:
        raise NotTheirsError(
            f"its certificate is that of {', '.join(sorted(addresses))}. If it is theirs all the same, tell its "
            f"fingerprint beside it: {found_here}."
        )


def _addresses(certificate: "Certificate") -> frozenset[str]:
    """Return the addresses of e-mail that a certificate names, in small letters."""
    others = certificate.subject_alt_name_value
    named = [one.native for one in others if one.name == "rfc822_name"] if others is not None else []
    subject = certificate.subject.native.get("email_address", [])
    named += [subject] if isinstance(subject, str) else subject
    return frozenset(one.lower() for one in named)
