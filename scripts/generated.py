"""Write the files that are generated from the code, or check that they are as the code would write them.

Usage: .venv/bin/python scripts/generated.py [--check]

Exits 0 when all files are as they should be, 1 when `--check` found one that is not.
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COMMAND = Path(sys.executable).parent / "sympolity"

GENERATED: dict[str, tuple[str, ...]] = {
    "openapi/openapi.json": ("openapi",),
    "docs/errors.md": ("errors",),
    "docs/permissions.md": ("permissions",),
    "docs/settings.md": ("settings",),
    "docs/states.md": ("states",),
    "service/web/locales/sympolity.pot": ("sentences",),
    **{
        f"service/web/locales/{tag}/sympolity.po": ("sentences", "--language", tag)
        for tag in ("ar", "es", "fr", "pt")
    },
    **{
        f"service/adapters/pdf/voices/{tag}.json": ("sentences", "--paper", tag)
        for tag in ("en", "es", "fr", "pt")
    },
}
"""Each generated file, and the arguments of `sympolity` that print it."""


def printed(arguments: tuple[str, ...]) -> str:
    """Return what the command prints with `arguments`."""
    done = subprocess.run([COMMAND, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout


def main(arguments: list[str]) -> int:
    """Write or check every generated file."""
    stale = []
    with ThreadPoolExecutor() as side_by_side:
        texts = list(side_by_side.map(printed, GENERATED.values()))
    for name, wanted in zip(GENERATED, texts, strict=True):
        file = ROOT / name
        if file.exists() and file.read_text(encoding="utf-8") == wanted:
            continue
        stale.append(name)
        if "--check" not in arguments:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(wanted, encoding="utf-8")
            print(f"written: {name}")
    if stale and "--check" in arguments:
        print(f"Not as the code would write them: {', '.join(stale)}. Run `make generated`.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
