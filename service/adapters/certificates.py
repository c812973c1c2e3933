"""Reading a certificate: what it says of whose it is, and until when."""

import hashlib
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from service.domain.seals import KeyPlace, SealDescription


def describe(
    der: bytes,
    *,
    demo: bool,
    timestamps: str,
    place: KeyPlace = KeyPlace.DEMO,
    allowed: bool = True,
    stamps_until: datetime | None = None,
) -> SealDescription:
    """Return what a certificate (DER) says, where its key is, and of the authority by which papers are time stamped."""
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
        place=place,
        allowed=allowed,
        stamps_until=stamps_until,
    )


def ends(der: bytes) -> datetime:
    """Return when a certificate (DER) ends."""
    return x509.load_der_x509_certificate(der).not_valid_after_utc


def _algorithm(certificate: x509.Certificate) -> str:
    match certificate.public_key():
        case rsa.RSAPublicKey() as key:
            return f"RSA, {key.key_size} bits"
        case ec.EllipticCurvePublicKey() as key:
            return f"ECDSA, {key.curve.name}"
        case other:
            return type(other).__name__
