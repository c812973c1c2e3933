"""Use cases around what a round is made of: the order of its recommendations, and what of it is settled by now."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.agenda_events import RecommendationsOrdered
from service.domain.agendas import language_is_settled, rule_is_settled
from service.domain.errors import Invalid, OrderSettled
from service.domain.permissions import Permission, require, visible_to
from service.domain.recommendations import RecommendationState
from service.store.queries.leading import positions_taken
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.pages import every

_OUT_OF_THE_WAY = 1_000_000
"""Two recommendations never bear the same number, not even for a moment, so all of them step aside first."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What of a round cannot change any more, because something rests on it."""

    rule: bool
    language: bool
    order: bool


def settled(ctx: Context, agenda_id: str) -> Settled:
    """Return what of a round is settled by now."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = reading.agenda(ctx, agenda_id)
        listed = every(lambda cursor: reading.recommendations(ctx, agenda_id, 100, cursor))
        return Settled(
            rule_is_settled(view.phase, positions_taken(reader.connection, agenda_id)),
            language_is_settled(len(listed)),
            any(one.state is not RecommendationState.DRAFT for one in listed),
        )


def order(ctx: Context, agenda_id: str, recommendation_ids: Sequence[str]) -> None:
    """The rapporteur puts the drafts of a round into another order, and numbers them by it."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(agenda_id)
        require(work.actor, Permission.RECOMMENDATION_ORDER, agenda.subject(work.now))
        listed = work.recommendations.all(agenda_id=agenda_id, order="number", lock=True)
        if any(one.state is not RecommendationState.DRAFT for one in listed):
            raise OrderSettled
        known = {one.id: one for one in listed}
        if sorted(recommendation_ids) != sorted(known):
            raise Invalid.field("recommendation_ids", "Name every recommendation of the agenda once.")
        if list(recommendation_ids) == list(known):
            return
        for one in listed:
            one.number += _OUT_OF_THE_WAY
        work.flush()
        for number, recommendation_id in enumerate(recommendation_ids, start=1):
            known[recommendation_id].number = number
        work.record(RecommendationsOrdered(agenda_id, tuple(recommendation_ids)), agenda_id=agenda_id)
