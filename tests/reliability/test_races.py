"""Two people who act at once leave a state that some order of the two explains; without the locks they do not."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import pytest
from sqlalchemy import Connection

from service.domain import lessons
from service.domain.events import LessonShortlisted
from service.domain.lessons import SHARED_LIST
from service.store.collection import Collection
from service.store.engine import Database
from service.store.uow import UnitOfWork
from service.workflows import reading
from service.workflows.context import Context
from tests.engines import Databases
from tests.houses import House
from tests.reliability.duels import Meeting, fought
from tests.reliability.races import FURTHER, LISTED
from tests.reliability.races_on_papers import the_last_lesson

PAIRS = 200
FURTHER_PAIRS = 100
SOAK_PAIRS = 10_000
A_FEW = 3
READING_THE_RECORD = ("approve_and_assemble",)
"""Listed kinds that read all that was ever recorded, so that each pair takes longer than the one before."""
IN_ONE_HOUSE = 100
"""Pairs of such a kind that share a house and its record."""


def stands(house: House, kind: str, pairs: int) -> None:
    duel = {**LISTED, **FURTHER}[kind](house)
    campaign = fought(duel, pairs)
    assert campaign.violations == ()
    # Each came first now and then, so the two did meet.
    assert duel.also or set(campaign.seen) == set(duel.told)


@pytest.mark.parametrize("kind", [kind for kind in LISTED if kind not in READING_THE_RECORD])
def test_two_who_act_at_once_leave_what_some_order_explains(house: House, kind: str) -> None:
    stands(house, kind, PAIRS)


def new_houses(databases: Databases, count: int) -> Iterator[House]:
    """Open so many houses, one after the other, each empty at first, and its record unbroken in the end."""
    for _ in range(count):
        url = databases.fresh()
        house = House.at(url)
        try:
            yield house
            house.check_records()
        finally:
            house.close()
            databases.give_back(url)


@pytest.mark.parametrize("kind", READING_THE_RECORD)
def test_two_who_act_at_once_on_the_whole_record_leave_what_some_order_explains(
    databases: Databases, kind: str
) -> None:
    for house in new_houses(databases, PAIRS // IN_ONE_HOUSE):
        stands(house, kind, IN_ONE_HOUSE)


@pytest.mark.parametrize("kind", FURTHER)
def test_two_who_act_at_once_elsewhere_leave_what_some_order_explains(house: House, kind: str) -> None:
    stands(house, kind, FURTHER_PAIRS)


@pytest.mark.soak
@pytest.mark.parametrize("kind", [*LISTED, *FURTHER])
def test_ten_thousand_pairs_leave_what_some_order_explains(house: House, kind: str) -> None:
    stands(house, kind, SOAK_PAIRS)


@pytest.fixture
def unlocked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take all locks away, and let both of a pair have checked before either of them writes."""
    meeting, complete, every = Meeting(), UnitOfWork.complete, Collection.all

    def complete_together(work: UnitOfWork) -> None:
        meeting.wait()
        complete(work)

    @contextmanager
    def writing(database: Database, **_: bool) -> Iterator[Connection]:
        with database.reading() as connection, connection.begin():
            yield connection

    monkeypatch.setattr(UnitOfWork, "complete", complete_together)
    monkeypatch.setattr(Database, "writing", writing)
    monkeypatch.setattr(Collection, "lock", lambda self, identifier, **_: self.get(identifier))
    monkeypatch.setattr(Collection, "all", lambda self, **wanted: every(self, **wanted | {"lock": False}))


@pytest.mark.usefixtures("unlocked")
@pytest.mark.parametrize(
    "kind",
    ["decide_and_withdraw", "decide_twice", "approve_and_withdraw", "the_last_lesson"],
)
def test_the_races_would_show_locks_that_are_missing(house: House, kind: str) -> None:
    assert len(fought(LISTED[kind](house), A_FEW).violations) == A_FEW


def test_the_races_would_show_a_use_case_that_looks_before_its_transaction(house: House) -> None:
    meeting, duel = Meeting(), the_last_lesson(house)
    agenda = duel.scope

    def shortlist(ctx: Context, lesson_id: str) -> None:
        on_the_list = reading.figures(ctx, agenda).shortlisted_lessons
        meeting.wait()
        with ctx.transaction() as work:
            lessons.shortlist(work.lessons.lock(lesson_id), on_the_list)
            work.record(LessonShortlisted(lesson_id), agenda_id=agenda)

    first, second = (partial(shortlist, *act.args) for act in (duel.first, duel.second))
    campaign = fought(replace(duel, first=first, second=second), A_FEW)
    on_the_lists = [left.count(("shortlisted",)) for _, left in campaign.violations]
    assert on_the_lists == [SHARED_LIST + 1] * A_FEW
