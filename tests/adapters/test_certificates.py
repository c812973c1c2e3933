"""What is told of a key: whose it is, until when, and by what it is known."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding

from service.adapters.certificates import describe
from service.adapters.demo_pki import LIFETIME
from service.adapters.sealing import DEMO_BEGINS, make_sealer

BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def a_certificate(key: rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Seal of the facility")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(31)
        .not_valid_before(BEGINS)
        .not_valid_after(ENDS)
    )
    algorithm = hashes.SHA256() if isinstance(key, rsa.RSAPrivateKey) else None
    return builder.sign(key, algorithm).public_bytes(Encoding.DER)


def test_certificate_says_whose_it_is_and_until_when() -> None:
    der = a_certificate(rsa.generate_private_key(65537, 2048))
    found = describe(der, demo=False, timestamps="https://stamps.example")
    assert (found.subject, found.serial, found.algorithm) == (
        "CN=Seal of the facility",
        "1f",
        "RSA, 2048 bits",
    )
    assert (found.valid_from, found.valid_until, found.fingerprint) == (
        BEGINS,
        ENDS,
        hashlib.sha256(der).hexdigest(),
    )
    assert (found.demo, found.timestamps, found.level) == (False, "https://stamps.example", "PAdES-B-LTA")


def test_key_of_another_kind_is_told_by_its_name() -> None:
    der = a_certificate(ed25519.Ed25519PrivateKey.generate())
    assert "Ed25519" in describe(der, demo=False, timestamps="").algorithm


def test_demonstration_tells_whether_it_may_seal_and_until_when(tmp_path: Path) -> None:
    found = [make_sealer(tmp_path, demo_allowed=allowed).describe() for allowed in (True, False)]
    assert [one.allowed for one in found] == [True, False]
    assert found[0].stamps_until == found[0].valid_until == DEMO_BEGINS + LIFETIME


def test_demonstration_says_that_it_is_one(tmp_path: Path) -> None:
    found = make_sealer(tmp_path).describe()
    assert (found.demo, found.timestamps, "DEMO – not trusted" in found.subject) == (True, "", True)
    assert (found.valid_from - DEMO_BEGINS) < timedelta(days=1)
    assert found.algorithm.startswith(("ECDSA", "RSA"))
