"""Whether the data to check a paper are of those who signed and stamped it, and of nobody else.

Anyone can make a certificate, and put another paper into it. So each has to lie between a signature, stamp or answer in
the file and a pinned root, and each list or answer on revocation has to be of one of those who issued them.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from asn1crypto import cms, core, crl, ocsp, x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation.generic_cms import extract_tst_data_iter
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator.errors import AlgorithmNotSupported
from pyhanko_certvalidator.sig_validate import DEFAULT_SIGNATURE_VALIDATOR

KIBIBYTE = 1024
LARGEST: Mapping[str, int] = {
    "/Certs": 16 * KIBIBYTE,
    "/OCSPs": 64 * KIBIBYTE,
    "/CRLs": 8 * KIBIBYTE * KIBIBYTE,
}
"""How large a certificate, an answer and a list may be; those of authorities take a tenth of it."""
LARGEST_IN_ALL = 16 * KIBIBYTE * KIBIBYTE
MOST = 500
"""How many data a file may hold: a renewal brings some four, so these last for a century."""
_LONGEST_WAY = 128
"""How many bytes the name of a way of signing may take, where no signature covers it."""
_ANSWERS = "ocsp_signing"


@dataclass
class _Held:
    """The certificates of a file and the pinned ones, and which of them lie on the way from a signature up."""

    certificates: Sequence[x509.Certificate]
    pinned: Sequence[x509.Certificate]
    issuers: dict[bytes, set[bytes]] = field(default_factory=dict)
    """Of each certificate on a way (DER): those that issued it."""

    def __post_init__(self) -> None:
        self._pinned = {one.dump() for one in self.pinned}
        self._named = defaultdict[bytes, list[x509.Certificate]](list)
        for one in {each.dump(): each for each in (*self.certificates, *self.pinned)}.values():
            self._named[one.subject.hashable].append(one)

    def follow(self, one: x509.Certificate) -> None:
        """Take a certificate as one of those on a way, and all that lie above it."""
        waiting = [one]
        while waiting:
            here = waiting.pop()
            if here.dump() not in self.issuers:
                above = [
                    each for each in self.named(here.issuer) if self._may_issue(each) and _issued(each, here)
                ]
                self.issuers[here.dump()] = {each.dump() for each in above}
                waiting += above

    def named(self, name: x509.Name) -> Sequence[x509.Certificate]:
        """Return all certificates of a name."""
        return self._named.get(name.hashable, ())

    def is_authority(self, one: x509.Certificate) -> bool:
        """Tell whether a certificate is that of an authority on a way, or of a pinned one."""
        return self._may_issue(one) and one.dump() in self.issuers.keys() | self._pinned

    def has_authority(self, one: x509.Certificate) -> bool:
        """Tell whether one of these has issued a certificate."""
        return any(self.is_authority(each) and _issued(each, one) for each in self.named(one.issuer))

    def genuine(self) -> set[bytes]:
        """Return what is proven to be genuine: pinned, issued by what is, or the root above it that signs itself.

        Of an authority's name and key anyone can make another certificate, under a root of their own.
        """
        found, grown = self._pinned, set[bytes]()
        while grown != found:
            grown = found
            roots = {one for other in found for one in self.issuers.get(other, ())}
            found = grown | {
                one for one, above in self.issuers.items() if above & grown or (one in above and one in roots)
            }
        return found

    def _may_issue(self, one: x509.Certificate) -> bool:
        return bool(one.ca) or one.dump() in self._pinned


def belong(signatures: Sequence[EmbeddedPdfSignature], pinned: Sequence[x509.Certificate]) -> bool:
    """Tell whether the data to check these signatures are theirs, all of them, and of a sensible size.

    The signatures are all of one file, and each of them leads to one of the pinned certificates.
    """
    data = _data(signatures[0])
    sizes = [(kind, len(one)) for kind, those in data.items() for one in those]
    if len(sizes) > MOST or sum(size for _, size in sizes) > LARGEST_IN_ALL:
        return False
    if any(size > LARGEST[kind] for kind, size in sizes):
        return False
    certificates = [x509.Certificate.load(one, strict=True) for one in data.get("/Certs", ())]
    held = _Held(certificates, pinned)
    for one in signatures:
        for signer in _signers(one):
            held.follow(signer)
    lists = [crl.CertificateList.load(one, strict=True) for one in data.get("/CRLs", ())]
    answers = [ocsp.OCSPResponse.load(one, strict=True) for one in data.get("/OCSPs", ())]
    if not all(_is_list_of(one, held) for one in lists) or not all(
        _is_answer_of(one, held) for one in answers
    ):
        return False
    genuine = held.genuine()
    return all(one.dump() in held.issuers and one.dump() in genuine for one in certificates)


def _data(signature: EmbeddedPdfSignature) -> Mapping[str, list[bytes]]:
    """Return the data of each kind, as they lie in the file, each as often as it is listed."""
    root = signature.reader.root
    if "/DSS" not in root:
        return {}
    # Subscription follows references to other objects; `get` would not.
    held = root["/DSS"]
    return {kind: [bytes(one.get_object().data) for one in held[kind]] for kind in LARGEST if kind in held}


def _signers(signature: EmbeddedPdfSignature) -> Iterator[x509.Certificate]:
    """Yield whose certificates signed, and stamped what was signed."""
    yield signature.signer_cert
    if signature.sig_object_type != "/DocTimeStamp":
        for token in extract_tst_data_iter(signature.signer_info, signed=False):
            yield _signer(token)


def _signer(token: cms.SignedData) -> x509.Certificate:
    found: x509.Certificate = extract_certificate_info(token).signer_cert
    return found


def _issued(issuer: x509.Certificate, one: x509.Certificate) -> bool:
    body = one["tbs_certificate"]
    return one["signature_algorithm"].dump() == body["signature"].dump() and _signed(
        issuer, body, one["signature_algorithm"], one["signature_value"]
    )


def _is_list_of(one: crl.CertificateList, held: _Held) -> bool:
    """Tell whether a list is of an authority, or of whom one has left its lists to."""
    body, name = one["tbs_cert_list"], one["tbs_cert_list"]["issuer"]
    if one["signature_algorithm"].dump() != body["signature"].dump():
        return False
    for each in held.named(name):
        deputy = _keeps_lists(each) and held.has_authority(each)
        if (deputy or held.is_authority(each)) and _signed(
            each, body, one["signature_algorithm"], one["signature"]
        ):
            held.follow(each)
            return True
    return False


def _is_answer_of(one: ocsp.OCSPResponse, held: _Held) -> bool:
    """Tell whether an answer is of an authority, or of whom one has left its answers to, about a certificate here."""
    if one["response_status"].native != "successful":
        return False
    answer = one.basic_ocsp_response
    body, way = answer["tbs_response_data"], answer["signature_algorithm"]
    brought = list(answer["certs"]) if answer["certs"].native else []
    numbers = {each.serial_number for each in held.certificates}
    asked = any(each["cert_id"]["serial_number"].native in numbers for each in body["responses"])
    if len(way.dump()) > _LONGEST_WAY or not asked:
        return False
    for each in (*held.certificates, *held.pinned, *brought):
        if not _answers_as(each, body["responder_id"].chosen):
            continue
        deputy = _gives_answers(each) and held.has_authority(each)
        if (deputy or held.is_authority(each)) and _signed(each, body, way, answer["signature"]):
            held.follow(each)
            return {other.dump() for other in brought} <= held.issuers.keys()
    return False


def _answers_as(one: x509.Certificate, told: core.Asn1Value) -> bool:
    """Tell whether a certificate is that by which an answer names who gave it: a name, or the digest of a key."""
    if isinstance(told, x509.Name):
        return bool(one.subject == told)
    return bool(told.native == one.public_key.sha1)


def _keeps_lists(one: x509.Certificate) -> bool:
    return one.key_usage_value is not None and "crl_sign" in one.key_usage_value.native


def _gives_answers(one: x509.Certificate) -> bool:
    return one.extended_key_usage_value is not None and _ANSWERS in one.extended_key_usage_value.native


def _signed(
    signer: x509.Certificate, body: core.Sequence, way: core.Sequence, signature: core.BitString
) -> bool:
    try:
        DEFAULT_SIGNATURE_VALIDATOR.validate_signature(signature.native, body.dump(), signer.public_key, way)
    except (InvalidSignature, UnsupportedAlgorithm, AlgorithmNotSupported, ValueError, TypeError):
        return False
    return True
