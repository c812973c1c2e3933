"""Why a seal that is intact is not trusted: no root, a certificate that was revoked, or data that do not tell of it."""

from datetime import datetime

from asn1crypto import cms, x509
from pyhanko.sign.general import extract_certificate_info
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from service.adapters import moments, rooted
from service.adapters.moments import Clock, Judging
from service.adapters.reporting import name_of, time_of
from service.domain.verification import Finding, Sentence, Verdict


def told(
    seal: EmbeddedPdfSignature, clock: Clock | None, how: Judging, *, timed: bool
) -> tuple[Verdict, tuple[Sentence, ...]]:
    """Return the verdict on a seal that is intact and not trusted, and why it is not.

    `timed` says that its archive timestamps and the one inside hold, so that the reason lies with the seal.
    """
    signer = {"signer": name_of(seal.signer_cert)}
    path = moments.path_of(seal.signed_data, seal, how.roots.signers, at=how.first)
    if path is None:
        return Verdict.UNKNOWN, (
            Sentence(Finding.FOREIGN_ROOT, signer),
            *how.roots.told_of_signers(rooted.needed(seal)),
        )
    if moments.was_revoked(path, seal, at=how.first):
        return Verdict.BROKEN, (Sentence(Finding.REVOKED),)
    for one in how.stamps[::-1]:
        if against := _against(one.signed_data, time_of(one), one, how):
            verdict, why = against
            foreign = why.template is Finding.FOREIGN_STAMP
            return verdict, (why, *(how.roots.told_of_clock(rooted.needed(one)) if foreign else ()))
    if clock is not None and (against := told_of_clock(clock, seal, how)):
        verdict, why = against
        return verdict, (why,)
    if not timed:
        return Verdict.UNKNOWN, (_untold(how.stamps[-1].signer_cert),)
    return Verdict.UNKNOWN, (Sentence(Finding.SEAL_UNTOLD, signer),)


def told_of_clock(
    clock: Clock, signature: EmbeddedPdfSignature, how: Judging
) -> tuple[Verdict, Sentence] | None:
    """Return why the timestamp inside a signature is not trusted, and the verdict then; None where it is."""
    against = _against(clock.token, clock.at, signature, how)
    return against or (None if clock.holds else (Verdict.UNKNOWN, _untold(clock.certificate)))


def _against(
    token: cms.SignedData, at: datetime, beside: EmbeddedPdfSignature, how: Judging
) -> tuple[Verdict, Sentence] | None:
    """Return what speaks against a timestamp: that no root answers for its authority, or that it was revoked."""
    authority = {"authority": name_of(extract_certificate_info(token).signer_cert)}
    path = moments.path_of(token, beside, how.roots.clock, at=at)
    if path is None:
        return Verdict.UNKNOWN, Sentence(Finding.FOREIGN_STAMP, authority)
    if moments.was_revoked(path, beside, at=at):
        return Verdict.BROKEN, Sentence(Finding.STAMP_REVOKED, authority)
    return None


def _untold(authority: x509.Certificate) -> Sentence:
    return Sentence(Finding.STAMP_UNTOLD, {"authority": name_of(authority)})
