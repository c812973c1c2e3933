"""What nobody needs any more: sessions, links, counters and keys whose time is over."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from service.store.access_tables import allowances, confirmations, links, sign_in_attempts
from service.store.bookkeeping import idempotency_keys, sessions

KEYS_LAST = timedelta(days=7)


def sweep(connection: Connection, now: datetime) -> int:
    """Forget what is over; returns how many rows that was."""
    return sum(
        connection.execute(delete(column.table).where(column <= moment)).rowcount
        for column, moment in (
            (confirmations.c.expires_at, now),
            (sign_in_attempts.c.expires_at, now),
            (sessions.c.expires_at, now),
            (links.c.expires_at, now),
            (allowances.c.ends_at, now),
            (idempotency_keys.c.created_at, now - KEYS_LAST),
        )
    )
