"""What is to be decided before a decision: what an amendment meets, in which order to decide, what falls with what."""

from collections.abc import Iterable, Mapping
from itertools import chain

from service.domain.amendments import standing_operations
from service.domain.deciding import Decision, deciding_order, falls
from service.domain.permissions import visible_to
from service.domain.text import Group, collisions_of, reach
from service.domain.views.amendments import AmendmentRef
from service.domain.views.deciding import DecidingOrderView, DecisionView, FallView, GroupView, MeetingView
from service.store.queries import collisions as queries
from service.store.queries import compromises
from service.workflows import reading
from service.workflows.context import Context

Names = Mapping[str, AmendmentRef]


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


def order(ctx: Context, recommendation_id: str) -> DecidingOrderView:
    """Return in which order the amendments to the current version are decided on, and what falls with what."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        version = reading.current_version(ctx, recommendation_id)
        standing = queries.standing(reader.connection, version.id, version.blocks)
        covers = compromises.at_stake_on(reader.connection, recommendation_id)
        named = reading.references(ctx, {*standing, *chain.from_iterable(covers.values())})
        numbers = {i: one.number or 0 for i, one in named.items()}
        found = deciding_order(version.blocks, standing, numbers, covers)
        return DecidingOrderView(
            tuple(_group(named, one) for one in found.groups),
            tuple(_decision(named, one) for one in found.decisions),
        )


def _group(named: Names, group: Group) -> GroupView:
    return GroupView(
        group.kind,
        tuple(_refs(named, wording) for wording in group.wordings),
        _refs(named, group.beside),
        tuple(reading.name_collision(named, one) for one in group.collisions),
        group.choices,
    )


def _decision(named: Names, decision: Decision) -> DecisionView:
    return DecisionView(
        _refs(named, decision.amendments),
        decision.group,
        decision.compromise,
        decision.distance,
        tuple(FallView(named[one.amendment], one.reasons) for one in decision.falls),
        _refs(named, decision.stays),
    )


def _refs(named: Names, ids: Iterable[str]) -> tuple[AmendmentRef, ...]:
    return tuple(named[i] for i in ids)
