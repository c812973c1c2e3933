from itertools import product

from service.domain.errors import IllegalMove
from service.domain.phases import (
    BOUND_BY_DEADLINE,
    CAPABILITIES,
    MOVES,
    Capability,
    Phase,
    PhaseAction,
    action_to,
    following,
)

P = Phase
FORWARD = dict(zip(list(Phase)[:-1], list(Phase)[1:], strict=True))
BACK = {P.CONSOLIDATION: P.AMENDING, P.ENDORSEMENT: P.CONSOLIDATION}


def test_the_round_goes_forward_one_phase_at_a_time() -> None:
    assert {s: t for (s, a), t in MOVES.moves.items() if a is PhaseAction.ADVANCE} == FORWARD


def test_only_the_second_reading_and_another_consolidation_lead_back() -> None:
    assert {s: t for (s, a), t in MOVES.moves.items() if a is not PhaseAction.ADVANCE} == BACK


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
    assert following(P.FOLLOW_UP) == ()


def test_every_phase_says_what_it_opens() -> None:
    assert set(CAPABILITIES) == set(Phase)


def test_every_capability_is_opened_by_some_phase() -> None:
    assert frozenset().union(*CAPABILITIES.values()) == frozenset(Capability)


def test_the_deadline_binds_what_cities_hand_in_and_nothing_else() -> None:
    assert {Capability.COMMENT, Capability.AMEND, Capability.POSITION} == BOUND_BY_DEADLINE
