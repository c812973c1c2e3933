"""PINs that were refused, so that none is tried again: a token locks after very few wrong ones, restarts among them.

What is kept of a PIN is a slow hash with a salt, in a file that only its owner reads.
"""

import fcntl
import hashlib
import json
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "refused-pins.json"
_COST, _BLOCK = 2**14, 8


class RefusedPins:
    """Which PIN was refused by what; without a directory, for as long as the process lives."""

    def __init__(self, directory: Path | None = None) -> None:
        """Keep them in a directory, which several processes may share."""
        self._file = directory / NAME if directory is not None else None
        self._here: set[tuple[str, ...]] = set()
        self._threads = threading.RLock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Let one process after the other try a PIN: of two that begin together, the second one knows of a refusal."""
        with self._threads:
            if self._file is None:
                yield
                return
            with self._file.with_suffix(".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield

    def has(self, holder: str, pin: str) -> bool:
        """Tell whether a holder of keys refused a PIN."""
        kept = self._kept()
        return (holder, pin) in self._here or (bool(kept) and _sum(holder, pin, kept[0]) in kept[1:])

    def remember(self, holder: str, pin: str) -> None:
        """Remember that a holder of keys refused a PIN."""
        self._here.add((holder, pin))
        if self._file is None:
            return
        kept = self._kept() or [secrets.token_hex(16)]
        fresh = self._file.with_suffix(f".{secrets.token_hex(8)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as writing:
            json.dump([*kept, _sum(holder, pin, kept[0])], writing)
            writing.flush()
            os.fsync(writing.fileno())
        fresh.replace(self._file)

    def _kept(self) -> list[str]:
        """Return the salt, and behind it what belongs to each PIN."""
        if self._file is None or not self._file.exists():
            return []
        kept: list[str] = json.loads(self._file.read_text())
        return kept


def _sum(holder: str, pin: str, salt: str) -> str:
    return hashlib.scrypt(
        pin.encode(), salt=f"{salt} {holder}".encode(), n=_COST, r=_BLOCK, p=1, dklen=32
    ).hex()
