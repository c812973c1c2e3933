"""Queries for the review: which changes fit a filter, in which order, and what a person has seen of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, exists, false, func, or_, select

from service.domain.amendments import ACCEPTED, OPEN
from service.domain.assessments import AssessmentState
from service.domain.recommendations import RecommendationState
from service.domain.reviewing import ReviewOrder, changed_words, found_in
from service.domain.views.review import ReviewFilter
from service.store.queries.collisions import in_each_others_way
from service.store.review_tables import amendment_looks, assessments
from service.store.tables import amendments, organisations, recommendations, signatures, versions

_AUTHOR = organisations.alias("author")
_STANDS = recommendations.c.state != RecommendationState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who looks: the person, if anybody is signed in, and the EU services that they assess for."""

    person_id: str | None
    service_ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Fitting:
    """One change that fits, and whether it is new to the reader."""

    id: str
    recommendation_id: str
    unseen: bool


def fitting(
    connection: Connection, reviewer: Reviewer, agenda_id: str, wanted: ReviewFilter
) -> tuple[Fitting, ...]:
    """Return every change of an agenda that fits, in the order that is asked for."""
    columns = (
        amendments.c.id,
        amendments.c.recommendation_id,
        amendments.c.revision,
        amendment_looks.c.revision.label("seen"),
    )
    # Only a search by words reads what the changes say.
    told = (amendments.c.number, amendments.c.justification, amendments.c.operations, _AUTHOR.c.name)
    query = (
        select(*columns, *(told if wanted.words else ()))
        .join(recommendations, recommendations.c.id == amendments.c.recommendation_id)
        .join(_AUTHOR, _AUTHOR.c.id == amendments.c.organisation_id)
        .outerjoin(
            amendment_looks,
            and_(
                amendment_looks.c.amendment_id == amendments.c.id,
                amendment_looks.c.person_id == (reviewer.person_id or ""),
            ),
        )
        .where(amendments.c.agenda_id == agenda_id, amendments.c.number.is_not(None))
        .order_by(*_ORDERS[wanted.order])
    )
    rows = connection.execute(_narrowed(query, reviewer, wanted)).all()
    if wanted.words:
        rows = [row for row in rows if found_in(wanted.words, _texts(row))]
    if wanted.colliding:
        meeting = in_each_others_way(connection, {row.recommendation_id for row in rows})
        rows = [row for row in rows if row.id in meeting]
    return tuple(Fitting(row.id, row.recommendation_id, _unseen(reviewer, row)) for row in rows)


_ORDERS = {
    ReviewOrder.TEXT: (recommendations.c.number, amendments.c.number),
    ReviewOrder.NEWEST: (amendments.c.number.desc(),),
}


def _texts(row: Row[Any]) -> tuple[str, ...]:
    return (str(row.number), row.justification, row.name, *changed_words(row.operations))


def _unseen(reviewer: Reviewer, row: Row[Any]) -> bool:
    return reviewer.person_id is not None and (row.seen is None or row.seen < row.revision)


def _narrowed(query: Select[Any], reviewer: Reviewer, wanted: ReviewFilter) -> Select[Any]:
    if wanted.recommendation_id is not None:
        query = query.where(amendments.c.recommendation_id == wanted.recommendation_id)
    if wanted.states:
        query = query.where(amendments.c.state.in_(wanted.states))
    if wanted.addressee is not None:
        query = query.where(recommendations.c.addressee == wanted.addressee)
    if wanted.language is not None:
        query = query.where(amendments.c.language == wanted.language)
    if wanted.kind is not None:
        query = query.where(_AUTHOR.c.kind == wanted.kind)
    if wanted.region is not None:
        query = query.where(_AUTHOR.c.region == wanted.region)
    if wanted.organisation_id is not None:
        signed = select(signatures.c.amendment_id).where(
            signatures.c.organisation_id == wanted.organisation_id
        )
        query = query.where(
            or_(amendments.c.organisation_id == wanted.organisation_id, amendments.c.id.in_(signed))
        )
    if wanted.unseen:
        seen = amendment_looks.c.revision >= amendments.c.revision
        query = query.where(or_(amendment_looks.c.revision.is_(None), ~seen))
    if wanted.to_assess:
        query = query.where(_some_not_assessed(reviewer.service_ids))
    return _waiting(query, wanted)


def _waiting(query: Select[Any], wanted: ReviewFilter) -> Select[Any]:
    if wanted.not_worked_in:
        query = query.where(amendments.c.state.in_(ACCEPTED), amendments.c.incorporated_in.is_(None))
    if wanted.is_for_what_waits:
        query = query.where(_STANDS)
    return query


def to_assess(connection: Connection, services: Mapping[str, Collection[str]]) -> Mapping[str, int]:
    """Return how many open changes wait for an assessment of their text by services of each agenda."""
    mine = (
        and_(amendments.c.agenda_id == agenda_id, _some_not_assessed(ids))
        for agenda_id, ids in sorted(services.items())
    )
    query = (
        select(amendments.c.agenda_id, func.count())
        .join(recommendations, recommendations.c.id == amendments.c.recommendation_id)
        .where(amendments.c.state.in_(OPEN), _STANDS, or_(false(), *mine))
        .group_by(amendments.c.agenda_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _some_not_assessed(service_ids: Collection[str]) -> ColumnElement[bool]:
    return or_(false(), *(_not_assessed(i) for i in sorted(service_ids)))


def _not_assessed(organisation_id: str) -> Any:  # noqa: ANN401 - a condition
    """Return the condition that a service has given no assessment of the current text."""
    return ~exists(
        select(assessments.c.id)
        .join(versions, versions.c.digest == assessments.c.digest)
        .where(
            versions.c.id == recommendations.c.current_version_id,
            assessments.c.recommendation_id == recommendations.c.id,
            assessments.c.organisation_id == organisation_id,
            assessments.c.state == AssessmentState.STANDING,
        )
        .correlate(recommendations)
    )


def seen_wordings(
    connection: Connection, person_id: str | None, amendment_ids: Collection[str]
) -> Mapping[str, int]:
    """Return how many wordings of each change there had been when a person saw it last."""
    if person_id is None:
        return {}
    query = select(amendment_looks.c.amendment_id, amendment_looks.c.wording).where(
        amendment_looks.c.person_id == person_id, amendment_looks.c.amendment_id.in_(sorted(amendment_ids))
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def languages(connection: Connection, agenda_id: str) -> tuple[str, ...]:
    """Return the languages in which changes of an agenda are written."""
    query = select(amendments.c.language).where(
        amendments.c.agenda_id == agenda_id, amendments.c.number.is_not(None)
    )
    return tuple(sorted(connection.scalars(query.distinct())))
