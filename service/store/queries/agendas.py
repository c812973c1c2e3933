"""Queries for agendas, and for an agenda in numbers."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Connection, Row, Select, Table, func, select, union

from service.domain.amendments import OPEN
from service.domain.comments import CommentState
from service.domain.editions import EditionState
from service.domain.lessons import LessonState
from service.domain.permissions import Sight
from service.domain.phases import BOUND_BY_DEADLINE, CAPABILITIES, Capability, Phase, following
from service.domain.recommendations import RecommendationState
from service.domain.views import Page
from service.domain.views.agendas import AgendaFigures, AgendaView
from service.store.bookkeeping import record_heads
from service.store.hearing import OPEN_TO_ALL
from service.store.paging import page_of
from service.store.queries.collisions import in_each_others_way
from service.store.tables import (
    agendas,
    amendments,
    comments,
    editions,
    lessons,
    participations,
    partnership_members,
    positions,
    recommendations,
    signatures,
)

_AGENDAS = select(agendas, record_heads.c.size.label("entries")).outerjoin(
    record_heads, record_heads.c.scope == agendas.c.id
)


def list_agendas(connection: Connection, now: datetime, limit: int, cursor: str | None) -> Page[AgendaView]:
    """Return agendas, the oldest first."""
    rows, following_page = page_of(connection, _AGENDAS, (agendas.c.id,), limit, cursor)
    return Page(tuple(_view(row, now) for row in rows), following_page)


def get_agenda(connection: Connection, agenda_id: str, now: datetime) -> AgendaView | None:
    """Return one agenda, or None."""
    row = connection.execute(_AGENDAS.where(agendas.c.id == agenda_id)).one_or_none()
    return _view(row, now) if row is not None else None


def _view(row: Row[Any], now: datetime) -> AgendaView:
    phase = Phase(row.phase)
    return AgendaView(
        id=row.id,
        title=row.title,
        headline=row.headline,
        programme=row.programme,
        meeting=row.meeting,
        place=row.place,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        language=row.language,
        time_zone=row.time_zone,
        phase=phase,
        phase_closes_at=row.phase_closes_at,
        following=following(phase),
        open=opened(phase, row.phase_closes_at, now),
        timetable=row.timetable,
        rule=row.rule,
        invented=row.invented,
        revision=row.revision,
        entries=row.entries or 0,
    )


def opened(phase: Phase, closes_at: datetime | None, now: datetime) -> frozenset[Capability]:
    """Return what a phase opens at this moment."""
    late = closes_at is not None and now >= closes_at
    return CAPABILITIES[phase] - BOUND_BY_DEADLINE if late else CAPABILITIES[phase]


def get_figures(connection: Connection, sight: Sight, agenda_id: str) -> AgendaFigures:
    """Return an agenda in numbers."""
    of_agenda = recommendations.c.agenda_id == agenda_id
    hidden = () if sight.everything else (RecommendationState.DRAFT,)
    tabled = _tabled(agenda_id)
    heard_here = heard(agenda_id).subquery()
    members = func.count(func.distinct(partnership_members.c.partnership_id))
    here = select(members).join(
        participations, participations.c.organisation_id == partnership_members.c.organisation_id
    )
    counts: dict[str, Select[int]] = {
        "recommendations": _count(recommendations, of_agenda, recommendations.c.state.not_in(hidden)),
        "amendments": _count(amendments, *tabled),
        "open_amendments": _count(amendments, *tabled, amendments.c.state.in_(OPEN)),
        "comments": _count(comments, comments.c.agenda_id == agenda_id, OPEN_TO_ALL),
        "open_comments": _count(
            comments, comments.c.agenda_id == agenda_id, comments.c.state == CommentState.OPEN, OPEN_TO_ALL
        ),
        "orphaned_comments": _count(
            comments,
            comments.c.agenda_id == agenda_id,
            comments.c.state == CommentState.ORPHANED,
            OPEN_TO_ALL,
        ),
        "partnerships": here.where(participations.c.agenda_id == agenda_id),
        "active_partnerships": select(members).where(
            partnership_members.c.organisation_id.in_(select(heard_here.c.organisation_id))
        ),
        "organisations": _count(participations, participations.c.agenda_id == agenda_id),
        "shortlisted_lessons": _count(
            lessons, lessons.c.agenda_id == agenda_id, lessons.c.state == LessonState.SHORTLISTED
        ),
        "editions": _count(
            editions, editions.c.agenda_id == agenda_id, editions.c.state == EditionState.RELEASED
        ),
    }
    ids = tuple(connection.scalars(select(recommendations.c.id).where(of_agenda)))
    row = connection.execute(select(*(q.scalar_subquery().label(name) for name, q in counts.items()))).one()
    return AgendaFigures(**row._mapping, colliding=len(in_each_others_way(connection, ids)))  # noqa: SLF001 - the public name of it


def heard(agenda_id: str) -> CompoundSelect[str]:
    """Return the query for the organisations that have amended, signed, commented or taken a position in an agenda."""
    return union(
        select(amendments.c.organisation_id).where(*_tabled(agenda_id)),
        select(signatures.c.organisation_id)
        .join(amendments, amendments.c.id == signatures.c.amendment_id)
        .where(*_tabled(agenda_id)),
        select(comments.c.organisation_id).where(comments.c.agenda_id == agenda_id, OPEN_TO_ALL),
        select(positions.c.organisation_id)
        .join(recommendations, recommendations.c.id == positions.c.recommendation_id)
        .where(recommendations.c.agenda_id == agenda_id),
    )


def _tabled(agenda_id: str) -> tuple[ColumnElement[bool], ...]:
    return amendments.c.agenda_id == agenda_id, amendments.c.number.is_not(None)


def _count(table: Table, *conditions: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).select_from(table).where(*conditions)
