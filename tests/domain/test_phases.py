from itertools import product

import pytest

from service.domain.errors import IllegalMove
from service.domain.phases import (
    BOUND_BY_DEADLINE,
    CAPABILITIES,
    MOVES,
    UNDOES,
    Capability,
    Phase,
    PhaseAction,
    action_to,
    back_to,
    by_itself,
    following,
    leads_back,
)

P = Phase
FORWARD = dict(zip(list(Phase)[:-1], list(Phase)[1:], strict=True))
BACK = {
    P.CONSOLIDATION: P.AMENDING,
    P.ENDORSEMENT: P.CONSOLIDATION,
    P.PUBLICATION: P.ENDORSEMENT,
    P.FOLLOW_UP: P.PUBLICATION,
}


def test_the_round_goes_forward_one_phase_at_a_time() -> None:
    assert {s: t for (s, a), t in MOVES.moves.items() if a is PhaseAction.ADVANCE} == FORWARD


def test_only_the_second_reading_another_consolidation_and_a_correction_lead_back() -> None:
    leading = {(s, a): t for (s, a), t in MOVES.moves.items() if a not in UNDOES}
    assert {s: t for (s, a), t in leading.items() if a is not PhaseAction.ADVANCE} == BACK


def test_every_opening_can_be_taken_back_and_nothing_else() -> None:
    leading = {(s, a): t for (s, a), t in MOVES.moves.items() if a not in UNDOES}
    undoing = {(t, UNDOES[a]): s for (s, a), t in MOVES.moves.items() if a in UNDOES}
    assert undoing == {(s, a): t for (s, a), t in leading.items()}
    assert {(s, t): back_to(t, s) for (s, _), t in leading.items()} == {
        (s, t): s for (s, _), t in leading.items()
    }


def test_what_was_not_opened_is_not_taken_back() -> None:
    with pytest.raises(IllegalMove):
        back_to(P.PUBLICATION, P.COMMENTING)


def test_a_phase_is_followed_by_itself_by_the_next_one() -> None:
    assert {phase: by_itself(phase) for phase in Phase} == {**FORWARD, P.FOLLOW_UP: None}


def test_what_opens_an_earlier_phase_leads_back() -> None:
    told = {(s, t): leads_back(s, t) for s in Phase for t in following(s)}
    assert {move for move, back in told.items() if back} == set(BACK.items())


def outcome(phase: Phase, target: Phase) -> Phase | tuple[str, ...]:
    """Return the phase that leading there comes to, or what the refusal says is possible."""
    try:
        return MOVES.next(phase, action_to(phase, target))
    except IllegalMove as refused:
        return refused.possible


def test_a_phase_follows_only_where_the_table_says() -> None:
    assert {(phase, target): outcome(phase, target) for phase, target in product(Phase, Phase)} == {
        (phase, target): target if target in {FORWARD.get(phase), BACK.get(phase)} else following(phase)
        for phase, target in product(Phase, Phase)
    }


def test_following_phases_are_named_in_the_order_of_the_table() -> None:
    assert following(P.ENDORSEMENT) == (P.CONSOLIDATION, P.PUBLICATION)
    assert following(P.PUBLICATION) == (P.ENDORSEMENT, P.FOLLOW_UP)
    assert following(P.FOLLOW_UP) == (P.PUBLICATION,)


def test_every_phase_says_what_it_opens() -> None:
    assert set(CAPABILITIES) == set(Phase)


def test_every_capability_is_opened_by_some_phase() -> None:
    assert frozenset().union(*CAPABILITIES.values()) == frozenset(Capability)


def test_the_deadline_binds_what_cities_hand_in_and_nothing_else() -> None:
    assert {Capability.COMMENT, Capability.AMEND, Capability.POSITION} == BOUND_BY_DEADLINE
