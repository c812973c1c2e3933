"""Which mandates can be used: the one place where the database is asked that."""

from datetime import datetime

from sqlalchemy import BindParameter, ColumnElement, FromClause, and_, or_, select

from service.store.tables import mandates

_SOURCE = mandates.alias("source")


def in_force(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    """Return the condition that a mandate can be used at `now`: it stands, and so does the one it comes from."""
    source = select(_SOURCE.c.id).where(_SOURCE.c.id == mandates.c.source_id, _stands(_SOURCE, now))
    return and_(_stands(mandates, now), or_(mandates.c.source_id.is_(None), source.exists()))


def _stands(table: FromClause, now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    return and_(
        table.c.valid_from <= now,
        or_(table.c.expires_at.is_(None), table.c.expires_at > now),
        table.c.revoked_at.is_(None),
    )
