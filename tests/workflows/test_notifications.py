"""Who is told of what happened, by which mail."""

import json
import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, select, text

from service.domain.actors import Role
from service.domain.amendments import AmendmentAction
from service.domain.comments import CommentKind
from service.domain.mails import Frequency, NotificationKind
from service.domain.phases import Phase
from service.domain.text import digest
from service.store import jobs
from service.store.bookkeeping import mails, notification_wishes
from service.store.mails import forget
from service.workflows import leading, moving, notifications, record
from service.workflows.agendas import MovePhase, Reschedule, move_phase, reschedule
from service.workflows.amendments import SignAmendment, sign
from service.workflows.comments import Answer, PostComment, answer, post
from service.workflows.jobs import begin, work_once
from tests.builders import (
    ASK,
    a_colleague,
    a_comment,
    a_position,
    a_world,
    an_amendment,
    an_edition,
    consolidated,
    decided,
    endorsed,
    grant,
)
from tests.counting import counting
from tests.houses import House
from tests.worlds import Member, World


def rows(house: House, statement: str) -> list[tuple[object, ...]]:
    with house.database.reading() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def told(world: World) -> list[tuple[object, ...]]:
    """Let the record be told from here on; returns which mails went to whom."""
    world.house.tell()
    return sorted(rows(world.house, "SELECT template, address FROM mails ORDER BY template, address"))


def silent(world: World) -> World:
    """Take all that has happened as told."""
    notifications.pass_over(world.house.operator)
    return world


def to(template: str, *members: Member) -> list[tuple[object, ...]]:
    return sorted((template, member.email) for member in members)


def wish(house: House, member: Member, kind: NotificationKind, frequency: Frequency) -> None:
    with house.database.writing() as connection:
        values = {"person_id": member.person, "kind": kind, "frequency": frequency}
        connection.execute(insert(notification_wishes).values(values))


def facts(house: House) -> dict[str, object]:
    (row,) = rows(house, "SELECT facts FROM mails LIMIT 1")
    found: dict[str, object] = json.loads(str(row[0]))
    return found


def test_whoever_sends_an_amendment_gets_a_receipt_and_nobody_else_does(house: House) -> None:
    world = silent(a_world(house))
    a_colleague(house, world.cities[0], Role.REPRESENTATIVE)
    an_amendment(world, draft=True)
    assert told(world) == []
    an_amendment(world)
    assert told(world) == to("amendment_sent", world.cities[0])
    assert (facts(house)["number"], facts(house)["digest"]) == (
        1,
        digest(world.reworded(ask=ASK.replace("a contact", "two contacts"))),
    )


def test_authors_and_signatories_hear_a_decision_once_with_its_reason(house: House) -> None:
    world = a_world(house)
    amendment = an_amendment(world)
    signing = SignAmendment(amendment, world.cities[1].organisation)
    sign(world.acting(world.cities[1]), signing)
    silent(world)
    decided(world, amendment, AmendmentAction.REJECT)
    assert told(world) == to("decision", *world.cities[:2])
    values = facts(house)
    assert {name: values[name] for name in ("state", "reason", "number", "organisation")} == {
        "state": "rejected",
        "reason": "It says what the text says already.",
        "number": 1,
        "organisation": "Amara",
    }
    assert [one["values"] for one in values["changes"]] == [  # type: ignore[attr-defined]  # a list
        {"old": "a contact", "new": "two contacts"}
    ]


def changed_after_a_position(world: World, by: Member) -> None:
    """Let an organisation take its position, and the text change after it."""
    amendment = an_amendment(world)
    world.in_phase(Phase.ENDORSEMENT)
    a_position(world, by=by)
    back = MovePhase(world.agenda, Phase.CONSOLIDATION, "A mistake was found.")
    move_phase(world.acting(world.facility), back)
    decided(world, amendment)
    silent(world)
    consolidated(world)


def test_a_new_text_asks_for_positions_again_with_the_difference(house: House) -> None:
    world = a_world(house)
    changed_after_a_position(world, world.cities[1])
    assert told(world) == to("reconfirmation", world.cities[1])
    values = facts(house)
    assert {name: values[name] for name in ("stance", "from_version", "to_version", "closes_at")} == {
        "stance": "endorsed",
        "from_version": 1,
        "to_version": 2,
        "closes_at": None,
    }
    assert [one["values"] for one in values["changes"]] == [  # type: ignore[attr-defined]  # a list
        {"old": "a contact", "new": "two contacts"}
    ]


def test_everyone_who_takes_part_hears_of_a_new_phase_but_who_opened_it(house: House) -> None:
    world = silent(a_world(house))
    world.move(Phase.CONSOLIDATION)
    assert told(world) == to("phase_opened", *world.cities, world.service, world.rapporteur)


def test_what_the_clock_opened_is_told_without_a_reason_of_the_facility(house: House) -> None:
    world = a_world(house)
    closes_at = house.clock.moment + timedelta(hours=1)
    planned = Reschedule(world.agenda, Phase.AMENDING, closes_at, "It is planned so.")
    reschedule(world.acting(world.facility), planned)
    silent(world)
    house.clock.advance(hours=1)
    moving.keep_time(house.operator)
    told(world)
    values = facts(house)
    assert (values["phase"], values["reason"]) == ("consolidation", "")


def test_who_wrote_a_comment_hears_the_answer(house: House) -> None:
    world = a_world(house)
    comment = a_comment(world)
    silent(world)
    answer(world.acting(world.service), Answer(comment, world.service.organisation, "We do."))
    answer(world.acting(world.cities[0]), Answer(comment, world.cities[0].organisation, "Thank you."))
    assert told(world) == to("answer", world.cities[0])


def test_organisation_that_is_mentioned_hears_of_it(house: House) -> None:
    world = silent(a_world(house))
    command = PostComment(
        world.recommendation,
        world.cities[0].organisation,
        CommentKind.GENERAL,
        f"Ask @{world.cities[2].name.upper()}, or @Port Nova, or @{world.cities[0].name}.",
    )
    comment = post(world.acting(world.cities[0]), command)
    assert told(world) == to("mention", world.cities[2])
    text_of_answer = f"@{world.cities[0].name} and @{world.cities[2].name}: yes."
    answer(world.acting(world.service), Answer(comment, world.service.organisation, text_of_answer))
    expected = [*to("answer", world.cities[0]), *to("mention", world.cities[2], world.cities[2])]
    assert told(world) == sorted(expected)


def test_everyone_hears_of_a_released_edition(house: House) -> None:
    world = endorsed(a_world(house))
    silent(world)
    an_edition(world, approved=True)
    assert told(world) == to("edition_released", *world.cities, world.service, world.rapporteur)


def test_person_of_two_organisations_is_told_once(house: House) -> None:
    world = a_world(house)
    grant(house.operator, world.cities[0].person, world.cities[1].organisation, Role.REPRESENTATIVE)
    silent(world)
    world.move(Phase.CONSOLIDATION)
    assert told(world) == to("phase_opened", *world.cities, world.service, world.rapporteur)


def test_telling_costs_the_same_for_one_reader_and_for_three(house: House) -> None:
    world = a_world(house)
    costs = []
    for colleagues in (0, 2):
        for number in range(colleagues):
            email = f"n{number}.{world.cities[0].email}"
            a_colleague(house, replace(world.cities[0], email=email), Role.REPRESENTATIVE)
        amendment = an_amendment(world)
        silent(world)
        decided(world, amendment)
        notifications.find_due(house.operator)
        with counting(house) as statements:
            assert work_once(house.operator)
        costs.append(len(statements))
        house.work()
    assert costs[0] == costs[1]


class Killed(BaseException):
    """The process dies here."""


@pytest.mark.parametrize("point", ["notify.before_commit", "notify.after"])
def test_crash_neither_loses_nor_doubles_a_mail(house: House, point: str) -> None:
    world = silent(a_world(house))
    world.move(Phase.CONSOLIDATION)

    def dying(here: str) -> None:
        if here == point:
            raise Killed

    notifications.find_due(house.operator)
    with pytest.raises(Killed):
        work_once(house.operator, dying)
    house.clock.moment += jobs.LEASE + timedelta(seconds=1)
    assert told(world) == to("phase_opened", *world.cities, world.service, world.rapporteur)


def test_two_workers_that_look_at_once_tell_once(house: House) -> None:
    world = silent(a_world(house))
    world.move(Phase.CONSOLIDATION)
    assert notifications.find_due(house.operator)
    assert not notifications.find_due(house.operator)
    assert len(told(world)) == len(world.cities) + 2


def test_long_record_is_told_batch_by_batch(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "BATCH", 2)
    world = a_world(house)
    world.move(Phase.CONSOLIDATION)
    told(world)
    assert rows(house, "SELECT sequence FROM notification_cursors") == [(len(house.record(world.agenda)),)]


def test_what_happened_before_is_not_told(house: House) -> None:
    world = silent(a_world(house))
    assert told(world) == []
    assert not notifications.find_due(house.operator)


def test_wishes_decide_between_at_once_once_a_day_and_not_at_all(house: House) -> None:
    world = silent(a_world(house))
    wish(house, world.cities[0], NotificationKind.PHASES, Frequency.DAILY)
    wish(house, world.cities[1], NotificationKind.PHASES, Frequency.OFF)
    wish(house, world.cities[2], NotificationKind.PHASES, Frequency.AT_ONCE)
    wish(house, world.cities[3], NotificationKind.DECISIONS, Frequency.OFF)
    world.move(Phase.CONSOLIDATION)
    told(world)
    states = {row[0]: row[1] for row in rows(house, "SELECT address, state FROM mails")}
    assert [states[city.email] for city in world.cities] == ["collected", "unwanted", "sent", "sent"]


def test_daily_mail_tells_at_seven_what_was_collected(house: House) -> None:
    world = silent(a_world(house))
    reader = world.cities[0]
    for kind in (NotificationKind.PHASES, NotificationKind.ANSWERS):
        wish(house, reader, kind, Frequency.DAILY)
    comment = a_comment(world)
    answer(world.acting(world.service), Answer(comment, world.service.organisation, "We do."))
    told(world)
    house.clock.advance(hours=1)
    world.move(Phase.CONSOLIDATION)
    told(world)
    mine = "SELECT template, state FROM mails WHERE address = 'amara@example.org' ORDER BY id"
    assert rows(house, mine) == [("answer", "collected"), ("phase_opened", "collected")]
    due = rows(house, "SELECT run_at FROM jobs WHERE kind = 'digest'")
    house.clock.moment = datetime.fromisoformat("2026-01-06T06:00:00+00:00")
    house.work()
    assert len(due) == 1
    assert rows(house, mine) == [("answer", "digested"), ("phase_opened", "digested"), ("digest", "sent")]
    house.clock.advance(days=1)
    assert house.work() == 0


def test_daily_mail_is_asked_for_anew_the_next_day(house: House) -> None:
    world = silent(a_world(house))
    wish(house, world.cities[0], NotificationKind.PHASES, Frequency.DAILY)
    for target in (Phase.CONSOLIDATION, Phase.ENDORSEMENT):
        world.move(target)
        told(world)
        house.clock.advance(days=1)
        house.work()
    assert rows(house, "SELECT count(*) FROM mails WHERE template = 'digest'") == [(2,)]


def test_what_is_a_duty_is_told_at_once_whatever_was_wished(house: House) -> None:
    world = a_world(house)
    wish(house, world.cities[1], NotificationKind.RECONFIRMATION, Frequency.OFF)
    changed_after_a_position(world, world.cities[1])
    told(world)
    assert rows(house, "SELECT template, state FROM mails") == [("reconfirmation", "sent")]


def test_jobs_that_were_done_long_ago_are_cleared_away(house: House) -> None:
    world = silent(a_world(house))
    world.move(Phase.CONSOLIDATION)
    told(world)
    for _ in range(2):
        begin(house.operator)
    house.work()
    house.clock.advance(days=30)
    house.work()
    assert len(rows(house, "SELECT id FROM jobs")) > 1
    house.clock.advance(days=1)
    house.work()
    assert rows(house, "SELECT kind, state FROM jobs") == [("sweep", "ready")]


def test_mails_are_cleared_away_after_a_year_but_for_those_that_failed(house: House) -> None:
    world = silent(a_world(house))
    world.move(Phase.CONSOLIDATION)
    told(world)
    with house.database.writing() as connection:
        failed = text("UPDATE mails SET state = 'failed' WHERE address = :address")
        connection.execute(failed, {"address": world.cities[0].email})
    begin(house.operator)
    house.clock.advance(days=365)
    house.work()
    assert len(rows(house, "SELECT id FROM mails")) == len(world.cities) + 2
    house.clock.advance(days=1)
    house.work()
    assert rows(house, "SELECT address FROM mails") == [(world.cities[0].email,)]


def test_person_who_is_forgotten_leaves_no_mail(house: House) -> None:
    world = silent(a_world(house))
    wish(house, world.cities[0], NotificationKind.MENTIONS, Frequency.OFF)
    world.move(Phase.CONSOLIDATION)
    told(world)
    with house.database.writing() as connection:
        forget(connection, world.cities[0].person)
    mine = [row for row in rows(house, "SELECT address FROM mails") if row[0] == world.cities[0].email]
    assert (mine, rows(house, "SELECT kind FROM notification_wishes")) == ([], [])


def test_workers_side_by_side_tell_and_send_everything_once(house: House) -> None:
    world = silent(a_world(house))
    world.move(Phase.CONSOLIDATION)

    def work() -> None:
        idle = 0
        while idle < 3:
            busy = work_once(house.operator) or notifications.find_due(house.operator)
            idle = 0 if busy else idle + 1

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    house.tell()
    expected = sorted(member.email for member in (*world.cities, world.service, world.rapporteur))
    assert house.postman is not None
    assert sorted(message["To"] for message in house.postman.sent) == expected
    assert rows(house, "SELECT DISTINCT state FROM mails") == [("sent",)]


def test_who_takes_part_is_sent_the_checkpoint_that_closes_a_phase(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    world.move(Phase.AMENDING)
    told(world)
    note = record.announced_checkpoints(house.stranger, world.agenda)[-1].note
    with house.database.reading() as connection:
        query = select(mails.c.facts).where(mails.c.template == "phase_opened")
        sent = [facts["checkpoint"] for facts in connection.scalars(query)]
    assert sent.count(note) == len(world.cities) + 2


def test_those_who_are_silent_hear_that_the_facility_asked_to_be_answered(house: House) -> None:
    world = silent(a_world(house))
    leading.remind(world.acting(world.facility), world.agenda)
    assert told(world) == to("waiting", *world.cities, world.service)
    assert {**facts(house), "organisation": ""} == {
        "agenda_id": world.agenda,
        "agenda": "Port Alta 2026",
        "zone": "Europe/Brussels",
        "phase": "amending",
        "closes_at": None,
        "organisation": "",
        "missing": [],
    }


def test_a_reminder_of_a_phase_that_is_over_is_not_told(house: House) -> None:
    world = silent(a_world(house))
    leading.remind(world.acting(world.facility), world.agenda)
    world.move(Phase.CONSOLIDATION)
    assert {template for template, _ in told(world)} == {"phase_opened"}
