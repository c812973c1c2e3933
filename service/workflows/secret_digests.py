"""What is kept of a secret."""

import hashlib


def digest_of(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256, in hex. Secrets are random, so no salt is needed."""
    return hashlib.sha256(secret.encode()).hexdigest()
