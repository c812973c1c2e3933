"""Queries for recommendations and their versions."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, case, func, select

from service.domain.amendments import OPEN
from service.domain.comments import CommentState
from service.domain.permissions import Sight
from service.domain.positions import PositionState
from service.domain.recommendations import Addressee, RecommendationState
from service.domain.views import Page
from service.domain.views.recommendations import RecommendationSummary, VersionRef, VersionView
from service.store.hearing import OPEN_TO_ALL
from service.store.paging import page_of
from service.store.queries.collisions import in_each_others_way
from service.store.tables import amendments, comments, positions, recommendations, versions

_SUMMARY = (
    recommendations.c.id,
    recommendations.c.agenda_id,
    recommendations.c.number,
    recommendations.c.title,
    recommendations.c.addressee,
    recommendations.c.theme,
    recommendations.c.state,
    recommendations.c.revision,
    versions.c.id.label("version_id"),
    versions.c.number.label("version_number"),
    versions.c.digest,
    versions.c.created_at,
)


def _visible(sight: Sight) -> Select[Any]:
    query = select(*_SUMMARY).join(versions, versions.c.id == recommendations.c.current_version_id)
    if not sight.everything:
        query = query.where(recommendations.c.state != RecommendationState.DRAFT)
    return query


def list_recommendations(
    connection: Connection, sight: Sight, agenda_id: str, limit: int, cursor: str | None
) -> Page[RecommendationSummary]:
    """Return an agenda's recommendations in their order."""
    query = _visible(sight).where(recommendations.c.agenda_id == agenda_id)
    rows, following = page_of(connection, query, (recommendations.c.number,), limit, cursor)
    return Page(_summaries(connection, rows), following)


def get_recommendation(
    connection: Connection, sight: Sight, recommendation_id: str
) -> RecommendationSummary | None:
    """Return one recommendation, or None."""
    rows = connection.execute(_visible(sight).where(recommendations.c.id == recommendation_id)).all()
    return _summaries(connection, rows)[0] if rows else None


def _summaries(connection: Connection, rows: Collection[Row[Any]]) -> tuple[RecommendationSummary, ...]:
    ids = [row.id for row in rows]
    amended = _counts(
        connection, amendments, ids, amendments.c.state.in_(OPEN), amendments.c.number.is_not(None)
    )
    commented = _counts(connection, comments, ids, comments.c.state == CommentState.OPEN, OPEN_TO_ALL)
    taken = _counts(connection, positions, ids, positions.c.state == PositionState.STANDING)
    contested: dict[str, int] = defaultdict(int)
    for recommendation_id in in_each_others_way(connection, ids).values():
        contested[recommendation_id] += 1
    return tuple(
        RecommendationSummary(
            id=row.id,
            agenda_id=row.agenda_id,
            number=row.number,
            title=row.title,
            addressee=Addressee(row.addressee),
            theme=row.theme,
            state=RecommendationState(row.state),
            current_version=VersionRef(row.version_id, row.version_number, row.digest),
            changed_at=row.created_at,
            amendments=amended.get(row.id, (0, 0))[0],
            open_amendments=amended.get(row.id, (0, 0))[1],
            colliding=contested[row.id],
            comments=commented.get(row.id, (0, 0))[0],
            open_comments=commented.get(row.id, (0, 0))[1],
            positions=taken.get(row.id, (0, 0))[1],
            revision=row.revision,
        )
        for row in rows
    )


def _counts(
    connection: Connection,
    table: Table,
    ids: list[str],
    special: ColumnElement[bool],
    *conditions: ColumnElement[bool],
) -> Mapping[str, tuple[int, int]]:
    """Return for each recommendation how many rows there are, and for how many of them `special` holds."""
    query = (
        select(table.c.recommendation_id, func.count(), func.sum(case((special, 1), else_=0)))
        .where(table.c.recommendation_id.in_(ids), *conditions)
        .group_by(table.c.recommendation_id)
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}


_VERSION: tuple[ColumnElement[Any], ...] = (
    versions.c.id,
    versions.c.recommendation_id,
    versions.c.number,
    versions.c.parent_id,
    versions.c.digest,
    versions.c.note,
    versions.c.created_at,
    versions.c.blocks,
    versions.c.provenance,
    versions.c.lineage,
)


def _visible_versions(sight: Sight) -> Select[Any]:
    query = select(*_VERSION)
    if not sight.everything:
        query = query.join(recommendations, recommendations.c.id == versions.c.recommendation_id).where(
            recommendations.c.state != RecommendationState.DRAFT
        )
    return query


def list_versions(
    connection: Connection, sight: Sight, recommendation_id: str, limit: int, cursor: str | None
) -> Page[VersionView]:
    """Return a recommendation's versions, the first one first."""
    query = _visible_versions(sight).where(versions.c.recommendation_id == recommendation_id)
    rows, following = page_of(connection, query, (versions.c.number,), limit, cursor)
    return Page(tuple(VersionView(**row._mapping) for row in rows), following)  # noqa: SLF001 - the public name of it


def get_version(connection: Connection, sight: Sight, version_id: str) -> VersionView | None:
    """Return one version, or None."""
    row = connection.execute(_visible_versions(sight).where(versions.c.id == version_id)).one_or_none()
    return VersionView(*row) if row is not None else None


def get_current_version(connection: Connection, sight: Sight, recommendation_id: str) -> VersionView | None:
    """Return the version that a recommendation is at, or None."""
    current = select(recommendations.c.current_version_id).where(recommendations.c.id == recommendation_id)
    row = connection.execute(
        _visible_versions(sight).where(versions.c.id == current.scalar_subquery())
    ).one_or_none()
    return VersionView(*row) if row is not None else None


def is_visible(connection: Connection, sight: Sight, recommendation_id: str) -> bool:
    """Tell whether there is such a recommendation, and the reader may see it."""
    query = select(recommendations.c.state).where(recommendations.c.id == recommendation_id)
    state = connection.scalars(query).one_or_none()
    return state is not None and (sight.everything or state is not RecommendationState.DRAFT)


def current_versions(connection: Connection, sight: Sight, agenda_id: str) -> tuple[VersionView, ...]:
    """Return the current version of each recommendation of an agenda, in their order."""
    query = (
        select(*_VERSION)
        .join(recommendations, recommendations.c.current_version_id == versions.c.id)
        .where(recommendations.c.agenda_id == agenda_id)
        .order_by(recommendations.c.number)
    )
    if not sight.everything:
        query = query.where(recommendations.c.state != RecommendationState.DRAFT)
    return tuple(VersionView(*row) for row in connection.execute(query))


def known_versions(connection: Connection, ids: Collection[str]) -> Mapping[str, VersionRef]:
    """Return versions by id, in the order in which they were made."""
    query = (
        select(versions.c.id, versions.c.number, versions.c.digest)
        .where(versions.c.id.in_(ids))
        .order_by(versions.c.number, versions.c.id)
    )
    return {row.id: VersionRef(*row) for row in connection.execute(query)}
