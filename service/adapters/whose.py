"""Whose seal it is: roots issue certificates for others and for other purposes, too, and a name proves nobody."""

import hashlib
from collections.abc import Sequence

from asn1crypto import x509
from pyhanko.pdf_utils.misc import PdfError

from service.adapters import purposes, reporting
from service.adapters.streamed import StreamedReader
from service.domain.seals import is_expected, is_fingerprint
from service.domain.verification import Finding, Sentence


def refused(certificate: x509.Certificate, signers: Sequence[str]) -> tuple[Sentence, ...]:
    """Return why a seal under a trusted root is none that is looked for here; nothing where it may be.

    `signers` are those whose seals are expected, by name or fingerprint; nobody where that is not known.
    """
    signer = reporting.name_of(certificate)
    if not purposes.may_sign(certificate):
        return (Sentence(Finding.SEAL_NOT_FOR_SIGNING, {"signer": signer}),)
    if not signers or is_expected(signer, fingerprint_of(certificate), signers):
        return ()
    foreign = Sentence(Finding.FOREIGN_SIGNER, {"signer": signer})
    if not all(map(is_fingerprint, signers)):
        return (foreign,)
    # It may well bear the name of the facility.
    other = Sentence(Finding.SIGNER_OTHER_CERTIFICATE, {"fingerprint": fingerprint_of(certificate)})
    return foreign, other


def told(certificate: x509.Certificate, signers: Sequence[str]) -> tuple[Sentence, ...]:
    """Return how far it is known that a seal is that of whom it is expected of."""
    signer, fingerprint = reporting.name_of(certificate), fingerprint_of(certificate)
    if not signers:
        return (Sentence(Finding.SIGNER_OPEN, {"signer": signer}),)
    if fingerprint in signers:
        return (Sentence(Finding.SIGNER_EXPECTED, {"signer": signer}),)
    return (Sentence(Finding.SIGNER_NAMED, {"signer": signer, "fingerprint": fingerprint}),)


def certificate_in(pdf: bytes) -> str | None:
    """Return the SHA-256 of the certificate that sealed a paper of one's own; None where it cannot be read."""
    try:
        seals = StreamedReader(pdf).embedded_regular_signatures
        found = next((one for one in seals if one.docmdp_level is not None), None)
    except (ValueError, PdfError):
        return None
    return fingerprint_of(found.signer_cert) if found is not None else None


def fingerprint_of(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate, in hex."""
    return hashlib.sha256(certificate.dump()).hexdigest()
