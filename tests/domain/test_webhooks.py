"""Webhooks: addresses, patterns, the schedule, and the signature."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from service.domain.errors import Invalid
from service.domain.webhooks import (
    LONGEST_REST,
    SCHEDULE,
    SHORTEST_REST,
    Answer,
    check_patterns,
    check_url,
    pause,
    rest,
    signed,
    wants,
    written_secret,
)


@pytest.mark.parametrize(
    "url",
    ["https://receiver.example", "https://receiver.example:8443/a?b=c", "https://xn--bcher-kva.example/",
     "https://192.0.2.1/", "https://[2001:db8::1]/"],
)  # fmt: skip
def test_whole_address_by_https_is_taken(url: str) -> None:
    check_url(url)


@pytest.mark.parametrize(
    "url",
    ["", "receiver.example", "//receiver.example/", "http://receiver.example/", "ftp://receiver.example/",
     "javascript:alert(1)", "file:///etc/passwd", "https://", "https:///path", "https://user@receiver.example/",
     "https://user:password@receiver.example/", "https://receiver.example/#part", "https://receiver.example:0/",
     "https://receiver.example:99999/", "https://receiver.example:port/", "https://receiver.example/\r\nHost: x",
     "https://receiver.example/a b", "https://bücher.example/", "https://[::1", "https://a%00b.example/",
     "https://receiver.example\\@inside/", "https://receiver.example/" + "a" * 2_000],
)  # fmt: skip
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_url(url)
    assert [error.field for error in refused.value.errors] == ["url"]


def test_local_address_needs_no_https_where_that_is_allowed() -> None:
    check_url("http://127.0.0.1:9000/hook", local=True)
    with pytest.raises(Invalid):
        check_url("ftp://127.0.0.1/", local=True)


def test_patterns_name_an_event_a_kind_of_thing_or_everything() -> None:
    patterns = check_patterns(["amendment.*", "position.taken", "amendment.*"])
    assert patterns == ("amendment.*", "position.taken")
    named = ("amendment.tabled", "amendment.moved", "position.taken", "position.withdrawn", "amendments.x")
    assert [wants(patterns, name) for name in named] == [True, True, True, False, False]
    assert wants(check_patterns(["*"]), "edition.moved")


@pytest.mark.parametrize(
    "pattern", ["", "amendment", "*.tabled", "amendment.nothing", "nobody.*", "a.b.c", "**"]
)
def test_pattern_that_nothing_matches_is_refused(pattern: str) -> None:
    with pytest.raises(Invalid):
        check_patterns([pattern])


def test_nothing_is_no_pattern() -> None:
    with pytest.raises(Invalid):
        check_patterns([])


def test_pauses_grow_with_the_schedule_and_differ_a_little() -> None:
    pauses = [pause("a", attempts) for attempts in range(1, len(SCHEDULE) + 2)]
    assert pauses[-1] is None
    for step, found in zip(SCHEDULE, pauses, strict=False):
        assert found is not None
        assert step <= found <= step * 1.1
    assert pauses[:2] != [pause("b", attempts) for attempts in (1, 2)]
    assert sum(SCHEDULE, timedelta()) == timedelta(hours=75, minutes=35, seconds=5)


def test_rest_is_neither_short_nor_long() -> None:
    assert [rest(attempts) for attempts in (1, 2, 50)] == [SHORTEST_REST, timedelta(minutes=5), LONGEST_REST]


def test_signature_is_the_one_of_the_standard() -> None:
    # The example that the reference implementations are tested with.
    written = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    secret = base64.b64decode(written)
    at = datetime.fromtimestamp(1614265330, UTC)
    assert written_secret(secret) == f"whsec_{written}"
    assert signed("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}', [secret]) == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_success_is_what_begins_with_two() -> None:
    statuses = (None, 199, 200, 204, 299, 301, 404, 410, 500)
    assert [Answer(status).is_success for status in statuses] == [
        False,
        False,
        True,
        True,
        True,
        *[False] * 4,
    ]
