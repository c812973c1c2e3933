"""Views of the decisions to take: in which order, and what falls with what."""

from dataclasses import dataclass

from service.domain.deciding import FallReason
from service.domain.text import Distance, GroupKind
from service.domain.views.amendments import AmendmentRef, CollisionView


@dataclass(frozen=True, slots=True)
class FallView:
    """An amendment that falls when another is adopted, and why."""

    amendment: AmendmentRef
    reasons: tuple[FallReason, ...]


@dataclass(frozen=True, slots=True)
class MeetingView:
    """What one amendment meets, and what of it falls when this one is adopted."""

    collisions: tuple[CollisionView, ...]
    falls: tuple[FallView, ...]


@dataclass(frozen=True, slots=True)
class GroupView:
    """Amendments that meet; see `service.domain.text.Group`."""

    kind: GroupKind
    wordings: tuple[tuple[AmendmentRef, ...], ...]
    beside: tuple[AmendmentRef, ...]
    collisions: tuple[CollisionView, ...]
    choices: tuple[tuple[int, ...], ...] | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision to take; see `service.domain.deciding.Decision`."""

    amendments: tuple[AmendmentRef, ...]
    group: int | None
    compromise: bool
    distance: Distance
    falls: tuple[FallView, ...]
    stays: tuple[AmendmentRef, ...]


@dataclass(frozen=True, slots=True)
class DecidingOrderView:
    """The groups of amendments that meet, and the decisions on all that stand, one after the other."""

    groups: tuple[GroupView, ...]
    decisions: tuple[DecisionView, ...]
