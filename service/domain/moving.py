"""Moving an agenda from phase to phase: what stands in the way, what is told before, what can be taken back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from service.domain.actors import Scope
from service.domain.agenda_events import DeadlineNear
from service.domain.errors import UndoOver
from service.domain.events import RecommendationAdopted, RecommendationRefused, RecommendationTabled
from service.domain.phases import Phase

UNDO_WITHIN = timedelta(minutes=10)
LAST_DAY = timedelta(days=1)
WARNINGS = (timedelta(days=7), LAST_DAY, timedelta(hours=2))
"""How long before a deadline those are reminded who can still act."""

ACTS: Mapping[Phase, Scope] = {
    Phase.PREPARATION: Scope.CONSOLIDATE,
    Phase.COMMENTING: Scope.COMMENT,
    Phase.AMENDING: Scope.AMEND,
    Phase.CONSOLIDATION: Scope.CONSOLIDATE,
    Phase.ENDORSEMENT: Scope.POSITION,
    Phase.PUBLICATION: Scope.FACILITATE,
    Phase.FOLLOW_UP: Scope.FACILITATE,
}
"""Whose turn it is in a phase: who holds a mandate with this scope."""

# What the opening of a phase, or the clock, brings about without anybody doing anything.
_FOLLOWS_BY_ITSELF = frozenset(
    {RecommendationTabled.name, RecommendationAdopted.name, RecommendationRefused.name, DeadlineNear.name}
)


class Hindrance(StrEnum):
    """Why a phase should not open yet; it does not open by itself then, but the facility can open it."""

    NO_TEXT = "no_text"
    UNDECIDED = "undecided"
    NOT_WORKED_IN = "not_worked_in"
    COLLIDING = "colliding"
    UNPUBLISHED = "unpublished"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work on an agenda has come, in numbers.

    `texts` are recommendations that were not withdrawn; `undecided` amendments to them are open, `not_worked_in` are
    accepted and not part of a version; `colliding` cannot all stand. `editions` are released.
    """

    texts: int
    undecided: int
    not_worked_in: int
    colliding: int
    editions: int


def hindrances(phase: Phase, target: Phase, progress: Progress) -> tuple[Hindrance, ...]:
    """Return why `target` should not open yet after `phase`."""
    found = {
        Hindrance.NO_TEXT: target is Phase.COMMENTING and not progress.texts,
        Hindrance.UNDECIDED: target is Phase.ENDORSEMENT and progress.undecided > 0,
        Hindrance.NOT_WORKED_IN: target is Phase.ENDORSEMENT and progress.not_worked_in > 0,
        Hindrance.COLLIDING: target is Phase.ENDORSEMENT and progress.colliding > 0,
        Hindrance.UNPUBLISHED: (phase, target) == (Phase.PUBLICATION, Phase.FOLLOW_UP) and not progress.editions,
    }  # fmt: skip
    return tuple(hindrance for hindrance, holds in found.items() if holds)


def check_undo(moved_at: datetime, since: Collection[str], now: datetime) -> None:
    """Refuse to take the opening of a phase back once something came of it, or too late.

    Args:
        moved_at: when the phase was opened.
        since: the names of the events that were recorded after it.
        now: the moment of the transaction.

    Raises:
        UndoOver: it is too late, or something has happened.
    """
    if now - moved_at > UNDO_WITHIN or not _FOLLOWS_BY_ITSELF.issuperset(since):
        raise UndoOver(minutes=int(UNDO_WITHIN.total_seconds()) // 60)


def warning_due(closes_at: datetime, set_at: datetime | None, now: datetime) -> timedelta | None:
    """Return which warning of a deadline is due: the nearest one whose hour has come; None where none has.

    A warning whose hour had passed when the deadline was set is none: that the deadline was set has told it.
    """
    if now >= closes_at:
        return None
    passed = [before for before in WARNINGS if closes_at - before <= now]
    nearest = min(passed, default=None)
    if nearest is None or (set_at is not None and closes_at - nearest <= set_at):
        return None
    return nearest
