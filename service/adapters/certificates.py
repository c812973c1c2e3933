"""Reading a certificate: what it says of whose it is, and until when."""

import hashlib

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from service.domain.seals import SealDescription


def describe(der: bytes, *, demo: bool, timestamps: str) -> SealDescription:
    """Return what a certificate (DER) says, and of the authority by which papers are time stamped."""
    certificate = x509.load_der_x509_certificate(der)
    return SealDescription(
        subject=certificate.subject.rfc4514_string(),
        issuer=certificate.issuer.rfc4514_string(),
        serial=f"{certificate.serial_number:x}",
        fingerprint=hashlib.sha256(der).hexdigest(),
        valid_from=certificate.not_valid_before_utc,
        valid_until=certificate.not_valid_after_utc,
        algorithm=_algorithm(certificate),
        demo=demo,
        timestamps=timestamps,
    )


def _algorithm(certificate: x509.Certificate) -> str:
    match certificate.public_key():
        case rsa.RSAPublicKey() as key:
            return f"RSA, {key.key_size} bits"
        case ec.EllipticCurvePublicKey() as key:
            return f"ECDSA, {key.curve.name}"
        case other:
            return type(other).__name__
