"""Static files that others wrote: exactly the bytes that were vendored, with their licence beside them."""

import hashlib

from tests.house.source import ROOT, project_files

VENDORED = [file for file in project_files() if "vendor" in file.parts and "static" in file.parts]
HASHES = {file for file in VENDORED if file.name == "HASHES"}
LICENCES = {file for file in VENDORED if "LICEN" in file.name.upper()}


def test_vendored_files_are_the_bytes_that_were_vendored() -> None:
    lines = [
        (place, line) for place in HASHES for line in (ROOT / place).read_text(encoding="utf-8").splitlines()
    ]
    declared = {place.parent / line.split()[1]: line.split()[0] for place, line in lines if line.strip()}
    others = set(VENDORED) - HASHES
    found = {file: hashlib.sha256((ROOT / file).read_bytes()).hexdigest() for file in others}
    assert declared == found


def test_every_vendored_file_has_its_licence_beside_it() -> None:
    without = [
        file
        for file in VENDORED
        if file not in HASHES | LICENCES and not any(licence.parent == file.parent for licence in LICENCES)
    ]
    assert without == []
