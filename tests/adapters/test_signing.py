import io
from datetime import UTC, datetime
from pathlib import Path

import page
import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    load_der_private_key,
    pkcs12,
)
from cryptography.x509 import load_der_x509_certificate
from pyhanko.pdf_utils import generic

from service.adapters.demo_pki import DemoPki
from service.adapters.key_sources import CannotSealError, KeyFile
from service.adapters.signing import Increment, Seal, demo_seal, own_seal
from service.adapters.verifying import verify
from service.domain.verification import Verdict
from tests.adapters.pdf.reading import text_of


def test_sealing_and_stamping_only_append(seal: Seal, small_paper: bytes, sealed: bytes) -> None:
    signed = seal.sign(small_paper)

    assert signed.startswith(small_paper)
    assert seal.timestamp(signed).startswith(signed)
    assert sealed.startswith(small_paper)
    assert text_of(sealed) == text_of(small_paper)


def test_the_sealed_paper_stays_accessible(sealed: bytes) -> None:
    accessible = page.validate_pdf_bytes(sealed, profile=page.ValidationProfile.PDF_UA_1)
    lasting = page.validate_pdf_bytes(sealed, profile=page.ValidationProfile.PDF_A_3A)

    assert accessible.failures == []
    # The seal cannot cover the archive timestamp that comes after it; the timestamp covers both.
    assert {failure.rule_id for failure in lasting.failures} <= {"PDFA3A-SIGNATURE-BYTERANGE-001"}


@pytest.mark.parametrize("end", ["", "\n", "\r", "\r\n"])
def test_a_stream_of_an_increment_is_counted_right_however_it_ends(small_paper: bytes, end: str) -> None:
    content = b"some certificate" + end.encode()
    increment, output = Increment(io.BytesIO(small_paper)), io.BytesIO()
    increment.root["/Certificate"] = increment.add_object(generic.StreamObject(stream_data=content))
    increment.update_root()  # type: ignore[no-untyped-call]  # pyHanko's own
    increment.write(output)  # type: ignore[no-untyped-call]  # pyHanko's own

    lasting = page.validate_pdf_bytes(output.getvalue(), profile=page.ValidationProfile.PDF_A_3A)
    with pikepdf.open(output) as pdf:
        kept = pdf.Root.Certificate.read_bytes()

    assert (lasting.failures, kept) == ([], content)


def test_no_stream_behind_a_file_ends_in_a_line_break_wherever_it_begins() -> None:
    paper = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(paper, object_stream_mode=pikepdf.ObjectStreamMode.generate)

    for length in range(400):
        # Each begins elsewhere, so that the table of places in its increment is another one.
        before = paper.getvalue() + b"%" * length + b"\n"
        increment, output = Increment(io.BytesIO(before)), io.BytesIO()
        increment.root["/Certificate"] = increment.add_object(generic.StreamObject(stream_data=b"some"))
        increment.update_root()  # type: ignore[no-untyped-call]  # pyHanko's own
        increment.write(output)  # type: ignore[no-untyped-call]  # pyHanko's own

        *streams, _ = output.getvalue()[len(before) :].split(b"\nendstream")
        assert [one for one in streams if one.endswith((b"\r", b"\n"))] == []
        assert len(streams) == 2


def test_the_seal_certifies_and_the_stamp_follows(sealed: bytes) -> None:
    with pikepdf.open(io.BytesIO(sealed)) as pdf:
        fields = [(str(one.T), str(one.V.SubFilter)) for one in pdf.Root.AcroForm.Fields]
        certified = pdf.Root.Perms.DocMDP.objgen == pdf.Root.AcroForm.Fields[0].V.objgen

    assert fields == [("FacilitySeal", "/ETSI.CAdES.detached"), ("ArchiveTimestamp", "/ETSI.RFC3161")]
    assert certified


def test_a_sealed_paper_is_valid_for_its_own_seal(seal: Seal, sealed: bytes) -> None:
    assert verify(sealed, (), demo_roots=seal.demo_roots).verdict is Verdict.VALID


def test_stamps_can_attest_the_time_of_the_story(pki: DemoPki, small_paper: bytes) -> None:
    told = datetime.now(UTC).replace(microsecond=0)
    seal = demo_seal(pki, at=lambda: told)

    found = verify(seal.timestamp(seal.sign(small_paper)), (), demo_roots=seal.demo_roots)

    assert (found.signed_at, found.timestamped_at) == (told, told)


def test_what_is_no_pdf_cannot_be_sealed(seal: Seal) -> None:
    with pytest.raises(CannotSealError):
        seal.sign(b"not a pdf")


def a_pkcs12(pki: DemoPki, path: Path) -> Path:
    key = load_der_private_key(pki.seal.key, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    certificate = load_der_x509_certificate(pki.seal.certificate)
    root = load_der_x509_certificate(pki.root)
    encryption = BestAvailableEncryption(b"secret")
    path.write_bytes(pkcs12.serialize_key_and_certificates(b"seal", key, certificate, [root], encryption))
    return path


def test_a_key_in_a_file_is_opened_with_its_passphrase(pki: DemoPki, tmp_path: Path) -> None:
    file = a_pkcs12(pki, tmp_path / "seal.p12")

    source = KeyFile(str(file), "secret")
    seal = own_seal(source, tsa_url="https://tsa.example.org", roots=[pki.root_certificate_pem])

    assert seal.signer.signing_cert is not None
    assert seal.signer.signing_cert.dump() == pki.seal.certificate
    assert (seal.roots, seal.demo_roots, seal.fetching) == ((pki.root_certificate_pem,), (), True)


@pytest.mark.parametrize(("name", "passphrase"), [("seal.p12", "wrong"), ("missing.p12", "secret")])
def test_a_key_that_cannot_be_opened_is_said(
    pki: DemoPki, tmp_path: Path, name: str, passphrase: str
) -> None:
    a_pkcs12(pki, tmp_path / "seal.p12")

    with pytest.raises(CannotSealError) as refused:
        own_seal(KeyFile(str(tmp_path / name), passphrase), tsa_url="https://tsa.example.org", roots=[])

    assert name in str(refused.value)
