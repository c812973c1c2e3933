"""The bytes of a signature container that its signature cannot cover: they must be exactly as a signer writes them.

A signature covers the file except for the place that it stands in. There, padding, the case of hexadecimal digits
and unsigned fields could be changed without breaking it. Nothing of that kind is accepted here, so that a file of
which a single byte was changed is never called valid.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from asn1crypto import cms, x509
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_TIMESTAMP_TOKEN = "signature_time_stamp_token"  # noqa: S105  the name of an attribute

_DIGESTS = {"sha256", "sha384", "sha512"}
_SIGNATURES = {
    "rsassa_pkcs1v15",
    "rsassa_pss",
    *(f"{digest}_{kind}" for digest in _DIGESTS for kind in ("rsa", "ecdsa")),
}


_RANGE = b"/ByteRange"
_NUMBERS = re.compile(rb"/ByteRange\s*\[\s*0\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")


@dataclass(frozen=True, slots=True)
class Outermost:
    """The signature that was written last: where what it covers ends, whether that is as signed, and its kind."""

    end: int
    unchanged: bool
    is_stamp: bool


def outermost(pdf: bytes) -> Outermost | None:
    """Return what the signature written last covers, without reading the file around it; None where none is clear.

    Bytes that do not have the digest they were signed with were changed, whatever else the file says of itself.
    """
    found = _NUMBERS.match(pdf, max(pdf.rfind(_RANGE), 0))
    if found is None:
        return None
    length, resume, rest = (int(number) for number in found.groups())
    end = resume + rest
    if not length < resume <= end <= len(pdf):
        return None
    try:
        signed = cms.ContentInfo.load(bytes.fromhex(pdf[length + 1 : resume - 1].decode("ascii")))["content"]
        info = signed["encap_content_info"]
        is_stamp = info["content_type"].native == "tst_info"
        if is_stamp:
            imprint = info["content"].parsed["message_imprint"]
            algorithm = imprint["hash_algorithm"]["algorithm"].native
            expected = imprint["hashed_message"].native
        else:
            signer = signed["signer_infos"][0]
            algorithm = signer["digest_algorithm"]["algorithm"].native
            expected = _message_digest(signer)
    except (ValueError, KeyError, IndexError, TypeError, StopIteration):
        return None
    if algorithm not in _DIGESTS:
        return None
    covered = hashlib.new(algorithm, pdf[:length])
    covered.update(pdf[resume:end])
    return Outermost(end, covered.digest() == expected, is_stamp)


def _message_digest(signer: cms.SignerInfo) -> object:
    return next(
        one["values"][0].native for one in signer["signed_attrs"] if one["type"].native == "message_digest"
    )


def are_unchanged(signature: EmbeddedPdfSignature) -> bool:
    """Say whether the bytes that a signature covers have the digest that it holds; its own truth is not checked."""
    if signature.sig_object_type == "/DocTimeStamp":
        token = signature.signed_data["encap_content_info"]["content"].parsed
        expected = token["message_imprint"]["hashed_message"].native
    else:
        expected = _message_digest(signature.signer_info)
    return bool(signature.compute_digest() == expected)


def is_canonical(pdf: bytes, signature: EmbeddedPdfSignature, roots: Sequence[x509.Certificate]) -> bool:
    """Say whether nothing in and around a signature's container differs from what a signer writes."""
    start, length, resume, rest = (int(number) for number in signature.byte_range)
    if start or resume + rest > len(pdf):
        return False
    place = pdf[length:resume]
    container = signature.pkcs7_content
    end = _der_length(container)
    if end is None or any(container[end:]):
        return False
    written = b"<" + container.hex().upper().encode() + b">"
    if place != written:
        return False
    known = _known_certificates(signature, roots)
    return _exact(container[:end], signature.signed_data, known)


def are_spelled_alike(signatures: Sequence[EmbeddedPdfSignature]) -> bool:
    """Say whether all time stamps of an authority name its way of signing in the same spelling.

    Two spellings mean the same, and nothing signs the one in the last time stamp; an authority keeps to its own.
    """
    spelled: dict[bytes, bytes] = {}
    for token in (token for one in signatures for token in _timestamp_tokens(one)):
        signer = token["signer_infos"][0]
        way = signer["signature_algorithm"].dump()
        if spelled.setdefault(signer["sid"].dump(), way) != way:
            return False
    return True


def _timestamp_tokens(signature: EmbeddedPdfSignature) -> list[cms.SignedData]:
    if signature.sig_object_type == "/DocTimeStamp":
        return [signature.signed_data]
    held = [
        one for one in signature.signer_info["unsigned_attrs"] or () if one["type"].native == _TIMESTAMP_TOKEN
    ]
    return [token["content"] for one in held for token in one["values"]]


def _der_length(container: bytes) -> int | None:
    parsed = cms.ContentInfo.load(container)
    return len(parsed.dump())


def _exact(encoded: bytes, signed: cms.SignedData, known: frozenset[bytes]) -> bool:
    """Say whether the container is what one gets by writing its signed parts and known certificates anew."""
    signers = signed["signer_infos"]
    if len(signers) != 1 or signed["crls"].native:
        return False
    certificates = [one.chosen for one in signed["certificates"]]
    if any(one.dump() not in known for one in certificates):
        return False
    signer = signers[0]
    return (
        cms.ContentInfo.load(encoded, strict=True).dump(force=True) == encoded
        and _versions_fit(signed, signer)
        and _algorithms_agree(signed, signer)
        and _identity_agrees(signer, certificates)
        and len(signer["unsigned_attrs"] or ()) <= _unsigned_at_most(signed)
        and all(_attribute_exact(one, known) for one in signer["unsigned_attrs"] or ())
    )


def _unsigned_at_most(signed: cms.SignedData) -> int:
    """Return how much may stand there unsigned: beside a signature its timestamp, beside a timestamp nothing."""
    return 0 if signed["encap_content_info"]["content_type"].native == "tst_info" else 1


def _versions_fit(signed: cms.SignedData, signer: cms.SignerInfo) -> bool:
    """Say whether the versions are those that follow from the rest (RFC 5652); no signature covers them."""
    expected = "v1" if signed["encap_content_info"]["content_type"].native == "data" else "v3"
    return (signed["version"].native, signer["version"].native) == (expected, "v1")


def _algorithms_agree(signed: cms.SignedData, signer: cms.SignerInfo) -> bool:
    digest = signer["digest_algorithm"]
    listed = signed["digest_algorithms"]
    return (
        [one.dump() for one in listed] == [digest.dump()]
        and digest["algorithm"].native in _DIGESTS
        and digest["parameters"].native is None
        and signer["signature_algorithm"]["algorithm"].native in _SIGNATURES
    )


def _identity_agrees(signer: cms.SignerInfo, certificates: Sequence[x509.Certificate]) -> bool:
    identity = signer["sid"].chosen
    if not isinstance(identity, cms.IssuerAndSerialNumber):
        return False
    return any(
        one.issuer.dump() == identity["issuer"].dump()
        and one.serial_number == identity["serial_number"].native
        for one in certificates
    )


def _attribute_exact(attribute: cms.CMSAttribute, known: frozenset[bytes]) -> bool:
    if attribute["type"].native != _TIMESTAMP_TOKEN or len(attribute["values"]) != 1:
        return False
    token = attribute["values"][0]
    return _exact(token.dump(), token["content"], known)


def _known_certificates(
    signature: EmbeddedPdfSignature, roots: Sequence[x509.Certificate]
) -> frozenset[bytes]:
    """Return the certificates that a signature over the whole file vouches for, and the pinned ones."""
    return certificates_beside(signature) | {one.dump() for one in roots}


def certificates_beside(signature: EmbeddedPdfSignature) -> frozenset[bytes]:
    """Return the certificates (DER) that the file of a signature holds among the data to check it."""
    root = signature.reader.root
    # Subscription follows references to other objects; `get` would not.
    streams = root["/DSS"]["/Certs"] if "/DSS" in root and "/Certs" in root["/DSS"] else ()
    return frozenset(stream.get_object().data for stream in streams)
