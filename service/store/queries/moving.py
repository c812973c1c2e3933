"""Queries around the phases: which deadlines have come, how far the work is, what happened since, who takes part."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, insert, select

from service.domain.actors import Scope
from service.domain.agenda_events import PhaseMoved
from service.domain.amendments import ACCEPTED, OPEN
from service.domain.editions import EditionState
from service.domain.moving import Progress
from service.domain.phases import Phase
from service.domain.positions import PositionState
from service.domain.recommendations import RecommendationState
from service.domain.views.moving import Recipient
from service.store.bookkeeping import events, reminders
from service.store.hearing import OPEN_TO_ALL
from service.store.mandates import in_force
from service.store.queries.collisions import in_each_others_way
from service.store.tables import (
    agendas,
    amendments,
    comments,
    editions,
    mandates,
    participations,
    persons,
    positions,
    recommendations,
    signatures,
    versions,
)

# Who runs a round, drafts in it or signs for it takes part in no agenda by name.
_RUNS_IT = frozenset({Scope.FACILITATE, Scope.CONSOLIDATE, Scope.APPROVE})


@dataclass(frozen=True, slots=True)
class Deadline:
    """The deadline of an agenda's open phase, and which warnings of it were given, in hours before."""

    agenda_id: str
    phase: Phase
    closes_at: datetime
    set_at: datetime | None
    given: frozenset[int]


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning of one deadline."""

    agenda_id: str
    phase: Phase
    closes_at: datetime
    hours: int


@dataclass(frozen=True, slots=True)
class LastMove:
    """The last opening of a phase, and the names of what was recorded after it; subjects by the name."""

    source: Phase
    target: Phase
    at: datetime
    source_closes_at: datetime | None
    since: tuple[tuple[str, str], ...]


def deadlines(connection: Connection, now: datetime, within: timedelta) -> tuple[Deadline, ...]:
    """Return the deadlines that have passed, or will within a time, the earliest first."""
    query = (
        select(
            agendas.c.id, agendas.c.phase, agendas.c.phase_closes_at, agendas.c.deadline_set_at, reminders.c.hours
        )
        .outerjoin(
            reminders,
            (reminders.c.agenda_id == agendas.c.id)
            & (reminders.c.phase == agendas.c.phase)
            & (reminders.c.closes_at == agendas.c.phase_closes_at),
        )
        .where(agendas.c.phase_closes_at <= now + within, agendas.c.phase != Phase.FOLLOW_UP)
        .order_by(agendas.c.phase_closes_at, agendas.c.id)
    )  # fmt: skip
    found: dict[str, tuple[Phase, datetime, datetime | None]] = {}
    given: dict[str, set[int]] = defaultdict(set)
    for row in connection.execute(query):
        found[row.id] = Phase(row.phase), row.phase_closes_at, row.deadline_set_at
        if row.hours is not None:
            given[row.id].add(row.hours)
    return tuple(Deadline(i, *of, frozenset(given[i])) for i, of in found.items())


def is_given(connection: Connection, warning: Warned) -> bool:
    """Tell whether a warning of a deadline was given."""
    same = (reminders.c[name] == value for name, value in asdict(warning).items())
    return connection.execute(select(reminders.c.hours).where(*same)).first() is not None


def give(connection: Connection, warning: Warned, now: datetime) -> None:
    """Write down that a warning of a deadline was given."""
    connection.execute(insert(reminders).values(**asdict(warning), given_at=now))


def progress(connection: Connection, agenda_id: str) -> Progress:
    """Return how far the work on an agenda has come."""
    kept = (recommendations.c.agenda_id == agenda_id) & (
        recommendations.c.state != RecommendationState.WITHDRAWN
    )
    ids = tuple(connection.scalars(select(recommendations.c.id).where(kept)))
    of = amendments.c.recommendation_id.in_(select(recommendations.c.id).where(kept))
    counts = select(
        _count(amendments, of, amendments.c.state.in_(OPEN)).label("undecided"),
        _count(
            amendments, of, amendments.c.state.in_(ACCEPTED), amendments.c.incorporated_in.is_(None)
        ).label("not_worked_in"),
        _count(editions, editions.c.agenda_id == agenda_id, editions.c.state == EditionState.RELEASED).label(
            "editions"
        ),
    )
    row = connection.execute(counts).one()
    colliding = len(in_each_others_way(connection, ids))
    return Progress(len(ids), row.undecided, row.not_worked_in, colliding, row.editions)


def standing_positions(connection: Connection, agenda_id: str) -> int:
    """Return how many positions stand on the recommendations of an agenda."""
    query = (
        select(func.count())
        .select_from(positions)
        .join(recommendations, recommendations.c.id == positions.c.recommendation_id)
        .where(recommendations.c.agenda_id == agenda_id, positions.c.state == PositionState.STANDING)
    )
    return connection.scalars(query).one()


def last_move(connection: Connection, agenda_id: str) -> LastMove | None:
    """Return the last opening of a phase with what was recorded after it; None where no phase was opened yet."""
    here = events.c.scope == agenda_id
    opened = (
        select(events.c.sequence, events.c.at, events.c.data)
        .where(here, events.c.name == PhaseMoved.name)
        .order_by(events.c.sequence.desc())
        .limit(1)
    )
    row = connection.execute(opened).one_or_none()
    if row is None:
        return None
    later = (
        select(events.c.name, events.c.subject_id)
        .where(here, events.c.sequence > row.sequence)
        .order_by(events.c.sequence)
    )
    planned = row.data.get("source_closes_at")
    return LastMove(
        Phase(row.data["source"]),
        Phase(row.data["target"]),
        row.at,
        datetime.fromisoformat(planned) if planned is not None else None,
        tuple((name, subject) for name, subject in connection.execute(later)),
    )


def audience(connection: Connection, agenda_id: str, now: datetime) -> tuple[Recipient, ...]:
    """Return the persons who take part in an agenda, by mandates in force: for a participant, or to run the round."""
    inside = select(participations.c.organisation_id).where(participations.c.agenda_id == agenda_id)
    query = (
        select(persons, mandates.c.organisation_id, mandates.c.scopes, mandates.c.organisation_id.in_(inside))
        .join(mandates, mandates.c.person_id == persons.c.id)
        .where(in_force(now))
        .order_by(persons.c.id)
    )
    people: dict[str, Any] = {}
    scopes: dict[str, set[Scope]] = defaultdict(set)
    voices: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(query):
        mine = frozenset(Scope(scope) for scope in row.scopes)
        takes_part = row[-1]
        if takes_part or mine & _RUNS_IT:
            people[row.id] = row
            scopes[row.id] |= mine if takes_part else mine & _RUNS_IT
            voices[row.id].add(row.organisation_id)
    return tuple(
        Recipient(
            i, row.name, row.email, row.language, row.time_zone, frozenset(scopes[i]), frozenset(voices[i])
        )
        for i, row in people.items()
    )


def heard(connection: Connection, agenda_id: str, phase: Phase) -> frozenset[str]:
    """Return the organisations that have done what a phase asks of them; nobody where it asks nothing of any."""
    if phase is Phase.COMMENTING:
        said = select(comments.c.organisation_id).where(comments.c.agenda_id == agenda_id, OPEN_TO_ALL)
        return frozenset(connection.scalars(said))
    if phase is Phase.AMENDING:
        tabled = (amendments.c.agenda_id == agenda_id, amendments.c.number.is_not(None))
        own = select(amendments.c.organisation_id).where(*tabled)
        signed = (
            select(signatures.c.organisation_id)
            .join(amendments, amendments.c.id == signatures.c.amendment_id)
            .where(*tabled)
        )
        return frozenset(connection.scalars(own.union(signed)))
    if phase is Phase.ENDORSEMENT:
        return _answered(connection, agenda_id)
    return frozenset()


def _answered(connection: Connection, agenda_id: str) -> frozenset[str]:
    """Return the organisations whose positions stand on the present text of every recommendation at stake."""
    at_stake = (
        recommendations.c.agenda_id == agenda_id,
        recommendations.c.state == RecommendationState.TABLED,
    )
    texts = connection.scalars(select(func.count()).select_from(recommendations).where(*at_stake)).one()
    answered = (
        select(positions.c.organisation_id)
        .join(recommendations, recommendations.c.id == positions.c.recommendation_id)
        .join(versions, versions.c.id == recommendations.c.current_version_id)
        .where(
            *at_stake,
            positions.c.state == PositionState.STANDING,
            positions.c.digest == versions.c.digest,
        )
        .group_by(positions.c.organisation_id)
        .having(func.count() == texts)
    )
    return frozenset(connection.scalars(answered))


def _count(table: Table, *conditions: ColumnElement[bool]) -> Any:  # noqa: ANN401 - a scalar subquery of SQLAlchemy's
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()
