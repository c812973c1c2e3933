"""Whose key signs for a signatory: in the demonstration one that is made when it is first needed, else a file each.

Keys that are named one by one, in devices, at services, or in files, are found by `service.adapters.named_keys`.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cryptography.x509 import load_der_x509_certificate

from service.adapters.demo_signatories import DemoSignatories
from service.adapters.key_sources import CannotSignError
from service.domain.seals import KeyPlace, SigningPerson, Term
from service.domain.signatory_keys import SignatoryKey

if TYPE_CHECKING:
    from pyhanko.sign import signers


class SigningKeys(Protocol):
    """The keys of those who sign editions."""

    def signer_of(self, person: SigningPerson) -> "signers.Signer | None":
        """Return what signs for a person; None where they have no key here.

        Raises:
            CannotSignError: their key cannot be used.
        """
        ...

    def key_of(self, person: SigningPerson, *, patiently: bool = False) -> SignatoryKey | None:
        """Return what is known of a person's key, at once; None where they have none.

        `patiently` asks the key itself, however long that takes.
        """
        ...

    def look_beside(self, tell: Callable[[str], None]) -> None:
        """Look for every key that could make somebody wait, beside; whoever runs the service is told what is wrong."""
        ...


def fingerprint_of(signer: "signers.Signer") -> str:
    """Return the SHA-256 of a signer's certificate, in hex; empty where it has none."""
    if signer.signing_cert is None:
        return ""
    return hashlib.sha256(signer.signing_cert.dump()).hexdigest()


def term_of(signer: "signers.Signer") -> Term | None:
    """Return when a signer's certificate is in force; None where it has none."""
    if signer.signing_cert is None:
        return None
    certificate = signer.signing_cert
    return Term(certificate.not_valid_before, certificate.not_valid_after)


def found(signer: "signers.Signer | None", place: KeyPlace) -> SignatoryKey | None:
    """Return what is known of a key that was found; None where there is none."""
    return SignatoryKey(place, fingerprint_of(signer), term_of(signer)) if signer is not None else None


@dataclass(frozen=True, slots=True)
class FileSigningKeys:
    """Keys in PKCS#12 files, each named after its owner's address of e-mail (`ada@city.example.p12`)."""

    directory: Path
    passphrase: str
    # Opening a file takes long on purpose: it is known by when it was written what was found in it.
    # What kept it from being opened is not: it may be mended without writing it (who may read it, files at once).
    _seen: dict[tuple[str, int, int], SignatoryKey] = field(default_factory=dict)

    def signer_of(self, person: SigningPerson) -> "signers.SimpleSigner | None":
        """Return what signs for a person; None where there is no file for their address.

        Raises:
            CannotSignError: it cannot be read, the passphrase does not open it, or it was issued for another purpose.
        """
        # Loaded where it is needed: a process that only tells of keys does without what signs.
        from pyhanko.sign import signers  # noqa: PLC0415 - see above

        from service.adapters import purposes  # noqa: PLC0415 - see above

        file = self._file_of(person)
        if file is None:
            return None
        said = f"The key of {person.email} cannot be opened"
        try:
            signer: signers.SimpleSigner | None = signers.SimpleSigner.load_pkcs12_data(
                file.read_bytes(), other_certs=[], passphrase=self.passphrase.encode()
            )
        except (OSError, ValueError) as error:
            raise CannotSignError(f"{said}.", person.name) from error
        if signer is None:
            raise CannotSignError(f"{said}; check its passphrase.", person.name)
        if signer.signing_cert is not None and (why := purposes.why_not(signer.signing_cert)):
            raise CannotSignError(f"The key of {person.email} cannot sign papers: {why}", person.name)
        return signer

    def key_of(self, person: SigningPerson, *, patiently: bool = False) -> SignatoryKey | None:  # noqa: ARG002 - a file is at hand
        """Return what is known of a person's key: nobody waits for a file."""
        file = self._file_of(person)
        if file is None:
            return None
        written = file.stat()
        version = (file.name, written.st_mtime_ns, written.st_size)
        if version in self._seen:
            return self._seen[version]
        try:
            known = found(self.signer_of(person), KeyPlace.FILE)
        except CannotSignError as fault:
            return SignatoryKey(KeyPlace.FILE, fault=fault.fault, said=str(fault))
        if known is not None:
            self._seen[version] = known
        return known

    def look_beside(self, tell: Callable[[str], None]) -> None:
        """Look for nothing: files are at hand."""

    def _file_of(self, person: SigningPerson) -> Path | None:
        name = f"{person.email.lower()}.p12"
        # An address is no path.
        if Path(name).name != name or not (self.directory / name).is_file():
            return None
        return self.directory / name


@dataclass(frozen=True, slots=True)
class DemoSigningKeys:
    """The keys of the demonstration's signatories: everybody has one."""

    made: DemoSignatories

    def signer_of(self, person: SigningPerson) -> "signers.SimpleSigner":
        """Return what signs for a person, with a key made for them when they first sign under this name."""
        from asn1crypto import keys, x509  # noqa: PLC0415 - see FileSigningKeys
        from pyhanko.sign import signers  # noqa: PLC0415 - see FileSigningKeys
        from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415 - see FileSigningKeys

        identity = self.made.identity_of(person)
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's own
        store.register(x509.Certificate.load(self.made.root))
        return signers.SimpleSigner(
            signing_cert=x509.Certificate.load(identity.certificate),
            signing_key=keys.PrivateKeyInfo.load(identity.key),
            cert_registry=store,
        )

    def key_of(self, person: SigningPerson, *, patiently: bool = False) -> SignatoryKey | None:
        """Return what is known of a person's key, which lasts as long as the root; none is made by looking."""
        if patiently:
            return found(self.signer_of(person), KeyPlace.DEMO)
        root = load_der_x509_certificate(self.made.root)
        return SignatoryKey(KeyPlace.DEMO, term=Term(root.not_valid_before_utc, root.not_valid_after_utc))

    def look_beside(self, tell: Callable[[str], None]) -> None:
        """Look for nothing: they are at hand."""
