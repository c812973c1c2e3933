"""Facts about what outlives a seal: papers whose archive timestamp was renewed, and certificates that end."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.house_events import Event


@dataclass(frozen=True, slots=True)
class EditionRenewed(Event):
    """A released paper got a fresh archive timestamp: the same paper, in a file that begins with the former one."""

    name: ClassVar[str] = "edition.renewed"
    edition_id: str
    file_digest: str
    former_digest: str


@dataclass(frozen=True, slots=True)
class SealEnding(Event):
    """The facility was warned that papers can be sealed for so many days more, and then a certificate ends."""

    name: ClassVar[str] = "seal.ending"
    certificate_id: str
    expires_at: str
    days: int


@dataclass(frozen=True, slots=True)
class StampsEnding(Event):
    """The facility was warned that the certificate ends by which the timestamp authority elsewhere stamps papers."""

    name: ClassVar[str] = "timestamps.ending"
    authority_id: str
    expires_at: str
    days: int


@dataclass(frozen=True, slots=True)
class SignatoryKeyEnding(Event):
    """The facility and a signatory were warned that the certificate ends of the key that signs papers for them."""

    name: ClassVar[str] = "signatory.key_ending"
    person_id: str
    certificate_id: str
    expires_at: str
    days: int
