"""Which organisation coordinates, and so publishes."""

from datetime import datetime

from sqlalchemy import Connection, select

from service.domain.actors import Role
from service.store.mandates import in_force
from service.store.tables import mandates, organisations


def facility_at(connection: Connection, now: datetime) -> str:
    """Return the name of the organisation that has held a mandate of the facility for longest; "" where none does."""
    query = (
        select(organisations.c.name)
        .join_from(mandates, organisations, organisations.c.id == mandates.c.organisation_id)
        .where(mandates.c.role == Role.FACILITY, in_force(now))
        .order_by(mandates.c.valid_from, mandates.c.id)
        .limit(1)
    )
    return connection.scalars(query).first() or ""
