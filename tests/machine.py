"""What this machine offers to the tests, and how a test says that it offers too little."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import NoReturn

import pytest

CANNOT_RUN = "cannot run on this machine"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

MEMORY = Path("/dev/shm")  # noqa: S108 - files in it are made as safely as elsewhere
ROOM = 6 * 2**30
"""Bytes that have to be free in memory before tests write there: three times what a whole run takes."""

DEVICES = (Path("/usr/lib/softhsm/libsofthsm2.so"), Path("/usr/lib64/pkcs11/libsofthsm2.so"))


def find_chromium() -> Path | None:
    """Return the Chromium to drive: the one TEST_BROWSER names, or the machine's own."""
    named = os.environ.get("TEST_BROWSER")
    names = (named,) if named else BROWSERS
    return next((Path(path) for name in names if (path := shutil.which(name))), None)


def find_softhsm() -> Path | None:
    """Return the library that stands for a device with keys: the one TEST_SOFTHSM names, or the machine's own."""
    named = os.environ.get("TEST_SOFTHSM")
    places = (Path(named),) if named else DEVICES
    return next((place for place in places if place.is_file()), None)


def find_memory() -> Path | None:
    """Return where files are kept in memory and may be run, if there is room for those of a whole test run."""
    if not os.access(MEMORY, os.W_OK | os.X_OK):
        return None
    there = os.statvfs(MEMORY)
    free = min(there.f_bavail * there.f_frsize, available())
    return MEMORY if free >= ROOM and not there.f_flag & os.ST_NOEXEC else None


def available() -> int:
    """Return how many bytes of memory nobody needs; none where the machine does not tell."""
    told = Path("/proc/meminfo")
    lines = told.read_text(encoding="ascii").splitlines() if told.exists() else []
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")), 0)


def write_to_memory() -> None:
    """Let this test run and all that it starts write to memory: nobody waits for a disk that nobody reads later.

    Where TMPDIR says where to write, or there is too little memory, everything stays on the disk.
    """
    memory = find_memory()
    if "TMPDIR" not in os.environ and memory is not None:
        os.environ["TMPDIR"] = tempfile.tempdir = str(memory)


def cannot_run(part: str, remedy: str) -> NoReturn:
    """End the test: this machine lacks something. Said loudly at the end, and a failure where CI is set.

    Args:
        part: what cannot be tested, as the subject of a sentence.
        remedy: what to install.
    """
    pytest.skip(f"{CANNOT_RUN}: {part}; {remedy}")
