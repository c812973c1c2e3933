"""When the phases of an agenda open and close, as far as that is set."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from service.domain.phases import Phase


class Turn(StrEnum):
    """What happens to a phase at a moment."""

    OPENS = "opens"
    CLOSES = "closes"


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment (UTC) at which a phase opens or closes."""

    phase: Phase
    turn: Turn
    at: datetime


def deadlines(
    phase: Phase, closes_at: datetime | None, timetable: Mapping[Phase, datetime]
) -> tuple[Deadline, ...]:
    """Return the dates of an agenda in their order.

    A phase that is still to come opens when the one before it closes; what was opened already is history.

    Args:
        phase: the phase that is open.
        closes_at: when it closes, which may be otherwise than the timetable says.
        timetable: when each phase was or is to close.
    """
    closing = {other: at for other, at in timetable.items() if other is not phase}
    if closes_at is not None:
        closing[phase] = closes_at
    phases = tuple(Phase)
    opening = {
        later: closing[earlier]
        for earlier, later in pairwise(phases)
        if earlier in closing and phases.index(later) > phases.index(phase)
    }
    dates = [Deadline(of, Turn.CLOSES, at) for of, at in closing.items()]
    dates += [Deadline(of, Turn.OPENS, at) for of, at in opening.items()]
    return tuple(sorted(dates, key=lambda date: (date.at, date.turn, date.phase)))
