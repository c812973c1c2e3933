"""Papers whose signatories' signatures were forged, moved, doubled or taken off: none of them may pass as genuine."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from pathlib import Path
from typing import cast

from asn1crypto import keys, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from service.adapters.countersigning import Countersigner, countersigners, sign_together, with_roots_of
from service.adapters.demo_signatories import DemoSignatories
from service.adapters.pdf.render import render
from service.adapters.signatory_keys import DemoSigningKeys, fingerprint_of
from service.adapters.signing import FIELD, Increment, Seal, appended
from service.domain.verification import Finding
from tests.adapters.authorities import Authority, Use
from tests.adapters.editions import SIGNING, VERIFY_URL, an_edition, signed_by
from tests.adapters.forgeries import Forgery, changed, stamped
from tests.adapters.increments import Change, a_number, name

_DIGITS = re.compile(rb"<3082[0-9A-F]+>")
_RANGE = re.compile(rb"/ByteRange \[([^\]]*)\]( *)")


def _written(pdf: bytes, change: Change) -> bytes:
    async def write(increment: Increment, output: io.BytesIO) -> None:
        change(increment)
        increment.write(output)  # type: ignore[no-untyped-call]  # pyHanko's own

    return appended(pdf, write)


def _signed_once_more(pdf: bytes, seal: Seal, field: str, signer: signers.Signer) -> bytes:
    spec = SigFieldSpec(field, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    metadata = signers.PdfSignatureMetadata(field_name=field, md_algorithm="sha256")
    once_more = signers.PdfSigner(
        metadata, signer=signer, timestamper=seal.timestamper(), new_field_spec=spec
    )
    return appended(pdf, lambda increment, output: once_more.async_sign_pdf(increment, output=output))


class _Careless(signers.PdfSigner):
    """Certifies what somebody has signed before, which no good signer does."""

    def _enforce_certification_constraints(self, reader: PdfFileReader) -> None:
        del reader


def _certified(pdf: bytes, seal: Seal) -> bytes:
    spec = SigFieldSpec(FIELD, invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    metadata = signers.PdfSignatureMetadata(field_name=FIELD, md_algorithm="sha256", certify=True)
    careless = _Careless(metadata, signer=seal.signer, timestamper=seal.timestamper(), new_field_spec=spec)
    return appended(pdf, lambda increment, output: careless.async_sign_pdf(increment, output=output))


def _field(writer: IncrementalPdfFileWriter, number: int) -> generic.DictionaryObject:
    found: generic.DictionaryObject = writer.root["/AcroForm"]["/Fields"][number]
    writer.update_container(found)
    return found


def _take_off(writer: IncrementalPdfFileWriter) -> None:
    del _field(writer, 0)["/V"]


def _add_a_field(writer: IncrementalPdfFileWriter) -> None:
    spec = SigFieldSpec("Signatory3", invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    append_signature_field(writer, spec)


def _show_a_picture(writer: IncrementalPdfFileWriter) -> None:
    look = generic.StreamObject(stream_data=b"1 g 0 0 450 750 re f")
    appearance = generic.DictionaryObject({name("N"): writer.add_object(look)})  # type: ignore[no-untyped-call]  # pyHanko's own
    _field(writer, 0)[name("AP")] = appearance


def _rename(writer: IncrementalPdfFileWriter) -> None:
    _field(writer, 0)["/V"][name("Name")] = generic.TextStringObject("Somebody else")
    writer.mark_update(writer.root["/AcroForm"]["/Fields"][0].raw_get("/V"))


def _with(**entries: generic.PdfObject) -> Change:
    def change(writer: IncrementalPdfFileWriter) -> None:
        _field(writer, 0).update({name(key): value for key, value in entries.items()})

    return change


def _signed_as(pdf: bytes, seal: Seal, one: Countersigner, said: Mapping[str, str]) -> bytes:
    """Let a signatory sign in the field that is theirs, with words of their own for viewers to show."""
    metadata = signers.PdfSignatureMetadata(
        field_name=one.field,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=said.get("name"),
        reason=said.get("reason"),
        location=said.get("location"),
        contact_info=said.get("contact_info"),
    )
    signer = signers.PdfSigner(metadata, signer=one.signer, timestamper=seal.timestamper())
    return appended(pdf, lambda increment, output: signer.async_sign_pdf(increment, output=output))


def _in_other_words(joint: Seal, paper: bytes, signing: Sequence[Countersigner]) -> Iterator[Forgery]:
    """Yield papers that were countersigned with more, or something else, than the sealed paper says of who signs."""
    first, second = signing
    for said in (
        {"name": "REVOKED: Head of State"},
        {"name": f"{first.name} "},
        {"name": second.name},
        {"name": first.name, "reason": "I do not agree"},
        {"name": first.name, "location": "Under duress"},
        {"name": first.name, "contact_info": "https://elsewhere.example"},
    ):
        forged = signed_as(joint, paper, signing, said)
        yield Forgery(f"signed as {said}", joint.timestamp(forged), Finding.SIGNATURE_SAYS_OTHERWISE)


def signed_as(joint: Seal, paper: bytes, signing: Sequence[Countersigner], said: Mapping[str, str]) -> bytes:
    """Return the paper with the seal and the signatures of two, the first of whom says this for viewers to show."""
    first, second = signing

    def place(writer: IncrementalPdfFileWriter) -> None:
        for one in signing:
            append_signature_field(
                writer,
                SigFieldSpec(
                    one.field,
                    invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
                    readable_field_name=f"Signature of {one.name}",
                ),
            )

    sealed = joint.sign(_written(paper, place))
    return _signed_as(_signed_as(sealed, joint, first, said), joint, second, {"name": second.name})


def by_signatories(
    joint: Seal, paper: bytes, signing: Sequence[Countersigner], countersigned: bytes, directory: Path
) -> Iterator[Forgery]:
    """Yield papers of two signatories in which something is wrong with a signature of theirs."""
    first, second = signing
    yield Forgery("never signed", joint.timestamp(joint.sign(paper)), Finding.SIGNATURE_MISSING)
    for what, some in (("first alone", signing[:1]), ("second alone", signing[1:])):
        alone = joint.timestamp(sign_together(joint, paper, some))
        yield Forgery(f"signed by the {what}", alone, Finding.SIGNATURE_MISSING)
    for what, change, said, again in (
        ("taken off", _take_off, Finding.SIGNATURE_REMOVED, Finding.SIGNATURE_MISSING),
        ("field added", _add_a_field, Finding.TRAILING, Finding.ADDED),
        ("picture added", _show_a_picture, Finding.LAID_ON, Finding.LAID_ON),
        ("signed in another name", _rename, None, None),
        ("flags of the field", _with(F=a_number(4)), Finding.TRAILING, Finding.FORM_CHANGED),
        (
            "letters of the field",
            _with(DA=generic.TextStringObject("/x 1 Tf")),
            Finding.TRAILING,
            Finding.FORM_CHANGED,
        ),
        ("state of the field", _with(AS=name("Off")), Finding.TRAILING, Finding.FORM_CHANGED),
        ("side of the field", _with(Q=a_number(2)), Finding.TRAILING, Finding.FORM_CHANGED),
    ):
        other = _written(countersigned, change)
        yield Forgery(f"behind the stamp: {what}", other, said)
        yield Forgery(f"stamped again: {what}", stamped(other, joint), again)
    hidden = stamped(changed(countersigned, "hidden"), joint)
    yield Forgery("something hidden", hidden, Finding.HIDDEN)
    yield from _in_other_places(joint, paper, signing, countersigned)
    yield from _with_other_keys(joint, paper, signing, directory)
    now = datetime.now(UTC)
    times = iter((now, now, now - timedelta(hours=2)))
    other_time = replace(joint, clock=lambda: next(times))
    retimed = joint.timestamp(sign_together(other_time, paper, signing))
    yield Forgery("time of a signature exchanged", retimed, Finding.SIGNATURE_RETIMED)
    yield _with_a_key_for_something_else(joint, signing)
    yield from _in_other_words(joint, paper, signing)
    clocks = chain([joint.timestamper()], repeat(cast("TimeStamper", None)))
    untimed = sign_together(replace(joint, timestamper=lambda: next(clocks)), paper, signing)
    yield Forgery("signed at no time", joint.timestamp(untimed), Finding.SIGNATURE_UNTIMED)
    swapped = [replace(first, field=second.field), replace(second, field=first.field)]
    exchanged = joint.timestamp(sign_together(joint, paper, swapped))
    yield Forgery("each in the other's place", exchanged, Finding.SIGNATURE_OTHER_KEY)


def _in_other_places(
    joint: Seal, paper: bytes, signing: Sequence[Countersigner], countersigned: bytes
) -> Iterator[Forgery]:
    first, second = signing
    early = _signed_once_more(paper, joint, first.field, first.signer)
    later = _signed_once_more(_certified(early, joint), joint, second.field, second.signer)
    yield Forgery("signed before the seal", stamped(later, joint), Finding.SIGNATURE_MISPLACED)
    late = joint.timestamp(sign_together(joint, paper, [first]))
    late = stamped(_signed_once_more(late, joint, second.field, second.signer), joint)
    yield Forgery("signed after the stamp", late, Finding.SIGNATURE_MISPLACED)
    for field in ("Signatory3", "Witness"):
        more = sign_together(joint, paper, [*signing, replace(first, field=field)])
        yield Forgery(f"doubled as {field}", joint.timestamp(more), Finding.SIGNATURE_UNNAMED)
    doubled = stamped(_signed_once_more(countersigned, joint, "Signatory3", first.signer), joint)
    yield Forgery("doubled after the stamp", doubled, Finding.SIGNATURE_UNNAMED)
    (start, end), (from_, to) = [found.span() for found in _DIGITS.finditer(countersigned)][1:3]
    held, other = countersigned[start:end], countersigned[from_:to]
    if len(held) == len(other):
        crossed = countersigned[:start] + other + countersigned[end:from_] + held + countersigned[to:]
        yield Forgery("signatures crossed", crossed, Finding.CHANGED)
    seal_range, first_range, *_ = _RANGE.finditer(countersigned)
    moved = seal_range[0].ljust(len(first_range[0]))[: len(first_range[0])]
    over_another = countersigned[: first_range.start()] + moved + countersigned[first_range.end() :]
    yield Forgery("over another revision", over_another, Finding.CHANGED)


def _with_other_keys(
    joint: Seal, paper: bytes, signing: Sequence[Countersigner], directory: Path
) -> Iterator[Forgery]:
    strangers = DemoSignatories.load_or_create(directory / "strangers", now=datetime.now(UTC))
    theirs = countersigners(DemoSigningKeys(strangers), SIGNING)
    vouching = with_roots_of(joint, strangers.root_certificate_pem, strangers.revocations)
    forged = vouching.timestamp(sign_together(vouching, paper, [theirs[0], signing[1]]))
    yield Forgery("another key of the same name", forged, Finding.SIGNATURE_OTHER_KEY)
    edition = an_edition(asks=1, organisations=2, amendments=0, lessons=0)
    named = signed_by([fingerprint_of(one.signer) for one in theirs])
    foreign = sign_together(vouching, render(edition, named, verify_url=VERIFY_URL), theirs)
    yield Forgery("keys of a foreign root", vouching.timestamp(foreign), Finding.SIGNATURE_FOREIGN)
    by_the_seal = [replace(signing[0], signer=joint.signer), signing[1]]
    sealed_for = joint.timestamp(sign_together(joint, paper, by_the_seal))
    yield Forgery("signed by the facility's key", sealed_for, Finding.SIGNATURE_OTHER_KEY)


def _with_a_key_for_something_else(joint: Seal, signing: Sequence[Countersigner]) -> Forgery:
    now = datetime.now(UTC).replace(microsecond=0)
    service = Authority("Trust service", now - timedelta(days=365), now + timedelta(days=365))
    server = service.issue(signing[0].name, use=Use(purposes=("1.3.6.1.5.5.7.3.1",)))
    signer = signers.SimpleSigner(
        signing_cert=x509.Certificate.load(server.certificate),
        signing_key=keys.PrivateKeyInfo.load(server.key),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # pyHanko's own
    )
    theirs = [replace(signing[0], signer=signer), *signing[1:]]
    edition = an_edition(asks=1, organisations=2, amendments=0, lessons=0)
    named = signed_by([fingerprint_of(one.signer) for one in theirs])
    vouching = with_roots_of(joint, service.pem, service.revocations(now))
    signed = sign_together(vouching, render(edition, named, verify_url=VERIFY_URL), theirs)
    forged = vouching.timestamp(signed)
    return Forgery("a key for a web server", forged, Finding.SIGNATURE_NOT_FOR_SIGNING, (service.pem,))
