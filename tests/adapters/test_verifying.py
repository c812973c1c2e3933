import asyncio
import io
import random
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec

from service.adapters.demo_pki import DemoPki
from service.adapters.signing import Seal, demo_seal
from service.adapters.verifying import verify
from service.domain.publication import digest
from service.domain.verification import Finding, Level, Verdict, Verification
from tests.adapters import forgeries
from tests.adapters.conftest import a_pki
from tests.adapters.editions import an_edition
from tests.adapters.verdicts import said
from tests.hostile import files

HEX = b"0123456789ABCDEFabcdef"


FORMS: Mapping[Level | None, list[Finding]] = {Level.T: [Finding.LEVEL_T], Level.LT: [Finding.LEVEL_LT]}
"""How the form of a seal is told that has no archive timestamp over it."""
NEEDED: Mapping[Finding | None, list[Finding]] = {Finding.FOREIGN_ROOT: [Finding.ROOT_NEEDED]}
"""What is told beside a seal that leads to no trusted root."""


def checked(pdf: bytes, pki: DemoPki) -> Verification:
    return verify(pdf, (), demo_roots=(pki.root_certificate_pem,))


def test_a_sealed_edition_is_valid_and_says_what_is_proven(sealed: bytes, pki: DemoPki) -> None:
    found = checked(sealed, pki)

    edition = an_edition(asks=1, organisations=2, amendments=0, lessons=0)
    assert said(found) == (
        Verdict.VALID,
        [
            Finding.SEALED_BY,
            Finding.ENTIRE_FILE,
            Finding.SEALED_AT,
            Finding.ARCHIVED_AT,
            Finding.DATA_MATCH,
            Finding.DEMO,
            Finding.CERTIFICATE,
            Finding.NOT_THE_TRUTH,
            Finding.CLOCK,
            Finding.LEVEL_LTA,
            Finding.LASTS,
            Finding.ROOT_DEMO,
            Finding.CLOCK_SAME_ROOT,
            Finding.LATER_DATA,
            Finding.STAMP,
            Finding.NOTHING_ELSE,
            Finding.APPROVED_BY,
            Finding.TEXTS_BOUND,
            Finding.RECORD_NAMED,
            Finding.NO_PROOFS,
            Finding.REPRODUCIBLE,
        ],
    )
    assert (found.title, found.edition, found.digest) == (edition.title, 1, digest(edition))
    assert found.signer == "DEMO – not trusted: Coordination facility (demo)"
    assert found.demo
    assert found.signed_at is not None
    assert found.timestamped_at is not None
    assert found.signed_at <= found.timestamped_at


def test_a_pinned_root_is_no_demonstration(sealed: bytes, pki: DemoPki) -> None:
    found = verify(sealed, (pki.root_certificate_pem,))

    assert (found.verdict, found.demo) == (Verdict.VALID, False)
    assert Finding.DEMO not in [sentence.template for sentence in found.sentences]


def test_a_foreign_root_proves_nothing(sealed: bytes, tmp_path: Path) -> None:
    stranger = a_pki(tmp_path / "keys")

    foreign = (Verdict.UNKNOWN, [Finding.FOREIGN_ROOT, Finding.ROOT_NEEDED])
    assert said(checked(sealed, stranger)) == foreign
    assert said(verify(sealed, ())) == foreign


def test_the_root_that_would_be_needed_is_named_as_the_file_names_it(sealed: bytes, pki: DemoPki) -> None:
    wanted = verify(sealed, ()).sentences[-1].values

    assert wanted == {"root": "DEMO – not trusted: Demo root", "fingerprint": sha256(pki.root).hexdigest()}


class Endless(tuple[str, ...]):
    """Names that take more memory to be looked through than there is."""

    __slots__ = ()

    def __contains__(self, name: object) -> bool:
        raise MemoryError(name)


def test_a_check_for_which_the_memory_does_not_suffice_says_nothing_of_the_file(
    sealed: bytes, pki: DemoPki
) -> None:
    found = verify(sealed, (pki.root_certificate_pem,), signers=Endless(["anybody"]))

    assert said(found) == (Verdict.UNKNOWN, [Finding.TOO_LONG])


def test_a_seal_by_a_stranger_of_the_same_name_proves_nothing(
    small_paper: bytes, pki: DemoPki, tmp_path: Path
) -> None:
    forger = demo_seal(a_pki(tmp_path / "keys"))

    assert said(checked(forger.timestamp(forger.sign(small_paper)), pki)) == (
        Verdict.UNKNOWN,
        [Finding.FOREIGN_ROOT, Finding.ROOT_NEEDED],
    )


def test_one_changed_bit_anywhere_is_never_valid(sealed: bytes, pki: DemoPki) -> None:
    chance = random.Random(20240314)  # noqa: S311  a sample, not a secret
    places = [len(sealed) * step // 48 for step in range(48)]

    for place in places:
        forged = bytearray(sealed)
        forged[place] ^= 1 << chance.randrange(8)
        assert checked(bytes(forged), pki).verdict is not Verdict.VALID, f"bit changed at {place}"


def changed_anywhere(sealed: bytes, pki: DemoPki, times: int) -> list[tuple[int, int]]:
    """Return the places and values of single changed bytes with which a paper passes as genuine."""
    chance = random.Random(20260301)  # noqa: S311  a sample, not a secret
    passed = []
    for _ in range(times):
        place, change = chance.randrange(len(sealed)), chance.randrange(1, 256)
        forged = bytearray(sealed)
        forged[place] ^= change
        if checked(bytes(forged), pki).verdict is Verdict.VALID:
            passed.append((place, forged[place]))
    return passed


def test_none_of_2000_changed_bytes_passes(sealed: bytes, pki: DemoPki) -> None:
    assert changed_anywhere(sealed, pki, 2_000) == []


@pytest.mark.soak
def test_none_of_100000_changed_bytes_passes(sealed: bytes, pki: DemoPki) -> None:
    assert changed_anywhere(sealed, pki, 100_000) == []


def test_every_forgery_is_found_and_told_by_its_own_sentence(
    sealed: bytes, small_paper: bytes, seal: Seal, pki: DemoPki, tmp_path: Path
) -> None:
    made = list(forgeries.forgeries(sealed, small_paper, seal, pki, tmp_path))
    found = [(one, verify(one.pdf, (), demo_roots=(pki.root_certificate_pem, *one.roots))) for one in made]

    assert len({one.pdf for one in made}) >= 100
    assert [one.name for one, told in found if told.verdict is Verdict.VALID] == []
    assert [
        (one.name, said(told)[1])
        for one, told in found
        if one.said and said(told)[1] != [one.said, *NEEDED.get(one.said, []), *FORMS.get(told.level, [])]
    ] == []


def test_what_is_done_to_papers_most_often_has_a_sentence_of_its_own(
    sealed: bytes, small_paper: bytes, seal: Seal, pki: DemoPki, tmp_path: Path
) -> None:
    stranger = demo_seal(a_pki(tmp_path / "keys"))
    done = {
        "bytes appended": sealed + b"% genuine\n",
        "a page swapped": forgeries.changed(sealed, "pages swapped"),
        "a note added": forgeries.changed(sealed, "note"),
        "another root": stranger.timestamp(stranger.sign(small_paper)),
        "the seal stripped": forgeries.changed(sealed, "seal removed"),
        "never sealed": small_paper,
        "a byte changed": sealed[:5000] + bytes([sealed[5000] ^ 1]) + sealed[5001:],
        "no archive timestamp": seal.sign(small_paper),
    }

    told = {what: said(checked(pdf, pki))[1][0] for what, pdf in done.items()}

    assert told == {
        "bytes appended": Finding.TRAILING,
        "a page swapped": Finding.PAGES_CHANGED,
        "a note added": Finding.LAID_ON,
        "another root": Finding.FOREIGN_ROOT,
        "the seal stripped": Finding.SEAL_REMOVED,
        "never sealed": Finding.NOT_SIGNED,
        "a byte changed": Finding.CHANGED,
        "no archive timestamp": Finding.NO_ARCHIVE,
    }
    assert len({finding.value for finding in told.values()}) == len(done)


@pytest.mark.parametrize("which", [0, 1], ids=["seal", "stamp"])
def test_one_changed_digit_of_a_signature_is_never_valid(sealed: bytes, pki: DemoPki, which: int) -> None:
    chance = random.Random(which)  # noqa: S311  a sample, not a secret
    start = [sealed.index(b"<3082"), sealed.rindex(b"<3082")][which]
    end = sealed.index(b">", start)
    places = [start, start + 1, end - 1, end, *(chance.randrange(start, end) for _ in range(14))]

    for place in places:
        other = chance.choice([digit for digit in HEX if digit != sealed[place]])
        forged = sealed[:place] + bytes([other]) + sealed[place + 1 :]
        assert checked(forged, pki).verdict is not Verdict.VALID, f"digit changed at {place - start}"


def test_a_changed_version_of_a_timestamp_is_never_valid(sealed: bytes, pki: DemoPki) -> None:
    start = sealed.rindex(b"<3082")
    places = [sealed.index(b"020103", start) + 5, sealed.rindex(b"02010130") + 5]

    forged = [sealed[:place] + b"8" + sealed[place + 1 :] for place in places]

    assert [said(checked(one, pki)) for one in forged] == [(Verdict.BROKEN, [Finding.CHANGED])] * 2


def test_a_timestamp_signed_in_another_spelling_than_those_before_is_never_valid(
    sealed: bytes, pki: DemoPki
) -> None:
    spelled, otherwise = b"2A864886F70D010101", b"2A864886F70D01010B"
    if sealed.rfind(otherwise) > sealed.rfind(spelled):
        spelled, otherwise = otherwise, spelled
    place = sealed.rindex(spelled)

    forged = sealed[:place] + otherwise + sealed[place + len(spelled) :]

    assert sum(one != other for one, other in zip(forged, sealed, strict=True)) == 1
    assert said(checked(forged, pki)) == (Verdict.BROKEN, [Finding.CHANGED])


def test_the_case_of_a_digit_is_a_change_too(sealed: bytes, pki: DemoPki) -> None:
    start = sealed.rindex(b"<3082")
    place = next(i for i in range(start, len(sealed)) if sealed[i] in b"ABCDEF")

    forged = sealed[:place] + sealed[place : place + 1].lower() + sealed[place + 1 :]

    assert said(checked(forged, pki)) == (Verdict.BROKEN, [Finding.CHANGED])


@pytest.mark.parametrize("tail", [b"\n", b"%comment\n", b"\x00" * 100])
def test_bytes_behind_the_end_break_the_seal(sealed: bytes, pki: DemoPki, tail: bytes) -> None:
    assert checked(sealed + tail, pki).verdict is Verdict.BROKEN


def test_a_paper_that_was_tampered_with_is_told_as_what_it_is(sealed: bytes, pki: DemoPki) -> None:
    found = [(number, checked(forged, pki).verdict, right) for number, forged, right in files.papers(sealed)]
    assert [(number, verdict) for number, verdict, right in found if verdict not in right] == []


def test_a_file_without_its_seal_is_unsigned(small_paper: bytes, pki: DemoPki) -> None:
    assert said(checked(small_paper, pki)) == (Verdict.UNSIGNED, [Finding.NOT_SIGNED])


def test_a_file_saved_anew_is_never_valid(sealed: bytes, pki: DemoPki) -> None:
    saved = io.BytesIO()
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        pdf.save(saved)

    assert checked(saved.getvalue(), pki).verdict is Verdict.BROKEN


def test_a_seal_without_its_archive_timestamp_cannot_be_judged(
    seal: Seal, small_paper: bytes, pki: DemoPki
) -> None:
    found = checked(seal.sign(small_paper), pki)

    assert said(found) == (Verdict.UNKNOWN, [Finding.NO_ARCHIVE, Finding.LEVEL_LT])
    assert found.level is Level.LT


@pytest.mark.parametrize(
    "content", [b"", b"hello", b"\x00" * 4096, b"%PDF-", b"%PDF-1.7\n%%EOF", b"PK\x03\x04"]
)
def test_what_is_no_pdf_is_unknown(content: bytes, pki: DemoPki) -> None:
    assert said(checked(content, pki)) == (Verdict.UNKNOWN, [Finding.NOT_PDF])


@pytest.mark.parametrize("share", [0.25, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_never_valid(sealed: bytes, pki: DemoPki, share: float) -> None:
    assert checked(sealed[: int(len(sealed) * share)], pki).verdict is not Verdict.VALID


def _swap_a_page(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.NameObject("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"0 0 m S"))
    writer.update_container(page)


def _swap_the_data(writer: IncrementalPdfFileWriter) -> None:
    file = writer.root["/AF"][0]
    content = writer.add_object(generic.StreamObject(stream_data=b'{"title":"Other","edition":1}'))
    file["/EF"][generic.NameObject("/F")] = content
    writer.update_container(file["/EF"])


def _rename_the_language(writer: IncrementalPdfFileWriter) -> None:
    writer.root[generic.NameObject("/Lang")] = generic.TextStringObject("xx")
    writer.mark_update(writer.root_ref)


@pytest.mark.parametrize("change", [_swap_a_page, _swap_the_data, _rename_the_language])
@pytest.mark.parametrize("stamped_again", [False, True])
def test_an_increment_that_changes_the_paper_breaks_it(
    sealed: bytes,
    seal: Seal,
    pki: DemoPki,
    change: Callable[[IncrementalPdfFileWriter], None],
    stamped_again: bool,  # noqa: FBT001  a parameter
) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(sealed))
    change(writer)
    output = io.BytesIO()
    writer.write(output)  # type: ignore[no-untyped-call]  # pyHanko's own
    forged = output.getvalue()
    if stamped_again:
        forged = replace_stamp(forged, seal)

    assert checked(forged, pki).verdict is Verdict.BROKEN


def replace_stamp(pdf: bytes, seal: Seal) -> bytes:
    """Let the same authority stamp the forged file, as anyone may ask it to."""
    stamper = signers.PdfTimeStamper(seal.timestamper(), field_name="Another")
    stamped = asyncio.run(stamper.async_timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), "sha256"))
    return bytes(stamped.getvalue())


def test_a_second_seal_is_a_change(sealed: bytes, seal: Seal, pki: DemoPki) -> None:
    field = SigFieldSpec("Second", invis_sig_settings=InvisSigSettings(box_out_of_bounds=True))
    signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(field_name="Second"), signer=seal.signer, new_field_spec=field
    )
    twice = asyncio.run(signer.async_sign_pdf(IncrementalPdfFileWriter(io.BytesIO(sealed))))

    assert said(checked(twice.getvalue(), pki)) == (Verdict.BROKEN, [Finding.ADDED])


def _sealed_after(small_paper: bytes, seal: Seal, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(small_paper)) as pdf:
        change(pdf)
        pdf.save(changed, deterministic_id=True)
    return seal.timestamp(seal.sign(changed.getvalue()))


def test_data_that_are_not_those_named_break_the_file(small_paper: bytes, seal: Seal, pki: DemoPki) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AF[0].EF.F.write(b'{"title":"Other","edition":1}')

    assert said(checked(_sealed_after(small_paper, seal, change), pki)) == (
        Verdict.BROKEN,
        [Finding.DATA_DIFFER],
    )


def test_a_sealed_file_without_an_agenda_is_none_of_ours(
    small_paper: bytes, seal: Seal, pki: DemoPki
) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Names.EmbeddedFiles

    assert said(checked(_sealed_after(small_paper, seal, change), pki)) == (
        Verdict.UNKNOWN,
        [Finding.NOT_OURS],
    )
