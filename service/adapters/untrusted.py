"""Why a seal that is intact is not trusted: no root, a certificate that was revoked, or data that do not tell of it."""

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
    inside = [(clock.token, clock.at, seal)] if clock is not None else []
    for token, at, beside in (*((one.signed_data, time_of(one), one) for one in how.stamps[::-1]), *inside):
        authority = {"authority": name_of(extract_certificate_info(token).signer_cert)}
        path = moments.path_of(token, beside, how.roots.clock, at=at)
        if path is None:
            needed = how.roots.told_of_clock(rooted.needed(beside)) if beside is not seal else ()
            return Verdict.UNKNOWN, (Sentence(Finding.FOREIGN_STAMP, authority), *needed)
        if moments.was_revoked(path, beside, at=at):
            return Verdict.BROKEN, (Sentence(Finding.STAMP_REVOKED, authority),)
    if not timed:
        doubted = how.stamps[-1].signer_cert if clock is None or clock.holds else clock.certificate
        return Verdict.UNKNOWN, (Sentence(Finding.STAMP_UNTOLD, {"authority": name_of(doubted)}),)
    return Verdict.UNKNOWN, (Sentence(Finding.SEAL_UNTOLD, signer),)
