import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.x509.oid import NameOID

from service.adapters.demo_pki import LIFETIME, OWNER, DemoPki

NOW = datetime(2024, 3, 14, tzinfo=UTC)


def test_the_keys_are_made_once_and_found_again(tmp_path: Path) -> None:
    directory = tmp_path / "data" / "keys"

    first = DemoPki.load_or_create(directory, now=NOW)

    assert DemoPki.load_or_create(directory, now=NOW) == first
    assert list(directory.parent.iterdir()) == [directory]


def test_only_the_owner_can_read_the_keys(tmp_path: Path) -> None:
    DemoPki.load_or_create(tmp_path / "keys", now=NOW)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "keys").iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700


def test_the_key_of_the_root_is_not_kept(tmp_path: Path) -> None:
    DemoPki.load_or_create(tmp_path / "keys", now=NOW)

    assert sorted(path.name for path in (tmp_path / "keys").iterdir()) == [
        "revocations.der",
        "root.der",
        "seal.der",
        "seal.key.der",
        "timestamp.der",
        "timestamp.key.der",
    ]


def test_starts_at_the_same_moment_agree_on_the_keys(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: DemoPki.load_or_create(tmp_path / "keys", now=NOW), range(4)))

    assert [one == found[0] for one in found] == [True] * 4


def test_every_certificate_says_that_it_is_not_to_be_trusted(tmp_path: Path) -> None:
    pki = DemoPki.load_or_create(tmp_path / "keys", now=NOW)

    for encoded in (pki.root, pki.seal.certificate, pki.authority.certificate):
        subject = x509.load_der_x509_certificate(encoded).subject
        assert str(subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value).startswith(OWNER)
    assert x509.load_pem_x509_certificate(pki.root_certificate_pem) == x509.load_der_x509_certificate(
        pki.root
    )


def test_keys_that_are_made_late_last_as_long_as_those_made_early(tmp_path: Path) -> None:
    late = datetime(2060, 5, 1, tzinfo=UTC)
    pki = DemoPki.load_or_create(tmp_path / "keys", now=late, begins=NOW)

    for encoded in (pki.root, pki.seal.certificate, pki.authority.certificate):
        certificate = x509.load_der_x509_certificate(encoded)
        assert certificate.not_valid_before_utc < NOW
        assert certificate.not_valid_after_utc == late + LIFETIME
