"""The demonstration's signatories: keys made when they are first needed."""

import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import NameOID

from service.adapters.demo_pki import LIFETIME, OWNER
from service.adapters.demo_signatories import DemoSignatories
from service.domain.seals import SigningPerson

NOW = datetime(2024, 3, 14, tzinfo=UTC)
ADA = SigningPerson("Ada Invented", "ada@city.example")


def made(tmp_path: Path) -> DemoSignatories:
    return DemoSignatories.load_or_create(tmp_path / "signatories", now=NOW)


def test_a_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    first = made(tmp_path).identity_of(ADA)

    assert made(tmp_path).identity_of(SigningPerson(ADA.name, ADA.email.upper())) == first
    assert made(tmp_path).identity_of(SigningPerson("Ada Renamed", ADA.email)) != first


def test_a_certificate_names_its_owner_as_one_of_the_demonstration(tmp_path: Path) -> None:
    named = made(tmp_path)
    certificate = x509.load_der_x509_certificate(named.identity_of(ADA).certificate)
    (name,) = certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
    endless = x509.load_der_x509_certificate(
        named.identity_of(SigningPerson("Ñ" * 300, "n@x.example")).certificate
    )

    certificate.verify_directly_issued_by(x509.load_der_x509_certificate(named.root))
    assert name.value == f"{OWNER}: Ada Invented"
    assert len(str(endless.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value).encode()) == 64


def test_of_two_that_begin_together_both_use_the_same_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as together:
        found = list(together.map(lambda _: made(tmp_path).identity_of(ADA), range(4)))

    assert len({one.certificate for one in found}) == 1


def test_only_the_owner_can_read_the_keys(tmp_path: Path) -> None:
    named = made(tmp_path)
    named.identity_of(ADA)

    files = [path for path in named.directory.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert {path.name for path in files} == {
        *("certificate.der", "key.der"),
        *("root.der", "root.key.der", "revocations.der"),
    }


def test_a_certificate_is_in_force_as_long_as_the_root_however_late_it_is_made(tmp_path: Path) -> None:
    directory, begins = tmp_path / "signatories", NOW - timedelta(days=400)
    DemoSignatories.load_or_create(directory, now=NOW, begins=begins)
    late = DemoSignatories.load_or_create(directory, now=NOW + timedelta(days=4000))
    found = [x509.load_der_x509_certificate(one) for one in (late.root, late.identity_of(ADA).certificate)]

    assert [(one.not_valid_before_utc, one.not_valid_after_utc) for one in found] == [
        (begins - timedelta(days=1), NOW + LIFETIME)
    ] * 2
