"""Whether papers can be sealed, and for how long still."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.seals import (
    KeysView,
    SealDescription,
    SealFault,
    days_left,
    ends_at,
    fault_of,
    is_expected,
    signers_named,
    warning_due,
)

BEGINS, ENDS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
LATER, A_SECOND = datetime(2027, 6, 1, tzinfo=UTC), timedelta(seconds=1)
SEAL = SealDescription(
    "CN=Seal",
    "CN=Root",
    "1f",
    "ab" * 32,
    BEGINS,
    ENDS,
    "RSA, 3072 bits",
    demo=False,
    timestamps="https://tsa.example",
)


@pytest.mark.parametrize(
    ("now", "fault"),
    [
        (BEGINS - A_SECOND, SealFault.NOT_IN_FORCE),
        (BEGINS, None),
        (ENDS - A_SECOND, None),
        (ENDS, SealFault.NOT_IN_FORCE),
    ],
)
def test_seal_is_used_while_its_certificate_is_in_force(now: datetime, fault: SealFault | None) -> None:
    assert fault_of(SEAL, now) is fault


def test_each_fault_has_its_own_name() -> None:
    stamps = replace(SEAL, stamps_until=BEGINS)
    assert [fault_of(one, BEGINS) for one in (None, replace(SEAL, allowed=False), stamps)] == [
        SealFault.NO_KEY,
        SealFault.DEMO_KEY,
        SealFault.STAMPS_EXPIRED,
    ]


def test_key_that_is_away_is_a_fault_unless_it_could_not_seal_anyway() -> None:
    away = replace(SEAL, away=SealFault.PIN_REFUSED)
    faults = [fault_of(away, BEGINS), fault_of(away, ENDS)]
    assert faults == [SealFault.PIN_REFUSED, SealFault.NOT_IN_FORCE]
    assert [KeysView(away, "name", "line", fault=fault).away for fault in faults] == [True, False]


@pytest.mark.parametrize(("stamps_until", "ends"), [(None, ENDS), (LATER, ENDS), (BEGINS, BEGINS)])
def test_sealing_ends_with_the_first_of_its_certificates(
    stamps_until: datetime | None, ends: datetime
) -> None:
    assert ends_at(replace(SEAL, stamps_until=stamps_until)) == ends


@pytest.mark.parametrize(
    ("left", "days", "due"),
    [
        (timedelta(days=60, seconds=1), None, None),
        (timedelta(days=60), 60, 60),
        (timedelta(days=14, seconds=1), 15, 60),
        (timedelta(days=14), 14, 14),
        (timedelta(seconds=1), 1, 14),
        (timedelta(0), 0, 14),
        (timedelta(days=-3), 0, 14),
    ],
)
def test_end_is_warned_of_twice_and_its_days_are_counted(
    left: timedelta, days: int | None, due: int | None
) -> None:
    now = ENDS - left
    warned = warning_due(ENDS, now)
    assert (days_left(SEAL, now), warned.days if warned else None) == (days, due)


def test_expected_signers_are_named_by_name_or_by_fingerprint_however_it_is_spelled() -> None:
    spelled = ":".join(["AB"] * 32)

    assert signers_named(f" The facility , {spelled},,{'zz' * 32} ") == ("The facility", "ab" * 32, "zz" * 32)
    assert signers_named("") == ()


def test_a_signer_is_expected_by_name_or_fingerprint_and_cannot_pose_as_a_fingerprint_by_name() -> None:
    signers = ("The facility", "ab" * 32)

    asked = (
        ("The facility", "00" * 32),
        ("Another", "ab" * 32),
        ("Another", "00" * 32),
        ("ab" * 32, "00" * 32),
    )
    assert [is_expected(*one, signers) for one in asked] == [True, True, False, False]
