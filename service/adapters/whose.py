"""Whose seal it is: roots issue certificates for others and for other purposes, too, and a name proves nobody."""

import hashlib
from collections.abc import Sequence

from asn1crypto import x509

from service.adapters import purposes, reporting
from service.domain.seals import is_expected
from service.domain.verification import Finding, Sentence


def refused(certificate: x509.Certificate, signers: Sequence[str]) -> Finding | None:
    """Return why a seal under a trusted root is none that is looked for here; None where it may be.

    `signers` are those whose seals are expected, by name or fingerprint; nobody where that is not known.
    """
    if not purposes.may_sign(certificate):
        return Finding.SEAL_NOT_FOR_SIGNING
    if signers and not is_expected(reporting.name_of(certificate), _fingerprint(certificate), signers):
        return Finding.FOREIGN_SIGNER
    return None


def told(certificate: x509.Certificate, signers: Sequence[str]) -> tuple[Sentence, ...]:
    """Return how far it is known that a seal is that of whom it is expected of."""
    signer, fingerprint = reporting.name_of(certificate), _fingerprint(certificate)
    if not signers:
        return (Sentence(Finding.SIGNER_OPEN, {"signer": signer}),)
    if fingerprint in signers:
        return (Sentence(Finding.SIGNER_EXPECTED, {"signer": signer}),)
    return (Sentence(Finding.SIGNER_NAMED, {"signer": signer, "fingerprint": fingerprint}),)


def _fingerprint(certificate: x509.Certificate) -> str:
    return hashlib.sha256(certificate.dump()).hexdigest()
