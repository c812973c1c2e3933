"""Authorities for tests: roots that issue seals and time stamps for as long as a test asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from service.adapters.demo_pki import Identity

_Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


def _name(whose: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, whose)])


def _usage(*, root: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not root,
        content_commitment=not root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=root,
        crl_sign=root,
        encipher_only=False,
        decipher_only=False,
    )


_ENCRYPTING = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=True,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


@dataclass(frozen=True, slots=True)
class Use:
    """What a certificate is issued for: signing or encrypting, and purposes beside that, insisted on or not."""

    signing: bool = True
    purposes: tuple[str, ...] = ()
    critical: bool = False


@dataclass
class Authority:
    """A root that is in force between two moments; `crl_url` is where its list of revocations can be fetched."""

    name: str
    begins: datetime
    ends: datetime
    crl_url: str = ""
    der: bytes = field(init=False, repr=False)
    _key: _Key = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def __post_init__(self) -> None:
        self.der = self._issued(self.name, self._key, self.begins, self.ends, serial=1)

    @property
    def pem(self) -> bytes:
        """The root's certificate, to be pinned."""
        return x509.load_der_x509_certificate(self.der).public_bytes(Encoding.PEM)

    def issue(
        self,
        whose: str,
        *,
        stamps: bool = False,
        begins: datetime | None = None,
        ends: datetime | None = None,
        email: str = "",
        use: Use = Use(),
        key: _Key | None = None,
    ) -> Identity:
        """Return a certificate for sealing, or for stamping, with its key; it may name an address of e-mail."""
        if key is None:
            # The stand-in for an authority signs with RSA only.
            key = rsa.generate_private_key(65537, 2048) if stamps else ec.generate_private_key(ec.SECP256R1())
        der = self._issued(
            whose, key, begins or self.begins, ends or self.ends, stamps=stamps, email=email, use=use
        )
        return Identity(der, key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))

    def revocations(
        self,
        at: datetime,
        *,
        good_for: timedelta = timedelta(days=7),
        revoked: Mapping[bytes, datetime] = MappingProxyType({}),
    ) -> bytes:
        """Return a list made at a moment, with the certificates (DER) that were revoked, and when.

        It is good for as long as those of real authorities are.
        """
        builder = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(_name(self.name))
            .last_update(at - timedelta(minutes=5))
            .next_update(at + good_for)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False
            )
            .add_extension(x509.CRLNumber(1), critical=False)
        )
        for certificate, when in revoked.items():
            serial = x509.load_der_x509_certificate(certificate).serial_number
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(when).build()
            builder = builder.add_revoked_certificate(entry)
        return builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.DER)

    def _issued(
        self,
        whose: str,
        key: _Key,
        begins: datetime,
        ends: datetime,
        *,
        stamps: bool = False,
        serial: int | None = None,
        email: str = "",
        use: Use = Use(),
    ) -> bytes:
        root = key is self._key
        builder = (
            x509.CertificateBuilder()
            .subject_name(_name(whose))
            .issuer_name(_name(self.name))
            .public_key(key.public_key())
            .serial_number(serial or x509.random_serial_number())
            .not_valid_before(begins)
            .not_valid_after(ends)
            .add_extension(x509.BasicConstraints(ca=root, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(
                x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False
            )
            .add_extension(_usage(root=root) if use.signing else _ENCRYPTING, critical=True)
        )
        if stamps:
            usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
            builder = builder.add_extension(usage, critical=True)
        if email:
            names = x509.SubjectAlternativeName([x509.RFC822Name(email)])
            builder = builder.add_extension(names, critical=False)
        if use.purposes:
            named = x509.ExtendedKeyUsage(list(map(x509.ObjectIdentifier, use.purposes)))
            builder = builder.add_extension(named, critical=use.critical)
        if self.crl_url and not root:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(self.crl_url)], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([point]), critical=False)
        return builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.DER)
