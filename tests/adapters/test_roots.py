from hashlib import sha256
from pathlib import Path

import pytest

from service.adapters.demo_pki import DemoPki
from service.adapters.roots import TOGETHER, RootsUnreadableError, read_roots, told


def test_roots_are_read_as_authorities_hand_them_out(pki: DemoPki, tmp_path: Path) -> None:
    one, two = tmp_path / "root.der", tmp_path / "roots.pem"
    one.write_bytes(pki.root)
    two.write_bytes(b"Ours:\n" + pki.root_certificate_pem * 2)

    assert read_roots(str(one)) == [pki.root_certificate_pem]
    assert read_roots(str(two)) == [pki.root_certificate_pem * 2]
    assert read_roots("") == []


def test_roots_are_told_with_name_and_fingerprint_and_read_again(pki: DemoPki, tmp_path: Path) -> None:
    file = tmp_path / "roots.pem"
    file.write_bytes(told([pki.root_certificate_pem], TOGETHER, [pki.root_certificate_pem]))

    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[1] == f"# SHA-256 {sha256(pki.root).hexdigest()}"
    assert lines[0].startswith("# CN=DEMO – not trusted: Demo root")
    assert read_roots(str(file)) == [pki.root_certificate_pem]


def test_a_file_without_roots_is_refused_by_its_name(tmp_path: Path) -> None:
    with pytest.raises(RootsUnreadableError, match=r"^The trusted roots in none\.pem cannot be read\.$"):
        read_roots(str(tmp_path / "none.pem"))
