"""An agenda seen from above."""

from datetime import date

from service.domain.overviews import Day, Shift, Stage, convergence, heat, stage
from service.domain.phases import Phase
from service.domain.recommendations import RecommendationState

MONDAY, TUESDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 6)


def test_stage_follows_from_the_state_and_for_what_is_tabled_from_what_is_open() -> None:
    state = RecommendationState
    found = {one: stage(one, 2, Phase.CONSOLIDATION) for one in state}
    assert found == {
        state.DRAFT: Stage.DRAFTED,
        state.TABLED: Stage.OPEN,
        state.ADOPTED: Stage.ADOPTED,
        state.NOT_ADOPTED: Stage.SETTLED,
        state.WITHDRAWN: Stage.OPEN,
        state.PUBLISHED: Stage.PUBLISHED,
    }


def test_recommendation_is_settled_only_once_nothing_more_can_be_proposed() -> None:
    found = [stage(RecommendationState.TABLED, 0, phase) for phase in (Phase.AMENDING, Phase.ENDORSEMENT)]
    assert found == [Stage.OPEN, Stage.SETTLED]


def test_heat_grows_with_what_is_asked_and_ends_at_four() -> None:
    found = [heat(*asked) for asked in ((0, 0, 0), (0, 0, 1), (1, 0, 2), (2, 1, 1), (9, 9, 9))]
    assert found == [0, 1, 2, 4, 4]


def test_convergence_counts_what_was_open_by_the_end_of_each_day() -> None:
    shifts = (
        Shift(MONDAY, "a", opened=True),
        Shift(MONDAY, "b", opened=True),
        Shift(TUESDAY, "a", opened=False),
        Shift(TUESDAY, "c", opened=True),
        Shift(TUESDAY, "c", opened=True),
        Shift(FRIDAY, "a", opened=True),
        Shift(FRIDAY, "b", opened=False),
        Shift(FRIDAY, "c", opened=False),
    )
    assert convergence(shifts) == (Day(MONDAY, 2, 2), Day(TUESDAY, 3, 2), Day(FRIDAY, 3, 1))


def test_draft_that_is_withdrawn_was_never_open() -> None:
    assert convergence((Shift(MONDAY, "a", opened=False), Shift(FRIDAY, "b", opened=True))) == (
        Day(FRIDAY, 1, 1),
    )
