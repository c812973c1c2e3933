"""Queries for organisations, partnerships, persons and mandates."""

from collections import defaultdict
from datetime import datetime

from sqlalchemy import Connection, or_, select

from service.domain.actors import Actor, Region, Role
from service.domain.views import Page
from service.domain.views.people import (
    DemoPerson,
    MandateView,
    MeView,
    OrganisationRef,
    OrganisationView,
    PartnershipView,
    Party,
)
from service.store.paging import page_of
from service.store.tables import (
    mandates,
    organisations,
    participations,
    partnership_members,
    partnerships,
    persons,
)

_ORGANISATION = (
    organisations.c.id,
    organisations.c.name,
    organisations.c.kind,
    organisations.c.country,
    organisations.c.region,
    organisations.c.invented,
)


def list_organisations(
    connection: Connection, agenda_id: str | None, limit: int, cursor: str | None
) -> Page[OrganisationView]:
    """Return organisations by name: all, or those that take part in an agenda."""
    query = select(*_ORGANISATION)
    if agenda_id is not None:
        query = query.join(participations, participations.c.organisation_id == organisations.c.id).where(
            participations.c.agenda_id == agenda_id
        )
    rows, following = page_of(connection, query, (organisations.c.name, organisations.c.id), limit, cursor)
    return Page(tuple(OrganisationView(**row._mapping) for row in rows), following)  # noqa: SLF001 - the public name of it


def get_organisation(connection: Connection, organisation_id: str) -> OrganisationView | None:
    """Return one organisation, or None."""
    row = connection.execute(
        select(*_ORGANISATION).where(organisations.c.id == organisation_id)
    ).one_or_none()
    return OrganisationView(*row) if row is not None else None


def list_partnerships(connection: Connection, limit: int, cursor: str | None) -> Page[PartnershipView]:
    """Return partnerships by name, each with its members."""
    query = select(
        partnerships.c.id,
        partnerships.c.name,
        partnerships.c.region,
        partnerships.c.themes,
        partnerships.c.lead_id,
    )
    rows, following = page_of(connection, query, (partnerships.c.name, partnerships.c.id), limit, cursor)
    members: dict[str, list[OrganisationRef]] = defaultdict(list)
    joined = (
        select(partnership_members.c.partnership_id, organisations.c.id, organisations.c.name)
        .join(organisations, organisations.c.id == partnership_members.c.organisation_id)
        .where(partnership_members.c.partnership_id.in_([row.id for row in rows]))
        .order_by(organisations.c.name)
    )
    for partnership_id, organisation_id, name in connection.execute(joined):
        members[partnership_id].append(OrganisationRef(organisation_id, name))
    return Page(
        tuple(
            PartnershipView(
                row.id,
                row.name,
                Region(row.region),
                row.themes,
                row.lead_id,
                tuple(sorted(members[row.id], key=lambda m: m.id != row.lead_id)),
            )
            for row in rows
        ),
        following,
    )


def list_mandates(connection: Connection, organisation_id: str, now: datetime) -> tuple[MandateView, ...]:
    """Return the mandates in force for an organisation; who holds them is not told."""
    query = (
        select(
            mandates.c.id,
            mandates.c.organisation_id,
            organisations.c.name,
            mandates.c.role,
            mandates.c.scopes,
            mandates.c.expires_at,
        )
        .join(organisations, organisations.c.id == mandates.c.organisation_id)
        .where(
            mandates.c.organisation_id == organisation_id,
            mandates.c.valid_from <= now,
            or_(mandates.c.expires_at.is_(None), mandates.c.expires_at > now),
        )
        .order_by(mandates.c.id)
    )
    return tuple(MandateView(*row) for row in connection.execute(query))


def get_me(connection: Connection, actor: Actor) -> MeView | None:
    """Return the reader with the mandates that can be used now; None when nobody is signed in."""
    row = connection.execute(
        select(persons.c.id, persons.c.name, persons.c.email, persons.c.language, persons.c.time_zone).where(
            persons.c.id == actor.person_id
        )
    ).one_or_none()
    if row is None:
        return None
    own = tuple(
        MandateView(
            a.mandate_id, a.organisation_id, a.organisation, a.role, tuple(sorted(actor.effective(a)))
        )
        for a in actor.authorities
    )
    return MeView(row.id, row.name, row.email, row.language, row.time_zone, own)


def list_demo_people(connection: Connection) -> tuple[DemoPerson, ...]:
    """Return every person with the first of their mandates."""
    query = (
        select(
            persons.c.id,
            persons.c.email,
            persons.c.name,
            persons.c.language,
            mandates.c.role,
            organisations.c.name.label("organisation"),
        )
        .join(mandates, mandates.c.person_id == persons.c.id)
        .join(organisations, organisations.c.id == mandates.c.organisation_id)
        .order_by(persons.c.id, mandates.c.id)
    )
    people: dict[str, DemoPerson] = {}
    for row in connection.execute(query):
        people.setdefault(
            row.id, DemoPerson(row.id, row.email, row.name, row.language, Role(row.role), row.organisation)
        )
    return tuple(people.values())


def list_parties(connection: Connection, agenda_id: str, now: datetime) -> tuple[Party, ...]:
    """Return everyone with a mandate in force for an organisation that takes part in an agenda."""
    query = (
        select(persons.c.id, persons.c.email, persons.c.name, persons.c.language)
        .distinct()
        .join(mandates, mandates.c.person_id == persons.c.id)
        .join(participations, participations.c.organisation_id == mandates.c.organisation_id)
        .where(
            participations.c.agenda_id == agenda_id,
            mandates.c.valid_from <= now,
            or_(mandates.c.expires_at.is_(None), mandates.c.expires_at > now),
        )
        .order_by(persons.c.id)
    )
    return tuple(Party(row.id, row.email, row.name, row.language) for row in connection.execute(query))
