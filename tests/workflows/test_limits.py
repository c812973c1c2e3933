from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from service.domain.access import Limit, writes
from service.domain.errors import TooManyRequests
from service.store.engine import Database
from service.workflows.limits import BATCH, Reserved, spend
from tests.counting import counting
from tests.houses import House

THREE = Limit("three", 3, timedelta(minutes=5))


def passes(house: House, subject: str, limit: Limit = THREE) -> bool:
    try:
        spend(house.stranger, (limit, subject))
    except TooManyRequests:
        return False
    return True


def test_a_limit_lets_through_as_many_as_it_says_and_begins_anew(house: House) -> None:
    assert [passes(house, "ada") for _ in range(4)] == [True, True, True, False]
    assert passes(house, "bea")
    house.clock.advance(minutes=4, seconds=30)
    with pytest.raises(TooManyRequests) as refused:
        spend(house.stranger, (THREE, "ada"))
    assert refused.value.values == {"at": "09:05:00", "seconds": 30}
    house.clock.advance(seconds=30)
    assert [passes(house, "ada") for _ in range(4)] == [True, True, True, False]


def test_of_two_limits_both_are_counted_or_none(house: House) -> None:
    ten = Limit("ten", 10, THREE.within)
    for _ in range(5):
        try:
            spend(house.stranger, (ten, "network"), (THREE, "ada"))
        except TooManyRequests:
            continue
    assert [passes(house, "network", ten) for _ in range(8)] == [True] * 7 + [False]


def test_a_limit_holds_for_all_who_ask_at_once(house: House) -> None:
    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(lambda _: passes(house, "ada"), range(24))) == 3


def test_most_changes_are_let_through_without_a_statement(house: House) -> None:
    reserved = Reserved(writes(20), clock=lambda: 0.0)
    with counting(house) as statements:
        reserved.spend(house.stranger, "ada")
    first = len(statements)
    with counting(house) as statements:
        for _ in range(BATCH - 1):
            reserved.spend(house.stranger, "ada")
    assert (first > 0, statements) == (True, [])


def test_what_two_count_at_the_same_moment_is_good_for_both(house: House) -> None:
    others = ["ada"]

    def clock() -> float:
        # The first look at the clock comes between counting and taking note: just then another one counts.
        if others:
            reserved.spend(house.stranger, others.pop())
        return 0.0

    reserved: Reserved = Reserved(writes(2 * BATCH), clock=clock)
    reserved.spend(house.stranger, "ada")
    with counting(house) as statements:
        for _ in range(2 * BATCH - 2):
            reserved.spend(house.stranger, "ada")
    assert statements == []
    with pytest.raises(TooManyRequests):
        reserved.spend(house.stranger, "ada")


def test_only_the_count_of_changes_does_not_wait_for_the_disk(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[bool] = []
    writing = Database.writing

    def noted(database: Database, *, durable: bool = True) -> AbstractContextManager[Connection]:
        waited.append(durable)
        return writing(database, durable=durable)

    monkeypatch.setattr(Database, "writing", noted)
    Reserved(writes(20)).spend(house.stranger, "ada")
    spend(house.stranger, (THREE, "ada"))
    assert waited == [False, True]


def test_several_processes_share_what_a_person_may_do(house: House) -> None:
    moment = 0.0
    processes = [Reserved(writes(20), clock=lambda: moment) for _ in range(2)]
    for process in processes:
        for _ in range(BATCH):
            process.spend(house.stranger, "ada")
    for process in processes:
        with pytest.raises(TooManyRequests):
            process.spend(house.stranger, "ada")
    house.clock.advance(minutes=1)
    moment = 60.0
    processes[0].spend(house.stranger, "ada")


def test_what_was_reserved_is_not_carried_into_the_next_minute(house: House) -> None:
    moment = 0.0
    reserved = Reserved(writes(BATCH), clock=lambda: moment)
    reserved.spend(house.stranger, "ada")
    house.clock.advance(minutes=1)
    moment = 60.0
    for _ in range(BATCH):
        reserved.spend(house.stranger, "ada")
    with pytest.raises(TooManyRequests):
        reserved.spend(house.stranger, "ada")
