"""What a file holds on whether a certificate was revoked: lists and answers of its issuer, and of when they are.

Whether a certificate is trusted, the library tells; here is told on what of it that rests.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import TypeVar

from asn1crypto import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.x509 import (
    Certificate,
    CertificateRevocationList,
    ExtendedKeyUsage,
    ExtensionNotFound,
    load_der_x509_certificate,
    load_der_x509_crl,
)
from cryptography.x509.ocsp import OCSPResponse, OCSPResponseStatus, load_der_ocsp_response
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko_certvalidator.path import ValidationPath

from service.adapters.rooted import is_issued_by

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Told:
    """What an issuer said of a certificate, when (UTC), and since when it is revoked, if it is."""

    at: datetime
    revoked_at: datetime | None


def told_of(certificate: x509.Certificate, issuer: x509.Certificate, reader: PdfFileReader) -> list[Told]:
    """Return what its issuer said of a certificate, by the lists and answers that a file holds; the newest is last."""
    one, by = (load_der_x509_certificate(each.dump()) for each in (certificate, issuer))
    return sorted([*_by_lists(one, by, reader), *_by_answers(one, by, reader)], key=lambda each: each.at)


def told_on(path: ValidationPath, reader: PdfFileReader) -> list[list[Told]]:
    """Return what a file holds of that for each certificate below the root of a path, the last one's last."""
    certificates = [one for one in path.iter_certs(include_root=True) if isinstance(one, x509.Certificate)]
    return [told_of(one, issuer, reader) for issuer, one in pairwise(certificates)]


def held(reader: PdfFileReader, kind: str) -> tuple[bytes, ...]:
    """Return the data to check a file that are of a kind: `/Certs`, `/CRLs` or `/OCSPs`, each in DER."""
    root = reader.root
    # Subscription follows references to other objects; `get` would not.
    streams = root["/DSS"][kind] if "/DSS" in root and kind in root["/DSS"] else ()
    return tuple(stream.get_object().data for stream in streams)


def _read(read: Callable[[bytes], _Read], contents: Iterable[bytes]) -> Iterator[_Read]:
    for content in contents:
        # What cannot be read tells nothing; whether it may be there, others say.
        with suppress(ValueError):
            yield read(content)


def _by_lists(one: Certificate, issuer: Certificate, reader: PdfFileReader) -> Iterator[Told]:
    for found in _read(load_der_x509_crl, held(reader, "/CRLs")):
        if found.issuer == one.issuer and _has_made(issuer, found):
            entry = found.get_revoked_certificate_by_serial_number(one.serial_number)
            yield Told(found.last_update_utc, entry.revocation_date_utc if entry is not None else None)


def _has_made(issuer: Certificate, found: CertificateRevocationList) -> bool:
    try:
        key = issuer.public_key()
        return isinstance(key, EllipticCurvePublicKey | RSAPublicKey) and found.is_signature_valid(key)
    except UnsupportedAlgorithm:
        return False


def _by_answers(one: Certificate, issuer: Certificate, reader: PdfFileReader) -> Iterator[Told]:
    for found in _read(load_der_ocsp_response, held(reader, "/OCSPs")):
        if found.response_status is not OCSPResponseStatus.SUCCESSFUL:
            continue
        answering = [each for each in found.certificates if is_issued_by(issuer, each) and _may_answer(each)]
        if not any(_has_signed(each, found) for each in (issuer, *answering)):
            continue
        for single in found.responses:
            if single.serial_number == one.serial_number:
                yield Told(single.this_update_utc, single.revocation_time_utc)


def _may_answer(one: Certificate) -> bool:
    try:
        usage = one.extensions.get_extension_for_class(ExtendedKeyUsage).value
    except ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.OCSP_SIGNING in usage


def _has_signed(one: Certificate, found: OCSPResponse) -> bool:
    try:
        key, algorithm = one.public_key(), found.signature_hash_algorithm
        if algorithm is None:
            return False
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(found.signature, found.tbs_response_bytes, ECDSA(algorithm))
        elif isinstance(key, RSAPublicKey):
            key.verify(found.signature, found.tbs_response_bytes, PKCS1v15(), algorithm)
        else:
            return False
    except (InvalidSignature, UnsupportedAlgorithm):
        return False
    return True
