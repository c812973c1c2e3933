"""Counters that hold across processes: one row, changed by one statement."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, bindparam, case, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import ReturningInsert

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
    said = {
        "name": limit.name,
        "subject": subject,
        "amount": amount,
        "now": now,
        "ends_at": now + limit.within,
        "most": limit.count,
    }
    moment: datetime | None = connection.execute(
        _spending(connection.dialect.name), said
    ).scalar_one_or_none()
    return moment


def forgive(connection: Connection, limit: Limit, subject: str) -> None:
    """Count one less, because what was counted did no harm."""
    table = allowances.c
    once = (table.name == limit.name, table.subject == subject, table.spent > 0)
    connection.execute(update(allowances).where(*once).values(spent=table.spent - 1))


def begins_anew(connection: Connection, limit: Limit, subject: str) -> datetime:
    """Return when a limit that was reached begins anew."""
    query = select(allowances.c.ends_at).where(
        allowances.c.name == limit.name, allowances.c.subject == subject
    )
    moment: datetime = connection.execute(query).scalar_one()
    return moment


@cache
def _spending(dialect: str) -> ReturningInsert[Any]:
    """Return the statement that counts, built once: every tenth write of a person executes it."""
    table = allowances.c
    amount, now, ends_at = (
        bindparam(name, type_=kind.type)
        for name, kind in (("amount", table.spent), ("now", table.ends_at), ("ends_at", table.ends_at))
    )
    over = table.ends_at <= now
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    return (
        insert(allowances)
        .values(name=bindparam("name"), subject=bindparam("subject"), spent=amount, ends_at=ends_at)
        .on_conflict_do_update(
            index_elements=[table.name, table.subject],
            set_={
                "spent": case((over, amount), else_=table.spent + amount),
                "ends_at": case((over, ends_at), else_=table.ends_at),
            },
            where=or_(over, table.spent + amount <= bindparam("most", type_=table.spent.type)),
        )
        .returning(table.ends_at)
    )
