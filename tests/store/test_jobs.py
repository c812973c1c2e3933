import time
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text

from service.domain.views.jobs import JobState
from service.store import jobs
from service.store.bookkeeping import jobs as table
from service.store.jobs import Job, LostLeaseError
from service.store.queries.jobs import list_jobs
from tests.counting import counting
from tests.houses import BEGINNING, House


def enqueue(house: House, subject: str, kind: str = "publish") -> None:
    with house.database.writing() as connection:
        jobs.enqueue(connection, house.new_id(), kind, subject, house.clock.moment)


def claimed(house: House, lease: str = "one") -> Job:
    job = jobs.claim(house.database, lease)
    assert job is not None
    return job


def lease_until(house: House) -> datetime:
    with house.database.reading() as connection:
        until: datetime = connection.scalars(select(table.c.lease_until)).one()
        return until


def next_at(house: House) -> datetime:
    with house.database.reading() as connection:
        due: datetime = connection.scalars(select(table.c.run_at)).one()
        return due


def state(house: House) -> list[tuple[object, ...]]:
    with house.database.reading() as connection:
        found = connection.execute(text("SELECT subject_id, state, attempts FROM jobs ORDER BY id"))
        return [tuple(row) for row in found]


def test_the_job_that_waited_longest_comes_first(house: House) -> None:
    for subject in ("a", "b"):
        enqueue(house, subject)
        house.clock.advance(seconds=1)
    assert [claimed(house, lease).subject_id for lease in ("one", "two")] == ["a", "b"]
    assert jobs.claim(house.database, "three") is None


def test_a_worker_that_finds_nothing_to_do_has_only_looked(house: House) -> None:
    enqueue(house, "a")
    claimed(house)
    with counting(house) as statements:
        assert jobs.claim(house.database, "two") is None
    looks = [statement for statement in statements if statement != "BEGIN"]
    assert [statement.partition(" ")[0] for statement in looks] == ["SELECT"]
    assert "FOR UPDATE" not in looks[0]


def test_the_same_work_is_asked_for_once(house: House) -> None:
    for _ in range(2):
        enqueue(house, "a")
    enqueue(house, "a", kind="other")
    assert len(state(house)) == 2


def test_a_job_is_somebody_elses_only_after_its_lease(house: House) -> None:
    enqueue(house, "a")
    claimed(house)
    house.clock.moment += jobs.LEASE
    assert jobs.claim(house.database, "two") is None
    house.clock.advance(microseconds=1)
    assert claimed(house, "two").attempts == 1


def test_what_a_worker_left_behind_that_is_gone_is_due_at_once(house: House) -> None:
    for subject, holder in (("a", "gone"), ("b", "there"), ("c", "")):
        enqueue(house, subject)
        assert jobs.claim(house.database, house.new_id(), holder) is not None
    for is_gone in (lambda _: False, lambda holder: holder == "gone"):
        assert jobs.claim(house.database, "two") is None
        with house.database.writing() as connection:
            jobs.free(connection, is_gone, house.clock.moment)
    assert claimed(house, "three").subject_id == "a"
    assert jobs.claim(house.database, "four") is None


def test_a_job_that_may_have_killed_its_workers_is_not_given_to_the_next_one_at_once(house: House) -> None:
    enqueue(house, "a")
    for _ in range(jobs.SUSPECT + 1):
        assert jobs.claim(house.database, house.new_id(), "gone") is not None
        with house.database.writing() as connection:
            jobs.free(connection, lambda _: True, house.clock.moment)
    assert jobs.claim(house.database, house.new_id(), "gone") is None
    house.clock.moment += 2 * jobs.LEASE
    assert jobs.claim(house.database, house.new_id(), "gone") is not None


def test_workers_that_died_make_no_pause_longer(house: House) -> None:
    enqueue(house, "a")
    for _ in range(jobs.DEATHS - 1):
        claimed(house, house.new_id())
        house.clock.moment += 2 * jobs.LEASE
    jobs.postpone(house.database, claimed(house), "busy")
    assert next_at(house) - house.clock.moment == timedelta(seconds=2)
    # Whoever told of a fault had lived, so that the count of those who did not begins anew.
    house.clock.advance(seconds=2)
    for _ in range(jobs.DEATHS - 1):
        assert claimed(house, house.new_id()).attempts == 2
        house.clock.moment += 2 * jobs.LEASE
    assert jobs.claim(house.database, "last") is not None


def test_a_job_that_gets_on_forgets_the_workers_that_died_before(house: House) -> None:
    enqueue(house, "a")
    for step in ("render", "sign", "timestamp"):
        for _ in range(jobs.DEATHS // 2):
            claimed(house, house.new_id())
            house.clock.moment += 2 * jobs.LEASE
        job = claimed(house, house.new_id())
        with house.database.writing() as connection:
            jobs.write_step(connection, job, step, "")
        house.clock.moment += 2 * jobs.LEASE
    assert state(house) == [("a", "running", 1)]


def test_a_lease_that_is_renewed_lasts_on(house: House) -> None:
    enqueue(house, "a")
    job = claimed(house)
    house.clock.advance(seconds=50)
    with house.database.writing() as connection:
        jobs.hold(connection, job, house.clock.moment)
    house.clock.advance(seconds=50)
    assert jobs.claim(house.database, "two") is None


def test_a_lease_is_renewed_while_a_long_step_runs(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    enqueue(house, "a")
    job = claimed(house)
    at_first = lease_until(house)
    monkeypatch.setattr(jobs, "LEASE", timedelta(milliseconds=60))
    house.clock.advance(seconds=90)
    with jobs.kept(house.database, job):
        for _ in range(500):
            if lease_until(house) > at_first:
                break
            time.sleep(0.01)
    assert lease_until(house) > at_first


def test_who_lost_a_lease_can_neither_go_on_nor_finish_nor_postpone(house: House) -> None:
    enqueue(house, "a")
    late = claimed(house)
    house.clock.moment += jobs.LEASE + timedelta(seconds=1)
    claimed(house, "two")
    with house.database.writing() as connection, pytest.raises(LostLeaseError):
        jobs.hold(connection, late, house.clock.moment)
    with pytest.raises(LostLeaseError):
        jobs.finish(house.database, late)
    jobs.postpone(house.database, late, "late")
    assert state(house) == [("a", "running", 1)]


def test_a_finished_job_does_not_come_back(house: House) -> None:
    enqueue(house, "a")
    jobs.finish(house.database, claimed(house))
    house.clock.advance(days=1)
    assert jobs.claim(house.database, "two") is None
    assert state(house) == [("a", "done", 1)]


def test_each_pause_is_longer_until_a_person_has_to_look(house: House) -> None:
    enqueue(house, "a")
    pauses = []
    while (job := jobs.claim(house.database, house.new_id())) is not None:
        jobs.postpone(house.database, job, "x" * 5_000)
        with house.database.reading() as connection:
            due = connection.execute(text("SELECT run_at FROM jobs")).scalar_one()
        pauses.append(due)
        house.clock.moment += jobs.LONGEST_PAUSE
    assert len(pauses) == jobs.ATTEMPTS
    assert state(house) == [("a", "failed", jobs.ATTEMPTS)]
    with house.database.reading() as connection:
        assert len(connection.execute(text("SELECT error FROM jobs")).scalar_one()) == 2_000


def test_a_job_that_waits_for_what_comes_back_is_never_given_up(house: House) -> None:
    enqueue(house, "a")
    pauses = []
    for _ in range(jobs.ATTEMPTS + 2):
        jobs.postpone(house.database, claimed(house, house.new_id()), "away", never=True)
        due = next_at(house)
        pauses.append((due - house.clock.moment).seconds)
        house.clock.moment = due
    assert pauses == [2, 4, 8, 16, 32, 64, 128, 128, 128, 128]
    assert state(house) == [("a", "ready", jobs.ATTEMPTS - 2)]
    # Killed at work, it goes on all the same.
    for _ in range(2):
        assert claimed(house, house.new_id()).attempts == jobs.ATTEMPTS - 1
        house.clock.moment += 2 * jobs.LEASE


def test_a_job_that_kills_every_worker_waits_for_a_person_too(house: House) -> None:
    enqueue(house, "a")
    for _ in range(jobs.DEATHS):
        assert claimed(house, house.new_id()).attempts == 1
        house.clock.moment += 2 * jobs.LEASE
    assert jobs.claim(house.database, house.new_id()) is None
    assert jobs.fault(house.database, "publish", "a") == jobs.DIED
    with house.database.reading() as connection:
        (shown,) = list_jobs(connection, JobState.FAILED, 10, None).items
    assert shown.attempts == jobs.DEATHS
    jobs.revive(house.database, "publish", "a")
    assert claimed(house).attempts == 1


def test_a_postponed_job_waits_for_its_time(house: House) -> None:
    enqueue(house, "a")
    jobs.postpone(house.database, claimed(house), "so")
    house.clock.moment = BEGINNING + timedelta(seconds=1)
    assert jobs.claim(house.database, "two") is None
    house.clock.advance(seconds=1)
    assert claimed(house, "two").attempts == 2


def test_the_steps_of_a_job_are_remembered(house: House) -> None:
    enqueue(house, "a")
    job = claimed(house)
    with house.database.writing() as connection:
        jobs.write_step(connection, job, "render", "digest")
        assert jobs.done_steps(connection, job) == {"render": "digest"}


def test_a_job_that_was_given_up_begins_anew_when_a_person_says_so(house: House) -> None:
    enqueue(house, "a")
    for _ in range(jobs.ATTEMPTS):
        jobs.postpone(house.database, claimed(house), "OSError: no key")
        house.clock.moment += jobs.LONGEST_PAUSE
    assert jobs.claim(house.database, "two") is None
    assert jobs.fault(house.database, "publish", "a") == "OSError: no key"
    jobs.revive(house.database, "publish", "a")
    assert claimed(house).attempts == 1


def test_a_postponed_job_need_not_wait_when_a_person_says_so(house: House) -> None:
    enqueue(house, "a")
    jobs.postpone(house.database, claimed(house), "no")
    jobs.revive(house.database, "publish", "a")
    assert claimed(house).attempts == 1


@pytest.mark.parametrize("ended", [True, False])
def test_a_job_that_is_at_work_or_done_is_not_begun_anew(house: House, *, ended: bool) -> None:
    enqueue(house, "a")
    job = claimed(house)
    if ended:
        jobs.finish(house.database, job)
    before = state(house)
    jobs.revive(house.database, "publish", "a")
    assert state(house) == before
    assert jobs.fault(house.database, "publish", "a") == ""
    assert jobs.fault(house.database, "publish", "unknown") == ""
