"""Time stamps of an authority inside the service, whose key is read once.

The library reads the key anew for every stamp, and each time proves that its numbers are primes, which takes thirty
times as long as to sign with it.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from asn1crypto import cms, core, keys, x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko.sign.general import as_signing_certificate
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import CertificateStore


class StampingKey:
    """The key of an authority, and its certificate."""

    def __init__(self, key: bytes, certificate: bytes) -> None:
        self._key = key
        self.certificate = x509.Certificate.load(certificate)
        self.key = keys.PrivateKeyInfo.load(key)

    @cached_property
    def _read(self) -> rsa.RSAPrivateKey:
        found = load_der_private_key(self._key, password=None)
        if not isinstance(found, rsa.RSAPrivateKey):
            raise TypeError("An authority stamps with an RSA key.")
        return found

    def sign(self, content: bytes) -> bytes:
        """Return the signature of the key (PKCS #1 v1.5, SHA-256)."""
        return self._read.sign(content, PKCS1v15(), hashes.SHA256())


class HouseStamper(DummyTimeStamper):
    """The library's authority, which signs with a key that was read before."""

    def __init__(self, key: StampingKey, *, vouching: CertificateStore, at: datetime | None) -> None:
        super().__init__(key.certificate, key.key, certs_to_embed=vouching, fixed_dt=at, override_md="sha256")
        self._stamping = key

    def _sign_tst_info(
        self,
        tst_info_data: bytes,
        md_algorithm: str,  # noqa: ARG002 - it is the one above
        dt: datetime,
    ) -> tuple[bytes, cms.CMSAttributes]:
        digest = hashes.Hash(hashes.SHA256())
        digest.update(tst_info_data)
        said: Mapping[str, object] = {
            "content_type": "tst_info",
            "signing_time": cms.Time({"utc_time": core.UTCTime(dt)}),
            "signing_certificate": as_signing_certificate(self.tsa_cert),
            "message_digest": digest.finalize(),
        }
        attributes = cms.CMSAttributes(
            [cms.CMSAttribute({"type": kind, "values": (value,)}) for kind, value in said.items()]
        )
        return self._stamping.sign(attributes.dump()), attributes
