"""Leading a round: what waits for the facility, who may be reminded and when, and how the texts converge."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from service.domain.amendments import ACCEPTED, OPEN, AmendmentState
from service.domain.leading_errors import NobodySilent, RemindedLately
from service.domain.phases import Phase

REMIND_AGAIN_AFTER = timedelta(days=1)
ASKED_IN = frozenset({Phase.COMMENTING, Phase.AMENDING, Phase.ENDORSEMENT})
"""The phases in which the organisations that take part are asked for something."""
SHOWN_DAYS = 60
"""How far back convergence is told."""


class Chore(StrEnum):
    """Something that waits for the facility."""

    HELD = "held"
    FAILED_JOBS = "failed_jobs"
    FAILED_MAILS = "failed_mails"
    NO_DEADLINE = "no_deadline"
    NO_TEXT = "no_text"
    NOBODY = "nobody"
    UNMANNED = "unmanned"
    UNINVITED = "uninvited"
    SILENT = "silent"
    COLLIDING = "colliding"
    UNDECIDED = "undecided"
    NOT_WORKED_IN = "not_worked_in"
    OPEN_COMMENTS = "open_comments"
    UNPUBLISHED = "unpublished"


_ALWAYS = (Chore.HELD, Chore.FAILED_JOBS, Chore.FAILED_MAILS)
_PEOPLE = (Chore.NOBODY, Chore.UNMANNED, Chore.UNINVITED)
_IN: Mapping[Phase, tuple[Chore, ...]] = {
    Phase.PREPARATION: (Chore.NO_TEXT, Chore.NO_DEADLINE, *_PEOPLE),
    Phase.COMMENTING: (Chore.NO_DEADLINE, *_PEOPLE, Chore.SILENT, Chore.OPEN_COMMENTS),
    Phase.AMENDING: (Chore.NO_DEADLINE, *_PEOPLE, Chore.SILENT, Chore.COLLIDING, Chore.OPEN_COMMENTS),
    Phase.CONSOLIDATION: (
        Chore.NO_DEADLINE,
        Chore.UNDECIDED,
        Chore.COLLIDING,
        Chore.NOT_WORKED_IN,
        Chore.OPEN_COMMENTS,
    ),
    Phase.ENDORSEMENT: (Chore.NO_DEADLINE, *_PEOPLE, Chore.SILENT),
    Phase.PUBLICATION: (Chore.UNPUBLISHED,),
    Phase.FOLLOW_UP: (),
}


@dataclass(frozen=True, slots=True)
class Task:
    """Something that waits, and how many of it."""

    chore: Chore
    count: int


def tasks(phase: Phase, found: Mapping[Chore, int]) -> tuple[Task, ...]:
    """Return what waits for the facility in a phase, the most urgent first."""
    return tuple(Task(chore, found[chore]) for chore in (*_ALWAYS, *_IN[phase]) if found.get(chore))


def may_remind_from(last: datetime | None) -> datetime | None:
    """Return from when on those who are silent may be reminded again; None where nobody was reminded yet."""
    return last + REMIND_AGAIN_AFTER if last is not None else None


def check_reminder(phase: Phase, last: datetime | None, silent: int, now: datetime) -> None:
    """Refuse to remind where nobody is silent, or within a day of the last reminder.

    Raises:
        NobodySilent: nobody is asked for anything in this phase, or all have answered.
        RemindedLately: it is too soon.
    """
    if phase not in ASKED_IN or not silent:
        raise NobodySilent
    again = may_remind_from(last)
    if again is not None and now < again:
        raise RemindedLately(at=again.strftime("%Y-%m-%d %H:%M"))


@dataclass(frozen=True, slots=True)
class Step:
    """What the record tells of one amendment: its state from a moment on; None once it is part of a version."""

    at: datetime
    amendment_id: str
    state: AmendmentState | None


@dataclass(frozen=True, slots=True)
class Day:
    """How far apart a round still was at the end of a day, in amendments: tabled so far, open, and colliding."""

    on: date
    tabled: int
    open: int
    colliding: int


@dataclass(frozen=True, slots=True)
class _Evening:
    tabled: int
    open: int
    standing: frozenset[str]


def convergence(
    steps: Iterable[Step], colliding: Callable[[frozenset[str]], int], now: datetime, zone: str
) -> tuple[Day, ...]:
    """Return how a round converged, a day at a time up to today, for two months at most.

    Args:
        steps: what happened to amendments, the oldest first.
        colliding: tells how many of some amendments are in each other's way.
        now: the moment of the reading.
        zone: in which days begin and end.
    """
    evenings = dict(_evenings(steps, ZoneInfo(zone)))
    if not evenings:
        return ()
    last = now.astimezone(ZoneInfo(zone)).date()
    first = max(min(evenings), last - timedelta(days=SHOWN_DAYS - 1))
    current = evenings[max(day for day in evenings if day <= first)]
    told = [Day(first, current.tabled, current.open, colliding(current.standing))]
    for at in range(1, (last - first).days + 1):
        day = first + timedelta(days=at)
        evening = evenings.get(day)
        if evening is None:
            told.append(replace(told[-1], on=day))
        else:
            told.append(Day(day, evening.tabled, evening.open, colliding(evening.standing)))
    return tuple(told)


def _evenings(steps: Iterable[Step], zone: ZoneInfo) -> Iterator[tuple[date, _Evening]]:
    states: dict[str, AmendmentState | None] = {}
    day: date | None = None
    for step in steps:
        here = step.at.astimezone(zone).date()
        if day is not None and here != day:
            yield day, _evening(states)
        day = here
        states[step.amendment_id] = step.state
    if day is not None:
        yield day, _evening(states)


def _evening(states: Mapping[str, AmendmentState | None]) -> _Evening:
    return _Evening(
        len(states),
        sum(state in OPEN for state in states.values()),
        frozenset(one for one, state in states.items() if state in OPEN | ACCEPTED),
    )
