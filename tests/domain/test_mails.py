from itertools import product

from service.domain.mails import (
    OBLIGATORY,
    TEMPLATES,
    Frequency,
    Mail,
    MailState,
    NotificationKind,
    first_state,
    may_turn_off,
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
