"""Checkpoints: what is signed of a record, so that whoever keeps one can tell later whether anything was changed.

A checkpoint is a signed note as transparency logs write it (c2sp.org/tlog-checkpoint, c2sp.org/signed-note): lines of
text, an empty line, and signatures. Its origin is the signer's name and the record's scope, its last line the time.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

ED25519 = b"\x01"
KEY_ID, SIGNATURE, PUBLIC_KEY = 4, 64, 32
_NAME = re.compile(r"[^\s+]{1,200}")
_SIZE = re.compile(r"0|[1-9][0-9]{0,17}")
_LINES = 4


class Occasion(StrEnum):
    """Why a checkpoint was taken."""

    PHASE_CLOSED = "phase_closed"
    PUBLISHED = "published"
    POSITION_TAKEN = "position_taken"


class NotANoteError(ValueError):
    """The text is not a checkpoint, or its key is not one."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """How far a record had come at a moment (UTC): `size` entries under `root` (hex)."""

    origin: str
    size: int
    root: str
    at: datetime

    @property
    def scope(self) -> str:
        """Whose record it is: the last part of its origin."""
        return self.origin.rpartition("/")[2]

    @property
    def text(self) -> str:
        """What is signed."""
        root = base64.b64encode(bytes.fromhex(self.root)).decode()
        at = self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")
        return f"{self.origin}\n{self.size}\n{root}\ntime {at}\n"


@dataclass(frozen=True, slots=True)
class Key:
    """An Ed25519 key that signs notes: its name, and its public half (32 bytes)."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature says whose it is."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:KEY_ID]

    @property
    def text(self) -> str:
        """The key in one line, as those who check notes write it."""
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"


def read_key(text: str) -> Key:
    """Read a key's line.

    Raises:
        NotANoteError: it is not one.
    """
    name, _, rest = text.strip().partition("+")
    told, _, encoded = rest.partition("+")
    raw = _decoded(encoded)
    key = Key(name, raw[1:])
    if not _NAME.fullmatch(name) or raw[:1] != ED25519 or len(raw) != PUBLIC_KEY + 1 or told != key.id.hex():
        raise NotANoteError("This is not the line of an Ed25519 key.")
    return key


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature under a note: whose it says it is, and its 64 bytes."""

    name: str
    key_id: bytes
    value: bytes

    @property
    def line(self) -> str:
        """The signature as it stands under the note."""
        return f"— {self.name} {base64.b64encode(self.key_id + self.value).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A checkpoint with its signatures."""

    checkpoint: Checkpoint
    signatures: tuple[Signature, ...] = ()

    @property
    def text(self) -> str:
        """The note as it is kept, mailed and checked."""
        return f"{self.checkpoint.text}\n{''.join(one.line for one in self.signatures)}"

    def by(self, key: Key) -> Signature | None:
        """Return the signature that says it is this key's, or None."""
        found = (one for one in self.signatures if (one.name, one.key_id) == (key.name, key.id))
        return next(found, None)


def read_note(text: str) -> Note:
    """Read a note; only the one text that `Note.text` writes for it is accepted.

    Raises:
        NotANoteError: it is not a checkpoint of a record.
    """
    body, _, below = text.partition("\n\n")
    lines = body.split("\n")
    if len(lines) != _LINES or not _SIZE.fullmatch(lines[1]):
        raise NotANoteError("This is not a checkpoint of a record.")
    try:
        at = datetime.fromisoformat(lines[3].removeprefix("time "))
        checkpoint = Checkpoint(lines[0], int(lines[1]), _decoded(lines[2]).hex(), at)
        note = Note(checkpoint, tuple(_signature(line) for line in below.splitlines()))
        written = note.text
    except ValueError as fault:
        raise NotANoteError("This is not a checkpoint of a record.") from fault
    if written != text:
        raise NotANoteError("This is not a checkpoint as it is written.")
    return note


def _signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    raw = _decoded(encoded)
    if dash != "—" or not _NAME.fullmatch(name) or len(raw) != KEY_ID + SIGNATURE:
        raise NotANoteError("This is not a signature under a note.")
    return Signature(name, raw[:KEY_ID], raw[KEY_ID:])


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise NotANoteError("This is not base64.") from fault
