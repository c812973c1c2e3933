"""Checking a file that claims to be an edition; whatever the file is, the answer is a verdict and its reasons.

A file is valid only if one seal certifies it, an intact archive timestamp covers all of it to the last byte,
nothing but such timestamps, the data to check them and the signatures of those whom the sealed paper names came after
the seal, the certificates lead to a pinned root, and the data inside have the digest that the file names.
"""

import hashlib
import io
import json
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pikepdf
from asn1crypto import x509
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate, AdESPassed
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.validation import ades
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.path import ValidationPath

from service.adapters import (
    countersignatures,
    moments,
    reporting,
    sealed_bytes,
    trusted_roots,
    untrusted,
    vouching,
    whose,
)
from service.adapters.alterations import alteration, difference, elsewhere
from service.adapters.countersignatures import CountersignatureRefused
from service.adapters.heads import is_pdf
from service.adapters.moments import Judging
from service.adapters.pdf.recipe import AGENDA
from service.adapters.permitted import foreign
from service.adapters.roots import TOGETHER, ClockRoots
from service.adapters.streamed import StreamedReader
from service.adapters.trusted_roots import TrustedRoots
from service.domain.publication import Signatory
from service.domain.verification import Finding, Level, Sentence, Verdict, Verification

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

    def __init__(
        self, verdict: Verdict, finding: Finding, *, also: tuple[Sentence, ...] = (), **values: str
    ) -> None:
        super().__init__(finding)
        self.verification = Verification(verdict, (Sentence(finding, values), *also))


class _Unarchived(_Refused):
    """The seal cannot be checked to the last byte, but its form can be told."""

    def __init__(self, level: Level) -> None:
        super().__init__(Verdict.UNKNOWN, Finding.NO_ARCHIVE)
        sentences = (*self.verification.sentences, reporting.level_said(level))
        self.verification = replace(self.verification, sentences=sentences, level=level)


@dataclass(frozen=True, slots=True)
class _Agenda:
    """What the data inside the file say of themselves."""

    digest: str
    title: str
    edition: int


@dataclass(frozen=True, slots=True)
class _Trust:
    """What a seal that holds rests on: paths to pinned roots, and who attested when (UTC)."""

    path: ValidationPath
    clock: ValidationPath | None
    newest: ValidationPath
    authority: str
    signed_at: datetime
    claimed: datetime


def verify(
    pdf: bytes,
    roots: Sequence[bytes],
    *,
    demo_roots: Sequence[bytes] = (),
    record_keys: Sequence[bytes] = (),
    signers: Sequence[str] = (),
    clocks: ClockRoots = TOGETHER,
    at: datetime | None = None,
) -> Verification:
    """Return the verdict on a file, under these pinned roots (PEM) and no others, as it is at a moment: now.

    `record_keys` are the public keys (32 bytes each) under which proofs from the record that it holds are checked;
    `signers` the names or fingerprints of whose seals are expected, none where that is not known; `clocks` the roots
    that answer for timestamps, where others do than for seals and signatures.

    Raises:
        ValueError: among the roots is something that is none; whatever the file is.
    """
    own = trusted_roots.of(roots, clocks.own)
    every = own.with_those(trusted_roots.of(demo_roots, clocks.demo))
    if not is_pdf(pdf):
        return Verification(Verdict.UNKNOWN, (Sentence(Finding.NOT_PDF),))
    try:
        timing = (
            ValidationTimingInfo(at, at, point_in_time_validation=False)
            if at
            else ValidationTimingInfo.now(tz=UTC)
        )
        return _verified(pdf, own, every, record_keys, timing, signers=signers)
    except _Refused as refused:
        return refused.verification
    except CountersignatureRefused as refused:
        return Verification(refused.verdict, refused.sentences)
    except MemoryError:
        return Verification(Verdict.UNKNOWN, (Sentence(Finding.TOO_LONG),))
    except Exception:  # noqa: BLE001  a hostile file makes the libraries raise anything at all
        signed = _SIGNED in pdf
        return Verification(
            Verdict.BROKEN if signed else Verdict.UNKNOWN,
            (Sentence(Finding.UNREADABLE if signed else Finding.NOT_PDF),),
        )


def _verified(
    pdf: bytes,
    own: TrustedRoots,
    every: TrustedRoots,
    record_keys: Sequence[bytes],
    timing: ValidationTimingInfo,
    *,
    signers: Sequence[str],
) -> Verification:
    _demand_no_more(pdf)
    reader = StreamedReader(pdf)
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
        raise _Unarchived(reporting.level_of(reader, seal))
    countersignatures.demand_between(seal, others, stamps, wanted)
    everything = (*stamps[::-1], *others[::-1], seal)
    if not all(map(sealed_bytes.are_unchanged, everything)):
        raise _Refused(Verdict.BROKEN, Finding.CHANGED)
    if later := foreign(pdf, reader, seal, wanted):
        before = _as_sealed(pdf, seal)
        found_first = alteration(before, pdf) or later
        raise _Refused(Verdict.BROKEN, found_first, also=elsewhere(found_first, before, pdf))
    canonical = all(sealed_bytes.is_canonical(pdf, one, every.all) for one in everything)
    if not (canonical and sealed_bytes.are_spelled_alike([*stamps, *others, seal])):
        raise _Refused(Verdict.BROKEN, Finding.CHANGED)
    _demand_coverage(pdf, seal, others, stamps)
    countersignatures.demand_only_signatures(reader)
    until = stamps[-1].signer_cert.not_valid_after.astimezone(UTC)

    def trusted(those: TrustedRoots) -> _Trust:
        how = moments.judging(those.policy(), those, stamps, timing)
        return _trust(moments.judge(seal, how), seal, how, over=until <= timing.validation_time)

    trust = trusted(every)
    # What came after the seal was looked at with it.
    policy = replace(every.policy(), diff_policy=None)
    signed = countersignatures.trusted(others, wanted, moments.judging(policy, every, stamps, timing))
    demo_seal = _is_of_demo(trust.path, own.signers)
    # The demonstration's clock says what anyone likes, so it is told even where the seal is a real one.
    demo = demo_seal or (own != every and not _holds(lambda: trusted(own)))
    expected = _whose(seal.signer_cert, signers, demo=demo_seal)
    if not vouching.belong([seal, *others, *stamps], every.all):
        raise _Refused(Verdict.BROKEN, Finding.CHECK_DATA_CHANGED)
    agenda, held = _agenda(pdf), reporting.of_data(pdf, record_keys)
    found = Verification(
        Verdict.VALID,
        signer=reporting.name_of(seal.signer_cert),
        signed_at=trust.signed_at,
        timestamped_at=reporting.time_of(stamps[-1]),
        archived_until=until,
        digest=agenda.digest,
        title=agenda.title,
        edition=agenda.edition,
        demo=demo,
        level=reporting.level_of(reader, seal),
        address=held.address,
        record_size=held.record.sequence if held.record is not None else None,
        record_root=held.record.hash if held.record is not None else None,
        signatories=countersignatures.told(signatories, signed),
        certificate=whose.fingerprint_of(seal.signer_cert),
    )
    clock = trust.clock if demo_seal or not demo else None
    beside = [one.path for one in signed.values()]
    sealed = reporting.Sealed(
        reader, seal, stamps, trust.path, clock, demo_seal, trust.newest, trust.signed_at, beside
    )
    of_demo = (Sentence(Finding.DEMO if demo_seal else Finding.DEMO_STAMP),) if demo else ()
    more = (*of_demo, *expected, *reporting.of_seal(sealed), *held.sentences)
    return replace(found, sentences=(*_explanation(found, signatories, trust), *more))


def _is_of_demo(path: ValidationPath, roots: Sequence[x509.Certificate]) -> bool:
    anchor = path.trust_anchor.authority.public_key.dump()
    return anchor not in {root.public_key.dump() for root in roots}


def _holds(check: Callable[[], object]) -> bool:
    try:
        check()
    except _Refused:
        return False
    return True


def _demand_no_more(pdf: bytes) -> None:
    """Refuse what the signature written last shows by itself: that its bytes were changed, or others follow them."""
    last = sealed_bytes.outermost(pdf)
    if last is None:
        return
    if not last.unchanged:
        raise _Refused(Verdict.BROKEN, Finding.CHANGED)
    if last.end < len(pdf):
        before = pdf[: last.end]
        found = alteration(before, pdf)
        # Behind a seal come the data to check it; behind an archive timestamp, nothing.
        if found or last.is_stamp:
            also = elsewhere(found, before, pdf)
            raise _Refused(Verdict.BROKEN, found or Finding.TRAILING, also=also)


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


def _trust(
    result: ades.AdESLTAValidationResult, seal: EmbeddedPdfSignature, how: Judging, *, over: bool
) -> _Trust:
    """Return what a seal that holds in every respect rests on; anything less ends the check.

    `over` tells that the certificate of the last timestamp has ended, so that nothing attests any more when it was.
    """
    outcome, status = result.ades_subindic, result.api_status
    if outcome in _NOT_INTACT or (status is not None and not (status.intact and status.valid)):
        raise _Refused(Verdict.BROKEN, Finding.CHANGED)
    if over:
        raise _Refused(Verdict.UNKNOWN, Finding.ARCHIVE_OVER)
    if outcome in _NOT_IN_FORCE:
        raise _Refused(Verdict.BROKEN, Finding.REVOKED)
    clock, archived = moments.clock_of(seal, how), result.oldest_evidence_record_timestamp is not None
    if clock is None or isinstance(clock.result.ades_subindic, AdESFailure):
        raise _Refused(Verdict.BROKEN, Finding.STAMP_BROKEN)
    timed = archived and clock.holds
    if outcome is not AdESPassed.OK or status is None or status.validation_path is None or not timed:
        verdict, (why, *more) = untrusted.told(seal, clock, how, timed=timed)
        raise _Refused(verdict, why.template, also=tuple(more), **why.values)
    claimed = moments.claimed_by(seal)
    if claimed is None:
        raise _Refused(Verdict.BROKEN, Finding.UNREADABLE)
    if moments.is_exchanged(claimed, clock.at):
        attested = _said(clock.at)
        raise _Refused(Verdict.BROKEN, Finding.SEAL_RETIMED, attested=attested, claimed=_said(claimed))
    # It cannot have been stamped before a list was made that came into the file before the stamp.
    if how.path is None or moments.was_revoked(how.path, how.stamps[-1], at=datetime.max.replace(tzinfo=UTC)):
        authority = reporting.name_of(how.stamps[-1].signer_cert)
        raise _Refused(Verdict.BROKEN, Finding.STAMP_REVOKED, authority=authority)
    if not status.docmdp_ok:
        raise _Refused(Verdict.BROKEN, Finding.ADDED)
    return _Trust(
        path=status.validation_path,
        clock=clock.path,
        newest=how.path,
        authority=reporting.name_of(clock.certificate),
        signed_at=clock.at,
        claimed=claimed,
    )


def _whose(certificate: x509.Certificate, signers: Sequence[str], *, demo: bool) -> tuple[Sentence, ...]:
    """Return how far it is known whose seal it is, which nobody asks of the demonstration's."""
    if refused := whose.refused(certificate, () if demo else signers):
        why, *also = refused
        raise _Refused(Verdict.UNKNOWN, why.template, also=tuple(also), **why.values)
    return () if demo else whose.told(certificate, signers)


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


def _explanation(
    found: Verification, signatories: Sequence[Signatory], trust: _Trust
) -> tuple[Sentence, ...]:
    """Return the sentences that say what is proven of a valid file."""
    times = {"signed_at": _said(trust.signed_at), "claimed": _said(trust.claimed)}
    return (
        Sentence(Finding.SEALED_BY, {"signer": str(found.signer)}),
        Sentence(Finding.ENTIRE_FILE),
        Sentence(Finding.SEALED_NOT_LATER, {**times, "authority": trust.authority}),
        *countersignatures.sentences(signatories, found.signatories),
        Sentence(Finding.ARCHIVED_AT, {"timestamped_at": _said(found.timestamped_at)}),
        Sentence(Finding.DATA_MATCH, {"digest": str(found.digest)}),
    )


def _said(when: datetime | None) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S} UTC"
