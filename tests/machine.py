"""What this machine offers to the tests, and how a test says that it offers too little."""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

CANNOT_RUN = "cannot run on this machine"
BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_chromium() -> Path | None:
    """Return the Chromium to drive: the one TEST_BROWSER names, or the machine's own."""
    named = os.environ.get("TEST_BROWSER")
    names = (named,) if named else BROWSERS
    return next((Path(path) for name in names if (path := shutil.which(name))), None)


def cannot_run(part: str, remedy: str) -> NoReturn:
    """End the test: this machine lacks something. Said loudly at the end, and a failure where CI is set.

    Args:
        part: what cannot be tested, as the subject of a sentence.
        remedy: what to install.
    """
    pytest.skip(f"{CANNOT_RUN}: {part}; {remedy}")
