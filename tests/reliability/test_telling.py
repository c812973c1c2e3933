"""Whoever waits in vain is told why."""

from service.store import jobs
from tests.houses import House
from tests.reliability import telling
from tests.reliability.writers import Write, Writer


def test_what_is_left_to_be_done_is_told_and_what_only_waits_its_turn_is_not(house: House) -> None:
    now = house.clock.moment
    with house.database.writing() as connection:
        jobs.enqueue(connection, "a", "publish", "edition", now)
        jobs.enqueue_all(connection, "send_mail", [("b", "mail", jobs.LATER)], now)
    job = jobs.claim(house.database, "lease")
    assert job is not None
    with house.database.writing() as connection:
        jobs.write_step(connection, job, "render", "digest")
    jobs.postpone(house.database, job, "OSError: the disk is full")
    with house.database.reading() as connection:
        (told,) = telling.of_books(connection)
    assert "'kind': 'publish'" in told
    assert "OSError: the disk is full" in told
    assert told.endswith("done: ['render']")


def test_who_went_on_writing_is_told_from_who_did_not() -> None:
    sent = Write("approval", "/editions/1/approval", {}, "edition-1-approved", makes=False, made="1")
    writers = [Writer("", iter(()), [sent], silence="ReadTimeout('')"), Writer("", iter(()), refused=["503"])]
    first, second = telling.of_writers(writers)
    assert "edition-1-approved" in first
    assert first.endswith("refused: []; without an answer: ReadTimeout('')")
    assert second == "wrote last None; refused: ['503']; without an answer: nothing"
