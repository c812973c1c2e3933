"""Queries for what collides: the open and accepted amendments to a recommendation's current version.

The claims that are kept tell which amendments can meet at all; only those are read, and the text core compares them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select

from service.domain.amendments import standing_operations
from service.domain.keeping import keeping
from service.domain.text import (
    Block,
    Collision,
    Knot,
    Operation,
    Place,
    collisions,
    contested,
    contested_at,
    knots,
)
from service.domain.text.blocks import characters
from service.store.tables import amendment_claims, amendments, recommendations, versions

_CLAIM = amendment_claims.c
_OPERATIONS = (
    select(amendments.c.id, amendments.c.recommendation_id, amendments.c.operations, amendments.c.decided_blocks)
    .order_by(amendments.c.id)
)  # fmt: skip
_owners = (
    select(
        _CLAIM.amendment_id,
        func.min(_CLAIM.amendment_id).over(partition_by=(_CLAIM.version_id, _CLAIM.block_id)).label("first"),
        func.max(_CLAIM.amendment_id).over(partition_by=(_CLAIM.version_id, _CLAIM.block_id)).label("last"),
    )
    .join(recommendations, recommendations.c.current_version_id == _CLAIM.version_id)
    .where(recommendations.c.id.in_(bindparam("ids", expanding=True)))
    .subquery()
)
# The amendments that claim places in a block of a current version in which others do, too. Every page of a
# recommendation asks for them several times, so the statement is built once.
_CONTESTED = _OPERATIONS.where(
    amendments.c.id.in_(select(_owners.c.amendment_id).where(_owners.c.first != _owners.c.last))
)
# An engine takes only so many conditions at once; the number of statements follows from the wording alone.
_BLOCKS_AT_ONCE = 200

Standing = Mapping[str, tuple[Operation, ...]]
"""Amendment id to what it would do to the text that it stands on."""

_Held = tuple[tuple[str, tuple[Operation, ...]], ...]


def touching(
    connection: Connection, version_id: str, base: Sequence[Block], places: Iterable[Place]
) -> Standing:
    """Return the amendments that claim one of these places of a version, if that is the current one.

    Args:
        connection: where to ask.
        version_id: the version.
        base: its text.
        places: what somebody lays claim to, as `reach` tells.
    """
    found: dict[str, tuple[Operation, ...]] = {}
    for conditions in _by_block(version_id, places):
        here = (
            select(_CLAIM.amendment_id)
            .join(versions, versions.c.id == _CLAIM.version_id)
            .join(recommendations, recommendations.c.id == versions.c.recommendation_id)
            .where(recommendations.c.current_version_id == version_id, or_(*conditions))
        )
        for row in connection.execute(_OPERATIONS.where(amendments.c.id.in_(here))):
            found[row.id] = _standing(base, row.operations, row.decided_blocks)
    return found


def _by_block(version_id: str, places: Iterable[Place]) -> Iterator[Sequence[ColumnElement[bool]]]:
    """Yield conditions, one for each block that is touched, a bounded number at a time."""
    spans: dict[str | None, tuple[int, int]] = {}
    for block, start, end in places:
        first, last = spans.get(block, (start, end))
        spans[block] = min(first, start), max(last, end)
    conditions = [
        and_(_CLAIM.version_id == version_id, _CLAIM.block_id == block, _CLAIM.start <= end, _CLAIM.end >= start)
        for block, (start, end) in spans.items()
    ]  # fmt: skip
    for at in range(0, len(conditions), _BLOCKS_AT_ONCE):
        yield conditions[at : at + _BLOCKS_AT_ONCE]


def standing(connection: Connection, version_id: str, base: Sequence[Block]) -> Standing:
    """Return every amendment that stands on a version with this text."""
    here = select(_CLAIM.amendment_id).where(_CLAIM.version_id == version_id)
    rows = connection.execute(_OPERATIONS.where(amendments.c.id.in_(here)))
    return {row.id: _standing(base, row.operations, row.decided_blocks) for row in rows}


def colliding(connection: Connection, recommendation_id: str) -> tuple[Collision, ...]:
    """Return the collisions on a recommendation's current version."""
    return next((_found(base, held) for _, base, held in _meeting(connection, (recommendation_id,))), ())


def knotted(connection: Connection, recommendation_id: str) -> tuple[Knot, ...]:
    """Return where not everything can stand on a recommendation's current version, block by block."""
    return next((_knots(base, held) for _, base, held in _meeting(connection, (recommendation_id,))), ())


def in_each_others_way(connection: Connection, recommendation_ids: Collection[str]) -> Mapping[str, str]:
    """Return the amendments that stand in each other's way, each with its recommendation's id."""
    return {
        amendment_id: recommendation_id
        for recommendation_id, base, held in _meeting(connection, recommendation_ids)
        for amendment_id in _contested(base, held)
    }


def places_in_the_way(
    connection: Connection, recommendation_ids: Collection[str]
) -> Mapping[tuple[str, str | None], frozenset[str]]:
    """Return where amendments stand in each other's way: recommendation and block to the amendments that meet there."""
    return {
        (recommendation_id, block_id): amendment_ids
        for recommendation_id, base, held in _meeting(connection, recommendation_ids)
        for block_id, amendment_ids in _contested_at(base, held).items()
    }


def _meeting(
    connection: Connection, recommendation_ids: Collection[str]
) -> Iterator[tuple[str, tuple[Block, ...], _Held]]:
    """Yield the recommendations with contested blocks: the id, the current text, and the amendments that may meet."""
    rows = connection.execute(_CONTESTED, {"ids": list(recommendation_ids)}).all()
    bases = (
        select(recommendations.c.id, versions.c.blocks)
        .join(versions, versions.c.id == recommendations.c.current_version_id)
        .where(recommendations.c.id.in_({row.recommendation_id for row in rows}))
    )
    texts = {row.id: row.blocks for row in connection.execute(bases)}
    meeting: dict[str, list[tuple[str, tuple[Operation, ...]]]] = defaultdict(list)
    for row in rows:
        operations = _standing(texts[row.recommendation_id], row.operations, row.decided_blocks)
        meeting[row.recommendation_id].append((row.id, operations))
    for i, held in meeting.items():
        yield i, texts[i], tuple(held)


_OPERATION = 200
"""How many characters an operation counts for."""

_COLLISION = 100
"""How many characters a collision counts for: of a few hundred amendments to one paragraph there are ten thousands."""


def _standing(
    base: Sequence[Block], operations: tuple[Operation, ...], decided_blocks: tuple[Block, ...] | None
) -> tuple[Operation, ...]:
    return operations if decided_blocks is None else _decided(tuple(base), decided_blocks)


@keeping(lambda base, decided_blocks: characters(base) + characters(decided_blocks))
def _decided(base: tuple[Block, ...], decided_blocks: tuple[Block, ...]) -> tuple[Operation, ...]:
    """Return what a decision in other words does to the base; the same ones are asked about again and again."""
    return standing_operations(base, (), decided_blocks)


def _weight(base: tuple[Block, ...], held: _Held) -> int:
    return characters(base) + _OPERATION * sum(len(operations) for _, operations in held)


def _size(found: tuple[Collision, ...]) -> int:
    return _COLLISION * len(found)


@keeping(_weight, outcome=_size)
def _found(base: tuple[Block, ...], held: _Held) -> tuple[Collision, ...]:
    """Return the collisions; the same amendments on the same text are asked about again and again."""
    return collisions(base, dict(held))


@keeping(_weight)
def _contested(base: tuple[Block, ...], held: _Held) -> frozenset[str]:
    """Return who is in whose way; lists of recommendations tell how many, without telling where."""
    return contested(base, dict(held))


@keeping(_weight)
def _knots(base: tuple[Block, ...], held: _Held) -> tuple[Knot, ...]:
    """Return what hangs together; every page of a recommendation shows it."""
    return knots(base, dict(held))


@keeping(_weight)
def _contested_at(base: tuple[Block, ...], held: _Held) -> Mapping[str | None, frozenset[str]]:
    """Return who is in whose way, block by block; pictures of a text tell where, without telling with whom."""
    return contested_at(base, dict(held))
