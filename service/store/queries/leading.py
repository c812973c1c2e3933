"""Queries for whoever leads a round: what became of its amendments, who is silent, when they were reminded."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, and_, case, func, or_, select

from service.domain.agenda_events import ParticipantsReminded
from service.domain.amendment_events import (
    AmendmentIncorporated,
    AmendmentMoved,
    AmendmentTabled,
    AmendmentWithdrawn,
)
from service.domain.amendments import ACCEPTED, OPEN, AmendmentState
from service.domain.comments import CommentState
from service.domain.leading import Step
from service.domain.recommendations import RecommendationState
from service.domain.text import Block, Operation, contested, diff
from service.domain.views.people import OrganisationRef
from service.store.bookkeeping import events
from service.store.hearing import OPEN_TO_ALL
from service.store.tables import (
    amendment_revisions,
    amendments,
    comments,
    organisations,
    participations,
    positions,
    recommendations,
    versions,
)

_TOLD = (AmendmentTabled.name, AmendmentMoved.name, AmendmentWithdrawn.name, AmendmentIncorporated.name)


def steps(connection: Connection, agenda_id: str) -> tuple[Step, ...]:
    """Return what the record tells of the states of an agenda's amendments, the oldest first."""
    query = (
        select(events.c.at, events.c.subject_id, events.c.name, events.c.data)
        .where(events.c.scope == agenda_id, events.c.name.in_(_TOLD))
        .order_by(events.c.sequence)
    )
    states = {
        AmendmentTabled.name: AmendmentState.TABLED,
        AmendmentWithdrawn.name: AmendmentState.WITHDRAWN,
        AmendmentIncorporated.name: None,
    }
    return tuple(
        Step(
            row.at,
            row.subject_id,
            states[row.name] if row.name in states else AmendmentState(row.data["state"]),
        )
        for row in connection.execute(query)
    )


def colliding(connection: Connection, agenda_id: str) -> Callable[[frozenset[str]], int]:
    """Return what tells how many of some amendments of an agenda are in each other's way, in any wording they had."""
    tabled = (amendments.c.agenda_id == agenda_id, amendments.c.number.is_not(None))
    now = select(amendments.c.id, amendments.c.base_version_id, amendments.c.operations).where(*tabled)
    earlier = (
        select(
            amendment_revisions.c.amendment_id,
            amendment_revisions.c.base_version_id,
            amendment_revisions.c.blocks,
        )
        .join(amendments, amendments.c.id == amendment_revisions.c.amendment_id)
        .where(*tabled)
        .order_by(amendment_revisions.c.id)
    )
    current = connection.execute(now.order_by(amendments.c.id)).all()
    before = connection.execute(earlier).all()
    bases = {row.base_version_id for row in (*current, *before)}
    texts: dict[str, tuple[Block, ...]] = {
        row.id: row.blocks
        for row in connection.execute(
            select(versions.c.id, versions.c.blocks).where(versions.c.id.in_(bases))
        )
    }
    made: dict[str, dict[str, tuple[Operation, ...]]] = defaultdict(dict)
    for row in before:
        made[row.base_version_id][row.amendment_id] = diff(texts[row.base_version_id], row.blocks)
    for row in current:
        made[row.base_version_id][row.id] = row.operations
    return partial(_colliding, texts, made)


def _colliding(
    texts: Mapping[str, tuple[Block, ...]],
    made: Mapping[str, Mapping[str, tuple[Operation, ...]]],
    standing: frozenset[str],
) -> int:
    found: set[str] = set()
    for version, operations in made.items():
        found |= contested(
            texts[version], {one: operations[one] for one in sorted(standing & operations.keys())}
        )
    return len(found)


def last_reminder(connection: Connection, agenda_id: str) -> datetime | None:
    """Return when the facility last reminded those who are silent, or None."""
    query = select(events.c.at).where(events.c.scope == agenda_id, events.c.name == ParticipantsReminded.name)
    return connection.scalars(query.order_by(events.c.sequence.desc()).limit(1)).one_or_none()


def positions_taken(connection: Connection, agenda_id: str) -> int:
    """Return how many positions were ever taken on an agenda's recommendations."""
    query = (
        select(func.count())
        .select_from(positions)
        .join(recommendations, recommendations.c.id == positions.c.recommendation_id)
        .where(recommendations.c.agenda_id == agenda_id)
    )
    return connection.scalars(query).one()


def participants(connection: Connection, agenda_id: str) -> tuple[OrganisationRef, ...]:
    """Return the organisations that take part in an agenda, by name."""
    query = (
        select(organisations.c.id, organisations.c.name)
        .join(participations, participations.c.organisation_id == organisations.c.id)
        .where(participations.c.agenda_id == agenda_id)
        .order_by(func.lower(organisations.c.name), organisations.c.id)
    )
    return tuple(OrganisationRef(row.id, row.name) for row in connection.execute(query))


def decisions_awaited(connection: Connection, agenda_ids: Collection[str]) -> Mapping[str, tuple[int, int]]:
    """Return how many amendments of agendas wait for a decision, and how many accepted ones to be worked in."""
    undecided = amendments.c.state.in_(OPEN)
    waiting = and_(amendments.c.state.in_(ACCEPTED), amendments.c.incorporated_in.is_(None))
    query = (
        select(
            amendments.c.agenda_id, func.sum(case((undecided, 1), else_=0)), func.sum(case((waiting, 1), else_=0))
        )
        .join(recommendations, recommendations.c.id == amendments.c.recommendation_id)
        .where(
            amendments.c.agenda_id.in_(sorted(agenda_ids)),
            recommendations.c.state != RecommendationState.WITHDRAWN,
            or_(undecided, waiting),
        )
        .group_by(amendments.c.agenda_id)
    )  # fmt: skip
    return {row[0]: (int(row[1]), int(row[2])) for row in connection.execute(query)}


def open_comments(connection: Connection, agenda_ids: Collection[str]) -> Mapping[str, int]:
    """Return how many comments of agendas wait for an answer, of those that everyone may read."""
    query = (
        select(comments.c.agenda_id, func.count())
        .where(
            comments.c.agenda_id.in_(sorted(agenda_ids)), comments.c.state == CommentState.OPEN, OPEN_TO_ALL
        )
        .group_by(comments.c.agenda_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
