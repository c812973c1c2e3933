"""Whose key signs for a signatory: in the demonstration one that is made when it is first needed, else a file each."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from asn1crypto import keys, x509
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from service.adapters import purposes
from service.adapters.demo_signatories import DemoSignatories
from service.domain.seals import SigningPerson, Term


class CannotSignError(RuntimeError):
    """The key of a signatory cannot be opened; the message says whose."""


class SigningKeys(Protocol):
    """The keys of those who sign editions."""

    def signer_of(self, person: SigningPerson) -> signers.SimpleSigner | None:
        """Return what signs for a person; None where they have no key here.

        Raises:
            CannotSignError: their key cannot be opened.
        """
        ...


def fingerprint_of(signer: signers.Signer | None) -> str:
    """Return the SHA-256 of a signer's certificate, in hex; empty where there is no signer."""
    if signer is None or signer.signing_cert is None:
        return ""
    return hashlib.sha256(signer.signing_cert.dump()).hexdigest()


def term_of(signer: signers.Signer | None) -> Term | None:
    """Return when a signer's certificate is in force; None where there is no signer."""
    if signer is None or signer.signing_cert is None:
        return None
    certificate = signer.signing_cert
    return Term(certificate.not_valid_before, certificate.not_valid_after)


@dataclass(frozen=True, slots=True)
class FileSigningKeys:
    """Keys in PKCS#12 files, each named after its owner's address of e-mail (`ada@city.example.p12`)."""

    directory: Path
    passphrase: str

    def signer_of(self, person: SigningPerson) -> signers.SimpleSigner | None:
        """Return what signs for a person; None where there is no file for their address.

        Raises:
            CannotSignError: it cannot be read, the passphrase does not open it, or it was issued for another purpose.
        """
        name = f"{person.email.lower()}.p12"
        # An address is no path.
        if Path(name).name != name or not (self.directory / name).is_file():
            return None
        try:
            signer: signers.SimpleSigner | None = signers.SimpleSigner.load_pkcs12_data(
                (self.directory / name).read_bytes(), other_certs=[], passphrase=self.passphrase.encode()
            )
        except (OSError, ValueError) as error:
            raise CannotSignError(f"The key of {person.email} cannot be opened.") from error
        if signer is None:
            raise CannotSignError(f"The key of {person.email} cannot be opened; check its passphrase.")
        if signer.signing_cert is not None and (why := purposes.why_not(signer.signing_cert)):
            raise CannotSignError(f"The key of {person.email} cannot sign papers: {why}")
        return signer


@dataclass(frozen=True, slots=True)
class DemoSigningKeys:
    """The keys of the demonstration's signatories: everybody has one."""

    made: DemoSignatories

    def signer_of(self, person: SigningPerson) -> signers.SimpleSigner:
        """Return what signs for a person, with a key made for them when they first sign under this name."""
        identity = self.made.identity_of(person)
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's own
        store.register(x509.Certificate.load(self.made.root))
        return signers.SimpleSigner(
            signing_cert=x509.Certificate.load(identity.certificate),
            signing_key=keys.PrivateKeyInfo.load(identity.key),
            cert_registry=store,
        )
