"""The bytes of a signature container that its signature cannot cover: they must be exactly as a signer writes them.

A signature covers the file except for the place that it stands in. There, padding, the case of hexadecimal digits
and unsigned fields could be changed without breaking it. Nothing of that kind is accepted here, so that a file of
which a single byte was changed is never called valid.
"""

from collections.abc import Sequence

from asn1crypto import cms, x509
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

_TIMESTAMP_TOKEN = "signature_time_stamp_token"  # noqa: S105  the name of an attribute

_DIGESTS = {"sha256", "sha384", "sha512"}
_SIGNATURES = {
    "rsassa_pkcs1v15",
    "rsassa_pss",
    *(f"{digest}_{kind}" for digest in _DIGESTS for kind in ("rsa", "ecdsa")),
}


def are_unchanged(signature: EmbeddedPdfSignature) -> bool:
    """Say whether the bytes that a signature covers have the digest that it holds; its own truth is not checked."""
    if signature.sig_object_type == "/DocTimeStamp":
        token = signature.signed_data["encap_content_info"]["content"].parsed
        expected = token["message_imprint"]["hashed_message"].native
    else:
        attributes = signature.signer_info["signed_attrs"]
        expected = next(
            one["values"][0].native for one in attributes if one["type"].native == "message_digest"
        )
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
        and _algorithms_agree(signed, signer)
        and _identity_agrees(signer, certificates)
        and all(_attribute_exact(one, known) for one in signer["unsigned_attrs"] or ())
    )


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
    root = signature.reader.root
    # Subscription follows references to other objects; `get` would not.
    streams = root["/DSS"]["/Certs"] if "/DSS" in root and "/Certs" in root["/DSS"] else ()
    return frozenset({*(stream.get_object().data for stream in streams), *(one.dump() for one in roots)})
