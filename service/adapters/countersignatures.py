"""Checking the signatures of signatories: exactly those that the sealed paper names, between the seal and the stamp.

The seal covers the list of signatories with the certificate of each, so a signature that is missing, that somebody else
made, or that stands where it does not belong is found, whatever the file says of it.
"""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pikepdf
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESFailure, AdESPassed
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator.path import ValidationPath

from service.adapters import moments, purposes, rooted, untrusted
from service.adapters.moments import Clock, Judging
from service.adapters.pdf.recipe import RECIPE
from service.domain.publication import Signatory, field_of
from service.domain.verification import Finding, Sentence, SignedBy, Verdict

_TIMED = "signature_time_stamp_token"


class CountersignatureRefused(Exception):
    """A signature of a signatory does not hold; `verdict` and `sentences` tell of it."""

    def __init__(
        self,
        finding: Finding,
        *,
        name: str = "",
        verdict: Verdict = Verdict.BROKEN,
        also: tuple[Sentence, ...] = (),
        **values: str,
    ) -> None:
        """Tell of one finding, and of whose signature."""
        super().__init__(finding)
        self.verdict = verdict
        self.sentences = (Sentence(finding, {"name": name, **values} if name else {}), *also)


@dataclass(frozen=True, slots=True)
class Attested:
    """When a signatory signed (UTC), as attested, and on which root their certificate rests."""

    at: datetime
    path: ValidationPath


def printed(pdf: bytes) -> tuple[Signatory, ...]:
    """Return the signatories that a paper names; nobody where it names none that can be read."""
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            if RECIPE not in opened.attachments:
                return ()
            made_with = json.loads(opened.attachments[RECIPE].get_file().read_bytes())
        return tuple(map(_signatory, made_with["approval"].get("signatories", ())))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  a hostile file makes the libraries raise anything at all
        return ()


def _signatory(told: Mapping[str, Any]) -> Signatory:
    signed_at = datetime.fromisoformat(told["signed_at"])
    return Signatory(str(told["name"]), str(told["organisation"]), signed_at, str(told["certificate"]))


def expected(signatories: Sequence[Signatory]) -> Mapping[str, Signatory]:
    """Return who has to have signed the file with a key of their own, by the name of their field."""
    return {field_of(number): one for number, one in enumerate(signatories, 1) if one.certificate}


def demand_named(
    seal: EmbeddedPdfSignature, others: Sequence[EmbeddedPdfSignature], wanted: Mapping[str, Signatory]
) -> None:
    """Refuse a file whose signatures beside the seal are not those that it names, one each, made with their keys.

    Raises:
        CountersignatureRefused: one is missing, or of somebody else.
    """
    fields = [one.field_name for one in others]
    if not wanted and others:
        raise CountersignatureRefused(Finding.ADDED)
    if len(set(fields)) < len(fields) or not wanted.keys() >= set(fields) or seal.field_name in wanted:
        raise CountersignatureRefused(Finding.SIGNATURE_UNNAMED)
    for field, one in wanted.items():
        if field not in fields:
            raise CountersignatureRefused(Finding.SIGNATURE_MISSING, name=one.name)
    for other in others:
        named = wanted[other.field_name]
        if hashlib.sha256(other.signer_cert.dump()).hexdigest() != named.certificate:
            raise CountersignatureRefused(Finding.SIGNATURE_OTHER_KEY, name=named.name)


def demand_between(
    seal: EmbeddedPdfSignature,
    others: Sequence[EmbeddedPdfSignature],
    stamps: Sequence[EmbeddedPdfSignature],
    wanted: Mapping[str, Signatory],
) -> None:
    """Refuse a file in which a signatory signed before the seal, or after an archive timestamp.

    Raises:
        CountersignatureRefused: one does not stand where it belongs.
    """
    begins, ends = _end(seal), min((_end(stamp) for stamp in stamps), default=None)
    for one in others:
        if not begins < _end(one) or (ends is not None and not _end(one) < ends):
            raise CountersignatureRefused(Finding.SIGNATURE_MISPLACED, name=wanted[one.field_name].name)


def _end(signature: EmbeddedPdfSignature) -> int:
    _, _, resume, rest = (int(number) for number in signature.byte_range)
    return resume + rest


def demand_only_signatures(reader: PdfFileReader) -> None:
    """Refuse a file with a field in which nobody has signed: somebody put it there later, for something else.

    Raises:
        CountersignatureRefused: there is one.
    """
    fields = reader.root["/AcroForm"]["/Fields"]
    if len(fields) != len(reader.embedded_signatures):
        raise CountersignatureRefused(Finding.ADDED)


def trusted(
    others: Sequence[EmbeddedPdfSignature], wanted: Mapping[str, Signatory], how: Judging
) -> Mapping[str, Attested]:
    """Return when each signatory signed, and on whose word, by the name of their field.

    Raises:
        CountersignatureRefused: one does not hold, or its certificate leads to no trusted root.
    """
    found: dict[str, Attested] = {}
    for one in others:
        name = wanted[one.field_name].name
        if not any(each["type"].native == _TIMED for each in one.signer_info["unsigned_attrs"] or ()):
            raise CountersignatureRefused(Finding.SIGNATURE_UNTIMED, name=name, verdict=Verdict.UNKNOWN)
        result = moments.judge(one, how)
        status, clock = result.api_status, moments.clock_of(one, how)
        if clock is not None and isinstance(clock.result.ades_subindic, AdESFailure):
            raise CountersignatureRefused(Finding.SIGNATURE_INVALID, name=name)
        if result.ades_subindic is AdESPassed.OK and status is not None:
            if clock is None or not (status.intact and status.valid):
                raise CountersignatureRefused(Finding.SIGNATURE_INVALID, name=name)
            if not clock.holds:
                raise _untrusted(one, name, clock, how)
            if not purposes.may_sign(one.signer_cert):
                raise CountersignatureRefused(
                    Finding.SIGNATURE_NOT_FOR_SIGNING, name=name, verdict=Verdict.UNKNOWN
                )
            _demand_time(one, name, clock)
            found[one.field_name] = Attested(clock.at, status.validation_path)
        elif isinstance(result.ades_subindic, AdESFailure):
            raise CountersignatureRefused(Finding.SIGNATURE_INVALID, name=name)
        else:
            raise _untrusted(one, name, clock, how)
    return found


def _demand_time(one: EmbeddedPdfSignature, name: str, clock: Clock) -> None:
    claimed = moments.claimed_by(one)
    if claimed is None:
        raise CountersignatureRefused(Finding.SIGNATURE_INVALID, name=name)
    if moments.is_exchanged(claimed, clock.at):
        raise CountersignatureRefused(
            Finding.SIGNATURE_RETIMED, name=name, attested=_said(clock.at), claimed=_said(claimed)
        )


def _untrusted(
    one: EmbeddedPdfSignature, name: str, clock: Clock | None, how: Judging
) -> CountersignatureRefused:
    """Return why a signature that is intact is not trusted: its own certificate is looked at first, then its time."""
    path = moments.path_of(one.signed_data, one, how.roots.signers, at=how.first)
    if path is None:
        also = how.roots.told_of_signers(rooted.needed(one))
        return CountersignatureRefused(
            Finding.SIGNATURE_FOREIGN, name=name, verdict=Verdict.UNKNOWN, also=also
        )
    if moments.was_revoked(path, one, at=how.first):
        return CountersignatureRefused(Finding.SIGNATURE_INVALID, name=name)
    if clock is None:
        return CountersignatureRefused(Finding.SIGNATURE_UNTIMED, name=name, verdict=Verdict.UNKNOWN)
    if against := untrusted.told_of_clock(clock, one, how):
        verdict, why = against
        return CountersignatureRefused(Finding.SIGNATURE_UNTIMED, name=name, verdict=verdict, also=(why,))
    return CountersignatureRefused(Finding.SIGNATURE_UNTOLD, name=name, verdict=Verdict.UNKNOWN)


def told(signatories: Sequence[Signatory], signed: Mapping[str, Attested]) -> tuple[SignedBy, ...]:
    """Return who signed a paper and when: as attested, or by their account as the sealed paper says."""
    return tuple(
        SignedBy(
            one.name,
            one.organisation,
            signed[field_of(number)].at if field_of(number) in signed else one.signed_at,
            own_key=bool(one.certificate),
        )
        for number, one in enumerate(signatories, 1)
    )


def sentences(signatories: Sequence[Signatory], signed: Sequence[SignedBy]) -> tuple[Sentence, ...]:
    """Return what is proven of each signatory: when they did so by their account, and when their key signed."""
    return tuple(
        Sentence(
            Finding.SIGNED_NOT_LATER,
            {**_who(one), "agreed_at": _said(listed.signed_at), "signed_at": _said(one.signed_at)},
        )
        if one.own_key
        else Sentence(Finding.SIGNED_BY_ACCOUNT, {**_who(one), "signed_at": _said(one.signed_at)})
        for listed, one in zip(signatories, signed, strict=True)
    )


def _who(one: SignedBy) -> Mapping[str, str]:
    return {"name": one.name, "organisation": one.organisation}


def _said(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S} UTC"
