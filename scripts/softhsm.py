"""See to it that SoftHSM is there, which stands for a device that holds keys (PKCS#11) in the tests.

Usage: .venv/bin/python scripts/softhsm.py

Does nothing where one is found. Where none is, root asks apt for it; anyone else is told what to install, and
the tests say at their end what could not run.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.browser import ask_apt
from tests.machine import find_softhsm


def main() -> int:
    """Find SoftHSM, or try to install it; never fails, because the tests themselves tell what is missing."""
    if find_softhsm() is None:
        ask_apt("softhsm2")
    if find_softhsm() is None:
        print("No SoftHSM here: the tests with a device cannot run. Install it (`apt-get install softhsm2`).")
    return 0


if __name__ == "__main__":
    sys.exit(main())
