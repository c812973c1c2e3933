"""Use cases around the agenda: opening a round, its timetable, its phases, who takes part."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from service.domain import adoption, agendas
from service.domain.adoption import AdoptionRule
from service.domain.agendas import TITLE_LENGTH, Agenda
from service.domain.checkpoints import Occasion
from service.domain.errors import FieldError, Invalid, StaleState
from service.domain.events import (
    AgendaCreated,
    AgendaEdited,
    ParticipantsAdmitted,
    PhaseMoved,
    RecommendationAdopted,
    RecommendationRefused,
    RecommendationTabled,
)
from service.domain.permissions import Permission, Subject, require
from service.domain.phases import Phase
from service.domain.positions import PositionState
from service.domain.recommendations import RecommendationAction, RecommendationState
from service.domain.text import normalise
from service.store.uow import UnitOfWork
from service.workflows import checkpoints
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
    timetable: Mapping[Phase, datetime] | None = None
    phase_closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MovePhase:
    """Open another phase, for a reason that the record keeps."""

    agenda_id: str
    target: Phase
    reason: str = ""
    closes_at: datetime | None = None


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
        if command.ends_on < command.starts_on:
            raise Invalid.field("ends_on", "The meeting cannot end before it starts.")
        try:
            ZoneInfo(command.time_zone)
        except (ZoneInfoNotFoundError, ValueError):
            raise Invalid.field(
                "time_zone", "There is no such time zone. Use a name such as Europe/Brussels."
            ) from None
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
        if command.timetable is not None:
            agenda.timetable = dict(command.timetable)
        if command.phase_closes_at is not None:
            agendas.reschedule(agenda, command.phase_closes_at, work.now)
        changed = tuple(
            f.name
            for f in fields(command)
            if f.name not in {"agenda_id", "revision"} and getattr(command, f.name) is not None
        )
        if changed:
            work.record(AgendaEdited(agenda.id, changed), agenda_id=agenda.id)


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
        source, reason = agenda.phase, normalise(command.reason, field="reason")
        agendas.move(agenda, command.target, reason, command.closes_at, work.now)
        closes_at = agenda.phase_closes_at.isoformat() if agenda.phase_closes_at is not None else None
        work.record(
            PhaseMoved(agenda.id, source.value, agenda.phase.value, reason, closes_at),
            agenda_id=agenda.id,
        )
        checkpoints.take(ctx, work, agenda.id, Occasion.PHASE_CLOSED)
        if source is Phase.PREPARATION:
            _table_drafts(work, agenda)
        if agenda.phase is Phase.PUBLICATION:
            _apply_rule(work, agenda)


def _table_drafts(work: UnitOfWork, agenda: Agenda) -> None:
    """Lay every draft before the partnerships when preparation ends."""
    for recommendation in work.recommendations.all(
        agenda_id=agenda.id, state=RecommendationState.DRAFT, order="number", lock=True
    ):
        recommendation.act(RecommendationAction.TABLE)
        work.record(RecommendationTabled(recommendation.id), agenda_id=agenda.id)


def _apply_rule(work: UnitOfWork, agenda: Agenda) -> None:
    """Decide on each recommendation when the time for positions is over."""
    counted = work.memberships.counted(agenda.id, agenda.rule.counts)
    recommendations = work.recommendations.all(
        agenda_id=agenda.id, state=RecommendationState.TABLED, order="number", lock=True
    )
    ids = frozenset(r.id for r in recommendations)
    standing = work.positions.all(recommendation_id=ids, state=PositionState.STANDING)
    digests = {
        v.id: v.digest for v in work.versions.all(id=frozenset(r.current_version_id for r in recommendations))
    }
    for recommendation in recommendations:
        digest = digests[recommendation.current_version_id]
        stances = [
            p.stance
            for p in standing
            if p.recommendation_id == recommendation.id
            and p.digest == digest
            and p.organisation_id in counted
        ]
        passed = adoption.outcome(agenda.rule, len(counted), stances).passed
        recommendation.act(RecommendationAction.ADOPT if passed else RecommendationAction.REFUSE)
        event = RecommendationAdopted if passed else RecommendationRefused
        work.record(event(recommendation.id, digest), agenda_id=agenda.id)
