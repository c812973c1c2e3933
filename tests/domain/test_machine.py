from collections.abc import Iterator
from dataclasses import fields
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import Any, get_type_hints

import pytest

from service.domain import (
    amendments,
    assessments,
    comments,
    editions,
    invitations,
    lessons,
    phases,
    positions,
    recommendations,
    translations,
    webhooks,
)
from service.domain.errors import IllegalMove
from service.domain.machine import Machine
from tests.golden import assert_golden

GOLDEN = Path(__file__).parent / "golden" / "states.txt"
MACHINES: tuple[tuple[Machine[Any, Any], type[StrEnum], type[StrEnum]], ...] = (
    (phases.MOVES, phases.Phase, phases.PhaseAction),
    (recommendations.LIFECYCLE, recommendations.RecommendationState, recommendations.RecommendationAction),
    (amendments.LIFECYCLE, amendments.AmendmentState, amendments.AmendmentAction),
    (comments.LIFECYCLE, comments.CommentState, comments.CommentAction),
    (positions.LIFECYCLE, positions.PositionState, positions.PositionAction),
    (assessments.LIFECYCLE, assessments.AssessmentState, assessments.AssessmentAction),
    (lessons.LIFECYCLE, lessons.LessonState, lessons.LessonAction),
    (translations.LIFECYCLE, translations.TranslationState, translations.TranslationAction),
    (editions.LIFECYCLE, editions.EditionState, editions.EditionAction),
    (invitations.LIFECYCLE, invitations.InvitationState, invitations.InvitationAction),
    (webhooks.LIFECYCLE, webhooks.WebhookState, webhooks.WebhookAction),
    (webhooks.DELIVERIES, webhooks.DeliveryState, webhooks.DeliveryAction),
)


def outcome(machine: Machine[Any, Any], state: StrEnum, action: StrEnum) -> str:
    try:
        return str(machine.next(state, action))
    except IllegalMove:
        return "refused"


def described() -> Iterator[str]:
    yield "What each action leads to in each state; every cell of every machine is here."
    for machine, states, actions in MACHINES:
        yield ""
        yield f"{machine.name}, which begins as {machine.initial}"
        for state, action in product(states, actions):
            yield f"  {state:<26}{action:<28}{outcome(machine, state, action)}"


def test_every_state_and_action_lead_where_the_table_says() -> None:
    assert_golden(GOLDEN, "\n".join(described()) + "\n")


@pytest.mark.parametrize(("machine", "states", "actions"), MACHINES, ids=lambda m: getattr(m, "name", ""))
def test_every_state_can_be_reached_and_every_action_leads_somewhere(
    machine: Machine[Any, Any], states: type[StrEnum], actions: type[StrEnum]
) -> None:
    reached = {machine.initial}
    for _ in states:
        reached |= {target for (source, _), target in machine.moves.items() if source in reached}
    assert reached == set(states)
    assert {action for _, action in machine.moves} <= set(actions)


def test_an_illegal_move_says_what_is_possible_instead() -> None:
    with pytest.raises(IllegalMove) as refused:
        lessons.LIFECYCLE.next(lessons.LessonState.PROPOSED, lessons.LessonAction.TAKE_OFF)
    assert refused.value.possible == ("shortlist",)
    assert refused.value.message == (
        "This lesson is proposed, so it cannot be changed by “take off”. Possible now: shortlist."
    )


def test_an_illegal_move_from_an_end_says_that_nothing_is_possible() -> None:
    with pytest.raises(IllegalMove, match=r"Possible now: nothing\."):
        positions.LIFECYCLE.next(positions.PositionState.WITHDRAWN, positions.PositionAction.WITHDRAW)


def test_actions_come_in_the_order_of_the_table() -> None:
    assert amendments.LIFECYCLE.actions(amendments.AmendmentState.DRAFT) == ("table", "withdraw")


def test_allows_tells_what_next_would_do() -> None:
    for machine, states, actions in MACHINES:
        for state, action in product(states, actions):
            assert machine.allows(state, action) is (outcome(machine, state, action) != "refused")


@pytest.mark.parametrize(
    ("entity", "machine"),
    [
        (recommendations.Recommendation, recommendations.LIFECYCLE),
        (amendments.Amendment, amendments.LIFECYCLE),
        (comments.Comment, comments.LIFECYCLE),
        (positions.Position, positions.LIFECYCLE),
        (lessons.Lesson, lessons.LIFECYCLE),
        (editions.Edition, editions.LIFECYCLE),
    ],
)
def test_a_thing_begins_in_the_initial_state_of_its_machine(entity: type, machine: Machine[Any, Any]) -> None:
    (state,) = (field for field in fields(entity) if field.name == "state")
    assert state.default is machine.initial
    assert get_type_hints(entity)["state"] is type(machine.initial)
