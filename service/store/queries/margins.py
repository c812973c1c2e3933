"""Queries for what lies beside a text: of hundreds of amendments and thousands of comments only where they lie."""

from sqlalchemy import Connection, bindparam, or_, select

from service.domain.amendments import AmendmentState, stands
from service.domain.permissions import Sight
from service.domain.text import Block, beside
from service.domain.views.margins import AmendmentMark
from service.store.tables import amendments, versions

_BASES = (
    select(versions.c.id, versions.c.blocks)
    .where(versions.c.recommendation_id == bindparam("of"))
    .where(
        versions.c.id.in_(
            select(amendments.c.base_version_id).where(amendments.c.recommendation_id == bindparam("of"))
        )
    )
)
_MARKS = (
    select(
        amendments.c.id,
        amendments.c.number,
        amendments.c.state,
        amendments.c.incorporated_in,
        amendments.c.base_version_id,
        amendments.c.operations,
    )
    .where(
        amendments.c.recommendation_id == bindparam("of"),
        or_(
            amendments.c.number.is_not(None),
            amendments.c.organisation_id.in_(bindparam("own", expanding=True)),
        ),
    )
    .order_by(amendments.c.id)
)


def amendment_marks(
    connection: Connection, sight: Sight, recommendation_id: str, text: tuple[Block, ...]
) -> tuple[AmendmentMark, ...]:
    """Return which blocks of a recommendation's text each amendment lies beside, in the order of their beginning.

    Args:
        connection: where to ask.
        sight: what the reader may see.
        recommendation_id: the recommendation.
        text: its current text.
    """
    bases = {row.id: row.blocks for row in connection.execute(_BASES, {"of": recommendation_id})}
    standing = {block.id for block in text}
    rows = connection.execute(_MARKS, {"of": recommendation_id, "own": sorted(sight.organisation_ids)})
    return tuple(
        AmendmentMark(
            row.id,
            row.number,
            AmendmentState(row.state),
            stands(AmendmentState(row.state), row.incorporated_in),
            beside(bases[row.base_version_id], row.operations, standing),
        )
        for row in rows
    )
