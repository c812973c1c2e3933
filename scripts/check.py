"""Run every check that needs no running service, side by side, and show what failed.

Usage: .venv/bin/python scripts/check.py

Exits 0 when all hold, 1 when one does not.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: dict[str, tuple[str, ...]] = {
    "types": ("mypy",),
    "house rules": ("pytest", "--quiet", "tests/house"),
    "format": ("ruff", "format", "--check", "."),
    "lint": ("ruff", "check", "."),
    "import contracts": ("lint-imports",),
    "spelling": ("codespell",),
    "generated files": ("python", "scripts/generated.py", "--check"),
}
"""What is checked, and by which command of the environment."""


def run(command: tuple[str, ...]) -> tuple[bool, str, float]:
    """Run a command of the environment; return whether it succeeded, what it said, and its seconds."""
    started = time.monotonic()
    done = subprocess.run(
        [BIN / command[0], *command[1:]],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    return done.returncode == 0, done.stdout, time.monotonic() - started


def main() -> int:
    """Run all checks; return 0 when all hold."""
    failed = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        running = {pool.submit(run, command): name for name, command in CHECKS.items()}
        for done in as_completed(running):
            name, (holds, said, seconds) = running[done], done.result()
            print(f"{'ok    ' if holds else 'FAILED'}  {name} ({seconds:.1f} s)", flush=True)
            if not holds:
                failed.append(name)
                print(f"\n{said}\n{' '.join(CHECKS[name])} failed\n", flush=True)
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
