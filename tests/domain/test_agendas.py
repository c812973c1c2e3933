from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from service.domain.agendas import (
    REASON_LENGTH,
    Agenda,
    change_language,
    change_rule,
    move,
    plan,
    reschedule,
    take_back,
)
from service.domain.errors import IllegalMove, LanguageSettled, RuleSettled
from service.domain.permissions import Subject
from service.domain.phases import Phase
from tests.domain.actors import NOW
from tests.domain.faults import fields_refused
from tests.domain.test_adoption import RULE

LATER, EARLIER = NOW + timedelta(days=7), NOW - timedelta(days=7)


def an_agenda(timetable: dict[Phase, datetime] | None = None) -> Agenda:
    day = date(2026, 3, 2)
    return Agenda(
        "g1", "T", "H", "P", "M", "Port Alta", day, day, "en", "Europe/Brussels", RULE, timetable or {}
    )


def test_an_agenda_begins_in_preparation() -> None:
    assert an_agenda().phase is Phase.PREPARATION


def test_its_subject_is_what_permissions_need_to_know() -> None:
    agenda = an_agenda()
    agenda.phase_closes_at = LATER
    assert agenda.subject(NOW, "city", "ada") == Subject(Phase.PREPARATION, LATER, NOW, "city", "ada")


def test_amendments_are_numbered_one_after_the_other() -> None:
    agenda = an_agenda()
    assert [agenda.next_amendment_number() for _ in range(3)] == [1, 2, 3]


def test_a_phase_closes_when_it_is_said_to() -> None:
    agenda = an_agenda({Phase.COMMENTING: LATER + timedelta(days=1)})
    move(agenda, Phase.COMMENTING, "", LATER, NOW)
    assert (agenda.phase, agenda.phase_closes_at) == (Phase.COMMENTING, LATER)


@pytest.mark.parametrize(("planned", "closes_at"), [(LATER, LATER), (EARLIER, None), (NOW, None)])
def test_a_phase_closes_when_the_timetable_says_if_that_lies_ahead(
    planned: datetime, closes_at: datetime | None
) -> None:
    agenda = an_agenda({Phase.COMMENTING: planned})
    move(agenda, Phase.COMMENTING, "", None, NOW)
    assert agenda.phase_closes_at == closes_at


def test_a_phase_without_a_time_stays_open() -> None:
    agenda = an_agenda()
    agenda.phase_closes_at = LATER
    move(agenda, Phase.COMMENTING, "r" * REASON_LENGTH, None, NOW)
    assert agenda.phase_closes_at is None


def test_phases_are_not_jumped_over() -> None:
    agenda = an_agenda()
    with pytest.raises(IllegalMove, match=r"Possible now: commenting\."):
        move(agenda, Phase.AMENDING, "", None, NOW)
    assert agenda.phase is Phase.PREPARATION


@pytest.mark.parametrize("closes_at", [NOW, EARLIER])
def test_a_phase_cannot_close_in_the_past(closes_at: datetime) -> None:
    agenda = an_agenda()
    assert fields_refused(lambda: move(agenda, Phase.COMMENTING, "", closes_at, NOW)) == ["closes_at"]
    assert fields_refused(lambda: reschedule(agenda, closes_at, NOW)) == ["phase_closes_at"]


def test_an_endless_reason_is_refused() -> None:
    endless = "r" * (REASON_LENGTH + 1)
    assert fields_refused(lambda: move(an_agenda(), Phase.COMMENTING, endless, None, NOW)) == ["reason"]


def test_a_deadline_moves_in_the_timetable_too() -> None:
    agenda = an_agenda({Phase.COMMENTING: LATER})
    reschedule(agenda, LATER, NOW)
    assert agenda.phase_closes_at == LATER
    assert agenda.timetable == {Phase.COMMENTING: LATER, Phase.PREPARATION: LATER}


def test_what_was_over_is_opened_again_with_a_reason_alone() -> None:
    agenda = an_agenda()
    agenda.phase = Phase.CONSOLIDATION
    assert fields_refused(lambda: move(agenda, Phase.AMENDING, "", None, NOW)) == ["reason"]
    move(agenda, Phase.AMENDING, "New facts.", None, NOW)
    assert agenda.phase is Phase.AMENDING


def moved(planned: datetime | None) -> Agenda:
    agenda = an_agenda()
    agenda.phase_closes_at = planned
    move(agenda, Phase.COMMENTING, "", LATER, NOW)
    return agenda


@pytest.mark.parametrize(
    ("planned", "closes_at", "expected"),
    [(None, None, None), (LATER, None, LATER), (None, LATER, LATER), (EARLIER, LATER, LATER)],
)
def test_an_opening_that_is_taken_back_leaves_the_phase_as_it_was(
    planned: datetime | None, closes_at: datetime | None, expected: datetime | None
) -> None:
    agenda = moved(planned)
    take_back(agenda, Phase.PREPARATION, planned, closes_at, reason="", now=NOW)
    assert (agenda.phase, agenda.phase_closes_at, agenda.deadline_set_at) == (
        Phase.PREPARATION,
        expected,
        NOW,
    )


@pytest.mark.parametrize(
    ("planned", "closes_at", "reason", "field"),
    [
        (EARLIER, None, "", "closes_at"),
        (NOW, None, "", "closes_at"),
        (LATER, NOW, "", "closes_at"),
        (LATER, None, "r" * (REASON_LENGTH + 1), "reason"),
    ],
)
def test_an_opening_that_is_taken_back_has_to_say_when_the_phase_closes(
    planned: datetime, closes_at: datetime | None, reason: str, field: str
) -> None:
    agenda = moved(planned)
    found = fields_refused(
        lambda: take_back(agenda, Phase.PREPARATION, planned, closes_at, reason=reason, now=NOW)
    )
    assert (found, agenda.phase) == ([field], Phase.COMMENTING)


def test_only_the_opening_from_the_phase_before_is_taken_back() -> None:
    agenda = moved(None)
    with pytest.raises(IllegalMove):
        take_back(agenda, Phase.AMENDING, None, None, reason="", now=NOW)


def test_it_is_kept_when_a_deadline_was_set() -> None:
    agenda = moved(LATER)
    assert agenda.deadline_set_at == NOW
    reschedule(agenda, LATER, NOW + timedelta(days=1))
    assert agenda.deadline_set_at == NOW + timedelta(days=1)
    assert fields_refused(lambda: reschedule(agenda, LATER, NOW, "r" * (REASON_LENGTH + 1))) == ["reason"]


def test_phases_are_planned_one_after_the_other() -> None:
    agenda = an_agenda({Phase.PREPARATION: EARLIER})
    planned = {Phase.PREPARATION: EARLIER, Phase.AMENDING: LATER, Phase.ENDORSEMENT: LATER + timedelta(1)}
    plan(agenda, planned, NOW)
    assert agenda.timetable == planned
    # What was planned before is not asked about again.
    plan(agenda, planned, LATER + timedelta(days=2))


@pytest.mark.parametrize(
    ("timetable", "fields"),
    [
        ({Phase.AMENDING: NOW}, ["timetable.amending"]),
        (
            {Phase.AMENDING: EARLIER, Phase.COMMENTING: EARLIER},
            ["timetable.commenting", "timetable.amending"],
        ),
        ({Phase.ENDORSEMENT: LATER, Phase.AMENDING: LATER}, ["timetable.endorsement"]),
    ],
)
def test_phases_are_not_planned_in_the_past_or_before_each_other(
    timetable: dict[Phase, datetime], fields: list[str]
) -> None:
    agenda = an_agenda()
    assert fields_refused(lambda: plan(agenda, timetable, NOW)) == fields
    assert agenda.timetable == {}


def test_a_rule_changes_until_positions_are_taken_under_it() -> None:
    other = replace(RULE, blocking_objections=RULE.blocking_objections + 1)
    free = replace(an_agenda(), phase=Phase.CONSOLIDATION)
    change_rule(free, other, 0)
    assert free.rule == other
    for phase, positions in ((Phase.CONSOLIDATION, 1), (Phase.ENDORSEMENT, 0), (Phase.FOLLOW_UP, 0)):
        held = replace(an_agenda(), phase=phase)
        change_rule(held, held.rule, positions)
        with pytest.raises(RuleSettled):
            change_rule(held, other, positions)
    assert fields_refused(lambda: change_rule(free, replace(other, counts=()), 0)) == ["rule.counts"]


def test_the_language_changes_while_there_is_no_text() -> None:
    agenda = an_agenda()
    change_language(agenda, "fr", 0)
    change_language(agenda, "fr", 2)
    with pytest.raises(LanguageSettled):
        change_language(agenda, "es", 1)
    assert agenda.language == "fr"
