"""Signatories sign the paper itself, beside the facility's seal."""

import io
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import page
import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    load_der_private_key,
    pkcs12,
)
from cryptography.x509 import load_der_x509_certificate

from service.adapters.countersigning import Countersigner, countersigners, sign_together
from service.adapters.demo_signatories import DemoSignatories
from service.adapters.key_sources import CannotSealError, KeyFile
from service.adapters.pdf.render import render
from service.adapters.sealing import make_sealer
from service.adapters.signatory_keys import DemoSigningKeys, FileSigningKeys, fingerprint_of
from service.adapters.signing import Seal
from service.domain.errors import SignatoryKeyShut
from service.domain.publication import Signatory
from service.domain.seals import KeyPlace, Term
from service.domain.signatory_keys import KeyFault, SignatoryKey
from tests.adapters.editions import SIGNING, VERIFY_URL, an_approval, an_edition, signed_by
from tests.adapters.pdf.reading import text_of

SIGNED_AT = datetime(2024, 3, 15, 9, 5, tzinfo=UTC)


def test_signatures_of_signatories_only_append(joint_paper: bytes, countersigned: bytes) -> None:
    assert countersigned.startswith(joint_paper)
    assert text_of(countersigned) == text_of(joint_paper)


def test_the_seal_certifies_first_and_leaves_room_for_those_who_sign_after_it(countersigned: bytes) -> None:
    with pikepdf.open(io.BytesIO(countersigned)) as pdf:
        fields = [(str(one.T), str(one.V.SubFilter)) for one in pdf.Root.AcroForm.Fields]
        certifying = pdf.Root.Perms.DocMDP
        permitted = int(certifying.Reference[0].TransformParams.P)
        ends = {str(one.T): int(one.V.ByteRange[2] + one.V.ByteRange[3]) for one in pdf.Root.AcroForm.Fields}

    assert dict(fields) == {
        "Signatory1": "/ETSI.CAdES.detached",
        "Signatory2": "/ETSI.CAdES.detached",
        "FacilitySeal": "/ETSI.CAdES.detached",
        "ArchiveTimestamp": "/ETSI.RFC3161",
    }
    assert permitted == 2
    assert sorted(ends, key=lambda field: ends[field]) == [
        "FacilitySeal",
        "Signatory1",
        "Signatory2",
        "ArchiveTimestamp",
    ]


def test_no_signature_changes_the_version_that_the_paper_conforms_to(
    joint_paper: bytes, countersigned: bytes, joint_seal: Seal
) -> None:
    with pikepdf.open(io.BytesIO(joint_seal.renew(countersigned))) as pdf:
        assert (pdf.pdf_version, "/Version" in pdf.Root) == (joint_paper[5:8].decode(), False)
        assert [(key, str(one.BaseVersion)) for key, one in pdf.Root.Extensions.items()] == [
            ("/ESIC", "/1.7")
        ]


def test_the_countersigned_paper_stays_accessible_and_lasting(countersigned: bytes) -> None:
    accessible = page.validate_pdf_bytes(countersigned, profile=page.ValidationProfile.PDF_UA_1)
    lasting = page.validate_pdf_bytes(countersigned, profile=page.ValidationProfile.PDF_A_3A)

    assert accessible.failures == []
    # No signature can cover what comes after it; the archive timestamp covers them all.
    assert {failure.rule_id for failure in lasting.failures} <= {"PDFA3A-SIGNATURE-BYTERANGE-001"}


def test_the_paper_says_who_signed_for_whom_and_how(countersigned: bytes) -> None:
    words = " ".join(text_of(countersigned).split())

    assert "Signed by Bo Invented (City of Vilaró) and Cy Invented (City of Vilaró)." in words
    assert "Signed by Bo Invented, City of Vilaró, 15 March 2024" in words
    assert (
        "For each of them, a key in their name, which the service keeps for them, also signs this file."
        in words
    )


def test_fifty_signatories_with_long_names_are_printed_and_only_counted_on_the_cover() -> None:
    signatories = tuple(
        Signatory(f"Person {number} {'of a long name ' * 8}", f"City {number} " * 12, SIGNED_AT)
        for number in range(50)
    )
    approval = replace(an_approval(), signatories=signatories)
    edition = an_edition(asks=1, organisations=2, amendments=0, lessons=0)

    words = " ".join(text_of(render(edition, approval, verify_url=VERIFY_URL)).split())

    assert "Signed by 50 signatories, whom the last page names." in words
    assert [f"Person {number} of a long name" in words for number in range(50)] == [True] * 50
    assert "They signed by their accounts, which the seal attests" in words


def test_who_signs_by_account_is_told_from_who_signs_the_file() -> None:
    edition = an_edition(asks=1, organisations=2, amendments=0, lessons=0)

    words = " ".join(text_of(render(edition, signed_by(["ab" * 32, ""]), verify_url=VERIFY_URL)).split())

    assert (
        "The seal attests that Cy Invented signed by account; for whoever else is named here, a key" in words
    )


def test_where_nobody_has_a_key_the_seal_stands_alone(seal: Seal, small_paper: bytes) -> None:
    assert sign_together(seal, small_paper, ()).count(b"/ByteRange") == 1


def a_file_of_keys(named: DemoSignatories, directory: Path) -> None:
    """Write the first signatory's key as a file; the other has none."""
    identity = named.identity_of(SIGNING[0])
    key = load_der_private_key(identity.key, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    certificate, root = load_der_x509_certificate(identity.certificate), load_der_x509_certificate(named.root)
    encryption = BestAvailableEncryption(b"secret")
    content = pkcs12.serialize_key_and_certificates(b"own", key, certificate, [root], encryption)
    (directory / f"{SIGNING[0].email}.p12").write_bytes(content)


def test_keys_are_found_by_their_owners_addresses(
    named: DemoSignatories, signing: tuple[Countersigner, ...], tmp_path: Path
) -> None:
    a_file_of_keys(named, tmp_path)

    found = countersigners(FileSigningKeys(tmp_path, "secret"), SIGNING)

    assert [(one.name, one.field) for one in found] == [("Bo Invented", "Signatory1")]
    assert fingerprint_of(found[0].signer) == fingerprint_of(signing[0].signer)


def test_a_key_that_cannot_be_opened_is_said_with_whose_it_is(named: DemoSignatories, tmp_path: Path) -> None:
    a_file_of_keys(named, tmp_path)

    with pytest.raises(CannotSealError) as refused:
        countersigners(FileSigningKeys(tmp_path, "wrong"), SIGNING)

    assert SIGNING[0].email in str(refused.value)


def test_the_term_of_a_key_is_that_of_its_certificate(named: DemoSignatories, tmp_path: Path) -> None:
    a_file_of_keys(named, tmp_path)
    certificate = load_der_x509_certificate(named.identity_of(SIGNING[0]).certificate)
    opened, shut = (
        make_sealer(
            tmp_path / "data", source=KeyFile("", ""), signatories=str(tmp_path), signatories_passphrase=one
        )
        for one in ("secret", "wrong")
    )

    term = Term(certificate.not_valid_before_utc, certificate.not_valid_after_utc)
    fingerprint = certificate.fingerprint(SHA256()).hex()
    assert opened.key_of(SIGNING[0]) == SignatoryKey(KeyPlace.FILE, fingerprint, term)
    assert opened.key_of(SIGNING[1]) is None
    said = f"The key of {SIGNING[0].email} cannot be opened."
    assert shut.key_of(SIGNING[0]) == SignatoryKey(KeyPlace.FILE, fault=KeyFault.SHUT, said=said)
    with pytest.raises(SignatoryKeyShut, match=SIGNING[0].name):
        shut.sign(b"%PDF-1.7", SIGNING)


def test_a_file_that_is_put_in_anothers_place_is_known_at_once(
    named: DemoSignatories, tmp_path: Path
) -> None:
    keys = FileSigningKeys(tmp_path, "secret")
    a_file_of_keys(named, tmp_path)
    (file,) = tmp_path.glob("*.p12")
    own = file.read_bytes()
    file.write_bytes(b"nothing that opens")
    broken = keys.key_of(SIGNING[0])
    file.write_bytes(own)

    mended = keys.key_of(SIGNING[0])

    assert (broken and broken.fault, mended and mended.fault) == (KeyFault.SHUT, None)


def test_what_kept_a_file_from_being_opened_is_not_remembered(named: DemoSignatories, tmp_path: Path) -> None:
    keys = FileSigningKeys(tmp_path, "secret")
    a_file_of_keys(named, tmp_path)
    (file,) = tmp_path.glob("*.p12")
    own, written = file.read_bytes(), file.stat()
    file.write_bytes(bytes(len(own)))
    os.utime(file, ns=(written.st_atime_ns, written.st_mtime_ns))
    shut = keys.key_of(SIGNING[0])
    file.write_bytes(own)
    # As after chown and chmod: neither the time nor the size tells that it can be opened now.
    os.utime(file, ns=(written.st_atime_ns, written.st_mtime_ns))

    mended = keys.key_of(SIGNING[0])

    assert (shut and shut.fault, mended and mended.fault) == (KeyFault.SHUT, None)


def test_a_file_that_was_opened_is_not_opened_again(named: DemoSignatories, tmp_path: Path) -> None:
    keys = FileSigningKeys(tmp_path, "secret")
    a_file_of_keys(named, tmp_path)

    assert keys.key_of(SIGNING[0]) is keys.key_of(SIGNING[0])


def test_nobody_looks_for_what_is_at_hand(named: DemoSignatories, tmp_path: Path) -> None:
    told: list[str] = []
    for keys in (DemoSigningKeys(named), FileSigningKeys(tmp_path, "secret")):
        keys.look_beside(told.append)
    assert told == []


@pytest.mark.parametrize("email", ["../bo@city.example", "/etc/bo@city.example", "."])
def test_an_address_never_leads_out_of_the_directory(
    named: DemoSignatories, tmp_path: Path, email: str
) -> None:
    a_file_of_keys(named, tmp_path)
    (tmp_path / "below").mkdir()
    person = type(SIGNING[0])("Bo Invented", email)

    assert FileSigningKeys(tmp_path / "below", "secret").signer_of(person) is None
