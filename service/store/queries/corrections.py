"""Queries for corrections of lessons and of evidence."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Column, Connection, func, select

from service.domain.editions import EditionState
from service.domain.views.corrections import CorrectionView
from service.store.correction_tables import corrections
from service.store.tables import editions


def of_lessons(
    connection: Connection, lesson_ids: Collection[str]
) -> Mapping[str, tuple[CorrectionView, ...]]:
    """Return the corrections of lessons by the lesson, the first one first."""
    return _by(connection, corrections.c.lesson_id, lesson_ids)


def of_evidence(
    connection: Connection, evidence_ids: Collection[str]
) -> Mapping[str, tuple[CorrectionView, ...]]:
    """Return the corrections of pieces of evidence by the piece, the first one first."""
    return _by(connection, corrections.c.evidence_id, evidence_ids)


def _by(
    connection: Connection, whose: "Column[Any]", ids: Collection[str]
) -> Mapping[str, tuple[CorrectionView, ...]]:
    found: dict[str, tuple[CorrectionView, ...]] = defaultdict(tuple)
    query = (
        select(
            whose.label("whose"),
            corrections.c.number,
            corrections.c.before,
            corrections.c.reason,
            corrections.c.corrected_at,
        )
        .where(whose.in_(ids))
        .order_by(whose, corrections.c.number)
    )
    for row in connection.execute(query):
        found[row.whose] += (CorrectionView(row.number, row.before, row.reason, row.corrected_at),)
    return found


def count_unpublished(connection: Connection, agenda_id: str) -> int:
    """Return how many corrections no published edition prints; before the first, there is nothing that lacks them."""
    newest = (
        select(func.max(editions.c.assembled_at))
        .where(
            editions.c.agenda_id == agenda_id,
            editions.c.released_at.is_not(None),
            editions.c.state != EditionState.WITHDRAWN,
        )
        .scalar_subquery()
    )
    query = select(func.count()).where(
        corrections.c.agenda_id == agenda_id, corrections.c.corrected_at > newest
    )
    return connection.scalars(query).one()
