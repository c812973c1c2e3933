"""Queries for who has answered: what an organisation said of a recommendation over time, and who has not spoken."""

from collections import defaultdict

from sqlalchemy import Connection, select

from service.domain.permissions import Sight
from service.domain.recommendations import RecommendationState
from service.domain.views.moving import Unanswered
from service.domain.views.people import OrganisationRef
from service.store.queries.discussion import positions_in_agenda
from service.store.tables import agendas, organisations, participations, recommendations

# Positions are asked for on what is to be adopted; before that on what is drafted, for those who see it.
_ASKED = (RecommendationState.DRAFT, RecommendationState.TABLED)


def unanswered(connection: Connection, sight: Sight, agenda_id: str) -> tuple[Unanswered, ...]:
    """Return the organisations that count and have not answered everything, by name."""
    rule = connection.scalars(select(agendas.c.rule).where(agendas.c.id == agenda_id)).one()
    counted = (
        select(organisations.c.id, organisations.c.name)
        .join(participations, participations.c.organisation_id == organisations.c.id)
        .where(participations.c.agenda_id == agenda_id, organisations.c.kind.in_(rule.counts))
        .order_by(organisations.c.name, organisations.c.id)
    )
    asked = _ASKED if sight.everything else (RecommendationState.TABLED,)
    texts = (
        select(recommendations.c.id, recommendations.c.number)
        .where(recommendations.c.agenda_id == agenda_id, recommendations.c.state.in_(asked))
        .order_by(recommendations.c.number)
    )
    numbers = {row.id: row.number for row in connection.execute(texts)}
    answered: dict[str, set[str]] = defaultdict(set)
    again: dict[str, set[str]] = defaultdict(set)
    for position in positions_in_agenda(connection, agenda_id):
        (answered if position.counts else again)[position.organisation.id].add(position.recommendation_id)
    found = (
        Unanswered(
            OrganisationRef(row.id, row.name),
            tuple(number for i, number in numbers.items() if i not in answered[row.id]),
            tuple(number for i, number in numbers.items() if i in again[row.id]),
        )
        for row in connection.execute(counted)
    )
    return tuple(one for one in found if one.recommendations)
