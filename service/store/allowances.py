"""Counters that hold across processes: one row, changed by one statement."""

from datetime import datetime

from sqlalchemy import Connection, Insert, case, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from service.domain.access import Limit
from service.store.access_tables import allowances


def spend(
    connection: Connection, limit: Limit, subject: str, now: datetime, amount: int = 1
) -> datetime | None:
    """Count `amount` more; returns when the count begins anew, or None if that is more than the limit.

    Args:
        connection: in a transaction that writes.
        limit: how much is allowed in which span.
        subject: SHA-256 of whoever it is, in hex.
        now: the transaction's moment.
        amount: at most the limit's count.
    """
    table = allowances.c
    ends_at = now + limit.within
    over = table.ends_at <= now
    statement = _insert(connection).values(name=limit.name, subject=subject, spent=amount, ends_at=ends_at)
    counted = statement.on_conflict_do_update(
        index_elements=[table.name, table.subject],
        set_={
            "spent": case((over, amount), else_=table.spent + amount),
            "ends_at": case((over, ends_at), else_=table.ends_at),
        },
        where=or_(over, table.spent + amount <= limit.count),
    ).returning(table.ends_at)
    moment: datetime | None = connection.execute(counted).scalar_one_or_none()
    return moment


def begins_anew(connection: Connection, limit: Limit, subject: str) -> datetime:
    """Return when a limit that was reached begins anew."""
    query = select(allowances.c.ends_at).where(
        allowances.c.name == limit.name, allowances.c.subject == subject
    )
    moment: datetime = connection.execute(query).scalar_one()
    return moment


def _insert(connection: Connection) -> "sqlite.Insert | postgresql.Insert":
    on_sqlite = connection.dialect.name == "sqlite"
    made: Insert = sqlite.insert(allowances) if on_sqlite else postgresql.insert(allowances)
    return made  # type: ignore[return-value]  # both have on_conflict_do_update, under the same name
