"""What waits for whoever leads a round, reminders, and convergence."""

from datetime import UTC, date, datetime, timedelta

import pytest

from service.domain.amendments import AmendmentState as S
from service.domain.errors import NobodySilent, RemindedLately
from service.domain.leading import (
    SHOWN_DAYS,
    Chore,
    Day,
    Step,
    Task,
    check_reminder,
    convergence,
    may_remind_from,
    tasks,
)
from service.domain.phases import Phase

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def test_what_waits_depends_on_the_phase_and_urgent_things_come_first() -> None:
    found = dict.fromkeys(Chore, 2) | {Chore.NO_DEADLINE: 0}
    told = {phase: [task.chore for task in tasks(phase, found)] for phase in Phase}
    always = [Chore.HELD, Chore.FAILED_JOBS, Chore.FAILED_MAILS]
    people = [Chore.NOBODY, Chore.UNMANNED, Chore.UNINVITED]
    assert told == {
        Phase.PREPARATION: [*always, Chore.NO_TEXT, *people],
        Phase.COMMENTING: [*always, *people, Chore.SILENT, Chore.OPEN_COMMENTS],
        Phase.AMENDING: [*always, *people, Chore.SILENT, Chore.COLLIDING, Chore.OPEN_COMMENTS],
        Phase.CONSOLIDATION: [
            *always,
            Chore.UNDECIDED,
            Chore.COLLIDING,
            Chore.NOT_WORKED_IN,
            Chore.OPEN_COMMENTS,
        ],
        Phase.ENDORSEMENT: [*always, *people, Chore.SILENT],
        Phase.PUBLICATION: [*always, Chore.UNPUBLISHED],
        Phase.FOLLOW_UP: always,
    }
    assert tasks(Phase.ENDORSEMENT, {Chore.SILENT: 3}) == (Task(Chore.SILENT, 3),)


def test_a_reminder_goes_out_once_a_day() -> None:
    check_reminder(Phase.AMENDING, None, 1, NOW)
    check_reminder(Phase.ENDORSEMENT, NOW - timedelta(days=1), 1, NOW)
    with pytest.raises(RemindedLately) as refused:
        check_reminder(Phase.COMMENTING, NOW - timedelta(hours=1), 1, NOW)
    assert refused.value.values == {"at": "2026-03-11 11:00"}
    assert (may_remind_from(None), may_remind_from(NOW)) == (None, NOW + timedelta(days=1))


@pytest.mark.parametrize(("phase", "silent"), [(Phase.CONSOLIDATION, 3), (Phase.AMENDING, 0)])
def test_nobody_is_reminded_where_nobody_is_asked_or_all_have_answered(phase: Phase, silent: int) -> None:
    with pytest.raises(NobodySilent):
        check_reminder(phase, None, silent, NOW)


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=UTC)


def test_convergence_is_told_day_by_day_up_to_today() -> None:
    steps = (
        Step(at(6), "a", S.TABLED),
        Step(at(6), "b", S.TABLED),
        Step(at(6), "c", S.TABLED),
        Step(at(8), "a", S.ACCEPTED),
        Step(at(8), "c", S.WITHDRAWN),
        Step(at(9), "b", S.REJECTED),
        Step(at(9), "a", None),
    )
    told = convergence(steps, len, NOW, "UTC")
    assert told == tuple(
        Day(date(2026, 3, day), 3, opened, colliding)
        for day, opened, colliding in ((6, 3, 3), (7, 3, 3), (8, 1, 2), (9, 0, 0), (10, 0, 0))
    )


def test_a_day_ends_where_the_agenda_is() -> None:
    told = convergence([Step(at(9, 23), "a", S.TABLED)], len, NOW, "Europe/Brussels")
    assert told == (Day(date(2026, 3, 10), 1, 1, 1),)


def test_only_the_last_two_months_are_told_and_begin_as_things_stood() -> None:
    told = convergence([Step(NOW - timedelta(days=300), "a", S.TABLED)], len, NOW, "UTC")
    assert (len(told), told[0].open, told[0].on) == (SHOWN_DAYS, 1, date(2026, 1, 10))
    assert convergence([], len, NOW, "UTC") == ()
