"""What the facility should know of a key before it names its owner to sign."""

from datetime import UTC, datetime, timedelta

import pytest

from service.domain.seals import KeyPlace, Term
from service.domain.signatory_keys import KeyFault, KeyHint, SignatoryKey, hint_of

NOW = datetime(2026, 3, 1, tzinfo=UTC)


def lasting(days: int, begins: int = -10) -> SignatoryKey:
    return SignatoryKey(
        KeyPlace.TOKEN, "ab" * 32, Term(NOW + timedelta(days=begins), NOW + timedelta(days=days))
    )


@pytest.mark.parametrize(
    ("key", "publication", "hint"),
    [
        (None, 10, KeyHint.NONE),
        (SignatoryKey(KeyPlace.TOKEN), 10, None),
        (lasting(0), 10, KeyHint.NOT_IN_FORCE),
        (lasting(90, begins=1), 10, KeyHint.NOT_IN_FORCE),
        (lasting(90), 91, KeyHint.ENDS_BEFORE),
        (lasting(90), 90, KeyHint.ENDS_BEFORE),
        (lasting(90), 89, None),
        (lasting(90), None, None),
        (lasting(61), None, None),
        (lasting(60), None, KeyHint.ENDS),
        (lasting(60), 10, KeyHint.ENDS),
    ],
)
def test_hint_tells_what_comes_first(
    key: SignatoryKey | None, publication: int | None, hint: KeyHint | None
) -> None:
    published = None if publication is None else NOW + timedelta(days=publication)
    assert hint_of(key, NOW, published) is hint


@pytest.mark.parametrize("fault", KeyFault)
def test_what_keeps_a_key_from_signing_now_is_told_before_all_else(fault: KeyFault) -> None:
    hint = hint_of(SignatoryKey(KeyPlace.SERVICE, fault=fault), NOW, NOW)
    assert hint is not None
    assert hint.value == fault.value
