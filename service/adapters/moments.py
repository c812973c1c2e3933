"""As of which moment a certificate is judged: that which the next timestamp proves, and of the last one its own.

Lists of revocations and answers hold for days or hours, papers for as long as the certificate of the newest archive
timestamp does. So nothing but the end of that certificate is held against the present; all else is judged as it was
when the file got that timestamp, with what the file held then (ETSI EN 319 102-1, clause 5.6.3).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from asn1crypto import cms, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation import ades, generic_cms
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.policy_decl import LocalKnowledge, PdfSignatureValidationSpec
from pyhanko.sign.validation.status import TimestampSignatureStatus
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError
from pyhanko_certvalidator.ltv.types import ValidationTimingInfo
from pyhanko_certvalidator.path import ValidationPath
from pyhanko_certvalidator.policy_decl import NO_REVOCATION, CertRevTrustPolicy, NonRevokedStatusAssertion
from pyhanko_certvalidator.registry import SimpleTrustManager
from pyhanko_certvalidator.revinfo.archival import process_legacy_crl_input, process_legacy_ocsp_input

from service.adapters import revocations, sealed_bytes
from service.adapters.reporting import time_of
from service.adapters.trusted_roots import TrustedRoots

BEHIND = timedelta(hours=1)
"""How long after a signature says that it was made its timestamp may be: it is asked for at once."""
AHEAD = timedelta(minutes=5)
"""How far the clock of who signs may be ahead of the authority's; nobody gets a timestamp of a time before."""


@dataclass(frozen=True, slots=True)
class Judging:
    """Under which policy and roots the signatures of a file are judged, and as of when: that of its newest stamp."""

    policy: PdfSignatureValidationSpec
    roots: TrustedRoots
    stamps: Sequence[EmbeddedPdfSignature]
    timing: ValidationTimingInfo
    path: ValidationPath | None
    """On which root the newest stamp rests."""

    @property
    def first(self) -> datetime:
        """The moment that the first archive timestamp proves for all that was signed."""
        return min(time_of(self.stamps[0]), self.timing.validation_time)


@dataclass(frozen=True, slots=True)
class Clock:
    """A timestamp inside a signature: when it says that it was signed (UTC), and what its check came to."""

    token: cms.SignedData
    at: datetime
    result: ades.AdESBasicValidationResult[TimestampSignatureStatus]

    @property
    def certificate(self) -> x509.Certificate:
        """That of its authority."""
        return extract_certificate_info(self.token).signer_cert

    @property
    def holds(self) -> bool:
        """Whether it is intact and by an authority that is trusted."""
        status = self.result.api_status
        return self.result.ades_subindic is AdESPassed.OK and bool(status and status.intact and status.valid)

    @property
    def path(self) -> ValidationPath | None:
        """On which root its authority rests."""
        status = self.result.api_status
        return status.validation_path if status is not None else None


def judging(
    policy: PdfSignatureValidationSpec,
    roots: TrustedRoots,
    stamps: Sequence[EmbeddedPdfSignature],
    now: ValidationTimingInfo,
) -> Judging:
    """Return how the signatures of a file are judged as of its newest stamp, which is the last of `stamps`."""
    newest = stamps[-1]
    moment = min(time_of(newest), now.validation_time)
    timing = ValidationTimingInfo(moment, moment, point_in_time_validation=False)
    path = path_of(newest.signed_data, newest, roots.clock, at=moment)
    spec = policy.signature_validation_spec
    if newest.signer_cert.dump() not in {one.signer_cert.dump() for one in stamps[:-1]}:
        # What its authority says of it comes with the next stamp; what a file holds against it is looked at in `path`.
        unasked = NonRevokedStatusAssertion(newest.signer_cert.sha256, at=moment)
        spec = replace(spec, local_knowledge=LocalKnowledge(nonrevoked_assertions=[unasked]))
    return Judging(replace(policy, signature_validation_spec=spec), roots, stamps, timing, path)


def was_revoked(path: ValidationPath, signature: EmbeddedPdfSignature, *, at: datetime) -> bool:
    """Say whether the file of a signature tells that a certificate on a path was revoked at a moment."""
    told = [one for each in revocations.told_on(path, signature.reader) for one in each]
    return any(one.revoked_at is not None and one.revoked_at <= at for one in told)


def judge(signature: EmbeddedPdfSignature, how: Judging) -> ades.AdESLTAValidationResult:
    """Return what comes of a signature, with all archive timestamps of its file."""
    return asyncio.run(ades.ades_lta_validation(signature, how.policy, timing_info=how.timing))


def clock_of(signature: EmbeddedPdfSignature, how: Judging) -> Clock | None:
    """Return what comes of the timestamp inside a signature as of the first archive timestamp; None where none is.

    The library asks for more of it: that the file's data on its authority are still fresh when it is renewed last.
    """
    tokens = list(generic_cms.extract_tst_data_iter(signature.signer_info, signed=False))
    if len(tokens) != 1:
        return None
    (token,) = tokens
    spec = replace(how.policy.signature_validation_spec, local_knowledge=_held(signature.reader))
    result = asyncio.run(
        ades.ades_timestamp_validation(
            token,
            spec,
            generic_cms.message_imprint_checker(signature.signer_info),
            timing_info=ValidationTimingInfo(how.first, how.first, point_in_time_validation=True),
        )
    )
    return Clock(token, time_in(token), result)


def claimed_by(signature: EmbeddedPdfSignature) -> datetime | None:
    """Return when a signature says of itself that it was made (UTC), which it covers; None where it does not say."""
    found = signature.self_reported_timestamp
    if found is None:
        return None
    return found.astimezone(UTC) if found.tzinfo is not None else found.replace(tzinfo=UTC)


def is_exchanged(claimed: datetime, attested: datetime) -> bool:
    """Say whether the timestamp inside a signature cannot be the one that it was made with.

    No signature covers that timestamp, and everybody can have another one made, later. What the signature says of
    itself it covers; so the two have to agree, as far as clocks do.
    """
    return not claimed - AHEAD <= attested <= claimed + BEHIND


def time_in(token: cms.SignedData) -> datetime:
    """Return the moment (UTC) that a timestamp attests."""
    found: datetime = token["encap_content_info"]["content"].parsed["gen_time"].native
    return found.astimezone(UTC)


def path_of(
    signed: cms.SignedData,
    beside: EmbeddedPdfSignature,
    roots: Sequence[x509.Certificate],
    *,
    at: datetime,
) -> ValidationPath | None:
    """Return how the certificate behind signed data led to one of the roots at a moment, revoked or not; None if not.

    What the file of the signature `beside` holds may lead there.
    """
    certificates = extract_certificate_info(signed)
    known = map(x509.Certificate.load, sorted(sealed_bytes.certificates_beside(beside)))
    context = ValidationContext(
        trust_manager=SimpleTrustManager.build(trust_roots=roots),
        other_certs=[*certificates.other_certs, *known],
        moment=at,
        revinfo_policy=CertRevTrustPolicy(NO_REVOCATION),
    )
    found = CertificateValidator(certificates.signer_cert, validation_context=context)
    try:
        return asyncio.run(found.async_validate_path())
    except PathError:
        return None


def _held(reader: PdfFileReader) -> LocalKnowledge:
    """Return what a file holds to check its signatures."""
    return LocalKnowledge(
        known_ocsps=process_legacy_ocsp_input(revocations.held(reader, "/OCSPs")),
        known_crls=process_legacy_crl_input(revocations.held(reader, "/CRLs")),
        known_certs=[x509.Certificate.load(one) for one in revocations.held(reader, "/Certs")],
    )
