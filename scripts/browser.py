"""See to it that Chromium is there for the browser tests.

Usage: .venv/bin/python scripts/browser.py

Does nothing where one is found. Where none is, root asks apt for it; anyone else is told what to install, and
the tests say at their end what could not run.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.machine import find_chromium


def ask_apt(package: str) -> None:
    """Ask apt for a package, where there is an apt and this is root; else do nothing."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print(f"{package} is missing: asking apt for it …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ("apt-get", "install", "--yes", "--quiet=2", package)
    for command in (("apt-get", "update", "--quiet=2"), install):
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)
        if done.returncode:
            break


def main() -> int:
    """Find Chromium, or try to install it; never fails, because the tests themselves tell what is missing."""
    if find_chromium() is not None:
        return 0
    ask_apt("chromium")
    if find_chromium() is None:
        print("No Chromium here: the browser tests cannot run. Install it (`apt-get install chromium`).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
