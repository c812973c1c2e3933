"""Queries for assessments."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from service.domain.assessments import AssessmentState, EvidenceStrength, PolicyFit
from service.domain.permissions import Sight
from service.domain.views import Page
from service.domain.views.assessments import AssessmentTally, AssessmentView
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import VersionRef
from service.store.paging import page_of
from service.store.queries.recommendations import is_visible
from service.store.review_tables import assessments
from service.store.tables import organisations, recommendations, versions

_current = versions.alias("current")
_ASSESSMENTS = (
    select(
        assessments,
        organisations.c.name.label("organisation"),
        versions.c.number.label("version_number"),
        _current.c.digest.label("current_digest"),
    )
    .join(organisations, organisations.c.id == assessments.c.organisation_id)
    .join(versions, versions.c.id == assessments.c.version_id)
    .join(recommendations, recommendations.c.id == assessments.c.recommendation_id)
    .join(_current, _current.c.id == recommendations.c.current_version_id)
)
_STANDING = assessments.c.state == AssessmentState.STANDING


def list_assessments(
    connection: Connection, recommendation_id: str, limit: int, cursor: str | None
) -> Page[AssessmentView]:
    """Return the assessments of a recommendation in the order in which they were given."""
    query = _ASSESSMENTS.where(assessments.c.recommendation_id == recommendation_id)
    rows, following = page_of(connection, query, (assessments.c.id,), limit, cursor)
    return Page(_views(rows), following)


def standing(connection: Connection, recommendation_id: str) -> tuple[AssessmentView, ...]:
    """Return the assessments that speak for their organisations, by the organisations' names."""
    query = _ASSESSMENTS.where(assessments.c.recommendation_id == recommendation_id, _STANDING)
    return _views(connection.execute(query.order_by(organisations.c.name)).all())


def get_assessment(connection: Connection, sight: Sight, assessment_id: str) -> AssessmentView | None:
    """Return one assessment of a recommendation that the reader sees, or None."""
    rows = connection.execute(_ASSESSMENTS.where(assessments.c.id == assessment_id)).all()
    if not rows or not is_visible(connection, sight, rows[0].recommendation_id):
        return None
    return _views(rows)[0]


def tallies(connection: Connection, recommendation_ids: Collection[str]) -> Mapping[str, AssessmentTally]:
    """Return how each recommendation was assessed, where anybody did."""
    query = _ASSESSMENTS.where(assessments.c.recommendation_id.in_(sorted(recommendation_ids)), _STANDING)
    found: dict[str, list[AssessmentView]] = defaultdict(list)
    for view in _views(connection.execute(query).all()):
        found[view.recommendation_id].append(view)
    return {
        i: AssessmentTally(
            fits=_counted(PolicyFit, (one.fit for one in those)),
            strengths=_counted(EvidenceStrength, (one.strength for one in those)),
            given=len(those),
            earlier=sum(not one.current for one in those),
        )
        for i, those in found.items()
    }


def _counted(kinds: Any, found: Any) -> dict[Any, int]:  # noqa: ANN401 - either of two enumerations
    counted = Counter(found)
    return {kind: counted[kind] for kind in kinds if counted[kind]}


def _views(rows: Sequence[Row[Any]]) -> tuple[AssessmentView, ...]:
    return tuple(
        AssessmentView(
            id=row.id,
            recommendation_id=row.recommendation_id,
            organisation=OrganisationRef(row.organisation_id, row.organisation),
            version=VersionRef(row.version_id, row.version_number, row.digest),
            fit=PolicyFit(row.fit),
            strength=EvidenceStrength(row.strength),
            fit_note=row.fit_note,
            strength_note=row.strength_note,
            reference=row.reference,
            state=AssessmentState(row.state),
            given_at=row.given_at,
            current=row.digest == row.current_digest,
            revision=row.revision,
        )
        for row in rows
    )
