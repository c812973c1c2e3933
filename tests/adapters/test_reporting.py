import hashlib
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate
from pikepdf import AttachedFileSpec
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers

from service.adapters.demo_pki import DemoPki
from service.adapters.pdf.recipe import RECIPE
from service.adapters.reporting import level_of
from service.adapters.signing import Increment, Seal, demo_seal
from service.adapters.verifying import verify
from service.domain import publication
from service.domain.paper_codes import code_of
from service.domain.reports import ABOUT, Topic
from service.domain.verification import Finding, Level, Sentence, Verdict, Verification
from tests.adapters import forgeries
from tests.adapters.conftest import a_pki
from tests.adapters.editions import VERIFY_URL, an_edition
from tests.domain.test_printed import NOTARY, RECEIPTS, TAKEN, bundle


def fingerprint(root: bytes) -> str:
    return hashlib.sha256(load_pem_x509_certificate(root).public_bytes(Encoding.DER)).hexdigest()


def said(found: Verification, topic: Topic) -> list[Sentence]:
    return [one for one in found.sentences if ABOUT[one.template][0] is topic]


def templates(found: Verification, topic: Topic) -> list[Finding]:
    return [one.template for one in said(found, topic)]


def sealed_after(paper: bytes, seal: Seal, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """Return a paper that was changed before it was sealed: its seal holds, and covers what it holds then."""
    changed = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        change(pdf)
        pdf.save(changed, deterministic_id=True)
    return seal.timestamp(seal.sign(changed.getvalue()))


def test_a_trusted_root_is_named_with_its_fingerprint(sealed: bytes, pki: DemoPki) -> None:
    root = pki.root_certificate_pem
    told = {"root": "DEMO – not trusted: Demo root", "fingerprint": fingerprint(root)}

    pinned, demo = verify(sealed, (root,)), verify(sealed, (), demo_roots=(root,))

    assert said(pinned, Topic.TRUST) == [Sentence(Finding.ROOT_SET, told)]
    assert said(demo, Topic.TRUST) == [Sentence(Finding.DEMO), Sentence(Finding.ROOT_DEMO, told)]


def test_a_clock_under_a_root_of_its_own_is_told_from_one_under_the_root_of_the_seal(
    sealed: bytes, small_paper: bytes, seal: Seal, pki: DemoPki, tmp_path: Path
) -> None:
    other = a_pki(tmp_path / "keys")
    roots = (pki.root_certificate_pem, other.root_certificate_pem)
    both = replace(seal, demo_roots=roots, revocations=(pki.revocations, other.revocations))
    apart = replace(both, timestamper=demo_seal(other).timestamper)

    found = verify(apart.timestamp(apart.sign(small_paper)), roots)

    assert templates(found, Topic.TIME) == [Finding.SEALED_NOT_LATER, Finding.CLOCK]
    told = {"root": "DEMO – not trusted: Demo root", "fingerprint": fingerprint(roots[1])}
    assert said(found, Topic.TRUST)[1:] == [Sentence(Finding.CLOCK_ROOT, told)]
    assert templates(verify(sealed, roots), Topic.TIME) == [
        Finding.SEALED_NOT_LATER,
        Finding.CLOCK,
        Finding.CLOCK_SAME_ROOT,
    ]


def test_each_archive_timestamp_is_named_and_dated(sealed: bytes, seal: Seal, pki: DemoPki) -> None:
    found = verify(forgeries.stamped(sealed, seal), (pki.root_certificate_pem,))

    assert found.verdict is Verdict.VALID
    data, first, second, nothing = said(found, Topic.LATER)
    assert (data.template, data.values["certificates"], data.values["answers"]) == (
        Finding.LATER_DATA,
        "3",
        "1",
    )
    assert [(one.values["number"], one.values["authority"]) for one in (first, second)] == [
        ("1", "DEMO – not trusted: Demo timestamp authority"),
        ("2", "DEMO – not trusted: Demo timestamp authority"),
    ]
    assert first.values["at"] <= second.values["at"] == data.values["at"]
    assert nothing == Sentence(Finding.NOTHING_ELSE)


def test_the_form_of_a_seal_grows_with_what_is_added(
    small_paper: bytes, sealed: bytes, seal: Seal, pki: DemoPki
) -> None:
    bare = io.BytesIO()
    signers.sign_pdf(
        Increment(io.BytesIO(small_paper)),
        signers.PdfSignatureMetadata(field_name="Bare"),
        signer=seal.signer,
        output=bare,
    )
    without_data = forgeries.unchecked(small_paper, seal.signer, seal, ())
    files = (bare.getvalue(), without_data, seal.sign(small_paper), sealed)
    readers = [PdfFileReader(io.BytesIO(one)) for one in files]

    found = [level_of(one, one.embedded_regular_signatures[0]) for one in readers]

    assert found == [Level.B, Level.T, Level.LT, Level.LTA]
    assert verify(sealed, (pki.root_certificate_pem,)).level is Level.LTA


def test_a_paper_says_where_to_ask_and_how_far_the_record_had_come(sealed: bytes, pki: DemoPki) -> None:
    found = verify(sealed, (pki.root_certificate_pem,))

    record = an_edition().record
    assert found.digest is not None
    assert templates(found, Topic.COPY) == [Finding.REPRODUCIBLE]
    assert (found.address, found.record_size, found.record_root) == (
        f"{VERIFY_URL}/{code_of(found.digest)}",
        record.sequence,
        record.hash,
    )


def test_who_approved_a_paper_that_nobody_signed_is_told(sealed: bytes, pki: DemoPki) -> None:
    found = verify(sealed, (pki.root_certificate_pem,))

    told = {"name": "Bo Invented", "approved_at": "2024-03-15 09:05:00 UTC"}
    assert said(found, Topic.SIGNATORIES) == [Sentence(Finding.APPROVED_BY, told)]


def test_a_paper_of_an_earlier_release_does_not_say_where_to_ask(
    small_paper: bytes, seal: Seal, pki: DemoPki
) -> None:
    def forget(pdf: pikepdf.Pdf) -> None:
        del pdf.attachments[RECIPE]

    found = verify(sealed_after(small_paper, seal, forget), (pki.root_certificate_pem,))

    assert (found.verdict, found.address) == (Verdict.VALID, None)
    assert templates(found, Topic.COPY) == []


def test_data_in_a_form_that_is_not_known_are_said_to_be_unread(
    small_paper: bytes, seal: Seal, pki: DemoPki
) -> None:
    content = b'{"title":"Other","edition":1}'

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AF[0].EF.F.write(content)
        named = pdf.Root.Metadata.read_bytes()
        digest = publication.digest(an_edition(asks=1, organisations=2, amendments=0, lessons=0)).encode()
        pdf.Root.Metadata.write(named.replace(digest, hashlib.sha256(content).hexdigest().encode()))

    found = verify(sealed_after(small_paper, seal, change), (pki.root_certificate_pem,))

    assert found.verdict is Verdict.VALID
    assert templates(found, Topic.TEXTS) == [Finding.DATA_MATCH, Finding.DATA_UNREAD]
    assert templates(found, Topic.RECORD) == []


@pytest.mark.parametrize("trusted", [True, False])
def test_proofs_that_are_attached_are_checked(
    small_paper: bytes,
    seal: Seal,
    pki: DemoPki,
    trusted: bool,  # noqa: FBT001  a parameter
) -> None:
    receipts = bundle(*RECEIPTS[: len(TAKEN)]).encode()

    def attach(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["proofs.json"] = AttachedFileSpec(pdf, receipts, filename="proofs.json")
        pdf.attachments["note.txt"] = AttachedFileSpec(pdf, receipts, filename="note.txt")

    keys = (NOTARY.key.public,) if trusted else ()
    found = verify(sealed_after(small_paper, seal, attach), (pki.root_certificate_pem,), record_keys=keys)

    assert said(found, Topic.RECORD)[1] == Sentence(Finding.PROOFS_HOLD, {"count": str(len(TAKEN))})
    assert templates(found, Topic.RECORD)[2:] == [Finding.SIGNED_NOTE if trusted else Finding.KEY_UNKNOWN]
    positions = [Finding.TEXTS_BOUND, Finding.POSITIONS_PROVEN] if trusted else [Finding.TEXTS_BOUND]
    assert templates(found, Topic.TEXTS)[1:] == positions
