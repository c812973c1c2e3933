"""The key from which the secrets of authenticator apps are derived, so that the database holds none of them."""

import hashlib
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SIZE = 32


@dataclass
class DoorKey:
    """A key in a file that only its owner reads, made when it is first needed."""

    file: Path

    def __call__(self, label: str) -> bytes:
        """Return the secret that belongs to a label; the same for the same label."""
        return hmac.new(self._key, label.encode(), hashlib.sha256).digest()

    @cached_property
    def _key(self) -> bytes:
        if not self.file.exists():
            fresh = self.file.with_name(f"{self.file.name}.{secrets.token_hex(8)}")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as writing:
                writing.write(secrets.token_bytes(SIZE))
                writing.flush()
                os.fsync(writing.fileno())
            try:
                # Of two processes that make one at the same time, one succeeds, and both use that one.
                os.link(fresh, self.file)
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return self.file.read_bytes()
