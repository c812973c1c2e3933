from itertools import product

import pytest

from service.domain.errors import OtherText
from service.domain.positions import (
    STATEMENT_LENGTH,
    Position,
    PositionState,
    Reservation,
    Stance,
    carry_over,
    check,
    check_digest,
    come_back,
)
from service.domain.recommendations import Version
from tests.domain.actors import NOW
from tests.domain.faults import fields_refused

S = Stance
PLAIN = (S.ENDORSED, S.NO_OBJECTION, S.ABSTAINED, S.RECUSED)


def a_version(digest: str) -> Version:
    return Version("v1", "r1", 1, None, "ada", (), {}, digest, "", NOW, {})


def a_position(state: PositionState) -> Position:
    return Position("p1", "r1", "city", "ada", "v1", "d1", S.ENDORSED, None, "", "", NOW, state)


def test_a_position_on_the_text_that_was_read_is_accepted() -> None:
    check_digest(a_version("d1"), "d1")


def test_a_position_on_another_text_is_refused() -> None:
    with pytest.raises(OtherText):
        check_digest(a_version("d1"), "d2")


@pytest.mark.parametrize(("stance", "statement"), list(product(PLAIN, ["", "Because."])))
def test_a_plain_stance_may_say_why(stance: Stance, statement: str) -> None:
    check(stance, None, statement, "")


@pytest.mark.parametrize("reservation", Reservation)
def test_an_endorsement_with_reservation_says_of_what_kind_and_what(reservation: Reservation) -> None:
    check(S.ENDORSED_WITH_RESERVATION, reservation, "The council looks at it.", "")


def test_an_objection_says_why_and_what_would_resolve_it() -> None:
    check(S.OBJECTION, None, "Too vague.", "A date.")


@pytest.mark.parametrize(
    ("stance", "reservation", "statement", "resolved_by", "fields"),
    [
        (S.ENDORSED_WITH_RESERVATION, None, "", "", ["reservation", "statement"]),
        (S.ENDORSED_WITH_RESERVATION, Reservation.SCRUTINY, "", "", ["statement"]),
        (S.OBJECTION, None, "", "", ["statement", "resolved_by"]),
        (S.OBJECTION, Reservation.SCRUTINY, "No.", "A date.", ["reservation"]),
        (S.ENDORSED, Reservation.SCRUTINY, "", "A date.", ["reservation", "resolved_by"]),
        (S.ENDORSED, None, "s" * (STATEMENT_LENGTH + 1), "", ["statement"]),
        (S.OBJECTION, None, "No.", "r" * (STATEMENT_LENGTH + 1), ["resolved_by"]),
    ],
)
def test_a_position_that_lacks_something_is_refused_by_field(
    stance: Stance,
    reservation: Reservation | None,
    statement: str,
    resolved_by: str,
    fields: list[str],
) -> None:
    assert fields_refused(lambda: check(stance, reservation, statement, resolved_by)) == fields


def test_a_statement_of_the_full_length_is_accepted() -> None:
    check(S.OBJECTION, None, "s" * STATEMENT_LENGTH, "r" * STATEMENT_LENGTH)


@pytest.mark.parametrize(
    ("state", "digest", "asked", "after"),
    [
        (PositionState.STANDING, "d1", False, PositionState.STANDING),
        (PositionState.STANDING, "d2", True, PositionState.RECONFIRMATION_REQUESTED),
        (PositionState.RECONFIRMATION_REQUESTED, "d2", False, PositionState.RECONFIRMATION_REQUESTED),
        (PositionState.SUPERSEDED, "d2", False, PositionState.SUPERSEDED),
        (PositionState.WITHDRAWN, "d2", False, PositionState.WITHDRAWN),
    ],
)
def test_a_position_is_asked_for_again_when_the_text_under_it_changes(
    state: PositionState, digest: str, *, asked: bool, after: PositionState
) -> None:
    position = a_position(state)
    assert carry_over(position, a_version(digest)) is asked
    assert position.state is after


@pytest.mark.parametrize(
    ("state", "digest", "stands"),
    [
        (PositionState.RECONFIRMATION_REQUESTED, "d1", True),
        (PositionState.RECONFIRMATION_REQUESTED, "d2", False),
        (PositionState.STANDING, "d1", False),
        (PositionState.SUPERSEDED, "d1", False),
        (PositionState.WITHDRAWN, "d1", False),
    ],
)
def test_a_position_stands_again_when_its_text_is_back(
    state: PositionState, digest: str, *, stands: bool
) -> None:
    position = a_position(state)
    assert come_back(position, a_version(digest)) is stands
    assert position.state is (PositionState.STANDING if stands else state)
