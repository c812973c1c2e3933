"""What nobody needs any more: sessions, links, counters, keys and unsent forms whose time is over."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete

from service.store.access_tables import allowances, challenges, confirmations, links, sign_in_attempts
from service.store.bookkeeping import idempotency_keys, kept_forms, sessions

KEYS_LAST = timedelta(days=7)
FORMS_LAST = timedelta(days=90)


def sweep(connection: Connection, now: datetime) -> int:
    """Forget what is over; returns how many rows that was."""
    return sum(
        connection.execute(delete(column.table).where(column <= moment)).rowcount
        for column, moment in (
            (confirmations.c.expires_at, now),
            (sign_in_attempts.c.expires_at, now),
            (challenges.c.expires_at, now),
            (sessions.c.expires_at, now),
            (links.c.expires_at, now),
            (allowances.c.ends_at, now),
            (idempotency_keys.c.created_at, now - KEYS_LAST),
            (kept_forms.c.kept_at, now - FORMS_LAST),
        )
    )
