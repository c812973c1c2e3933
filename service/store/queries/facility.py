"""Which organisation coordinates, and so publishes."""

from datetime import datetime

from sqlalchemy import Connection, select

from service.domain.actors import Scope
from service.store.mandates import in_force
from service.store.tables import mandates, organisations


def facility_at(connection: Connection, now: datetime) -> str:
    """Return the name of the organisation that has coordinated for longest of those that may; "" where none may."""
    query = (
        select(mandates.c.scopes, organisations.c.name)
        .join_from(mandates, organisations, organisations.c.id == mandates.c.organisation_id)
        .where(in_force(now))
        .order_by(mandates.c.valid_from, mandates.c.id)
    )
    return next((name for scopes, name in connection.execute(query) if Scope.FACILITATE in scopes), "")
