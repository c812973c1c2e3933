"""When phases open and close."""

from datetime import UTC, datetime, timedelta

from service.domain.deadlines import Deadline, Turn, deadlines
from service.domain.phases import Phase

FIRST = datetime(2026, 2, 1, 17, tzinfo=UTC)
WEEK = timedelta(days=7)


def test_each_phase_closes_when_the_timetable_says_and_the_next_one_opens_then() -> None:
    timetable = {Phase.COMMENTING: FIRST, Phase.AMENDING: FIRST + WEEK}
    assert deadlines(Phase.COMMENTING, FIRST, timetable) == (
        Deadline(Phase.COMMENTING, Turn.CLOSES, FIRST),
        Deadline(Phase.AMENDING, Turn.OPENS, FIRST),
        Deadline(Phase.AMENDING, Turn.CLOSES, FIRST + WEEK),
        Deadline(Phase.CONSOLIDATION, Turn.OPENS, FIRST + WEEK),
    )


def test_open_phase_closes_when_it_was_told_to() -> None:
    assert deadlines(Phase.AMENDING, FIRST + WEEK, {Phase.AMENDING: FIRST}) == (
        Deadline(Phase.AMENDING, Turn.CLOSES, FIRST + WEEK),
        Deadline(Phase.CONSOLIDATION, Turn.OPENS, FIRST + WEEK),
    )


def test_open_phase_without_an_end_does_not_close() -> None:
    assert deadlines(Phase.AMENDING, None, {Phase.AMENDING: FIRST}) == ()


def test_phase_that_is_over_opened_in_the_past() -> None:
    assert deadlines(Phase.CONSOLIDATION, None, {Phase.COMMENTING: FIRST}) == (
        Deadline(Phase.COMMENTING, Turn.CLOSES, FIRST),
    )
