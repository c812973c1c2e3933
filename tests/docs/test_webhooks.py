"""The page for those who receive webhooks: its example is checked by its own code, and that by our signatures."""

import base64
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from service.domain.webhooks import payload, signed
from tests.domain.deliveries import a_delivery

PAGE = (Path(__file__).parents[2] / "docs/webhooks.md").read_text(encoding="utf-8")
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
Check = Callable[[dict[str, str], bytes, str], bool]


@pytest.fixture
def check() -> Check:
    """The check as the page gives it."""
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    made: dict[str, Any] = {}
    exec(code, made)  # noqa: S102 - our own documentation
    found: Check = made["comes_from_sympolity"]
    return found


def example() -> tuple[dict[str, str], bytes]:
    """Return the headers and the body of the message on the page."""
    (message,) = re.findall(r"^```\nPOST .*?\n(.*?)\n```", PAGE, re.MULTILINE | re.DOTALL)
    head, _, body = message.partition("\n\n")
    return dict(line.split(": ", 1) for line in head.splitlines()), body.encode()


def test_example_passes_its_own_check_and_no_other_does(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    headers, body = example()
    monkeypatch.setattr(time, "time", lambda: int(headers["webhook-timestamp"]) + 5)
    assert SECRET in PAGE
    assert check(headers, body, SECRET)
    assert not check(headers, body + b" ", SECRET)
    assert not check({**headers, "webhook-id": "another"}, body, SECRET)
    assert not check(headers, body, "whsec_" + base64.b64encode(b"another secret of 24 byt").decode())
    monkeypatch.setattr(time, "time", lambda: int(headers["webhook-timestamp"]) + 301)
    assert not check(headers, body, SECRET)


def test_what_is_sent_passes_the_check_with_either_secret(check: Check) -> None:
    body = payload(a_delivery(), "the-agenda")
    old, new = b"o" * 32, b"n" * 32
    headers = signed("the-message", datetime.now(UTC), body, [new, old])
    secrets = ("whsec_" + base64.b64encode(secret).decode() for secret in (new, old, b"x" * 32))
    assert [check(headers, body, secret) for secret in secrets] == [True, True, False]


def test_example_is_of_the_shape_that_is_sent() -> None:
    headers, body = example()
    delivery = a_delivery(
        id=headers["webhook-id"],
        at=datetime(2027, 1, 10, 9, tzinfo=UTC),
        subject_id="01J9ZC5V7N8Q4T2X6B3D0KMRWH",
        sequence=42,
    )
    assert payload(delivery, "01J9ZC5V7N8Q4T2X6B3D0KMRWA") == body
