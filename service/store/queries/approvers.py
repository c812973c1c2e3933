"""Queries for who may approve an edition."""

from datetime import datetime

from sqlalchemy import Connection, select

from service.domain.actors import Scope
from service.domain.views.people import ApproverView, OrganisationRef
from service.store.mandates import in_force
from service.store.tables import mandates, organisations, persons


def approvers_at(connection: Connection, now: datetime) -> tuple[ApproverView, ...]:
    """Return everyone with a mandate to approve that is in force at a moment, by name, with the first of several."""
    query = (
        select(
            persons.c.id,
            persons.c.name,
            persons.c.email,
            mandates.c.scopes,
            organisations.c.id,
            organisations.c.name,
        )
        .join_from(mandates, persons, persons.c.id == mandates.c.person_id)
        .join(organisations, organisations.c.id == mandates.c.organisation_id)
        .where(in_force(now))
        .order_by(persons.c.name, mandates.c.id)
    )
    found: dict[str, ApproverView] = {}
    for person_id, name, email, scopes, organisation_id, organisation in connection.execute(query):
        if Scope.APPROVE in scopes:
            able = ApproverView(person_id, name, OrganisationRef(organisation_id, organisation), email)
            found.setdefault(person_id, able)
    return tuple(found.values())
