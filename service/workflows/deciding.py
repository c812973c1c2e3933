"""What is to be decided before a decision: what an amendment meets, in which order to decide, what falls with what."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain

from service.domain.amendments import ACCEPTED, OPEN, standing_operations
from service.domain.deciding import DecidingOrder, Decision, deciding_order, falls
from service.domain.permissions import visible_to
from service.domain.text import GroupKind, collisions_of, reach
from service.domain.views import Page
from service.domain.views.amendments import AmendmentRef, AmendmentView
from service.domain.views.deciding import (
    DecidingOrderView,
    DecisionView,
    FallView,
    GroupPart,
    GroupView,
    LeftView,
    MeetingView,
)
from service.store.paging import decoded, encoded
from service.store.queries import collisions as queries
from service.store.queries import compromises
from service.store.queries.amendments import get_amendments
from service.workflows import reading
from service.workflows.context import Context

Names = Mapping[str, AmendmentRef]
NAMED = 10
"""How many amendments are named that fall, or stay, with one decision, and how many collisions of one group: with many
amendments to one block, each meets all the others."""
RANK = (int,) * 8
"""What the rank of a decision is made of."""


def met(ctx: Context, amendment_id: str) -> MeetingView:
    """Return what an amendment meets on the current version, and what falls with it.

    It meets nothing where it no longer stands on that version; what a compromise covers falls with it all the same.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = reading.amendment(ctx, amendment_id)
        if not view.stands:
            return MeetingView((), ())
        base = view.base_blocks
        mine = standing_operations(base, view.operations, view.decided_blocks)
        near = queries.touching(reader.connection, view.base_version.id, base, reach(base, mine))
        others = {i: operations for i, operations in near.items() if i != view.id}
        found = collisions_of(base, view.id, mine, others)
        covers = compromises.at_stake_on(reader.connection, view.recommendation_id) if view.covers else {}
        lost = falls({**others, view.id: mine}, found, covers)[view.id]
        named = reading.references(ctx, lost)
        return MeetingView(
            reading.name_collisions(ctx, found),
            tuple(FallView(named[i], lost[i]) for i in sorted(lost, key=lambda i: named[i].number or 0)),
        )


def groups(
    ctx: Context,
    recommendation_id: str,
    limit: int = reading.LIMIT,
    cursor: str | None = None,
    block_id: str | None = None,
) -> Page[GroupPart]:
    """Return the groups of amendments to the current version that meet, so many wordings of them at a time.

    With a block, only those that meet there.

    Raises:
        BadCursor: the cursor was not issued for such a list.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        found, named = _found(ctx, recommendation_id)
        begun = tuple(decoded(cursor, (int, int))) if cursor is not None else (0, 0)
        spots = [
            (place, at)
            for place, group in enumerate(found.groups)
            if block_id is None or any(block == block_id for block, _ in group.blocks)
            for at in range(len(group.wordings))
            if (place, at) >= begun
        ]
        shown: dict[int, list[int]] = {}
        for place, at in spots[:limit]:
            shown.setdefault(place, []).append(at)
        parts = tuple(_part(named, place, found, ats) for place, ats in shown.items())
        return Page(parts, encoded(spots[limit]) if len(spots) > limit else None)


def order(
    ctx: Context, recommendation_id: str, limit: int = reading.LIMIT, cursor: str | None = None
) -> DecidingOrderView:
    """Return in which order the amendments to the current version are decided on, and what falls with what.

    Raises:
        BadCursor: the cursor was not issued for such a list.
    """
    with ctx.reading() as reader:
        visible_to(reader.actor)
        found, named = _found(ctx, recommendation_id)
        first = _first(found, cursor)
        shown = found.decisions[first : first + limit]
        about = {i for one in shown for i in one.amendments}
        return DecidingOrderView(
            tuple(
                _group(named, place, found)
                for place, one in enumerate(found.groups)
                if not about.isdisjoint(one.amendments)
            ),
            tuple(_decision(named, place, found, one) for place, one in enumerate(shown, first + 1)),
            encoded(shown[-1].rank) if first + limit < len(found.decisions) else None,
        )


def left(ctx: Context, recommendation_id: str) -> LeftView:
    """Return what is left to decide of the amendments to the current version, in the order of decision."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        found, named = _found(ctx, recommendation_id)
        standing = [named[i] for one in found.decisions for i in one.amendments]
        return LeftView(
            next((one for one in standing if one.state in OPEN), None),
            any(one.state in ACCEPTED for one in standing),
        )


def decided_on(ctx: Context, found: DecidingOrderView) -> tuple[AmendmentView, ...]:
    """Return the amendments that a page of the order decides on."""
    return _read(ctx, {ref.id for one in found.decisions for ref in one.amendments})


def side_by_side(ctx: Context, found: Page[GroupPart]) -> tuple[AmendmentView, ...]:
    """Return the amendments whose wordings a page of the groups shows."""
    return _read(ctx, {ref.id for part in found.items for wording in part.shown for ref in wording})


def _read(ctx: Context, amendment_ids: Collection[str]) -> tuple[AmendmentView, ...]:
    with ctx.reading() as reader:
        return get_amendments(reader.connection, visible_to(reader.actor), amendment_ids)


def _found(ctx: Context, recommendation_id: str) -> tuple[DecidingOrder, Names]:
    """Return the order of decision on the current version, and the names of all that it is about."""
    with ctx.reading() as reader:
        version = reading.current_version(ctx, recommendation_id)
        standing = queries.standing(reader.connection, version.id, version.blocks)
        covers = compromises.at_stake_on(reader.connection, recommendation_id)
        named = reading.references(ctx, {*standing, *chain.from_iterable(covers.values())})
        numbers = {i: one.number or 0 for i, one in named.items()}
        return deciding_order(version.blocks, standing, numbers, covers), named


def _first(found: DecidingOrder, cursor: str | None) -> int:
    """Return the place of the first decision after a cursor."""
    if cursor is None:
        return 0
    after = tuple(decoded(cursor, RANK))
    return sum(one.rank <= after for one in found.decisions)


def _part(named: Names, place: int, found: DecidingOrder, ats: Sequence[int]) -> GroupPart:
    """Return a group with the wordings at some of its places, and what is decided with them."""
    group = found.groups[place]
    told = {i for at in ats for i in group.wordings[at]}
    decisions = {
        i: decision
        for number, one in enumerate(found.decisions, 1)
        if (mine := told.intersection(one.amendments))
        for decision in (_decision(named, number, found, one),)
        for i in mine
    }
    contested = group.kind is GroupKind.INCOMPATIBLE
    return GroupPart(
        _group(named, place, found),
        tuple(_refs(named, group.wordings[at]) for at in ats),
        ats[0],
        len(group.wordings) - ats[-1] - 1,
        # Where not all can stand, those that stand in the way.
        found.meetings.kinds(frozenset(group.amendments), merging=contested),
        group.blocks,
        decisions,
    )


def _group(named: Names, place: int, found: DecidingOrder) -> GroupView:
    group = found.groups[place]
    members = frozenset(group.amendments)
    told = found.meetings.first(members, NAMED)
    return GroupView(
        place,
        group.kind,
        tuple(_refs(named, wording) for wording in group.wordings),
        _refs(named, group.beside),
        tuple(reading.name_collision(named, one) for one in told),
        found.meetings.count(members) - len(told),
        group.choices,
    )


def _decision(named: Names, place: int, found: DecidingOrder, decision: Decision) -> DecisionView:
    effect = found.effect(decision)
    return DecisionView(
        place,
        _refs(named, decision.amendments),
        decision.group,
        decision.compromise,
        decision.distance,
        tuple(FallView(named[one.amendment], one.reasons) for one in effect.falls[:NAMED]),
        max(0, len(effect.falls) - NAMED),
        _refs(named, effect.stays[:NAMED]),
        max(0, len(effect.stays) - NAMED),
    )


def _refs(named: Names, ids: Iterable[str]) -> tuple[AmendmentRef, ...]:
    return tuple(named[i] for i in ids)
