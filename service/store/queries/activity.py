"""Queries for what happened in an agenda, as everyone may know it."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, false, func, or_, select

from service.domain.activity import TOLD, is_again, led_to, told_of
from service.domain.permissions import Sight
from service.domain.recommendations import RecommendationState
from service.domain.views import Page
from service.domain.views.activity import ActivityFilter, ActivityView, AskRef
from service.store.bookkeeping import events, record_heads
from service.store.hearing import readable
from service.store.paging import page_of
from service.store.tables import amendments, comments, organisations, positions, recommendations

_ABOUT = func.coalesce(
    amendments.c.recommendation_id,
    comments.c.recommendation_id,
    positions.c.recommendation_id,
    events.c.subject_id,
)
_TOLD: Select[Any] = (
    select(
        events.c.sequence,
        events.c.at,
        events.c.name,
        events.c.subject_id,
        events.c.data,
        organisations.c.name.label("organisation"),
        recommendations.c.id.label("recommendation_id"),
        recommendations.c.number.label("recommendation_number"),
        recommendations.c.title.label("recommendation_title"),
        amendments.c.number.label("amendment"),
    )
    .outerjoin(organisations, organisations.c.id == events.c.organisation_id)
    .outerjoin(amendments, amendments.c.id == events.c.subject_id)
    .outerjoin(comments, comments.c.id == events.c.subject_id)
    .outerjoin(positions, positions.c.id == events.c.subject_id)
    .outerjoin(recommendations, recommendations.c.id == _ABOUT)
    .where(events.c.name.in_(sorted(TOLD)))
)


def _visible(sight: Sight, agenda_id: str) -> Select[Any]:
    return _told(sight).where(events.c.scope == agenda_id)


def _told(sight: Sight) -> Select[Any]:
    query = _TOLD.where(comments.c.id.is_(None) | readable(sight))
    if sight.everything:
        return query
    # Drafts are nobody's business but their authors': an amendment has a number from when it was tabled.
    return query.where(
        recommendations.c.id.is_(None) | (recommendations.c.state != RecommendationState.DRAFT),
        amendments.c.id.is_(None) | amendments.c.number.is_not(None),
    )


def newest(
    connection: Connection, sight: Sight, agenda_id: str, limit: int, recommendation_id: str | None = None
) -> tuple[ActivityView, ...]:
    """Return what happened last in an agenda, or around one of its recommendations, the newest first."""
    query = _visible(sight, agenda_id).order_by(events.c.sequence.desc()).limit(limit)
    if recommendation_id is not None:
        query = query.where(recommendations.c.id == recommendation_id)
    return tuple(_view(row) for row in connection.execute(query))


def of_amendment(
    connection: Connection, sight: Sight, agenda_id: str, amendment_id: str, limit: int
) -> tuple[ActivityView, ...]:
    """Return what happened to an amendment of an agenda, the oldest first, as far as everyone may know it."""
    query = _visible(sight, agenda_id).where(events.c.subject_id == amendment_id)
    rows = connection.execute(query.order_by(events.c.sequence).limit(limit))
    return tuple(_view(row) for row in rows)


def list_activity(
    connection: Connection,
    sight: Sight,
    agenda_id: str,
    wanted: ActivityFilter,
    *,
    limit: int,
    cursor: str | None,
) -> Page[ActivityView]:
    """Return what happened in an agenda, the newest first."""
    query = _visible(sight, agenda_id).where(events.c.name.in_(sorted(told_of(wanted.kind))))
    if wanted.recommendation_id is not None:
        query = query.where(recommendations.c.id == wanted.recommendation_id)
    rows, following = page_of(connection, query, (events.c.sequence,), limit, cursor, newest_first=True)
    return Page(tuple(_view(row) for row in rows), following)


def since(
    connection: Connection, sight: Sight, agenda_id: str, after: int, limit: int
) -> tuple[ActivityView, ...]:
    """Return what happened in an agenda after the entry `after` of its record, in order."""
    query = (
        _visible(sight, agenda_id).where(events.c.sequence > after).order_by(events.c.sequence).limit(limit)
    )
    return tuple(_view(row) for row in connection.execute(query))


def news(
    connection: Connection, sight: Sight, after: Mapping[str, int], limit: int
) -> Mapping[str, tuple[ActivityView, ...]]:
    """Return what others did in agendas after an entry of each, by agenda, the newest first, `limit` at most in all."""
    ours = events.c.organisation_id.in_(sorted(sight.organisation_ids))
    query = (
        _told(sight)
        .where(
            or_(
                false(),
                *(and_(events.c.scope == i, events.c.sequence > entry) for i, entry in sorted(after.items())),
            ),
            events.c.organisation_id.is_(None) | ~ours,
        )
        .add_columns(events.c.scope)
        .order_by(events.c.at.desc(), events.c.scope, events.c.sequence.desc())
        .limit(limit)
    )
    found: dict[str, list[ActivityView]] = {}
    for row in connection.execute(query):
        found.setdefault(row.scope, []).append(_view(row))
    return {scope: tuple(entries) for scope, entries in found.items()}


def heads(connection: Connection, agenda_ids: Collection[str]) -> Mapping[str, int]:
    """Return how many entries the records of agendas have; an agenda that there is not is left out."""
    query = select(record_heads.c.scope, record_heads.c.size).where(
        record_heads.c.scope.in_(sorted(agenda_ids))
    )
    return {row.scope: row.size for row in connection.execute(query)}


def last_of_kind(connection: Connection, agenda_id: str, kind: str) -> datetime | None:
    """Return when an event named `kind.…` was last recorded in an agenda, or None."""
    query = select(func.max(events.c.at)).where(
        events.c.scope == agenda_id, events.c.name.startswith(f"{kind}.", autoescape=True)
    )
    at: datetime | None = connection.scalars(query).one()
    return at


def _view(row: Row[Any]) -> ActivityView:
    about = (
        AskRef(row.recommendation_id, row.recommendation_number, row.recommendation_title)
        if row.recommendation_id is not None
        else None
    )
    return ActivityView(
        row.sequence,
        row.at,
        row.name,
        row.subject_id,
        row.organisation,
        about,
        row.amendment,
        led_to(row.name, row.data),
        is_again(row.name, row.data),
    )
