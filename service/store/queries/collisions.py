"""Queries for what collides: the open and accepted amendments to a recommendation's current version."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import lru_cache

from sqlalchemy import Connection, select

from service.domain.amendments import ACCEPTED, OPEN
from service.domain.text import Block, Collision, Operation, collisions
from service.store.tables import amendments, recommendations, versions

# What still can collide: open amendments, and accepted ones that are not yet part of a version.
_STANDING = (
    amendments.c.state.in_(OPEN | ACCEPTED),
    amendments.c.incorporated_in.is_(None),
    amendments.c.base_version_id == recommendations.c.current_version_id,
)


def standing_operations(
    connection: Connection, recommendation_id: str
) -> tuple[tuple[Block, ...], Mapping[str, tuple[Operation, ...]]]:
    """Return the text of the current version and the operations of each amendment that stands on it."""
    base = connection.scalars(
        select(versions.c.blocks)
        .join(recommendations, recommendations.c.current_version_id == versions.c.id)
        .where(recommendations.c.id == recommendation_id)
    ).one_or_none()
    query = (
        select(amendments.c.id, amendments.c.operations)
        .join(recommendations, recommendations.c.id == amendments.c.recommendation_id)
        .where(recommendations.c.id == recommendation_id, *_STANDING)
        .order_by(amendments.c.id)
    )
    return base or (), {row.id: row.operations for row in connection.execute(query)}


def colliding(connection: Connection, recommendation_id: str) -> tuple[Collision, ...]:
    """Return the collisions on a recommendation's current version."""
    base, operations = standing_operations(connection, recommendation_id)
    return _found(base, tuple(operations.items()))


def in_each_others_way(connection: Connection, recommendation_ids: Collection[str]) -> Mapping[str, str]:
    """Return the amendments that stand in each other's way, each with its recommendation's id."""
    query = (
        select(amendments.c.id, amendments.c.recommendation_id, amendments.c.operations)
        .join(recommendations, recommendations.c.id == amendments.c.recommendation_id)
        .where(recommendations.c.id.in_(recommendation_ids), *_STANDING)
        .order_by(amendments.c.id)
    )
    standing: dict[str, list[tuple[str, tuple[Operation, ...]]]] = defaultdict(list)
    for row in connection.execute(query):
        standing[row.recommendation_id].append((row.id, row.operations))
    contested = [i for i, found in standing.items() if len(found) > 1]
    bases = (
        select(recommendations.c.id, versions.c.blocks)
        .join(versions, versions.c.id == recommendations.c.current_version_id)
        .where(recommendations.c.id.in_(contested))
    )
    return {
        amendment_id: row.id
        for row in connection.execute(bases)
        for collision in _found(row.blocks, tuple(standing[row.id]))
        if collision.kind.blocks_merge
        for amendment_id in (collision.first, collision.second)
    }


@lru_cache(maxsize=1024)
def _found(
    base: tuple[Block, ...], operations: tuple[tuple[str, tuple[Operation, ...]], ...]
) -> tuple[Collision, ...]:
    """Return the collisions; the same amendments on the same text are asked about again and again."""
    return collisions(base, dict(operations))
