"""Papers that were forged from a sealed one, or made to look like one: none of them may pass as genuine."""

import asyncio
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pikepdf
from asn1crypto import cms, crl, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.validation.dss import DocumentSecurityStore

from service.adapters.demo_pki import DemoPki
from service.adapters.pdf.recipe import AGENDA
from service.adapters.permitted import ARCHIVE_IN_WORDS, archive_field
from service.adapters.signing import Increment, Seal, demo_seal
from service.domain.verification import Finding
from tests.adapters.authorities import Authority, Use
from tests.adapters.increments import BY_INCREMENT, STAMPED_AGAIN
from tests.adapters.unshown import UNSHOWN

_RANGE = re.compile(rb"/ByteRange \[([^\]]*)\]( *)")
_DIGITS = re.compile(rb"<3082[0-9A-F]+>")
_START = re.compile(rb"startxref\n(\d+)")


@dataclass(frozen=True, slots=True)
class Forgery:
    """A forged paper, the one finding that tells of it (None: any but that it is valid), and roots pinned for it."""

    name: str
    pdf: bytes
    said: Finding | None = None
    roots: tuple[bytes, ...] = ()


def by_increment(sealed: bytes, seal: Seal) -> Iterator[Forgery]:
    """Yield papers that were changed by writing behind them; some were stamped again, as anyone may have it done."""
    for what, (_, said) in BY_INCREMENT.items():
        forged = changed(sealed, what)
        yield Forgery(what, forged, said)
        if what in STAMPED_AGAIN:
            yield Forgery(f"{what}, stamped again", stamped(forged, seal), said)


def by_what_no_page_shows(sealed: bytes, seal: Seal) -> Iterator[Forgery]:
    """Yield papers to which something was done that nobody sees, each stamped again, so that stamps cover all."""
    for what, (_, said) in UNSHOWN.items():
        yield Forgery(what, stamped(changed(sealed, what), seal), said)
    end = b"\nstartxref\n%s\n%%%%EOF\n" % _START.findall(sealed)[-1]
    for kind, tail in {
        "remarks": b"% genuine\n" * 50,
        "blanks": b" \t" * 500,
        "object": b"9 0 obj\n()\nendobj\n",
    }.items():
        yield Forgery(f"{kind} behind an end", stamped(sealed + tail + end, seal), Finding.HIDDEN)
    for called in (
        "REVOKED BY COURT ORDER",
        "ArchiveTimestamp of a court",
        "ArchiveTimestamp99999",
        "ArchiveTimestamp999",
        "ArchiveTimestamp\u0662",
        "ArchiveTimestamp02",
    ):
        yield Forgery(f"stamp named {called}", stamped(sealed, seal, called), Finding.STAMP_MISNAMED)
    yield Forgery("stamp with words", stamped(sealed, seal, words="Withdrawn"), Finding.FORM_CHANGED)
    yield Forgery("stamp with a place", stamped(sealed, seal, out_of_bounds=False), Finding.FORM_CHANGED)


def changed(sealed: bytes, what: str) -> bytes:
    """Return a paper to which one of the changes was done by writing behind it."""
    change, _ = {**UNSHOWN, **BY_INCREMENT}[what]
    writer, output = Increment(io.BytesIO(sealed)), io.BytesIO()
    change(writer)
    writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko's own
    return output.getvalue()


def stamped(
    pdf: bytes, seal: Seal, called: str = "", *, words: str = ARCHIVE_IN_WORDS, out_of_bounds: bool = True
) -> bytes:
    """Let the same authority stamp a file, as anyone may ask it to, in a field that looks like the next of ours."""
    stamper = signers.PdfTimeStamper(
        seal.timestamper(),
        field_name=called or archive_field(pdf.count(b"/DocTimeStamp")),
        invis_settings=InvisSigSettings(box_out_of_bounds=out_of_bounds),
        readable_field_name=words,
    )
    output = asyncio.run(stamper.async_timestamp_pdf(Increment(io.BytesIO(pdf)), "sha256"))
    return bytes(output.getvalue())


def by_appending(sealed: bytes) -> Iterator[Forgery]:
    """Yield papers with something behind their end, or with a table that leads elsewhere."""
    starts = [int(found[1]) for found in _START.finditer(sealed)]
    for what, tail in {
        "line end": b"\n",
        "comment": b"% genuine\n",
        "zeros": bytes(2_000),
        "another end": b"\n%%EOF\n",
        "paper behind the paper": sealed,
        "objects without a table": b"\n1 0 obj\n<< /Type /Catalog >>\nendobj\n",
    }.items():
        yield Forgery(what, sealed + tail, None if tail == sealed else Finding.TRAILING)
    for what, table in {
        "table of the unsigned paper": b"\nstartxref\n%d\n%%%%EOF\n" % starts[0],
        "hybrid table": b"\nxref\n0 0\ntrailer\n<< /Size 1 /Root 1 0 R /XRefStm %d /Prev %d >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (starts[0], starts[0], len(sealed) + 1),
        "table twice": b"\nstartxref\n%d\n%%%%EOF\n" % starts[-1],
        "table that leads to itself": b"\nxref\n0 0\ntrailer\n<< /Size 1 /Prev %d >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(sealed) + 1, len(sealed) + 1),
    }.items():
        yield Forgery(what, sealed + table, Finding.SEAL_REMOVED if "unsigned" in what else None)


def by_cutting(sealed: bytes, small_paper: bytes) -> Iterator[Forgery]:
    """Yield papers that end too soon; without its last increments a paper is as it was before they were written."""
    yield Forgery("stripped of its seal", small_paper, Finding.NOT_SIGNED)
    ends = [found.end() for found in re.finditer(rb"%%EOF\n", sealed)]
    for at in ends[1:-1]:
        yield Forgery(f"cut at the increment that ends at {at}", sealed[:at], Finding.NO_ARCHIVE)
    for share in (25, 50, 75, 90, 99):
        yield Forgery(f"cut at {share} %", sealed[: len(sealed) * share // 100])
    yield Forgery("cut by one byte", sealed[:-1])


def by_moving_the_range(sealed: bytes) -> Iterator[Forgery]:
    """Yield papers whose signatures claim to cover something else than they do: holes, overlaps, wrappings."""
    first, *_, last = _RANGE.finditer(sealed)
    for which, found in (("seal", first), ("stamp", last)):
        _, length, resume, rest = (int(number) for number in found[1].split())
        for what, numbers in {
            "hole at the end": (0, length, resume, rest - 20),
            "hole at the start": (10, length - 10, resume, rest),
            "hole in the middle": (0, length - 200, resume, rest),
            "overlap": (0, resume, length, rest),
            "beyond the end": (0, length, resume, rest + 5_000),
            "nothing": (0, 0, 0, 0),
            "negative": (0, -1, resume, rest),
            "only the beginning": (0, length, length, 0),
        }.items():
            yield Forgery(f"range of the {which}: {what}", _written(sealed, found, numbers))
    _, length, resume, rest = (int(number) for number in last[1].split())
    wedge = b"<< /Wrapped true >> % what nobody signed\n"
    wrapped = _written(sealed, last, (0, length, resume + len(wedge), rest))
    yield Forgery("signature wrapped", wrapped[:resume] + wedge + wrapped[resume:])
    for what, old, new in (
        ("no range", b"/ByteRange", b"/ByteRangX"),
        ("no contents", b"/Contents <", b"/Contentz <"),
        ("other kind", b"/SubFilter /ETSI.RFC3161", b"/SubFilter /ETSI.RFC3162"),
        ("no type", b"/Type /DocTimeStamp", b"/Type /DocTimeStomp"),
    ):
        at = sealed.rindex(old)
        yield Forgery(f"universal forgery: {what}", sealed[:at] + new + sealed[at + len(old) :])
    places = [found.span() for found in _DIGITS.finditer(sealed)]
    for what, digits in {"empty": b"", "a list": b"3000"}.items():
        start, end = places[-1]
        filled = b"<" + digits.ljust(end - start - 2, b"0") + b">"
        yield Forgery(f"universal forgery: contents {what}", sealed[:start] + filled + sealed[end:])
    (start, end), (from_, to) = places[0], places[-1]
    held = sealed[start + 1 : end - 1].rstrip(b"0")[: to - from_ - 2]
    swapped = b"<" + held.ljust(to - from_ - 2, b"0") + b">"
    yield Forgery("the seal in the timestamp's place", sealed[:from_] + swapped + sealed[to:])


def _written(sealed: bytes, found: re.Match[bytes], numbers: tuple[int, ...]) -> bytes:
    text = b"/ByteRange [%s]" % b" ".join(b"%d" % number for number in numbers)
    return sealed[: found.start()] + text.ljust(len(found[0])) + sealed[found.end() :]


def by_saving_anew(sealed: bytes) -> Iterator[Forgery]:
    """Yield papers that look the same and were written by another hand."""
    for what, options in {
        "saved anew": {},
        "for the web": {"linearize": True},
        "objects in the open": {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
        "objects in streams anew": {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
        "in letters": {"qdf": True},
        "encrypted": {"encryption": pikepdf.Encryption(owner="x", user="")},
        "behind a password": {"encryption": pikepdf.Encryption(owner="x", user="y")},
    }.items():
        output = io.BytesIO()
        with pikepdf.open(io.BytesIO(sealed)) as pdf:
            pdf.save(output, **options)
        yield Forgery(what, output.getvalue())
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        del pdf.Root.AcroForm
        for page in pdf.pages:
            if "/Annots" in page:
                del page.Annots
        pdf.save(output)
    yield Forgery("saved without its seal", output.getvalue(), Finding.SEAL_REMOVED)


def by_other_keys(small_paper: bytes, pki: DemoPki, seal: Seal, directory: Path) -> Iterator[Forgery]:
    """Yield papers sealed by somebody else, too early, too late, or at a time that nobody trusted attests."""
    stranger_pki = DemoPki.load_or_create(directory / "stranger", now=datetime.now(UTC))
    stranger = demo_seal(stranger_pki)
    both = replace(
        seal,
        demo_roots=(pki.root_certificate_pem, stranger_pki.root_certificate_pem),
        revocations=(pki.revocations, stranger_pki.revocations),
    )
    yield Forgery(
        "another key of the same name", stranger.timestamp(stranger.sign(small_paper)), Finding.FOREIGN_ROOT
    )
    other_clock = replace(both, timestamper=stranger.timestamper)
    yield Forgery("another clock", other_clock.timestamp(other_clock.sign(small_paper)))
    yield Forgery("another clock for the archive", other_clock.timestamp(seal.sign(small_paper)))
    other_signer = replace(both, signer=stranger.signer)
    yield Forgery(
        "another key by the same clock",
        other_signer.timestamp(other_signer.sign(small_paper)),
        Finding.FOREIGN_ROOT,
    )
    # Of a key that is not valid yet the library finds no path at all, so which sentence tells of it is left open.
    for what, year, said in (("key that expired", 1990, Finding.REVOKED), ("key of the future", 2090, None)):
        keys = DemoPki.load_or_create(directory / str(year), now=datetime(year, 1, 1, tzinfo=UTC))
        forged = unchecked(small_paper, demo_seal(keys).signer, seal, (pki, keys))
        yield Forgery(what, forged, said, (keys.root_certificate_pem,))
    yield Forgery("no validation data", unchecked(small_paper, seal.signer, seal, ()))
    bare = unchecked(small_paper, seal.signer, seal, (pki,), certify=False)
    yield Forgery("no promise of permitted changes", bare, Finding.UNREADABLE)


def by_another_time(small_paper: bytes, seal: Seal, pki: DemoPki) -> Iterator[Forgery]:
    """Yield a paper of an earlier hour with the timestamp inside its seal exchanged for one of now, as anybody can."""
    then = datetime.now(UTC) - timedelta(hours=2)
    genuine = demo_seal(pki, at=lambda: then)
    yield Forgery("time exchanged", retimed(genuine.sign(small_paper), seal, pki), Finding.SEAL_RETIMED)
    early = replace(seal, clock=lambda: then)
    yield Forgery("time claimed", early.timestamp(early.sign(small_paper)), Finding.SEAL_RETIMED)


def retimed(signed: bytes, seal: Seal, pki: DemoPki) -> bytes:
    """Return a sealed file with another timestamp inside its seal, the data to check it, and a stamp over all."""
    start, end = next(_DIGITS.finditer(signed)).span()
    container = cms.ContentInfo.load(bytes.fromhex(signed[start + 1 : end - 1].decode()))
    signer = container["content"]["signer_infos"][0]
    imprint = sha256(signer["signature"].native).digest()
    token = asyncio.run(seal.timestamper().async_timestamp(imprint, "sha256"))
    attribute = {"type": "signature_time_stamp_token", "values": [token]}
    signer["unsigned_attrs"] = cms.CMSAttributes([cms.CMSAttribute(attribute)])
    written = container.dump(force=True).hex().upper().encode().ljust(end - start - 2, b"0")
    sealed_alone = signed.index(b"%%EOF\n", end) + len(b"%%EOF\n")
    exchanged = signed[: start + 1] + written + signed[end - 1 : sealed_alone]
    return stamped(_vouched(exchanged, (pki,)), seal)


def by_certificates_for_something_else(small_paper: bytes, pki: DemoPki, seal: Seal) -> Iterator[Forgery]:
    """Yield papers sealed with keys under a trusted root that were issued to no facility for its seal."""
    now = datetime.now(UTC).replace(microsecond=0)
    service = Authority("Trust service", now - timedelta(days=365), now + timedelta(days=365))
    for what, use in {
        "a web server": Use(purposes=("1.3.6.1.5.5.7.3.1",)),
        "the clock": Use(purposes=("1.3.6.1.5.5.7.3.8",), critical=True),
        "encryption": Use(signing=False),
    }.items():
        keys = replace(pki, root=service.der, seal=service.issue("Facility", use=use))
        signer = demo_seal(replace(keys, authority=pki.authority)).signer
        vouching = (pki, replace(keys, revocations=service.revocations(now)))
        forged = unchecked(small_paper, signer, seal, vouching)
        yield Forgery(f"sealed with the key of {what}", forged, Finding.SEAL_NOT_FOR_SIGNING, (service.pem,))


def unchecked(
    pdf: bytes, signer: signers.Signer, seal: Seal, vouching: Sequence[DemoPki], *, certify: bool = True
) -> bytes:
    """Return a paper signed with any key, with validation data from these and a timestamp, whether or not it may."""
    metadata = signers.PdfSignatureMetadata(
        field_name="FacilitySeal", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES, certify=certify
    )
    field = SigFieldSpec("FacilitySeal", invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    sealer = signers.PdfSigner(metadata, signer=signer, timestamper=seal.timestamper(), new_field_spec=field)
    signed = asyncio.run(sealer.async_sign_pdf(Increment(io.BytesIO(pdf)))).getvalue()
    return stamped(_vouched(signed, vouching) if vouching else signed, seal)


def _vouched(signed: bytes, vouching: Sequence[DemoPki]) -> bytes:
    known = [x509.Certificate.load(one) for pki in vouching for one in _certificates(pki)]
    lists = [crl.CertificateList.load(pki.revocations) for pki in vouching]
    writer, output = Increment(io.BytesIO(signed)), io.BytesIO()
    DocumentSecurityStore.supply_dss_in_writer(writer, None, certs=known, crls=lists)
    writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko's own
    return output.getvalue()


def _certificates(pki: DemoPki) -> tuple[bytes, ...]:
    return pki.root, pki.seal.certificate, pki.authority.certificate


def by_signing_again(sealed: bytes, small_paper: bytes, seal: Seal) -> Iterator[Forgery]:
    """Yield papers with a second signature, and sealed ones whose content was changed before."""
    field = SigFieldSpec("Second", invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name="Second"), signer=seal.signer, new_field_spec=field
    )
    twice = asyncio.run(signer.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(sealed)))).getvalue()
    yield Forgery("signed twice", twice, Finding.ADDED)
    yield Forgery("signed twice, stamped again", stamped(twice, seal), Finding.ADDED)
    yield Forgery(
        "data changed before the seal", _sealed_after(small_paper, seal, _other_data), Finding.DATA_DIFFER
    )
    yield Forgery(
        "data taken out before the seal", _sealed_after(small_paper, seal, _no_data), Finding.NOT_OURS
    )


def _other_data(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF[0].EF.F.write(b'{"title":"Other","edition":1}')


def _no_data(pdf: pikepdf.Pdf) -> None:
    del pdf.attachments[AGENDA]


def _sealed_after(small_paper: bytes, seal: Seal, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_paper)) as pdf:
        change(pdf)
        pdf.save(changed, deterministic_id=True)
    return seal.timestamp(seal.sign(changed.getvalue()))


def forgeries(
    sealed: bytes, small_paper: bytes, seal: Seal, pki: DemoPki, directory: Path
) -> Iterator[Forgery]:
    """Yield them all."""
    yield from by_appending(sealed)
    yield from by_increment(sealed, seal)
    yield from by_what_no_page_shows(sealed, seal)
    yield from by_cutting(sealed, small_paper)
    yield from by_moving_the_range(sealed)
    yield from by_saving_anew(sealed)
    yield from by_other_keys(small_paper, pki, seal, directory)
    yield from by_another_time(small_paper, seal, pki)
    yield from by_certificates_for_something_else(small_paper, pki, seal)
    yield from by_signing_again(sealed, small_paper, seal)
