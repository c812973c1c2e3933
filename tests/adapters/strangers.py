"""Data to check a paper that are of nobody who signed it, and others that are of those who did."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from asn1crypto import cms
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils import generic

from service.adapters.demo_pki import DemoPki, Identity
from service.adapters.signing import Increment, Seal, demo_seal
from service.adapters.vouching import LARGEST
from tests.adapters.handmade import ByHand
from tests.adapters.increments import a_stream, name

NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)
PAYLOAD = b"%PDF-1.7 another paper "
_Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
Data = Sequence[tuple[str, bytes]]


def _called(whose: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, whose)])


@dataclass
class Party:
    """One who has a name and a key, and may issue for others whatever they like."""

    name: str
    key: _Key = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()), repr=False)

    def issue(
        self,
        to: "Party",
        *,
        issues: bool = False,
        uses: Sequence[x509.ObjectIdentifier] = (),
        lists: bool = False,
        payload: bytes = b"",
    ) -> x509.Certificate:
        """Issue a certificate: for one who issues, too, or for these uses, or for one who keeps lists."""
        usage = dict.fromkeys(
            ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"),
            False,
        )
        made = (
            x509.CertificateBuilder(_called(self.name), _called(to.name), to.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(NOW - YEAR)
            .not_valid_after(NOW + 9 * YEAR)
            .add_extension(x509.BasicConstraints(ca=issues, path_length=None), critical=True)
            .add_extension(
                x509.KeyUsage(
                    digital_signature=not issues,
                    content_commitment=not issues,
                    key_cert_sign=issues,
                    crl_sign=issues or lists,
                    **usage,
                ),
                critical=True,
            )
        )
        if uses:
            made = made.add_extension(x509.ExtendedKeyUsage(uses), critical=True)
        if payload:
            hidden = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), payload)
            made = made.add_extension(hidden, critical=False)
        return made.sign(self.key, hashes.SHA256())

    def list(self, payload: bytes = b"", *, named: str = "") -> bytes:
        """Return a list of no revocations, in this name or in another's."""
        made = (
            x509.CertificateRevocationListBuilder(_called(named or self.name))
            .last_update(NOW - timedelta(minutes=5))
            .next_update(NOW + 9 * YEAR)
            .add_extension(x509.CRLNumber(7), critical=False)
        )
        if payload:
            hidden = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4.5"), payload)
            made = made.add_extension(hidden, critical=False)
        return made.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)

    def answer(
        self,
        about: x509.Certificate,
        issuer: x509.Certificate,
        own: x509.Certificate,
        *,
        brings: Sequence[x509.Certificate] = (),
        payload: bytes = b"",
        by: ocsp.OCSPResponderEncoding = ocsp.OCSPResponderEncoding.HASH,
    ) -> bytes:
        """Return the answer that a certificate is good."""
        made = ocsp.OCSPResponseBuilder().add_response(
            about, issuer, hashes.SHA256(), ocsp.OCSPCertStatus.GOOD, NOW, NOW + YEAR, None, None
        )
        made = made.responder_id(by, own)
        if brings:
            made = made.certificates(list(brings))
        if payload:
            made = made.add_extension(x509.OCSPNonce(payload), critical=False)
        assert isinstance(self.key, ec.EllipticCurvePrivateKey)
        return made.sign(self.key, hashes.SHA256()).public_bytes(Encoding.DER)


def der(one: x509.Certificate) -> bytes:
    return one.public_bytes(Encoding.DER)


class Facility:
    """A facility whose root also has left its lists and answers to others, and is known under another root."""

    def __init__(self) -> None:
        self.root, self.other = Party("Root"), Party("Other root")
        self.own_root = self.root.issue(self.root, issues=True)
        self.other_root = self.other.issue(self.other, issues=True)
        seal, stamps = Party("Seal"), Party("Stamps", rsa.generate_private_key(65537, 2048))
        self.seal_of = self.root.issue(seal)
        stamping = self.root.issue(stamps, uses=[ExtendedKeyUsageOID.TIME_STAMPING])
        pki = DemoPki(
            der(self.own_root),
            _identity(seal, self.seal_of),
            _identity(stamps, stamping),
            self.root.list(),
        )
        pems = tuple(one.public_bytes(Encoding.PEM) for one in (self.own_root, self.other_root))
        self.seal: Seal = replace(demo_seal(pki), roots=pems, demo_roots=())


def _identity(party: Party, certificate: x509.Certificate) -> Identity:
    key = party.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return Identity(der(certificate), key)


def with_data(pdf: bytes, data: Data) -> bytes:
    """Put data among those to check a paper."""
    writer, output = Increment(io.BytesIO(pdf)), io.BytesIO()
    held = writer.root["/DSS"]
    for kind, content in data:
        there = held.get(kind, generic.ArrayObject())
        more = [there.raw_get(place) for place in range(len(there))]
        held[name(kind[1:])] = generic.ArrayObject([*more, writer.add_object(a_stream(content))])
    writer.update_container(held)
    writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko's own
    return output.getvalue()


def of_the_facility(house: Facility) -> Iterator[tuple[str, Data]]:
    """Yield data that belong to its papers."""
    root, own, sealing = house.root, house.own_root, house.seal_of
    deputy, keeper = Party("Answers"), Party("Lists")
    answering = root.issue(deputy, uses=[ExtendedKeyUsageOID.OCSP_SIGNING])
    answer = deputy.answer(sealing, own, answering)
    brought = deputy.answer(sealing, own, answering, brings=[answering])
    yield "another list", [("/CRLs", root.list())]
    yield "list of the other root", [("/CRLs", house.other.list())]
    yield "answer of the root", [("/OCSPs", root.answer(sealing, own, own))]
    yield "answer of a deputy", [("/Certs", der(answering)), ("/OCSPs", answer)]
    yield "answer that brings its deputy", [("/OCSPs", brought)]
    yield "answer and its deputy", [("/Certs", der(answering)), ("/OCSPs", brought)]
    listing = root.issue(keeper, lists=True)
    yield "list of a deputy", [("/Certs", der(listing)), ("/CRLs", keeper.list())]
    yield "cross-certificate", [("/Certs", der(house.other.issue(root, issues=True)))]
    both = [der(house.other.issue(root, issues=True)), der(house.other_root)]
    yield "cross-certificate and its root", [("/Certs", one) for one in both]


def of_strangers(house: Facility) -> Iterator[tuple[str, Data]]:
    """Yield data that do not."""
    root, own, sealing = house.root, house.own_root, house.seal_of
    stranger, namesake = Party("THIS PAPER WAS REVOKED"), Party("Root")
    theirs = stranger.issue(stranger, issues=True, payload=PAYLOAD * 20_000)
    small = stranger.issue(stranger, issues=True)
    yield "another paper in a certificate", [("/Certs", der(theirs))]
    yield "certificate", [("/Certs", der(small))]
    yield "certificate of the root's name", [("/Certs", der(namesake.issue(namesake, issues=True)))]
    yield "certificate of the root's name and key", [("/Certs", der(stranger.issue(root, issues=True)))]
    crossed = [der(stranger.issue(root, issues=True)), der(small)]
    yield "cross-certificate and its root", [("/Certs", one) for one in crossed]
    yield "certificate of somebody else", [("/Certs", der(root.issue(Party("Customer"), payload=PAYLOAD)))]
    idle = root.issue(Party("Answers"), uses=[ExtendedKeyUsageOID.OCSP_SIGNING])
    yield "deputy without an answer", [("/Certs", der(idle))]
    yield "deputy without a list", [("/Certs", der(root.issue(Party("Lists"), lists=True)))]
    yield "list", [("/CRLs", stranger.list(PAYLOAD))]
    yield "list and its root", [("/CRLs", stranger.list()), ("/Certs", der(small))]
    yield "list in the root's name", [("/CRLs", stranger.list(named="Root"))]
    customer = Party("Customer")
    yield "list of somebody else", [("/CRLs", customer.list()), ("/Certs", der(root.issue(customer)))]
    yield "answer", [("/OCSPs", stranger.answer(sealing, own, small))]
    feigned = namesake.issue(namesake, issues=True)
    in_its_name = namesake.answer(sealing, own, feigned, by=ocsp.OCSPResponderEncoding.NAME)
    yield "answer in the root's name", [("/OCSPs", in_its_name)]
    yield "answer that brings a stranger", [("/OCSPs", root.answer(sealing, own, own, brings=[small]))]
    about = root.issue(Party("Somebody"))
    yield "answer about somebody else", [("/OCSPs", root.answer(about, own, own))]
    undeputed = root.issue(customer)
    by_customer = customer.answer(sealing, own, undeputed)
    yield "answer of somebody else", [("/OCSPs", by_customer), ("/Certs", der(undeputed))]
    refusal = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.UNAUTHORIZED)
    yield "answer that is none", [("/OCSPs", refusal.public_bytes(Encoding.DER))]
    large = root.issue(root, issues=True, payload=bytes(LARGEST["/Certs"]))
    yield "too large a certificate", [("/Certs", der(large))]
    much = root.answer(sealing, own, own, payload=bytes(LARGEST["/OCSPs"]))
    yield "too large an answer", [("/OCSPs", much)]


def in_the_stamp(house: Facility, pdf: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield papers whose newest timestamp holds a stranger's certificate, or another timestamp unsigned."""
    stranger = Party("THIS PAPER WAS REVOKED")
    theirs = der(stranger.issue(stranger, issues=True, payload=PAYLOAD))

    def with_a_certificate(token: cms.ContentInfo) -> cms.ContentInfo:
        held = token["content"]["certificates"]
        held.append(cms.CertificateChoices("certificate", cms.Certificate.load(theirs)))
        return token

    def with_a_timestamp(token: cms.ContentInfo) -> cms.ContentInfo:
        one = {"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(token.dump())]}
        token["content"]["signer_infos"][0]["unsigned_attrs"] = [one]
        return token

    yield "certificate in the stamp", ByHand(pdf, house.seal, meddled=with_a_certificate).stamped()
    put = with_data(pdf, [("/Certs", theirs)])
    yield (
        "certificate in the stamp and beside it",
        ByHand(put, house.seal, meddled=with_a_certificate).stamped(),
    )
    yield "timestamp in the stamp", ByHand(pdf, house.seal, meddled=with_a_timestamp).stamped()
