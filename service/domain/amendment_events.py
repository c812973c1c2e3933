"""What happens to amendments, as the record keeps it."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.house_events import Event


@dataclass(frozen=True, slots=True)
class AmendmentDrafted(Event):
    """An amendment was begun and kept as a draft."""

    name: ClassVar[str] = "amendment.drafted"
    amendment_id: str
    recommendation_id: str


@dataclass(frozen=True, slots=True)
class AmendmentTabled(Event):
    """An amendment was tabled."""

    name: ClassVar[str] = "amendment.tabled"
    amendment_id: str
    recommendation_id: str
    base_version_id: str
    number: int


@dataclass(frozen=True, slots=True)
class AmendmentCovering(Event):
    """A compromise was said to cover other amendments."""

    name: ClassVar[str] = "amendment.covering"
    amendment_id: str
    covered_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmendmentSigned(Event):
    """An organisation put its name under an amendment."""

    name: ClassVar[str] = "amendment.signed"
    amendment_id: str
    organisation_id: str


@dataclass(frozen=True, slots=True)
class AmendmentRebased(Event):
    """An amendment was carried over to a newer version; the names of who signed other words came off."""

    name: ClassVar[str] = "amendment.rebased"
    amendment_id: str
    from_version_id: str
    to_version_id: str
    lapsed_organisation_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmendmentAdvised(Event):
    """The rapporteur recommended what to do with an amendment."""

    name: ClassVar[str] = "amendment.advised"
    amendment_id: str
    opinion: str


@dataclass(frozen=True, slots=True)
class AmendmentMoved(Event):
    """An amendment's state changed by a decision."""

    name: ClassVar[str] = "amendment.moved"
    amendment_id: str
    action: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class AmendmentWithdrawn(Event):
    """An amendment was withdrawn by its authors."""

    name: ClassVar[str] = "amendment.withdrawn"
    amendment_id: str


@dataclass(frozen=True, slots=True)
class AmendmentIncorporated(Event):
    """An amendment's words are part of a version."""

    name: ClassVar[str] = "amendment.incorporated"
    amendment_id: str
    version_id: str
