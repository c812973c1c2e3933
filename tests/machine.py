"""What this machine offers to the tests, and how a test says that it offers too little."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

CANNOT_RUN = "cannot run on this machine"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")

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


def cannot_run(part: str, remedy: str) -> NoReturn:
    """End the test: this machine lacks something. Said loudly at the end, and a failure where CI is set.

    Args:
        part: what cannot be tested, as the subject of a sentence.
        remedy: what to install.
    """
    pytest.skip(f"{CANNOT_RUN}: {part}; {remedy}")
