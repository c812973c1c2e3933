from datetime import datetime
from itertools import product

import pytest

from service.domain.mails import (
    OBLIGATORY,
    TEMPLATES,
    Frequency,
    Mail,
    MailState,
    NotificationKind,
    first_state,
    may_turn_off,
    next_digest,
)


def test_every_kind_of_notification_has_a_mail() -> None:
    assert {kind for kind in TEMPLATES.values() if kind is not None} == set(NotificationKind)


def test_mail_is_of_the_kind_of_its_template() -> None:
    assert Mail("mention", "a@city.example", "en", {}).kind is NotificationKind.MENTIONS
    assert Mail("sign_in_link", "a@city.example", "en", {}).kind is None


def test_only_what_is_no_duty_can_be_turned_off() -> None:
    kept_on = {kind for kind in (*NotificationKind, None) if not may_turn_off(kind)}
    assert kept_on == {*OBLIGATORY, None}


def test_first_state_follows_the_readers_wish_where_there_is_a_choice() -> None:
    chosen = {
        Frequency.AT_ONCE: MailState.WAITING,
        Frequency.DAILY: MailState.COLLECTED,
        Frequency.OFF: MailState.UNWANTED,
    }
    wrong = [
        (kind, wish)
        for kind, wish in product((*NotificationKind, None), Frequency)
        if first_state(kind, wish) is not (chosen[wish] if may_turn_off(kind) else MailState.WAITING)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-01-05T04:59:59+00:00", "2026-01-05T05:00:00+00:00"),
        ("2026-01-05T05:00:00+00:00", "2026-01-06T05:00:00+00:00"),
        ("2026-01-05T22:30:00+00:00", "2026-01-06T05:00:00+00:00"),
        # The clock is put forward in the night between.
        ("2026-03-28T12:00:00+00:00", "2026-03-29T04:00:00+00:00"),
    ],
)
def test_daily_mail_goes_out_at_seven_by_the_readers_clock(now: str, due: str) -> None:
    assert next_digest(datetime.fromisoformat(now), "Europe/Athens").isoformat() == due
