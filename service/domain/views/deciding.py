"""Views of the decisions to take: in which order, and what falls with what."""

from collections.abc import Mapping
from dataclasses import dataclass

from service.domain.deciding import FallReason
from service.domain.text import CollisionKind, Distance, GroupKind
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
    """Amendments that meet; see `service.domain.text.Group`.

    `place` counts the groups from 0; there are `more_collisions` than are listed.
    """

    place: int
    kind: GroupKind
    wordings: tuple[tuple[AmendmentRef, ...], ...]
    beside: tuple[AmendmentRef, ...]
    collisions: tuple[CollisionView, ...]
    more_collisions: int
    choices: tuple[tuple[int, ...], ...] | None


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision to take; see `service.domain.deciding.Decision`.

    `place` counts the decisions from 1; so many more fall, and stay, than are named.
    """

    place: int
    amendments: tuple[AmendmentRef, ...]
    group: int | None
    compromise: bool
    distance: Distance
    falls: tuple[FallView, ...]
    more_falls: int
    stays: tuple[AmendmentRef, ...]
    more_stays: int


@dataclass(frozen=True, slots=True)
class LeftView:
    """What is left to decide: the amendment whose turn it is, and whether any is accepted for the next version."""

    next: AmendmentRef | None
    accepted: bool


@dataclass(frozen=True, slots=True)
class GroupPart:
    """A group of amendments that meet, and those of its wordings that are shown: all, or a part where there are many.

    So many wordings come `before` them, and so many `after`; `kinds` are the ways in which the group meets, `blocks`
    where it does, each with how many do; `decisions` tells for each amendment shown which one it is part of.
    """

    group: GroupView
    shown: tuple[tuple[AmendmentRef, ...], ...]
    before: int
    after: int
    kinds: tuple[CollisionKind, ...]
    blocks: tuple[tuple[str | None, int], ...]
    decisions: Mapping[str, DecisionView]


@dataclass(frozen=True, slots=True)
class DecidingOrderView:
    """One page of the decisions on all that stand, one after the other, and the groups that these are about.

    `next` is the cursor of the following page, or None at the end.
    """

    groups: tuple[GroupView, ...]
    decisions: tuple[DecisionView, ...]
    next: str | None
