"""An agenda seen from above: how far each recommendation has come, and how the open questions become fewer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from service.domain.phases import Phase
from service.domain.recommendations import RecommendationState

HOTTEST = 4


class Stage(StrEnum):
    """How far a recommendation has come on its way to the published agenda."""

    DRAFTED = "drafted"
    OPEN = "open"
    SETTLED = "settled"
    ADOPTED = "adopted"
    PUBLISHED = "published"


_REACHED = {
    RecommendationState.DRAFT: Stage.DRAFTED,
    RecommendationState.ADOPTED: Stage.ADOPTED,
    RecommendationState.PUBLISHED: Stage.PUBLISHED,
    # What ends on the way had been settled, or was still being talked about.
    RecommendationState.NOT_ADOPTED: Stage.SETTLED,
    RecommendationState.WITHDRAWN: Stage.OPEN,
}
_STILL_ASKED = frozenset({Phase.PREPARATION, Phase.COMMENTING, Phase.AMENDING})


def stage(state: RecommendationState, open_amendments: int, phase: Phase) -> Stage:
    """Return how far a recommendation has come; it is settled once nothing more can be proposed and all is decided."""
    if state is not RecommendationState.TABLED:
        return _REACHED[state]
    return Stage.OPEN if open_amendments or phase in _STILL_ASKED else Stage.SETTLED


def heat(amendments: int, knots: int, comments: int) -> int:
    """Return how contested a block is, from 0 to 4.

    Args:
        amendments: how many that stand would change it.
        knots: in how many places of it not all of them can stand.
        comments: how many still ask for something.
    """
    return min(HOTTEST, amendments + knots + (comments + 1) // 2)


@dataclass(frozen=True, slots=True)
class Shift:
    """On that day, an amendment was opened (tabled, or taken up again) or closed (decided, or withdrawn)."""

    on: date
    amendment_id: str
    opened: bool


@dataclass(frozen=True, slots=True)
class Day:
    """How many amendments had been tabled by the end of a day, and how many of them were still open then."""

    on: date
    tabled: int
    open: int


def convergence(shifts: Iterable[Shift]) -> tuple[Day, ...]:
    """Return the days on which the number of amendments changed, from their shifts in the order of the record.

    A draft that is withdrawn was never open, and is not counted.
    """
    tabled: set[str] = set()
    open_now: set[str] = set()
    days: dict[date, Day] = {}
    for shift in shifts:
        if shift.opened:
            tabled.add(shift.amendment_id)
            open_now.add(shift.amendment_id)
        else:
            open_now.discard(shift.amendment_id)
        if tabled:
            days[shift.on] = Day(shift.on, len(tabled), len(open_now))
    return tuple(days.values())
