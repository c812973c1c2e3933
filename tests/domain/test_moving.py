from datetime import timedelta

import pytest

from service.domain.errors import UndoOver
from service.domain.moving import (
    ACTS,
    UNDO_WITHIN,
    WARNINGS,
    Hindrance,
    Progress,
    check_undo,
    hindrances,
    warning_due,
)
from service.domain.phases import Phase, following
from tests.domain.actors import NOW

P, H = Phase, Hindrance
READY = Progress(texts=1, undecided=0, not_worked_in=0, colliding=0, editions=1)
NOT_READY = Progress(texts=0, undecided=1, not_worked_in=1, colliding=2, editions=0)
SECOND = timedelta(seconds=1)


def test_nothing_stands_in_the_way_where_the_work_is_done() -> None:
    moves = [(phase, target) for phase in Phase for target in following(phase)]
    assert {move: hindrances(*move, READY) for move in moves} == dict.fromkeys(moves, ())


def test_what_stands_in_the_way_depends_on_what_opens() -> None:
    moves = [(phase, target) for phase in Phase for target in following(phase)]
    found = {move: hindrances(*move, NOT_READY) for move in moves}
    assert {move: why for move, why in found.items() if why} == {
        (P.PREPARATION, P.COMMENTING): (H.NO_TEXT,),
        (P.CONSOLIDATION, P.ENDORSEMENT): (H.UNDECIDED, H.NOT_WORKED_IN, H.COLLIDING),
        (P.PUBLICATION, P.ENDORSEMENT): (H.UNDECIDED, H.NOT_WORKED_IN, H.COLLIDING),
        (P.PUBLICATION, P.FOLLOW_UP): (H.UNPUBLISHED,),
    }


def test_every_phase_says_whose_turn_it_is() -> None:
    assert set(ACTS) == set(Phase)


@pytest.mark.parametrize(
    ("after", "since", "over"),
    [
        (timedelta(0), [], False),
        (UNDO_WITHIN, [], False),
        (UNDO_WITHIN + SECOND, [], True),
        (SECOND, ["recommendation.tabled", "recommendation.adopted", "recommendation.refused"], False),
        (SECOND, ["agenda.deadline_near"], False),
        (SECOND, ["recommendation.tabled", "amendment.tabled"], True),
    ],
)
def test_an_opening_is_taken_back_soon_and_while_nothing_came_of_it(
    after: timedelta, since: list[str], *, over: bool
) -> None:
    if over:
        with pytest.raises(UndoOver, match="10 minutes"):
            check_undo(NOW, since, NOW + after)
    else:
        check_undo(NOW, since, NOW + after)


@pytest.mark.parametrize(
    ("left", "due"),
    [
        (timedelta(days=7) + SECOND, None),
        (timedelta(days=7), timedelta(days=7)),
        (timedelta(days=1) + SECOND, timedelta(days=7)),
        (timedelta(days=1), timedelta(days=1)),
        (timedelta(hours=2), timedelta(hours=2)),
        (SECOND, timedelta(hours=2)),
        (timedelta(0), None),
        (-SECOND, None),
    ],
)
def test_the_nearest_warning_is_due_until_the_deadline(left: timedelta, due: timedelta | None) -> None:
    assert warning_due(NOW + left, None, NOW) == due
    assert warning_due(NOW + left, NOW - timedelta(days=30), NOW) == due


def test_a_deadline_that_was_set_just_now_needs_no_warning() -> None:
    told = {(left, warning_due(NOW + left, NOW, NOW)) for left in WARNINGS}
    assert told == {(left, None) for left in WARNINGS}
    closes_at = NOW + timedelta(days=3)
    assert warning_due(closes_at, NOW, closes_at - timedelta(days=1)) == timedelta(days=1)
