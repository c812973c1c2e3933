"""Views of amendments and of how they collide."""

from dataclasses import dataclass
from datetime import datetime

from service.domain.amendments import AmendmentState, Opinion
from service.domain.text import Block, CollisionKind, Operation, touched
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import VersionRef


@dataclass(frozen=True, slots=True)
class AmendmentView:
    """An amendment; `organisations` begins with its author, co-signatories follow.

    `base_blocks` is the text of its base version; `stale` tells that a newer version has come since.
    """

    id: str
    agenda_id: str
    recommendation_id: str
    recommendation_number: int
    recommendation_title: str
    number: int | None
    state: AmendmentState
    organisations: tuple[OrganisationRef, ...]
    base_version: VersionRef
    base_blocks: tuple[Block, ...]
    blocks: tuple[Block, ...]
    operations: tuple[Operation, ...]
    justification: str
    language: str
    created_at: datetime
    tabled_at: datetime | None
    opinion: Opinion | None
    opinion_reason: str
    decision_reason: str
    decided_at: datetime | None
    decided_blocks: tuple[Block, ...] | None
    incorporated_in: VersionRef | None
    rebased: int
    stale: bool
    revision: int

    @property
    def block_ids(self) -> tuple[str, ...]:
        """The blocks that it touches, in the order of its operations."""
        return tuple(dict.fromkeys(block for operation in self.operations for block in touched(operation)))


@dataclass(frozen=True, slots=True)
class AmendmentRef:
    """An amendment by number."""

    id: str
    number: int | None
    state: AmendmentState
    organisations: tuple[OrganisationRef, ...]

    @classmethod
    def unstored(cls, amendment_id: str) -> "AmendmentRef":
        """Return what stands for an amendment that is still being written."""
        return cls(amendment_id, None, AmendmentState.DRAFT, ())


@dataclass(frozen=True, slots=True)
class CollisionView:
    """Two amendments that touch the same words; `identical` ones want to be one."""

    first: AmendmentRef
    second: AmendmentRef
    kind: CollisionKind
    # None: both place a paragraph at the very beginning.
    block_id: str | None
    start: int
    end: int
    # Only these stop a consolidation while both are accepted.
    blocks_merge: bool


@dataclass(frozen=True, slots=True)
class EarlierWording:
    """What an amendment said before it was carried over to a newer version."""

    number: int
    base_version: VersionRef
    blocks: tuple[Block, ...]
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class AmendmentFilter:
    """Which amendments to list; what is left out does not narrow."""

    agenda_id: str | None = None
    recommendation_id: str | None = None
    states: tuple[AmendmentState, ...] = ()
    organisation_id: str | None = None
