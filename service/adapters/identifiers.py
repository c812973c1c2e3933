"""Identifiers and secrets: the one source of randomness."""

import secrets
import threading
import time

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_BITS = 80


class UlidSource:
    """Makes ULIDs: 48 bits of time in milliseconds, 80 random bits, in 26 characters that sort by time.

    Within one millisecond the random part counts up, so that what one process makes sorts in the order of making.
    Source: the ULID specification, https://github.com/ulid/spec.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0

    def __call__(self) -> str:
        """Return a new id."""
        with self._lock:
            fresh = (time.time_ns() // 1_000_000) << _RANDOM_BITS | secrets.randbits(_RANDOM_BITS)
            self._last = max(fresh, self._last + 1)
            number = self._last
        return "".join(_ALPHABET[number >> 5 * place & 31] for place in range(25, -1, -1))


def new_secret() -> str:
    """Return a secret of 256 bits, for a session or a token."""
    return secrets.token_urlsafe(32)
