"""When things happen in the demonstration's story: the closing times of phases, and the office hours between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from service.demo.content.model import FixedStep, Meeting, RelativeStep
from service.domain.phases import Phase

MORNING, EVENING = time(8), time(18)
SATURDAY = 5
PREPARATION_LASTS = timedelta(days=35)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A phase from its opening to its closing, both in UTC."""

    phase: Phase
    opens: datetime
    closes: datetime


@dataclass
class StoryClock:
    """A clock that stands still until the story goes on, and never runs backwards."""

    moment: datetime

    def __call__(self) -> datetime:
        """Return the story's present moment, in UTC."""
        return self.moment

    def move_to(self, moment: datetime) -> None:
        """Let the story go on at `moment`.

        Raises:
            ValueError: the moment lies before the present one.
        """
        if moment < self.moment:
            raise ValueError(f"{moment} lies before {self.moment}")
        self.moment = moment.astimezone(UTC)


def stretches(meeting: Meeting, loaded_at: datetime) -> tuple[Stretch, ...]:
    """Return the phases of a meeting's timetable in their order; each opens when the one before it closes."""
    phases = [(Phase(step.phase), _closes(step, loaded_at)) for step in meeting.timetable]
    opens = phases[0][1] - PREPARATION_LASTS
    told = []
    for phase, closes in phases:
        told.append(Stretch(phase, opens, closes))
        opens = closes
    return tuple(told)


def _closes(step: RelativeStep | FixedStep, loaded_at: datetime) -> datetime:
    if isinstance(step, FixedStep):
        return step.closes.astimezone(UTC)
    zone = ZoneInfo(step.zone)
    day = loaded_at.astimezone(zone).date() + timedelta(days=step.closes_in_days)
    return datetime.combine(day, step.at, zone).astimezone(UTC)


def office_hours(opens: datetime, closes: datetime, zone: tzinfo, count: int) -> tuple[datetime, ...]:
    """Return `count` moments (UTC), evenly over the office hours between two moments, weekends left out.

    Raises:
        ValueError: there is no office hour between them.
    """
    hours = list(_days(opens.astimezone(zone), closes.astimezone(zone)))
    total = sum((end - start for start, end in hours), timedelta())
    if not total:
        raise ValueError(f"there is no office hour between {opens} and {closes}")
    return tuple(_at(hours, total * (2 * place + 1) / (2 * count)) for place in range(count))


def _days(opens: datetime, closes: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the part of each working day's office hours that lies between the two moments, in UTC."""
    day = opens.date()
    while day <= closes.date():
        start = max(opens, datetime.combine(day, MORNING, opens.tzinfo)).astimezone(UTC)
        end = min(closes, datetime.combine(day, EVENING, opens.tzinfo)).astimezone(UTC)
        if day.weekday() < SATURDAY and start < end:
            yield start, end
        day += timedelta(days=1)


def _at(hours: list[tuple[datetime, datetime]], worked: timedelta) -> datetime:
    """Return the moment at which so much of the hours has passed."""
    for start, end in hours:
        if worked < end - start:
            return start + worked
        worked -= end - start
    return hours[-1][1]
