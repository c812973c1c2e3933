"""Facts about those who sign an edition."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.house_events import Event


@dataclass(frozen=True, slots=True)
class SignatoryNamed(Event):
    """Someone was named to sign exactly this edition, for an organisation."""

    name: ClassVar[str] = "edition.signatory_named"
    edition_id: str
    person_id: str
    organisation_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class EditionSigned(Event):
    """A signatory signed exactly this edition."""

    name: ClassVar[str] = "edition.signed"
    edition_id: str
    digest: str


@dataclass(frozen=True, slots=True)
class EditionDeclined(Event):
    """A signatory declined to sign this edition, so it cannot be published."""

    name: ClassVar[str] = "edition.declined"
    edition_id: str
    digest: str
    reason: str


@dataclass(frozen=True, slots=True)
class SignatoryTakenOff(Event):
    """The facility took a silent signatory off an edition."""

    name: ClassVar[str] = "edition.signatory_taken_off"
    edition_id: str
    person_id: str
    digest: str
