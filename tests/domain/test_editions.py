from service.domain.editions import LIFECYCLE, STEPS, EditionAction, EditionState


def test_the_steps_lead_from_approval_to_release() -> None:
    state = EditionState.APPROVED
    passed = [state := LIFECYCLE.next(state, step) for step in STEPS]
    assert passed == ["rendered", "signed", "timestamped", "verified", "released"]


def test_no_step_can_be_left_out_or_taken_twice() -> None:
    state = EditionState.APPROVED
    for step in STEPS:
        assert [s for s in STEPS if LIFECYCLE.allows(state, s)] == [step]
        state = LIFECYCLE.next(state, step)


def test_an_edition_can_be_withdrawn_wherever_it_stopped_on_its_way() -> None:
    withdrawable = [s for s in EditionState if LIFECYCLE.allows(s, EditionAction.WITHDRAW)]
    assert withdrawable == [s for s in EditionState if s is not EditionState.WITHDRAWN]
