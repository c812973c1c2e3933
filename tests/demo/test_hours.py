"""The story keeps to timetables, office hours and the one direction of time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from service.demo.content.barcelona import BARCELONA
from service.demo.content.brussels import BRUSSELS
from service.demo.hours import StoryClock, Stretch, office_hours, stretches
from service.domain.phases import Phase

BRUSSELS_TIME = ZoneInfo("Europe/Brussels")
FRIDAY_EVENING = datetime(2026, 3, 27, 16, tzinfo=BRUSSELS_TIME)
MONDAY_MORNING = datetime(2026, 3, 30, 10, tzinfo=BRUSSELS_TIME)


def test_office_hours_leave_out_nights_and_weekends_and_follow_the_change_of_the_clocks() -> None:
    assert office_hours(FRIDAY_EVENING, MONDAY_MORNING, BRUSSELS_TIME, 4) == (
        datetime(2026, 3, 27, 15, 30, tzinfo=UTC),
        datetime(2026, 3, 27, 16, 30, tzinfo=UTC),
        datetime(2026, 3, 30, 6, 30, tzinfo=UTC),
        datetime(2026, 3, 30, 7, 30, tzinfo=UTC),
    )


def test_office_hours_are_those_of_the_zone() -> None:
    noon = datetime(2026, 3, 26, 12, tzinfo=UTC)
    assert office_hours(noon, noon.replace(day=27), ZoneInfo("Asia/Jakarta"), 1) == (
        datetime(2026, 3, 27, 6, tzinfo=UTC),
    )


def test_moments_without_an_office_hour_between_them_are_refused() -> None:
    saturday = datetime(2026, 3, 28, 9, tzinfo=UTC)
    with pytest.raises(ValueError, match="there is no office hour between"):
        office_hours(saturday, saturday.replace(day=29), BRUSSELS_TIME, 1)


def test_phase_opens_when_the_one_before_it_closes() -> None:
    told = stretches(BRUSSELS, datetime(2026, 1, 5, tzinfo=UTC))
    assert told[0] == Stretch(
        Phase.PREPARATION,
        datetime(2022, 10, 14, 17, tzinfo=UTC),
        datetime(2022, 11, 18, 17, tzinfo=UTC),
    )
    assert [later.opens for later in told[1:]] == [earlier.closes for earlier in told[:-1]]


def test_relative_phase_closes_on_the_day_of_its_zone() -> None:
    late_in_utc = datetime(2026, 1, 5, 23, 30, tzinfo=UTC)
    (amending,) = (s for s in stretches(BARCELONA, late_in_utc) if s.opens < late_in_utc < s.closes)
    assert amending.closes == datetime(2026, 2, 5, 17, tzinfo=UTC)


def test_clock_tells_the_moment_to_which_the_story_has_come() -> None:
    clock = StoryClock(datetime(2023, 1, 1, tzinfo=UTC))
    clock.move_to(datetime(2023, 3, 9, 12, tzinfo=BRUSSELS_TIME))
    assert clock() == datetime(2023, 3, 9, 11, tzinfo=UTC)
    assert clock().tzinfo is UTC


def test_clock_never_runs_backwards() -> None:
    clock = StoryClock(datetime(2023, 1, 1, tzinfo=UTC))
    with pytest.raises(ValueError, match="lies before"):
        clock.move_to(datetime(2022, 12, 31, tzinfo=UTC))
    assert clock() == datetime(2023, 1, 1, tzinfo=UTC)
