"""Compiled modules, kept where a hundred processes of one test run find them."""

import os
import sys
from pathlib import Path

KEPT_IN = "PYTHONPYCACHEPREFIX"
FOLDER = Path(__file__).resolve().parents[1] / ".pytest_cache" / "bytecode"


def keep() -> None:
    """Keep what Python compiles even where this machine says not to write it beside the sources.

    Without this, every server and every command that a test starts would compile everything it imports anew,
    which takes longer than running it. The sources' folders stay as clean as was asked for.
    """
    if sys.dont_write_bytecode:
        sys.dont_write_bytecode, sys.pycache_prefix = False, str(FOLDER)
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ[KEPT_IN] = str(FOLDER)
