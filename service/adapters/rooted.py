"""Which root a signature would need to be trusted, as the file itself holds it; whether it is trusted, others say."""

import hashlib
from collections.abc import Mapping

from asn1crypto import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate, load_der_x509_certificate
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from service.adapters import sealed_bytes
from service.domain.verification import Finding, Sentence

_LONGEST = 10


def needed(signature: EmbeddedPdfSignature) -> tuple[Sentence, ...]:
    """Return the sentence that names the root to which a certificate leads, if the file holds all between them."""
    one = load_der_x509_certificate(signature.signer_cert.dump())
    known = [load_der_x509_certificate(each) for each in sealed_bytes.certificates_beside(signature)]
    for _ in range(_LONGEST):
        # Names alone do not tell: authorities of one name have several keys.
        issuer = next((each for each in known if is_issued_by(each, one)), None)
        if issuer is None:
            break
        if is_issued_by(issuer, issuer):
            root = x509.Certificate.load(issuer.public_bytes(Encoding.DER))
            return (Sentence(Finding.ROOT_NEEDED, named(root.subject, root)),)
        one = issuer
    return ()


def is_issued_by(issuer: Certificate, one: Certificate) -> bool:
    """Say whether a certificate bears the name and the signature of an issuer."""
    try:
        one.verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def named(name: x509.Name, certificate: x509.Certificate) -> Mapping[str, str]:
    """Return a root's name, as people say it, and the SHA-256 of its certificate."""
    return {"root": called(name), "fingerprint": hashlib.sha256(certificate.dump()).hexdigest()}


def called(name: x509.Name) -> str:
    """Return whose a certificate is, as people say it."""
    parts = name.native
    return str(parts.get("common_name") or parts.get("organization_name") or name.human_friendly)
