"""Keys and certificates for the demonstration: made at the first start, without a network, trusted by no one.

Every name in it begins with “DEMO – not trusted”, so that no reader of a certificate can take it for a real one.
The root's key is forgotten as soon as it has signed, so that nothing more can ever be made in its name.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

LIFETIME = timedelta(days=365 * 25)
OWNER = "DEMO – not trusted"
ROOT, SEAL, AUTHORITY, REVOCATIONS = "root", "seal", "timestamp", "revocations.der"

_Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Identity:
    """A certificate and its private key, both DER."""

    certificate: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class DemoPki:
    """The demonstration's seal and timestamp authority, under one root; everything is DER unless it says PEM."""

    root: bytes
    seal: Identity
    authority: Identity
    revocations: bytes

    @property
    def root_certificate_pem(self) -> bytes:
        """The root as PEM, to be pinned by those who check demonstration papers."""
        return x509.load_der_x509_certificate(self.root).public_bytes(Encoding.PEM)

    @classmethod
    def load_or_create(cls, directory: Path, *, now: datetime, begins: datetime | None = None) -> "DemoPki":
        """Return the keys in this directory, making them first if there are none.

        Files are readable by their owner alone and appear all at once; of two processes that start together,
        one makes the keys and both use them.

        Args:
            directory: where the keys are kept.
            now: from when the certificates are valid for 25 years.
            begins: from when they are valid, where that is earlier.
        """
        if not directory.exists():
            _create(directory, begins or now, now + LIFETIME)
        return cls.load(directory)

    @classmethod
    def load(cls, directory: Path) -> "DemoPki":
        """Return the keys in this directory.

        Raises:
            OSError: there are none.
        """
        return cls(
            root=(directory / f"{ROOT}.der").read_bytes(),
            seal=_load(directory, SEAL),
            authority=_load(directory, AUTHORITY),
            revocations=(directory / REVOCATIONS).read_bytes(),
        )


def _load(directory: Path, name: str) -> Identity:
    return Identity((directory / f"{name}.der").read_bytes(), (directory / f"{name}.key.der").read_bytes())


def _create(directory: Path, begins: datetime, ends: datetime) -> None:
    directory.parent.mkdir(parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    try:
        for name, content in _made(begins, ends).items():
            descriptor = os.open(making / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
        making.rename(directory)
    except OSError:
        if not (directory / REVOCATIONS).exists():
            raise
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _made(begins: datetime, ends: datetime) -> dict[str, bytes]:
    root_key = ec.generate_private_key(ec.SECP256R1())
    seal_key = ec.generate_private_key(ec.SECP256R1())
    authority_key = rsa.generate_private_key(public_exponent=65537, key_size=3072)
    issuer = _name("Demo root")
    valid = (begins, ends)
    root = _certificate("Demo root", root_key, issuer, root_key, valid)
    seal = _certificate("Coordination facility (demo)", seal_key, issuer, root_key, valid)
    authority = _certificate("Demo timestamp authority", authority_key, issuer, root_key, valid)
    revocations = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(issuer)
        .last_update(begins - timedelta(minutes=5))
        .next_update(ends)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), critical=False
        )
        .add_extension(x509.CRLNumber(1), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    return {
        f"{ROOT}.der": root.public_bytes(Encoding.DER),
        f"{SEAL}.der": seal.public_bytes(Encoding.DER),
        f"{SEAL}.key.der": _key(seal_key),
        f"{AUTHORITY}.der": authority.public_bytes(Encoding.DER),
        f"{AUTHORITY}.key.der": _key(authority_key),
        REVOCATIONS: revocations.public_bytes(Encoding.DER),
    }


def _name(whose: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, OWNER),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{OWNER}: {whose}"),
        ]
    )


def _key(key: _Key) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _certificate(
    whose: str,
    key: _Key,
    issuer: x509.Name,
    issuer_key: ec.EllipticCurvePrivateKey,
    valid: tuple[datetime, datetime],
) -> x509.Certificate:
    subject = _name(whose)
    root = subject == issuer
    stamps = isinstance(key, rsa.RSAPrivateKey)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(valid[0] - timedelta(days=1))
        .not_valid_after(valid[1])
        .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
        )
        .add_extension(_usage(root=root, seals=not root and not stamps), critical=True)
    )
    if stamps:
        builder = builder.add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True
        )
    return builder.sign(issuer_key, hashes.SHA256())


def _usage(*, root: bool, seals: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not root,
        content_commitment=seals,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=root,
        crl_sign=root,
        encipher_only=False,
        decipher_only=False,
    )
