"""Install what Sympolity needs into .venv from the hashed lock, and do nothing when nothing changed.

Usage: python3 scripts/install.py runtime|dev

Needs only Python 3.11 with venv. pip installs uv (its hash is pinned), uv installs the lock (every hash is
pinned) and links this checkout into the environment. pip's settings on this machine, whether in its
configuration or in PIP_* variables, are passed on to uv.
"""

import ast
import fcntl
import hashlib
import os
import subprocess
import sys
import venv
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"runtime": "requirements.txt", "dev": "requirements-dev.txt"}
OLDEST = (3, 11)

UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "cert": "SSL_CERT_FILE",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
    "retries": "UV_HTTP_RETRIES",
    "proxy": "ALL_PROXY",
}
"""pip's option to the environment variable in which uv reads the same."""


def fingerprint(kind: str) -> str:
    """Return the digest of all that decides what `kind` installs."""
    digest = hashlib.sha256(f"{ROOT} {sys.version_info[:2]}".encode())
    for name in (LOCKS[kind], "requirements-bootstrap.txt", "pyproject.toml", "scripts/install.py"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def stamp(kind: str) -> Path:
    """Return the file that tells which fingerprint of `kind` is installed."""
    return VENV / f".installed-{kind}"


def is_installed(kind: str) -> bool:
    """Tell whether `kind` stands as the lock wants it; the development lock holds the runtime too."""
    return any(
        stamp(wider).exists() and stamp(wider).read_text(encoding="utf-8") == fingerprint(wider)
        for wider in ({"runtime", "dev"} if kind == "runtime" else {"dev"})
    )


def uv_settings(pip_config: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Translate what `pip config list` prints into uv's variables; those that are set already win.

    Args:
        pip_config: lines like `global.index-url='…'`; `:env:` lines come from PIP_* variables and win.
        environment: the variables that are set now.
    """
    found: dict[str, str] = {}
    lines = [line.partition("=") for line in pip_config.splitlines()]
    for section in ("global.", "install.", ":env:."):
        for key, _, value in lines:
            name = UV_NAMES.get(key.removeprefix(section))
            if key.startswith(section) and name is not None:
                separator = "," if name == "UV_FIND_LINKS" else " "
                found[name] = separator.join(str(ast.literal_eval(value)).split())
    if "UV_INDEX" in found:
        # pip looks into all indexes; the pinned hashes make that safe.
        found["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {name: value for name, value in found.items() if name not in environment}


@contextmanager
def only_one() -> Iterator[None]:
    """Let a second installer in the same checkout wait for the first."""
    with Path(__file__).open("rb") as this:
        fcntl.flock(this, fcntl.LOCK_EX)
        yield


def make_environment() -> None:
    """Create .venv where it is missing, was moved, or belongs to another Python."""
    wanted = f"{VENV} {sys.version_info[0]}.{sys.version_info[1]}"
    probe = "import sys; print(sys.prefix, f'{sys.version_info[0]}.{sys.version_info[1]}')"
    try:
        found = subprocess.run([PYTHON, "-c", probe], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        found = ""
    if found.strip() == wanted and (VENV / "bin" / "pip").exists():
        return
    venv.create(VENV, clear=VENV.exists(), with_pip=True, symlinks=True)


def run(*command: str | Path, environment: Mapping[str, str] | None = None) -> None:
    """Run a command in the checkout; its output is the user's."""
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdin=subprocess.DEVNULL)


def install(kind: str) -> None:
    """Install the lock `kind` and link this checkout."""
    print(f"Installing what Sympolity needs ({kind}) into .venv …", flush=True)
    make_environment()
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check")
    run(*pip, "install", "--quiet", "--require-hashes", "--no-deps", "-r", "requirements-bootstrap.txt")
    config = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=True).stdout
    environment = {**os.environ, **uv_settings(config, os.environ), "VIRTUAL_ENV": str(VENV)}
    uv = (VENV / "bin" / "uv", "pip", "install", "--quiet", "--python", PYTHON)
    run(*uv, "--require-hashes", "-r", LOCKS[kind], environment=environment)
    # uv builds a project of its own backend itself: nothing is fetched, and nothing stays behind.
    run(*uv, "--offline", "--no-deps", "--editable", ".", environment=environment)
    stamp(kind).write_text(fingerprint(kind), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Install what the first argument names; 0 done, 1 it failed, 2 asked wrongly."""
    if len(arguments) != 1 or arguments[0] not in LOCKS:
        print(__doc__, file=sys.stderr)
        return 2
    if sys.version_info < OLDEST:
        print("Sympolity needs Python 3.11 or newer: run `make PYTHON=python3.12 …`.", file=sys.stderr)
        return 1
    kind = arguments[0]
    if is_installed(kind):
        return 0
    with only_one():
        if is_installed(kind):
            return 0
        try:
            install(kind)
        except subprocess.CalledProcessError as failure:
            command = " ".join(str(part) for part in failure.cmd)
            print(
                f"\nThe installation stopped at: {command}\n"
                "If it could not make an environment: `apt-get install python3-venv`.\n"
                "If it could not reach its packages: tell pip about your mirror or proxy "
                "(`pip config set global.index-url …`, PIP_PROXY), it is passed on.",
                file=sys.stderr,
            )
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
