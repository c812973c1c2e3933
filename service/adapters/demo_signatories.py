"""The demonstration's signatories: a root of their own, and a key and certificate for each, made when first needed.

The root of the demonstration's seal can sign nothing any more, so that nothing can be made in its name. The key of this
one is kept, to make a certificate for whoever signs next; like all of the demonstration it is trusted by no one.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)
from cryptography.x509.oid import NameOID

from service.adapters.demo_pki import LIFETIME, OWNER, Identity
from service.domain.seals import SigningPerson

ROOT, ROOT_KEY, REVOCATIONS = "root.der", "root.key.der", "revocations.der"
CERTIFICATE, KEY = "certificate.der", "key.der"
# As many bytes as a common name may hold.
LONGEST_NAME = 64


@dataclass(frozen=True, slots=True)
class DemoSignatories:
    """Where the keys are kept, and the root and what it has revoked (nothing), both DER."""

    directory: Path
    root: bytes
    revocations: bytes

    @classmethod
    def load_or_create(
        cls, directory: Path, *, now: datetime, begins: datetime | None = None
    ) -> "DemoSignatories":
        """Return the keys in this directory, making the root first if there is none.

        Args:
            directory: where the keys are kept.
            now: from when the root, and whatever it issues, is valid for 25 years.
            begins: from when it is valid, where that is earlier.
        """
        if not directory.exists():
            _appear(directory, _root(begins or now, now + LIFETIME))
        return cls.load(directory)

    @classmethod
    def load(cls, directory: Path) -> "DemoSignatories":
        """Return the keys in this directory.

        Raises:
            OSError: there are none.
        """
        return cls(directory, (directory / ROOT).read_bytes(), (directory / REVOCATIONS).read_bytes())

    @property
    def root_certificate_pem(self) -> bytes:
        """The root as PEM, to be pinned by those who check demonstration papers."""
        return x509.load_der_x509_certificate(self.root).public_bytes(Encoding.PEM)

    def identity_of(self, person: SigningPerson) -> Identity:
        """Return a person's key and certificate, made when they first sign under this name."""
        named = hashlib.sha256(f"{person.email.lower()}\n{person.name}".encode()).hexdigest()[:32]
        place = self.directory / named
        if not place.exists():
            _appear(place, _signatory(person, self))
        return Identity((place / CERTIFICATE).read_bytes(), (place / KEY).read_bytes())


def _appear(directory: Path, files: Mapping[str, bytes]) -> None:
    """Let a directory appear with all its files at once, readable by their owner alone; who is first makes it."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    try:
        for name, content in files.items():
            descriptor = os.open(making / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        with suppress(OSError):
            making.rename(directory)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _root(begins: datetime, ends: datetime) -> dict[str, bytes]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name("Demo root of signatories")
    valid = (begins - timedelta(days=1), ends)
    builder = _begun(name, name, key.public_key(), key.public_key(), valid, ca=True)
    revocations = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(name)
        .last_update(begins - timedelta(minutes=5))
        .next_update(ends)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
        .add_extension(x509.CRLNumber(1), critical=False)
        .sign(key, hashes.SHA256())
    )
    return {
        ROOT: builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER),
        ROOT_KEY: _private(key),
        REVOCATIONS: revocations.public_bytes(Encoding.DER),
    }


def _signatory(person: SigningPerson, by: DemoSignatories) -> dict[str, bytes]:
    root_key = load_der_private_key((by.directory / ROOT_KEY).read_bytes(), password=None)
    if not isinstance(root_key, ec.EllipticCurvePrivateKey):
        raise TypeError("The key of the demonstration's signatories is of another kind.")
    key, root = ec.generate_private_key(ec.SECP256R1()), x509.load_der_x509_certificate(by.root)
    # Who signs late signs under a certificate that lasts no longer than the root.
    valid = (root.not_valid_before_utc, root.not_valid_after_utc)
    subject = _name(person.name)
    builder = _begun(subject, root.subject, key.public_key(), root_key.public_key(), valid, ca=False)
    certificate = builder.sign(root_key, hashes.SHA256())
    return {CERTIFICATE: certificate.public_bytes(Encoding.DER), KEY: _private(key)}


def _begun(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    issuing: ec.EllipticCurvePublicKey,
    valid: tuple[datetime, datetime],
    *,
    ca: bool,
) -> x509.CertificateBuilder:
    usage = x509.KeyUsage(
        digital_signature=not ca,
        content_commitment=not ca,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=ca,
        crl_sign=ca,
        encipher_only=False,
        decipher_only=False,
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0])
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing), critical=False)
        .add_extension(usage, critical=True)
    )


def _name(whose: str) -> x509.Name:
    common = f"{OWNER}: {whose}".encode()[:LONGEST_NAME].decode(errors="ignore")
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, OWNER),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
