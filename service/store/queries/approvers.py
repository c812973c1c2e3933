"""Queries for who may approve an edition."""

from datetime import datetime

from sqlalchemy import Connection, select

from service.domain.actors import Scope
from service.domain.views.people import ApproverView, OrganisationRef
from service.store.tables import mandates, organisations, persons


def approvers_at(connection: Connection, now: datetime) -> tuple[ApproverView, ...]:
    """Return everyone with a mandate to approve that is in force at a moment, by name."""
    query = (
        select(persons.c.id, persons.c.name, mandates.c.scopes, organisations.c.id, organisations.c.name)
        .join_from(mandates, persons, persons.c.id == mandates.c.person_id)
        .join(organisations, organisations.c.id == mandates.c.organisation_id)
        .where(
            mandates.c.revoked_at.is_(None),
            mandates.c.valid_from <= now,
            mandates.c.expires_at.is_(None) | (mandates.c.expires_at > now),
        )
        .order_by(persons.c.name, mandates.c.id)
    )
    return tuple(
        ApproverView(person_id, name, OrganisationRef(organisation_id, organisation))
        for person_id, name, scopes, organisation_id, organisation in connection.execute(query)
        if Scope.APPROVE in scopes
    )
