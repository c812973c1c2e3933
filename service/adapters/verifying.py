"""Checking a file that claims to be an edition; whatever the file is, the answer is a verdict and its reasons.

A file is valid only if one seal certifies it, an intact archive timestamp covers all of it to the last byte,
nothing but such timestamps and the data to check them came after the seal, the certificates lead to a pinned root,
and the data inside have the digest that the file names.
"""

import asyncio
import hashlib
import io
import json
import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pikepdf
from asn1crypto import x509
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import (
    CertificateFetchingRule,
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from service.adapters import sealed_bytes
from service.adapters.pdf.render import AGENDA
from service.domain.verification import Finding, Sentence, Verdict, Verification

_NAMED_DIGEST = re.compile(rb"urn:sha256:([0-9a-f]{64})<")
_HEADER_WITHIN = 1024

logging.getLogger("pyhanko").addHandler(logging.NullHandler())
logging.getLogger("pyhanko").propagate = False
logging.getLogger("pyhanko_certvalidator").addHandler(logging.NullHandler())
logging.getLogger("pyhanko_certvalidator").propagate = False


class _Refused(Exception):  # noqa: N818  a verdict, not an error
    """The check ends here, with this verdict."""

    def __init__(self, verdict: Verdict, finding: Finding, **values: str) -> None:
        super().__init__(finding)
        self.verification = Verification(verdict, (Sentence(finding, values),))


@dataclass(frozen=True, slots=True)
class _Agenda:
    """What the data inside the file say of themselves."""

    digest: str
    title: str
    edition: int


def verify(pdf: bytes, roots: Sequence[bytes], *, demo_roots: Sequence[bytes] = ()) -> Verification:
    """Return the verdict on a file, under these pinned roots (PEM) and no others."""
    if b"%PDF-" not in pdf[:_HEADER_WITHIN]:
        return Verification(Verdict.UNKNOWN, (Sentence(Finding.NOT_PDF),))
    try:
        return _verified(pdf, _load(roots), _load(demo_roots))
    except _Refused as refused:
        return refused.verification
    except Exception:  # noqa: BLE001  a hostile file makes the libraries raise anything at all
        signed = b"/ByteRange" in pdf
        return Verification(
            Verdict.BROKEN if signed else Verdict.UNKNOWN,
            (Sentence(Finding.UNREADABLE if signed else Finding.NOT_PDF),),
        )


def _load(pems: Sequence[bytes]) -> list[x509.Certificate]:
    found = [one for pem in pems for one in load_pem_x509_certificates(pem)]
    return [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in found]


def _verified(pdf: bytes, roots: list[x509.Certificate], demo_roots: list[x509.Certificate]) -> Verification:
    reader = PdfFileReader(io.BytesIO(pdf))
    seals = reader.embedded_regular_signatures
    if not seals:
        raise _Refused(Verdict.UNSIGNED, Finding.NOT_SIGNED)
    if len(seals) > 1:
        raise _Refused(Verdict.BROKEN, Finding.ADDED)
    stamps = list(reader.embedded_timestamp_signatures)
    if not stamps:
        raise _Refused(Verdict.UNKNOWN, Finding.NO_ARCHIVE)
    _demand_coverage(seals[0], stamps)
    _demand_form(pdf, seals[0], stamps, [*roots, *demo_roots])
    result = asyncio.run(ades.ades_lta_validation(seals[0], _policy([*roots, *demo_roots])))
    signer = _common_name(seals[0].signer_cert)
    _judge(result, signer)
    if result.oldest_evidence_record_timestamp is None:
        raise _Refused(Verdict.BROKEN, Finding.STAMP_BROKEN)
    agenda = _agenda(pdf)
    anchor = result.api_status.validation_path.trust_anchor.authority.public_key.dump()
    demo = anchor not in {root.public_key.dump() for root in roots}
    return _valid(result, seals[0], signer, agenda, demo=demo)


def _demand_coverage(seal: EmbeddedPdfSignature, stamps: Sequence[EmbeddedPdfSignature]) -> None:
    if seal.docmdp_level is None:
        raise _Refused(Verdict.BROKEN, Finding.UNREADABLE)
    for stamp in stamps:
        stamp.compute_integrity_info(skip_diff=True)
    seal.compute_integrity_info()
    if any(one.coverage < SignatureCoverageLevel.ENTIRE_REVISION for one in (seal, *stamps)):
        raise _Refused(Verdict.BROKEN, Finding.CHANGED)
    if stamps[-1].coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise _Refused(Verdict.BROKEN, Finding.TRAILING)
    if not _only_validation_data(seal):
        raise _Refused(Verdict.BROKEN, Finding.ADDED)


def _only_validation_data(seal: EmbeddedPdfSignature) -> bool:
    result = seal.diff_result
    return isinstance(result, DiffResult) and result.modification_level <= ModificationLevel.LTA_UPDATES


def _demand_form(
    pdf: bytes,
    seal: EmbeddedPdfSignature,
    stamps: Sequence[EmbeddedPdfSignature],
    roots: Sequence[x509.Certificate],
) -> None:
    for one in (seal, *stamps):
        if not sealed_bytes.is_canonical(pdf, one, roots):
            raise _Refused(Verdict.BROKEN, Finding.CHANGED)


def _policy(roots: Sequence[x509.Certificate]) -> PdfSignatureValidationSpec:
    return PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=CertValidationPolicySpec(
                trust_manager=SimpleTrustManager.build(trust_roots=roots),
                revinfo_policy=CertRevTrustPolicy(REQUIRE_REVINFO),
            ),
            revinfo_gathering_policy=RevocationInfoGatheringSpec(
                online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY,
                certificate_fetching_rule=CertificateFetchingRule.NEVER_FETCH,
            ),
        )
    )


def _judge(result: ades.AdESLTAValidationResult, signer: str) -> None:
    outcome, status = result.ades_subindic, result.api_status
    if outcome in {AdESFailure.HASH_FAILURE, AdESFailure.SIG_CRYPTO_FAILURE, AdESFailure.FORMAT_FAILURE}:
        raise _Refused(Verdict.BROKEN, Finding.CHANGED)
    if status is not None and not (status.intact and status.valid):
        raise _Refused(Verdict.BROKEN, Finding.CHANGED)
    if outcome in {AdESFailure.REVOKED, AdESFailure.NOT_YET_VALID, AdESIndeterminate.REVOKED_NO_POE}:
        raise _Refused(Verdict.BROKEN, Finding.REVOKED)
    if outcome is AdESPassed.OK:
        if status is None or not status.docmdp_ok or status.validation_path is None:
            raise _Refused(Verdict.BROKEN, Finding.ADDED)
        stamp = status.timestamp_validity
        if stamp is not None and not (stamp.intact and stamp.valid and stamp.trusted):
            raise _Refused(Verdict.BROKEN, Finding.STAMP_BROKEN)
        return
    raise _Refused(Verdict.UNKNOWN, Finding.FOREIGN_ROOT, signer=signer)


def _agenda(pdf: bytes) -> _Agenda:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        if AGENDA not in opened.attachments or "/Metadata" not in opened.Root:
            raise _Refused(Verdict.UNKNOWN, Finding.NOT_OURS)
        content = opened.attachments[AGENDA].get_file().read_bytes()
        named = _NAMED_DIGEST.search(opened.Root.Metadata.read_bytes())
    value = hashlib.sha256(content).hexdigest()
    if named is None or named[1].decode() != value:
        raise _Refused(Verdict.BROKEN, Finding.DATA_DIFFER)
    said = json.loads(content)
    return _Agenda(value, str(said["title"]), int(said["edition"]))


def _valid(
    result: ades.AdESLTAValidationResult,
    seal: EmbeddedPdfSignature,
    signer: str,
    agenda: _Agenda,
    *,
    demo: bool,
) -> Verification:
    stamp = result.api_status.timestamp_validity
    signed_at = _utc(stamp.timestamp if stamp is not None else seal.self_reported_timestamp)
    archived_at = _utc(result.oldest_evidence_record_timestamp)
    sentences = [Sentence(Finding.SEALED_BY, {"signer": signer}), Sentence(Finding.ENTIRE_FILE)]
    if stamp is not None and signed_at is not None:
        attested = {"signed_at": _said(signed_at), "authority": _common_name(stamp.signing_cert)}
        sentences.append(Sentence(Finding.SEALED_AT, attested))
    if archived_at is not None:
        sentences.append(Sentence(Finding.ARCHIVED_AT, {"timestamped_at": _said(archived_at)}))
    sentences.append(Sentence(Finding.DATA_MATCH, {"digest": agenda.digest}))
    if demo:
        sentences.append(Sentence(Finding.DEMO))
    found = Verification(Verdict.VALID, tuple(sentences), signer, signed_at, archived_at, demo=demo)
    return replace(found, digest=agenda.digest, title=agenda.title, edition=agenda.edition)


def _utc(when: datetime | None) -> datetime | None:
    return when.astimezone(UTC) if when else None


def _said(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S} UTC"


def _common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.native
    return str(
        names.get("common_name") or names.get("organization_name") or certificate.subject.human_friendly
    )
