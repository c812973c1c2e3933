"""What is known of the keys in use: of the papers’ seal, and of the record’s signature. Nothing of it is secret."""

from dataclasses import dataclass
from datetime import datetime

LEVEL = "PAdES-B-LTA"
"""A signature in the PDF, with all that is needed to check it, and an archive timestamp over the whole."""


@dataclass(frozen=True, slots=True)
class SigningPerson:
    """One who signs an edition beside the facility's seal: by the address of e-mail their key is found."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class SealDescription:
    """The certificate of the key that seals papers; `fingerprint` is the SHA-256 of its DER form, in hex.

    `timestamps` is the address of the timestamp authority, empty for the demonstration's own.
    """

    subject: str
    issuer: str
    serial: str
    fingerprint: str
    valid_from: datetime
    valid_until: datetime
    algorithm: str
    demo: bool
    timestamps: str
    level: str = LEVEL


@dataclass(frozen=True, slots=True)
class KeysView:
    """The keys in use; `seal` is None where nothing is sealed. `record_key` is the line that checkers are given."""

    seal: SealDescription | None
    record_name: str
    record_key: str
