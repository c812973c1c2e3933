"""The accessibility checker that others wrote: exactly the bytes that were vendored, with their licence beside them."""

import hashlib
from pathlib import Path

VENDOR = Path(__file__).parent / "vendor"


def test_vendored_checker_is_the_one_that_was_vendored() -> None:
    declared = {
        name: digest
        for digest, name in map(str.split, (VENDOR / "HASHES").read_text(encoding="utf-8").splitlines())
    }
    found = {
        str(file.relative_to(VENDOR)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in VENDOR.rglob("*")
        if file.is_file() and file.name != "HASHES"
    }
    assert found == declared
