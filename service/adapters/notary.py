"""The notary: an Ed25519 key that signs the record's checkpoints, and the check of such signatures."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from service.domain.checkpoints import Checkpoint, Key, Note, Signature

KEY_FILE = "record-key.pem"


class NoKeyError(RuntimeError):
    """The key of the record cannot be used; the message says why."""


class Ed25519Notary:
    """Signs checkpoints with a key at hand."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        """Sign under a name, which stands in every note."""
        self._key = key
        self.key = Key(name, key.public_key().public_bytes_raw())

    def sign(self, checkpoint: Checkpoint) -> Note:
        """Return a checkpoint with this key's signature."""
        value = self._key.sign(checkpoint.text.encode())
        return Note(checkpoint, (Signature(self.key.name, self.key.id, value),))

    def is_signed(self, text: str, signature: bytes, public: bytes) -> bool:
        """Tell whether a text was signed with the key that has this public half."""
        return is_signed(text, signature, public)


class NoNotary:
    """Stands where nothing is signed: an application that is only described."""

    key = Key("nobody", bytes(32))

    def sign(self, checkpoint: Checkpoint) -> Note:
        """Refuse.

        Raises:
            NoKeyError: always.
        """
        raise NoKeyError(f"There is no key to sign a checkpoint over {checkpoint.size} entries with.")

    def is_signed(self, text: str, signature: bytes, public: bytes) -> bool:
        """Tell whether a text was signed with the key that has this public half."""
        return is_signed(text, signature, public)


def make_notary(data: Path, name: str, key_file: str = "") -> Ed25519Notary:
    """Return the notary with the operator's key, or with one that is made at the first start and kept.

    Args:
        data: the data directory, where a key that was made is kept.
        name: under which it signs.
        key_file: the operator's key in PEM; empty for one that is made.

    Raises:
        NoKeyError: the operator's key cannot be read.
    """
    file = Path(key_file) if key_file else data / KEY_FILE
    if not key_file and not file.exists():
        _create(file)
    return Ed25519Notary(name, _load(file))


def public_keys(data: Path, key_file: str = "") -> tuple[bytes, ...]:
    """Return the public keys (32 bytes each) that this instance signs with, if it has signed anything yet.

    Raises:
        NoKeyError: the key cannot be read.
    """
    file = Path(key_file) if key_file else data / KEY_FILE
    return (_load(file).public_key().public_bytes_raw(),) if file.exists() else ()


def is_signed(text: str, signature: bytes, public: bytes) -> bool:
    """Tell whether a text was signed with the key that has this public half."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _load(file: Path) -> Ed25519PrivateKey:
    try:
        key = load_pem_private_key(file.read_bytes(), None)
    except (OSError, ValueError, TypeError) as fault:
        raise NoKeyError(f"The key of the record in {file} cannot be read: {fault}") from fault
    if not isinstance(key, Ed25519PrivateKey):
        raise NoKeyError(f"The key of the record in {file} is not an Ed25519 key.")
    return key


def _create(file: Path) -> None:
    """Make a key, readable by its owner alone; of two processes that start together, one makes it and both use it."""
    content = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.parent.mkdir(parents=True, exist_ok=True)
    making = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    descriptor = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        # Unlike a renaming, this leaves alone what another process has put there meanwhile.
        with suppress(FileExistsError):
            file.hardlink_to(making)
    finally:
        making.unlink()
