"""Use cases around organisations, partnerships, persons and their mandates."""

import re
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.domain.actors import (
    ROLE_SCOPES,
    Mandate,
    MandateLevel,
    Organisation,
    OrganisationKind,
    Partnership,
    Person,
    Region,
    Role,
    Scope,
)
from service.domain.errors import Invalid, PersonGone
from service.domain.events import MandateGranted, OrganisationAdmitted, PartnershipEntered, PersonEntered
from service.domain.permissions import Permission, Subject, require
from service.domain.text import normalise
from service.workflows.context import Context

NAME_LENGTH = 200
COUNTRY_LENGTH = 100
DOCUMENT_LENGTH = 500
EMAIL_LENGTH = 254
# One documented rule: ASCII, lower case, one @, no display name, no address literal.
EMAIL = re.compile(
    r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)


@dataclass(frozen=True, slots=True)
class EnterOrganisation:
    """An organisation to enter."""

    name: str
    kind: OrganisationKind
    country: str
    region: Region
    invented: bool = False


@dataclass(frozen=True, slots=True)
class EnterPartnership:
    """A partnership to enter."""

    name: str
    region: Region
    themes: tuple[str, ...]
    lead_id: str
    member_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EnterPerson:
    """A person to give an account."""

    email: str
    name: str
    language: str = "en"
    time_zone: str = "Europe/Brussels"


@dataclass(frozen=True, slots=True)
class GrantMandate:
    """An authority to act for an organisation, with the document it rests on."""

    person_id: str
    organisation_id: str
    role: Role
    scopes: tuple[Scope, ...]
    level: MandateLevel
    document: str
    expires_at: datetime | None = None


def name_of(value: str, field: str = "name", limit: int = NAME_LENGTH) -> str:
    """Return a name as it is kept.

    Raises:
        Invalid: it is empty or too long.
    """
    clean = normalise(value, field=field)
    if not clean:
        raise Invalid.field(field, "Please fill this in.")
    if len(clean) > limit:
        raise Invalid.field(field, "Please keep this under %(limit)s characters.", limit=limit)
    return clean


def address(value: str) -> str:
    """Return a mail address as it is kept.

    Raises:
        Invalid: it is not one plain address.
    """
    email = value.strip().lower()
    if len(email) > EMAIL_LENGTH or EMAIL.fullmatch(email) is None:
        raise Invalid.field("email", "Write one address, such as name@city.example.")
    return email


def check_zone(name: str) -> str:
    """Return the name of a time zone.

    Raises:
        Invalid: there is none of this name.
    """
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid.field(
            "time_zone", "There is no such time zone. Use a name such as Europe/Brussels."
        ) from None
    return name


def enter_organisation(ctx: Context, command: EnterOrganisation) -> str:
    """The facility enters an organisation; returns its id."""
    with ctx.transaction() as work:
        require(work.actor, Permission.PARTICIPANT_ADMIT, Subject())
        name = name_of(command.name)
        if work.organisations.find(name=name) is not None:
            raise Invalid.field("name", "There is an organisation of this name already.")
        organisation = Organisation(
            ctx.new_id(),
            name,
            command.kind,
            name_of(command.country, "country", COUNTRY_LENGTH),
            command.region,
            command.invented,
        )
        work.organisations.add(organisation)
        work.record(OrganisationAdmitted(organisation.id))
        return organisation.id


def enter_partnership(ctx: Context, command: EnterPartnership) -> str:
    """The facility enters a partnership of organisations; returns its id."""
    with ctx.transaction() as work:
        require(work.actor, Permission.PARTICIPANT_ADMIT, Subject())
        if command.lead_id not in command.member_ids:
            raise Invalid.field("lead_id", "The lead has to be one of the members.")
        known = {o.id for o in work.organisations.all(id=frozenset(command.member_ids))}
        if unknown := [m for m in command.member_ids if m not in known]:
            raise Invalid.field("member_ids", "There is no organisation %(id)s.", id=unknown[0])
        name = name_of(command.name)
        if work.memberships.is_partnership(name):
            raise Invalid.field("name", "There is a partnership of this name already.")
        partnership = Partnership(
            ctx.new_id(),
            name,
            command.region,
            tuple(name_of(theme, "themes") for theme in command.themes),
            command.lead_id,
            tuple(dict.fromkeys(command.member_ids)),
        )
        work.memberships.add_partnership(partnership)
        work.record(PartnershipEntered(partnership.id))
        return partnership.id


def enter_person(ctx: Context, command: EnterPerson) -> str:
    """The facility gives a person an account; returns its id."""
    with ctx.transaction() as work:
        require(work.actor, Permission.MANDATE_GRANT, Subject())
        email = address(command.email)
        if work.persons.find(email=email) is not None:
            raise Invalid.field("email", "Someone has an account with this address already.")
        zone = check_zone(command.time_zone)
        person = Person(ctx.new_id(), email, name_of(command.name), command.language, zone)
        work.persons.add(person)
        work.record(PersonEntered(person.id))
        return person.id


def grant_mandate(ctx: Context, command: GrantMandate) -> str:
    """The facility writes down on which authority a person acts for an organisation; returns the mandate's id."""
    with ctx.transaction() as work:
        require(work.actor, Permission.MANDATE_GRANT, Subject())
        person = work.persons.lock(command.person_id, share=True)
        if person.erased:
            raise PersonGone
        organisation = work.organisations.get(command.organisation_id)
        beyond = [s for s in command.scopes if s not in ROLE_SCOPES[command.role]]
        document = normalise(command.document, field="document")
        if len(document) > DOCUMENT_LENGTH:
            raise Invalid.field(
                "document", "Please keep this under %(limit)s characters.", limit=DOCUMENT_LENGTH
            )
        if beyond:
            raise Invalid.field(
                "scopes",
                "A mandate as %(role)s cannot include “%(scope)s”.",
                role=command.role,
                scope=beyond[0],
            )
        if command.expires_at is not None and command.expires_at <= work.now:
            raise Invalid.field("expires_at", "The mandate would have ended already.")
        mandate = Mandate(
            ctx.new_id(),
            person.id,
            organisation.id,
            command.role,
            tuple(dict.fromkeys(command.scopes)),
            command.level,
            document,
            work.now,
            command.expires_at,
        )
        work.mandates.add(mandate)
        work.record(
            MandateGranted(
                mandate.id,
                person.id,
                organisation.id,
                mandate.role.value,
                tuple(s.value for s in mandate.scopes),
            )
        )
        return mandate.id
