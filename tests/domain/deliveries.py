"""A message to a webhook, for tests."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from service.domain.webhooks import Delivery

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


def a_delivery(**changes: Any) -> Delivery:  # noqa: ANN401 - whatever field a test needs otherwise
    """Return a message that waits, with changes."""
    return replace(Delivery("d", "w", 7, "amendment.tabled", "a", AT, "t", AT), **changes)
