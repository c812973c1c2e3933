"""Reading who takes part: for the coordination facility, and a mandate for whoever holds it or passed it on."""

from dataclasses import dataclass, replace

from service.domain.actors import Actor
from service.domain.errors import Unknown
from service.domain.permissions import Permission, Subject, allows, require, visible_to
from service.domain.views import Page
from service.domain.views.participants import (
    Attendance,
    MandateDetail,
    ParticipantFilter,
    ParticipantView,
    PartnershipRef,
)
from service.store.queries import participants as queries
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.reading import LIMIT


@dataclass(frozen=True, slots=True)
class MandateInUse:
    """A mandate, what comes from it, and what the reader may do with it."""

    detail: MandateDetail
    passed_on: tuple[MandateDetail, ...]
    may: frozenset[Permission]


def participants(
    ctx: Context,
    agenda_id: str,
    wanted: ParticipantFilter,
    limit: int = LIMIT,
    cursor: str | None = None,
) -> Page[ParticipantView]:
    """Return the persons who take part in an agenda, with their mandates and invitations."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.PARTICIPANT_INVITE, Subject())
        reading.agenda(ctx, agenda_id)
        return queries.list_participants(
            reader.connection, agenda_id, wanted, now=reader.now, limit=limit, cursor=cursor
        )


def partnerships(ctx: Context, agenda_id: str) -> tuple[PartnershipRef, ...]:
    """Return the partnerships of which a member takes part in an agenda."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.PARTICIPANT_INVITE, Subject())
        reading.agenda(ctx, agenda_id)
        return queries.partnerships_of(reader.connection, agenda_id)


def attendance(ctx: Context, agenda_id: str) -> Attendance:
    """Return an agenda's people in numbers."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.PARTICIPANT_INVITE, Subject())
        reading.agenda(ctx, agenda_id)
        return queries.attendance(reader.connection, agenda_id, reader.now)


def mandate(ctx: Context, mandate_id: str) -> MandateInUse:
    """Return a mandate for the facility, its holder, or whoever passed it on; nobody else learns who holds it."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        found = queries.get_mandate(reader.connection, mandate_id, reader.now)
        may = _may(reader.actor, found) if found is not None else frozenset()
        if found is None or Permission.MANDATE_READ not in may:
            raise Unknown(thing="mandate")
        passed_on = queries.list_passed_on(reader.connection, mandate_id, reader.now)
        if not allows(reader.actor, Permission.MANDATE_GRANT, Subject()):
            # Whoever passed it on gave an address: that it has an account, under which name, is not theirs to learn.
            passed_on = tuple(replace(one, person="") for one in passed_on)
        return MandateInUse(found, passed_on, may)


def _may(actor: Actor, found: MandateDetail) -> frozenset[Permission]:
    # What calls for a confirmation is shown to whoever may give one.
    both = Subject(holders=frozenset(filter(None, (found.person_id, found.source_person_id))), confirmed=True)
    alone = Subject(holders=frozenset({found.person_id}), confirmed=True)
    asked = {Permission.MANDATE_READ: both, Permission.MANDATE_REVOKE: both, Permission.MANDATE_ATTACH: both}
    if found.in_force and found.source_id is None:
        asked |= {Permission.MANDATE_NAME_ALTERNATE: alone, Permission.MANDATE_DELEGATE: alone}
    return frozenset(p for p, subject in asked.items() if allows(actor, p, subject))
