"""Use cases around the agenda: opening a round, its timetable, its phases, who takes part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.domain import adoption, agendas
from service.domain.adoption import AdoptionRule
from service.domain.agendas import TITLE_LENGTH, Agenda
from service.domain.errors import FieldError, Invalid, StaleState
from service.domain.events import AgendaCreated, AgendaEdited, DeadlineMoved, ParticipantsAdmitted
from service.domain.permissions import Permission, Subject, require
from service.domain.phases import Phase
from service.domain.text import normalise
from service.store.queries.leading import positions_taken
from service.store.uow import UnitOfWork
from service.workflows import moving
from service.workflows.context import Context


@dataclass(frozen=True, slots=True)
class CreateAgenda:
    """A round to open."""

    title: str
    headline: str
    programme: str
    meeting: str
    place: str
    starts_on: date
    ends_on: date
    language: str
    time_zone: str
    rule: AdoptionRule
    timetable: Mapping[Phase, datetime] = field(default_factory=dict)
    invented: bool = False


@dataclass(frozen=True, slots=True)
class EditAgenda:
    """What to change of an agenda; None leaves a thing as it is."""

    agenda_id: str
    revision: int | None = None
    title: str | None = None
    headline: str | None = None
    programme: str | None = None
    meeting: str | None = None
    place: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    language: str | None = None
    time_zone: str | None = None
    rule: AdoptionRule | None = None
    timetable: Mapping[Phase, datetime] | None = None
    phase_closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MovePhase:
    """Open another phase, for a reason that the record keeps."""

    agenda_id: str
    target: Phase
    reason: str = ""
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reschedule:
    """Another closing time for `phase`, which whoever asks took to be open, and why."""

    agenda_id: str
    phase: Phase
    closes_at: datetime
    reason: str


_WORDS = ("title", "headline", "programme", "meeting", "place")


def _checked(values: Mapping[str, str]) -> dict[str, str]:
    errors, clean = [], {}
    for name, value in values.items():
        clean[name] = normalise(value, field=name)
        if not clean[name]:
            errors.append(FieldError(name, "Please fill this in."))
        elif len(clean[name]) > TITLE_LENGTH:
            errors.append(
                FieldError(name, "Please keep this under %(limit)s characters.", {"limit": TITLE_LENGTH})
            )
    if errors:
        raise Invalid(errors=errors)
    return clean


def create(ctx: Context, command: CreateAgenda) -> str:
    """The facility opens a round; returns the agenda's id."""
    with ctx.transaction() as work:
        require(work.actor, Permission.AGENDA_CREATE, Subject())
        words = _checked({name: getattr(command, name) for name in _WORDS})
        adoption.check_rule(command.rule)
        agendas.check_days(command.starts_on, command.ends_on)
        _check_zone(command.time_zone)
        agenda = Agenda(
            id=ctx.new_id(),
            title=words["title"],
            headline=words["headline"],
            programme=words["programme"],
            meeting=words["meeting"],
            place=words["place"],
            starts_on=command.starts_on,
            ends_on=command.ends_on,
            language=command.language,
            time_zone=command.time_zone,
            rule=command.rule,
            timetable=dict(command.timetable),
            invented=command.invented,
        )
        agenda.phase_closes_at = agenda.timetable.get(agenda.phase)
        agenda.deadline_set_at = work.now
        work.agendas.add(agenda)
        work.record(AgendaCreated(agenda.id), agenda_id=agenda.id)
        return agenda.id


def edit(ctx: Context, command: EditAgenda) -> None:
    """The facility changes an agenda's particulars, its timetable, or when the open phase closes."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(command.agenda_id)
        require(work.actor, Permission.AGENDA_EDIT, agenda.subject(work.now))
        if command.revision is not None and command.revision != agenda.revision:
            raise StaleState
        words = {name: value for name in _WORDS if (value := getattr(command, name)) is not None}
        for name, value in _checked(words).items():
            setattr(agenda, name, value)
        _set_days_and_zone(agenda, command)
        if command.language is not None:
            agendas.change_language(agenda, command.language, work.recommendations.count(agenda_id=agenda.id))
        if command.rule is not None:
            agendas.change_rule(agenda, command.rule, positions_taken(work.connection, agenda.id))
        if command.timetable is not None:
            agendas.plan(agenda, command.timetable, work.now)
        changed = tuple(
            f.name
            for f in fields(command)
            if f.name not in {"agenda_id", "revision"} and getattr(command, f.name) is not None
        )
        if changed:
            work.record(AgendaEdited(agenda.id, changed), agenda_id=agenda.id)
        if command.phase_closes_at is not None:
            _reschedule(work, agenda, command.phase_closes_at)


def _set_days_and_zone(agenda: Agenda, command: EditAgenda) -> None:
    starts_on, ends_on = command.starts_on or agenda.starts_on, command.ends_on or agenda.ends_on
    agendas.check_days(starts_on, ends_on)
    agenda.starts_on, agenda.ends_on = starts_on, ends_on
    if command.time_zone is not None:
        _check_zone(command.time_zone)
        agenda.time_zone = command.time_zone


def _check_zone(time_zone: str) -> None:
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid.field(
            "time_zone", "There is no such time zone. Use a name such as Europe/Brussels."
        ) from None


def admit_participants(ctx: Context, agenda_id: str, organisation_ids: Iterable[str]) -> None:
    """The facility lets organisations take part in a round; those that do already are passed over."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(agenda_id)
        require(work.actor, Permission.PARTICIPANT_ADMIT, agenda.subject(work.now))
        wanted = dict.fromkeys(organisation_ids)
        new = tuple(o for o in wanted if o not in work.memberships.participants(agenda_id))
        known = {o.id for o in work.organisations.all(id=frozenset(new))}
        if unknown := [o for o in new if o not in known]:
            raise Invalid.field("organisation_ids", "There is no organisation %(id)s.", id=unknown[0])
        if new:
            work.memberships.admit(agenda_id, new)
            work.record(ParticipantsAdmitted(agenda_id, new), agenda_id=agenda_id)


def move_phase(ctx: Context, command: MovePhase) -> None:
    """The facility opens another phase; what the change of phase decides is decided in the same transaction."""
    with ctx.transaction() as work:
        # The exclusive lock lets no one slip in while the phase closes.
        agenda = work.agendas.lock(command.agenda_id)
        require(work.actor, Permission.AGENDA_MOVE_PHASE, agenda.subject(work.now))
        moving.carry_out(ctx, work, agenda, command.target, command.reason, closes_at=command.closes_at)


def reschedule(ctx: Context, command: Reschedule) -> None:
    """The facility sets another closing time for the open phase, and says why."""
    with ctx.transaction() as work:
        # The exclusive lock decides who comes first: the new deadline, or the end of the old one.
        agenda = work.agendas.lock(command.agenda_id)
        require(work.actor, Permission.AGENDA_EDIT, agenda.subject(work.now))
        if command.phase is not agenda.phase:
            raise StaleState
        if not command.reason.strip():
            raise Invalid.field("reason", "Say why the time changes: everyone who takes part reads it.")
        _reschedule(work, agenda, command.closes_at, command.reason)


def _reschedule(work: UnitOfWork, agenda: Agenda, closes_at: datetime, reason: str = "") -> None:
    before, why = agenda.phase_closes_at, normalise(reason, field="reason")
    agendas.reschedule(agenda, closes_at, work.now, why)
    told = before.isoformat() if before is not None else None
    work.record(
        DeadlineMoved(agenda.id, agenda.phase.value, told, closes_at.isoformat(), why), agenda_id=agenda.id
    )
