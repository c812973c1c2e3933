"""Queries for what compromises cover, and for how collisions were settled."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, Select, bindparam, or_, select

from service.domain.amendments import AmendmentState, stands
from service.domain.events import CollisionSettled
from service.domain.views.amendments import NumberedRef, SettlementView
from service.store.bookkeeping import events, record_persons, record_words
from service.store.tables import amendment_covers, amendments

_COMPROMISE, _COVERED = amendments.alias("compromise"), amendments.alias("covered")
_PAIRS = (
    select(
        amendment_covers.c.compromise_id,
        _COMPROMISE.c.number,
        _COMPROMISE.c.state,
        amendment_covers.c.covered_id,
        _COVERED.c.number,
        _COVERED.c.state,
        _COVERED.c.incorporated_in,
    )
    .join(_COMPROMISE, _COMPROMISE.c.id == amendment_covers.c.compromise_id)
    .join(_COVERED, _COVERED.c.id == amendment_covers.c.covered_id)
    .order_by(_COMPROMISE.c.number, _COVERED.c.number)
)
_AROUND = _PAIRS.where(
    or_(
        amendment_covers.c.compromise_id.in_(bindparam("ids", expanding=True)),
        amendment_covers.c.covered_id.in_(bindparam("ids", expanding=True)),
    )
)

Neighbours = tuple[Mapping[str, list[NumberedRef]], Mapping[str, list[NumberedRef]]]


def covers_on(connection: Connection, recommendation_id: str) -> Mapping[str, tuple[str, ...]]:
    """Return what each compromise on a recommendation covers, once it was tabled: its id to theirs."""
    found: dict[str, list[str]] = defaultdict(list)
    for compromise, _, _, covered, *_ in connection.execute(_on(recommendation_id)):
        found[compromise].append(covered)
    return {compromise: tuple(covered) for compromise, covered in found.items()}


def at_stake_on(connection: Connection, recommendation_id: str) -> Mapping[str, tuple[str, ...]]:
    """Return what would fall with each compromise on a recommendation: what it covers that can still become text."""
    found: dict[str, list[str]] = defaultdict(list)
    for compromise, _, _, covered, _, state, incorporated_in in connection.execute(_on(recommendation_id)):
        falling = [covered] if stands(AmendmentState(state), incorporated_in) else []
        found[compromise] += falling
    return {compromise: tuple(covered) for compromise, covered in found.items()}


def _on(recommendation_id: str) -> Select[tuple[Any, ...]]:
    return _PAIRS.where(
        _COMPROMISE.c.recommendation_id == recommendation_id, _COMPROMISE.c.number.is_not(None)
    )


def around(connection: Connection, amendment_ids: Collection[str]) -> Neighbours:
    """Return for each amendment what it covers, and by which compromises it is covered once they were tabled."""
    covers: dict[str, list[NumberedRef]] = defaultdict(list)
    covered_by: dict[str, list[NumberedRef]] = defaultdict(list)
    for compromise, number, state, covered, other, its, _ in connection.execute(
        _AROUND, {"ids": list(amendment_ids)}
    ):
        covers[compromise].append(NumberedRef(covered, other, AmendmentState(its)))
        if number is not None:
            covered_by[covered].append(NumberedRef(compromise, number, AmendmentState(state)))
    return covers, covered_by


def settlements(
    connection: Connection, recommendation_id: str, version_id: str
) -> tuple[SettlementView, ...]:
    """Return how collisions were settled when a version was made, as the record tells it."""
    query = (
        select(events.c.at, events.c.data, record_persons.c.person_id, record_words.c.words)
        .outerjoin(record_persons, record_persons.c.pseudonym == events.c.person)
        .outerjoin(
            record_words,
            (record_words.c.scope == events.c.scope)
            & (record_words.c.sequence == events.c.sequence)
            & (record_words.c.field == "replacement"),
        )
        .where(events.c.subject_id == recommendation_id, events.c.name == CollisionSettled.name)
        .order_by(events.c.scope, events.c.sequence)
    )
    told = [row for row in connection.execute(query) if row.data["version_id"] == version_id]
    ids = {i for row in told for i in row.data["amendment_ids"]}
    named = select(amendments.c.id, amendments.c.number, amendments.c.state).where(amendments.c.id.in_(ids))
    refs = {
        row.id: NumberedRef(row.id, row.number, AmendmentState(row.state))
        for row in connection.execute(named)
    }
    return tuple(
        SettlementView(
            amendments=tuple(refs[i] for i in row.data["amendment_ids"]),
            prefer=row.data["prefer"],
            block_id=row.data["block"],
            replacement=row.words,
            in_order=row.data["in_order"],
            resolver=row.person_id,
            settled_at=row.at,
        )
        for row in told
    )
