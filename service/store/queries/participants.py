"""Queries for who takes part in an agenda: persons, their mandates, and their invitations."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, or_, select

from service.domain.actors import MandateLevel, MandateNature, Role
from service.domain.invitations import InvitationState
from service.domain.views import Page
from service.domain.views.participants import (
    AttachedDocument,
    Attendance,
    InvitationView,
    Invited,
    MandateDetail,
    ParticipantFilter,
    ParticipantView,
    PartnershipRef,
)
from service.domain.views.people import OrganisationRef
from service.store.mandates import in_force
from service.store.paging import page_of
from service.store.tables import (
    invitations,
    mandate_documents,
    mandates,
    organisations,
    participations,
    partnership_members,
    partnerships,
    persons,
)

_SOURCE, _LENDER = mandates.alias("from"), persons.alias("lender")
_INVITATION = (
    invitations.c.state,
    invitations.c.sent_at,
    invitations.c.expires_at,
    invitations.c.times_sent,
    invitations.c.accepted_at,
)


def get_mandate(connection: Connection, mandate_id: str, now: datetime) -> MandateDetail | None:
    """Return one mandate with its holder, or None."""
    return next(iter(_mandates(connection, now, mandates.c.id == mandate_id)), None)


def list_passed_on(connection: Connection, mandate_id: str, now: datetime) -> tuple[MandateDetail, ...]:
    """Return the mandates in force that come from another one."""
    return _mandates(connection, now, mandates.c.source_id == mandate_id, in_force(now))


def list_participants(
    connection: Connection,
    agenda_id: str,
    wanted: ParticipantFilter,
    *,
    now: datetime,
    limit: int,
    cursor: str | None,
) -> Page[ParticipantView]:
    """Return the persons with a mandate of an organisation that takes part, by name."""
    query = (
        select(persons.c.id, persons.c.name, persons.c.email, persons.c.language, *_INVITATION)
        .outerjoin(invitations, invitations.c.person_id == persons.c.id)
        .where(persons.c.id.in_(_taking_part(agenda_id)))
    )
    if wanted.invited is not None:
        query = query.where(_invited(wanted.invited, now))
    if words := wanted.words.strip():
        query = query.where(_named(words, agenda_id))
    if (acting := _acting_for(wanted, agenda_id)) is not None:
        query = query.where(acting)
    rows, following = page_of(connection, query, (persons.c.name, persons.c.id), limit, cursor)
    held: dict[str, list[MandateDetail]] = defaultdict(list)
    theirs = mandates.c.person_id.in_([row.id for row in rows])
    for mandate in _mandates(connection, now, theirs, _of_agenda(agenda_id)):
        held[mandate.person_id].append(mandate)
    found = tuple(_participant(row, held[row.id], now) for row in rows)
    return Page(found, following)


def partnerships_of(connection: Connection, agenda_id: str) -> tuple[PartnershipRef, ...]:
    """Return the partnerships of which a member takes part in an agenda, by name."""
    members = (
        select(partnership_members.c.partnership_id)
        .join(participations, participations.c.organisation_id == partnership_members.c.organisation_id)
        .where(participations.c.agenda_id == agenda_id)
    )
    query = (
        select(partnerships.c.id, partnerships.c.name)
        .where(partnerships.c.id.in_(members))
        .order_by(func.lower(partnerships.c.name), partnerships.c.id)
    )
    return tuple(PartnershipRef(row.id, row.name) for row in connection.execute(query))


def attendance(connection: Connection, agenda_id: str, now: datetime) -> Attendance:
    """Return an agenda's people in numbers."""
    query = (
        select(*_INVITATION)
        .select_from(persons)
        .outerjoin(invitations, invitations.c.person_id == persons.c.id)
        .where(persons.c.id.in_(_taking_part(agenda_id)))
    )
    counted = Counter(_how_far(row, now) for row in connection.execute(query).all())
    manned = select(mandates.c.organisation_id).where(in_force(now))
    unmanned = (
        select(organisations.c.id, organisations.c.name)
        .join(participations, participations.c.organisation_id == organisations.c.id)
        .where(participations.c.agenda_id == agenda_id, organisations.c.id.not_in(manned))
        .order_by(organisations.c.name)
    )
    return Attendance(
        {state: counted[state] for state in Invited},
        tuple(OrganisationRef(row.id, row.name) for row in connection.execute(unmanned)),
    )


def uninvited(connection: Connection, agenda_id: str, now: datetime) -> tuple[str, ...]:
    """Return the ids of the persons with a mandate in force for an agenda whom nobody has invited yet."""
    mandated = select(mandates.c.person_id).where(in_force(now), _of_agenda(agenda_id))
    query = (
        select(persons.c.id)
        .outerjoin(invitations, invitations.c.person_id == persons.c.id)
        .where(persons.c.id.in_(mandated), invitations.c.id.is_(None))
        .order_by(persons.c.id)
    )
    return tuple(connection.scalars(query))


def organisations_of(connection: Connection, person_ids: Collection[str], now: datetime) -> Mapping[str, str]:
    """Return the name of the first organisation that each person acts for now; who acts for none is left out."""
    query = (
        select(mandates.c.person_id, organisations.c.name)
        .join(organisations, organisations.c.id == mandates.c.organisation_id)
        .where(mandates.c.person_id.in_(sorted(person_ids)), in_force(now))
        .order_by(mandates.c.id.desc())
    )
    return {row.person_id: row.name for row in connection.execute(query)}


def _of_agenda(agenda_id: str) -> ColumnElement[bool]:
    taking_part = select(participations.c.organisation_id).where(participations.c.agenda_id == agenda_id)
    return mandates.c.organisation_id.in_(taking_part)


def _taking_part(agenda_id: str) -> Any:  # noqa: ANN401 - a subquery, whose type has no name of its own
    return select(mandates.c.person_id).where(_of_agenda(agenda_id))


def _acting_for(wanted: ParticipantFilter, agenda_id: str) -> ColumnElement[bool] | None:
    """Return the condition on the organisations that somebody acts for; None where any will do."""
    conditions = [_of_agenda(agenda_id)]
    if wanted.region is not None:
        there = select(organisations.c.id).where(organisations.c.region == wanted.region)
        conditions.append(mandates.c.organisation_id.in_(there))
    if wanted.partnership_id is not None:
        members = select(partnership_members.c.organisation_id).where(
            partnership_members.c.partnership_id == wanted.partnership_id
        )
        conditions.append(mandates.c.organisation_id.in_(members))
    if len(conditions) == 1:
        return None
    return persons.c.id.in_(select(mandates.c.person_id).where(*conditions))


def _named(words: str, agenda_id: str) -> ColumnElement[bool]:
    like = "%" + words.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
    by_organisation = (
        select(mandates.c.person_id)
        .join(organisations, organisations.c.id == mandates.c.organisation_id)
        .where(func.lower(organisations.c.name).like(like, escape="\\"), _of_agenda(agenda_id))
    )
    return or_(
        func.lower(persons.c.name).like(like, escape="\\"),
        persons.c.email.like(like, escape="\\"),
        persons.c.id.in_(by_organisation),
    )


def _invited(state: Invited, now: datetime) -> ColumnElement[bool]:
    if state is Invited.NOT_YET:
        return invitations.c.id.is_(None)
    if state in {Invited.SENT, Invited.EXPIRED}:
        late = invitations.c.expires_at <= now
        return and_(invitations.c.state == InvitationState.SENT, late if state is Invited.EXPIRED else ~late)
    return invitations.c.state == InvitationState(state.value)


def _invitation(row: Any) -> InvitationView | None:  # noqa: ANN401 - rows of two queries
    if row.state is None:
        return None
    return InvitationView(
        InvitationState(row.state), row.sent_at, row.expires_at, row.times_sent, row.accepted_at
    )


def _how_far(row: Any, now: datetime) -> Invited:  # noqa: ANN401 - rows of two queries
    invitation = _invitation(row)
    return Invited.NOT_YET if invitation is None else invitation.at(now)


def _participant(row: Row[Any], held: Sequence[MandateDetail], now: datetime) -> ParticipantView:
    return ParticipantView(
        row.id, row.name, row.email, row.language, _how_far(row, now), _invitation(row), tuple(held)
    )


def _mandates(
    connection: Connection, now: datetime, *conditions: ColumnElement[bool]
) -> tuple[MandateDetail, ...]:
    query = (
        select(
            mandates,
            organisations.c.name.label("organisation"),
            persons.c.name.label("person"),
            persons.c.email,
            _SOURCE.c.person_id.label("source_person_id"),
            _LENDER.c.name.label("source_person"),
            in_force(now).label("in_force"),
            mandate_documents.c.digest,
            mandate_documents.c.size,
            mandate_documents.c.added_at,
        )
        .outerjoin(mandate_documents, mandate_documents.c.mandate_id == mandates.c.id)
        .join(organisations, organisations.c.id == mandates.c.organisation_id)
        .join(persons, persons.c.id == mandates.c.person_id)
        .outerjoin(_SOURCE, _SOURCE.c.id == mandates.c.source_id)
        .outerjoin(_LENDER, _LENDER.c.id == _SOURCE.c.person_id)
        .where(*conditions)
        .order_by(mandates.c.id)
    )
    return tuple(
        MandateDetail(
            id=row.id,
            organisation=OrganisationRef(row.organisation_id, row.organisation),
            person_id=row.person_id,
            person=row.person,
            email=row.email,
            role=Role(row.role),
            scopes=row.scopes,
            level=MandateLevel(row.level),
            document=row.document,
            valid_from=row.valid_from,
            expires_at=row.expires_at,
            nature=MandateNature(row.nature),
            source_id=row.source_id,
            source_person_id=row.source_person_id,
            source_person=row.source_person,
            revoked_at=row.revoked_at,
            revocation=row.revocation,
            in_force=bool(row.in_force),
            attached=AttachedDocument(row.digest, row.size, row.added_at) if row.digest is not None else None,
        )
        for row in connection.execute(query)
    )
