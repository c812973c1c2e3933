"""What a valid paper proves beyond its seal: by which clock, how far, on whose word, and of which texts."""

import hashlib
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

import pikepdf
from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko_certvalidator.authority import AuthorityWithCert
from pyhanko_certvalidator.path import ValidationPath

from service.adapters import revocations, rooted
from service.adapters.notary import is_signed
from service.adapters.pdf.recipe import AGENDA, RECIPE, Recipe
from service.domain import canonical, printed, publication
from service.domain.paper_codes import code_of
from service.domain.publication import RecordHead
from service.domain.record_checks import Trust
from service.domain.verification import Finding, Level, Sentence

_STAMPED = "signature_time_stamp_token"
_LEVELS = {
    Level.B: Finding.LEVEL_B,
    Level.T: Finding.LEVEL_T,
    Level.LT: Finding.LEVEL_LT,
    Level.LTA: Finding.LEVEL_LTA,
}
_JSON = ".json"
_LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sealed:
    """A seal that holds, its archive timestamps in their order, and who answers for seal, clock and newest stamp."""

    reader: PdfFileReader
    seal: EmbeddedPdfSignature
    stamps: Sequence[EmbeddedPdfSignature]
    path: ValidationPath
    clock: ValidationPath | None
    demo: bool
    newest: ValidationPath
    signed_at: datetime
    signatories: Sequence[ValidationPath] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What the data inside a valid paper tell: sentences, where to ask, and the record that they name."""

    sentences: tuple[Sentence, ...]
    address: str | None = None
    record: RecordHead | None = None


def level_of(reader: PdfFileReader, seal: EmbeddedPdfSignature) -> Level:
    """Return the form of a seal, whether or not it holds."""
    if not any(one["type"].native == _STAMPED for one in seal.signer_info["unsigned_attrs"] or ()):
        return Level.B
    certificates, answers = _validation_data(reader)
    if not certificates or not answers:
        return Level.T
    return Level.LTA if reader.embedded_timestamp_signatures else Level.LT


def level_said(level: Level) -> Sentence:
    """Say what a level means."""
    return Sentence(_LEVELS[level])


def of_seal(sealed: Sealed) -> tuple[Sentence, ...]:
    """Return what a seal that holds proves, and what not: by whom, by which clock, for how long, by which root."""
    newest = sealed.stamps[-1]
    anchored = _anchored(sealed.path)
    return (
        *_issued(sealed),
        Sentence(Finding.NOT_THE_TRUTH),
        Sentence(Finding.CLOCK),
        level_said(level_of(sealed.reader, sealed.seal)),
        Sentence(Finding.LASTS, {"until": _day(newest.signer_cert.not_valid_after)}),
        _unless_revoked(sealed),
        Sentence(Finding.ROOT_DEMO if sealed.demo else Finding.ROOT_SET, anchored),
        *_clock(sealed, anchored),
        *_roots_of_signatories(sealed, anchored),
        *_later(sealed),
    )


def _issued(sealed: Sealed) -> tuple[Sentence, ...]:
    """Return by whom the seal's certificate was issued, and on what it rests that it was not revoked."""
    certificate = sealed.seal.signer_cert
    issued = {
        "issuer": rooted.called(certificate.issuer),
        "begins": _day(certificate.not_valid_before),
        "ends": _day(certificate.not_valid_after),
    }
    told = [one for each in revocations.told_on(sealed.path, sealed.reader)[-1:] for one in each]
    if not told:
        return (Sentence(Finding.CERTIFICATE, issued),)
    newest = told[-1].at
    said = {"told_at": _said(newest)}
    if newest >= sealed.signed_at:
        return (Sentence(Finding.CERTIFICATE_TOLD_AFTER, issued | said),)
    return (
        Sentence(Finding.CERTIFICATE_TOLD_BEFORE, issued | said),
        Sentence(Finding.CERTIFICATE_UNTOLD_SINCE, said),
    )


def _unless_revoked(sealed: Sealed) -> Sentence:
    """Return since when nothing is known of whether the newest stamp's certificate was revoked."""
    certificate = sealed.stamps[-1].signer_cert
    told = revocations.told_on(sealed.newest, sealed.reader)[-1:]
    since = [one.at for each in told for one in each] or [certificate.not_valid_before.astimezone(UTC)]
    said = {"authority": name_of(certificate), "since": _said(max(since))}
    return Sentence(Finding.LASTS_UNLESS_REVOKED, said)


def of_data(pdf: bytes, record_keys: Iterable[bytes]) -> Held:
    """Return what the data inside tell of texts, positions and the record; they have the digest that is sealed."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        held = {
            name: specification.get_file().read_bytes()
            for name, specification in opened.attachments.items()
            if name.endswith(_JSON)
        }
    copy = (Sentence(Finding.REPRODUCIBLE),) if RECIPE in held else ()
    recipe = _recipe(held.get(RECIPE, b""))
    address = _address(recipe, hashlib.sha256(held[AGENDA]).hexdigest())
    approved = _approved(recipe)
    try:
        snapshot = publication.from_json(held[AGENDA].decode())
    except canonical.NotCanonicalError:
        return Held((*approved, Sentence(Finding.DATA_UNREAD), *copy), address)
    attached = [
        content.decode(errors="replace")
        for name, content in sorted(held.items())
        if name not in (AGENDA, RECIPE) and len(content) <= _LARGEST
    ]
    named = {"size": str(snapshot.record.sequence), "root": snapshot.record.hash}
    sentences = (
        *approved,
        *printed.texts(snapshot),
        Sentence(Finding.RECORD_NAMED, named),
        *printed.proofs(snapshot, attached, Trust(frozenset(record_keys), is_signed)),
        *copy,
    )
    return Held(sentences, address, snapshot.record)


def name_of(certificate: x509.Certificate) -> str:
    """Return whose certificate it is, as people say it."""
    return rooted.called(certificate.subject)


def _recipe(written: bytes) -> Recipe | None:
    """Return how the paper was made; a paper of an earlier release does not say it."""
    try:
        return canonical.from_json(Recipe, written.decode())
    except (canonical.NotCanonicalError, UnicodeDecodeError):
        return None


def _address(recipe: Recipe | None, digest: str) -> str | None:
    """Return where the edition with this digest is asked for."""
    return f"{recipe.verify_url}/{code_of(digest)}" if recipe is not None else None


def _approved(recipe: Recipe | None) -> tuple[Sentence, ...]:
    """Return who approved a paper that nobody signed."""
    approval = recipe.approval if recipe is not None else None
    if approval is None or approval.signatories or not approval.approved_by or approval.approved_at is None:
        return ()
    said = {"name": approval.approved_by, "approved_at": _said(approval.approved_at)}
    return (Sentence(Finding.APPROVED_BY, said),)


def _clock(sealed: Sealed, anchored: Mapping[str, str]) -> tuple[Sentence, ...]:
    """Return on what the clock rests: a root of its own, or that of the seal."""
    if sealed.clock is None:
        return ()
    own = _anchored(sealed.clock)
    return (Sentence(Finding.CLOCK_SAME_ROOT) if own == anchored else Sentence(Finding.CLOCK_ROOT, own),)


def _roots_of_signatories(sealed: Sealed, anchored: Mapping[str, str]) -> Iterable[Sentence]:
    """Yield the roots of those who signed beside the seal, each once, where they are not that of the seal."""
    roots = {root["fingerprint"]: root for root in map(_anchored, sealed.signatories) if root != anchored}
    return (Sentence(Finding.ROOT_OF_SIGNATORIES, root) for root in roots.values())


def _later(sealed: Sealed) -> tuple[Sentence, ...]:
    certificates, answers = _validation_data(sealed.reader)
    stamps = tuple(
        Sentence(
            Finding.STAMP,
            {"number": str(number), "at": _said(time_of(stamp)), "authority": name_of(stamp.signer_cert)},
        )
        for number, stamp in enumerate(sealed.stamps, 1)
    )
    data = {
        "at": _said(time_of(sealed.stamps[-1])),
        "certificates": str(certificates),
        "answers": str(answers),
    }
    return (Sentence(Finding.LATER_DATA, data), *stamps, Sentence(Finding.NOTHING_ELSE))


def time_of(stamp: EmbeddedPdfSignature) -> datetime:
    """Return the moment (UTC) that a timestamp attests."""
    found: datetime = stamp.signed_data["encap_content_info"]["content"].parsed["gen_time"].native
    return found.astimezone(UTC)


def _validation_data(reader: PdfFileReader) -> tuple[int, int]:
    """Return how many certificates, and answers on whether they were revoked, the file holds."""
    try:
        # Subscription follows references to other objects; `get` would not.
        held = reader.root["/DSS"]
    except KeyError:
        return 0, 0
    certificates, lists, answers = (
        len(held[kind]) if kind in held else 0 for kind in ("/Certs", "/CRLs", "/OCSPs")
    )
    return certificates, lists + answers


def _anchored(path: ValidationPath) -> Mapping[str, str]:
    """Return the name of the pinned root on which a path rests, and the SHA-256 of its certificate."""
    root = cast("AuthorityWithCert", path.trust_anchor.authority)
    return rooted.named(root.name, root.certificate)


def _day(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d}"


def _said(when: datetime) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
