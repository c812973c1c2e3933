"""Who is to sign an edition, and when everyone has."""

from datetime import UTC, datetime, timedelta

import pytest

from service.domain.errors import IllegalMove, Invalid
from service.domain.signatories import (
    LONGEST_REASON,
    Signatory,
    SignatoryAction,
    SignatoryState,
    check_reason,
    have_all_signed,
    last_to_sign,
    names_digest,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
_S = SignatoryState


def a_signatory(
    state: SignatoryState = _S.AWAITED, number: int = 1, acted_at: datetime | None = None
) -> Signatory:
    return Signatory(f"{number}", "1", "1", f"p{number}", "1", "ab" * 32, NOW, state, acted_at)


@pytest.mark.parametrize("action", SignatoryAction)
def test_a_signatory_answers_once(action: SignatoryAction) -> None:
    signatory = a_signatory()
    signatory.act(action, NOW, "Because.")
    assert (signatory.acted_at, signatory.reason) == (NOW, "Because.")
    for again in SignatoryAction:
        with pytest.raises(IllegalMove):
            signatory.act(again, NOW)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([_S.SIGNED], True),
        ([_S.SIGNED, _S.SIGNED, _S.TAKEN_OFF], True),
        ([_S.SIGNED, _S.AWAITED], False),
        ([_S.SIGNED, _S.DECLINED], False),
        ([_S.TAKEN_OFF], False),
        ([], False),
    ],
)
def test_all_have_signed_when_nobody_is_left_who_has_not(
    states: list[SignatoryState], expected: object
) -> None:
    assert have_all_signed(map(a_signatory, states)) is expected


def test_who_signed_last_is_told_from_those_who_did_not_sign() -> None:
    listed = [
        a_signatory(_S.SIGNED, 1, NOW + timedelta(hours=1)),
        a_signatory(_S.SIGNED, 2, NOW),
        a_signatory(_S.TAKEN_OFF, 3, NOW + timedelta(hours=2)),
    ]
    assert last_to_sign(listed).id == "1"


def test_a_reason_is_given_and_is_not_endless() -> None:
    check_reason("r" * LONGEST_REASON)
    for reason in ("", "r" * (LONGEST_REASON + 1)):
        with pytest.raises(Invalid) as told:
            check_reason(reason)
        assert [error.field for error in told.value.errors] == ["reason"]


def test_a_confirmation_of_naming_is_for_exactly_these_in_any_order() -> None:
    assert names_digest(["b", "a", "b"]) == names_digest(["a", "b"]) != names_digest(["a"])
    assert names_digest([]) == ""
