"""Checking a file that claims to be an edition; whatever the file is, the answer is a verdict and its reasons.

A file is valid only if one seal certifies it, an intact archive timestamp covers all of it to the last byte,
nothing but such timestamps, the data to check them and the signatures of those whom the sealed paper names came after
the seal, the certificates lead to a pinned root, and the data inside have the digest that the file names.
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
from pyhanko.sign.validation.status import (
    SignatureCoverageLevel,
)
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import REQUIRE_REVINFO, CertRevTrustPolicy
from pyhanko_certvalidator.registry import SimpleTrustManager

from service.adapters import countersignatures, sealed_bytes
from service.adapters.alterations import alteration, difference
from service.adapters.countersignatures import CountersignatureRefused
from service.adapters.heads import is_pdf
from service.adapters.pdf.render import AGENDA
from service.domain.verification import Finding, Sentence, Verdict, Verification

_NAMED_DIGEST = re.compile(rb"urn:sha256:([0-9a-f]{64})<")
_SIGNED = b"/ByteRange"
_NOT_INTACT = {AdESFailure.HASH_FAILURE, AdESFailure.SIG_CRYPTO_FAILURE, AdESFailure.FORMAT_FAILURE}
_NOT_IN_FORCE = {
    AdESFailure.REVOKED,
    AdESFailure.NOT_YET_VALID,
    AdESIndeterminate.REVOKED_NO_POE,
    AdESIndeterminate.EXPIRED,
    AdESIndeterminate.NOT_YET_VALID,
    AdESIndeterminate.OUT_OF_BOUNDS_NO_POE,
    AdESIndeterminate.OUT_OF_BOUNDS_NOT_REVOKED,
}

# What a hostile file makes the libraries say is told by the verdict; it does not belong in the service's log.
for _library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_library).addHandler(logging.NullHandler())
    logging.getLogger(_library).propagate = False


class _Refused(Exception):
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


@dataclass(frozen=True, slots=True)
class _Trust:
    """What a seal that holds rests on: the key of the pinned root (DER), and who attested when (UTC)."""

    anchor: bytes
    authority: str
    signed_at: datetime
    archived_at: datetime


def verify(pdf: bytes, roots: Sequence[bytes], *, demo_roots: Sequence[bytes] = ()) -> Verification:
    """Return the verdict on a file, under these pinned roots (PEM) and no others."""
    if not is_pdf(pdf):
        return Verification(Verdict.UNKNOWN, (Sentence(Finding.NOT_PDF),))
    try:
        return _verified(pdf, _load(roots), _load(demo_roots))
    except _Refused as refused:
        return refused.verification
    except CountersignatureRefused as refused:
        return Verification(refused.verdict, (Sentence(refused.finding, refused.values),))
    except Exception:  # noqa: BLE001  a hostile file makes the libraries raise anything at all
        signed = _SIGNED in pdf
        return Verification(
            Verdict.BROKEN if signed else Verdict.UNKNOWN,
            (Sentence(Finding.UNREADABLE if signed else Finding.NOT_PDF),),
        )


def _load(pems: Sequence[bytes]) -> list[x509.Certificate]:
    found = [one for pem in pems for one in load_pem_x509_certificates(pem)]
    return [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in found]


def _verified(pdf: bytes, roots: list[x509.Certificate], demo_roots: list[x509.Certificate]) -> Verification:
    _demand_no_more(pdf)
    reader = PdfFileReader(io.BytesIO(pdf))
    seals = reader.embedded_regular_signatures
    if not seals:
        if pdf.count(_SIGNED) > len(reader.embedded_signatures):
            raise _Refused(Verdict.BROKEN, Finding.SEAL_REMOVED)
        if _SIGNED in pdf:
            # Signed in a way that is none of ours, or made to look so: that is not the same as no seal.
            raise _Refused(Verdict.BROKEN, Finding.UNREADABLE)
        raise _Refused(Verdict.UNSIGNED, Finding.NOT_SIGNED)
    signatories = countersignatures.printed(pdf)
    wanted = countersignatures.expected(signatories)
    # The seal certifies; where none does, what it is that was signed first is told below.
    seal = next((one for one in seals if one.docmdp_level is not None), seals[0])
    others = [one for one in seals if one is not seal]
    countersignatures.demand_named(seal, others, wanted)
    stamps = list(reader.embedded_timestamp_signatures)
    if not stamps:
        raise _Refused(Verdict.UNKNOWN, Finding.NO_ARCHIVE)
    countersignatures.demand_between(seal, others, stamps, wanted)
    for one in (*stamps[::-1], *others[::-1], seal):
        if not sealed_bytes.are_unchanged(one) or not sealed_bytes.is_canonical(
            pdf, one, [*roots, *demo_roots]
        ):
            raise _Refused(Verdict.BROKEN, Finding.CHANGED)
    _demand_coverage(pdf, seal, others, stamps)
    countersignatures.demand_only_signatures(reader)
    policy = _policy([*roots, *demo_roots])
    result = asyncio.run(ades.ades_lta_validation(seal, policy))
    signer = _common_name(seal.signer_cert)
    trust = _trust(result, signer)
    # What came after the seal was looked at with it.
    signed = countersignatures.trusted(others, wanted, replace(policy, diff_policy=None))
    agenda = _agenda(pdf)
    found = Verification(
        Verdict.VALID,
        signer=signer,
        signed_at=trust.signed_at,
        timestamped_at=trust.archived_at,
        digest=agenda.digest,
        title=agenda.title,
        edition=agenda.edition,
        demo=trust.anchor not in {root.public_key.dump() for root in roots},
        signatories=countersignatures.told(signatories, signed),
    )
    return replace(found, sentences=_explanation(found, trust.authority))


def _demand_no_more(pdf: bytes) -> None:
    """Refuse what the signature written last shows by itself: that its bytes were changed, or others follow them."""
    last = sealed_bytes.outermost(pdf)
    if last is None:
        return
    if not last.unchanged:
        raise _Refused(Verdict.BROKEN, Finding.CHANGED)
    if last.end < len(pdf):
        found = alteration(pdf[: last.end], pdf)
        # Behind a seal come the data to check it; behind an archive timestamp, nothing.
        if found or last.is_stamp:
            raise _Refused(Verdict.BROKEN, found or Finding.TRAILING)


def _demand_coverage(
    pdf: bytes,
    seal: EmbeddedPdfSignature,
    others: Sequence[EmbeddedPdfSignature],
    stamps: Sequence[EmbeddedPdfSignature],
) -> None:
    if seal.docmdp_level is None:
        raise _Refused(Verdict.BROKEN, Finding.UNREADABLE)
    sealed, later = _integrity(seal, with_changes=True)
    covered = [sealed, *(_integrity(one, with_changes=False)[0] for one in (*others, *stamps))]
    if any(one < SignatureCoverageLevel.ENTIRE_REVISION for one in covered):
        raise _Refused(Verdict.BROKEN, Finding.CHANGED)
    if covered[-1] != SignatureCoverageLevel.ENTIRE_FILE:
        raise _Refused(Verdict.BROKEN, Finding.TRAILING)
    permitted = ModificationLevel.FORM_FILLING if others else ModificationLevel.LTA_UPDATES
    if not isinstance(later, DiffResult) or later.modification_level > permitted:
        raise _Refused(Verdict.BROKEN, alteration(_as_sealed(pdf, seal), pdf) or Finding.ADDED)
    # The library takes new metadata for harmless; here, nothing that a reader may be told is.
    if found := difference(_as_sealed(pdf, seal), pdf):
        raise _Refused(Verdict.BROKEN, found)


def _as_sealed(pdf: bytes, seal: EmbeddedPdfSignature) -> bytes:
    """Return the file as it was when it was sealed: it ends where the seal's reach does."""
    _, _, resume, rest = (int(number) for number in seal.byte_range)
    return pdf[: resume + rest]


def _integrity(one: EmbeddedPdfSignature, *, with_changes: bool) -> tuple[SignatureCoverageLevel, object]:
    """Return how much of the file a signature covers, and what came after it."""
    one.compute_integrity_info(skip_diff=not with_changes)  # type: ignore[no-untyped-call]  # pyHanko's own
    found = one.summarise_integrity_info()
    return found["coverage"], found["diff_result"]


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


def _trust(result: ades.AdESLTAValidationResult, signer: str) -> _Trust:
    """Return what a seal that holds in every respect rests on; anything less ends the check."""
    outcome, status = result.ades_subindic, result.api_status
    if outcome in _NOT_INTACT or (status is not None and not (status.intact and status.valid)):
        raise _Refused(Verdict.BROKEN, Finding.CHANGED)
    if outcome in _NOT_IN_FORCE:
        raise _Refused(Verdict.BROKEN, Finding.REVOKED)
    if outcome is not AdESPassed.OK or status is None or status.validation_path is None:
        raise _Refused(Verdict.UNKNOWN, Finding.FOREIGN_ROOT, signer=signer)
    if not status.docmdp_ok:
        raise _Refused(Verdict.BROKEN, Finding.ADDED)
    stamp, archived_at = status.timestamp_validity, result.oldest_evidence_record_timestamp
    if stamp is None or archived_at is None or not (stamp.intact and stamp.valid and stamp.trusted):
        raise _Refused(Verdict.BROKEN, Finding.STAMP_BROKEN)
    return _Trust(
        anchor=status.validation_path.trust_anchor.authority.public_key.dump(),
        authority=_common_name(stamp.signing_cert),
        signed_at=stamp.timestamp.astimezone(UTC),
        archived_at=archived_at.astimezone(UTC),
    )


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


def _explanation(found: Verification, authority: str) -> tuple[Sentence, ...]:
    """Return the sentences that say what is proven of a valid file."""
    sentences = [
        Sentence(Finding.SEALED_BY, {"signer": str(found.signer)}),
        Sentence(Finding.ENTIRE_FILE),
        Sentence(Finding.SEALED_AT, {"signed_at": _said(found.signed_at), "authority": authority}),
        *countersignatures.sentences(found.signatories),
        Sentence(Finding.ARCHIVED_AT, {"timestamped_at": _said(found.timestamped_at)}),
        Sentence(Finding.DATA_MATCH, {"digest": str(found.digest)}),
    ]
    if found.demo:
        sentences.append(Sentence(Finding.DEMO))
    return tuple(sentences)


def _said(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S} UTC"


def _common_name(certificate: x509.Certificate) -> str:
    names = certificate.subject.native
    return str(
        names.get("common_name") or names.get("organization_name") or certificate.subject.human_friendly
    )
