import pytest

from service.domain.drafts import Draft, DraftState, state_of
from tests.houses import BEGINNING

NOW, BEFORE = "1" * 64, "0" * 64


@pytest.mark.parametrize(
    ("draft", "making", "state"),
    [
        (None, False, DraftState.NONE),
        (None, True, DraftState.MAKING),
        (Draft(NOW, BEGINNING, "f" * 64), True, DraftState.MAKING),
        (Draft(NOW, BEGINNING, "f" * 64), False, DraftState.READY),
        (Draft(BEFORE, BEGINNING, "f" * 64), False, DraftState.OUTDATED),
        (Draft(NOW, BEGINNING, None, "too tall"), False, DraftState.FAILED),
        (Draft(BEFORE, BEGINNING, None, "too tall"), False, DraftState.OUTDATED),
    ],
)
def test_a_draft_is_of_the_agenda_as_it_stands_or_it_is_outdated(
    draft: Draft | None, *, making: bool, state: DraftState
) -> None:
    assert state_of(draft, NOW, making=making) is state
