"""Queries for amendments."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any, cast

from sqlalchemy import Connection, Row, and_, bindparam, or_, select

from service.domain.amendments import Amendment, AmendmentState
from service.domain.permissions import Sight
from service.domain.views import Page
from service.domain.views.amendments import (
    AmendmentFilter,
    AmendmentRef,
    AmendmentView,
    NumberedRef,
    WordingView,
)
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import VersionRef
from service.store.paging import page_of
from service.store.queries.compromises import around
from service.store.tables import (
    amendment_revisions,
    amendments,
    organisations,
    recommendations,
    signatures,
    versions,
)

_EARLIER, _LATER = amendments.alias("earlier"), amendments.alias("later")
# What was never tabled has no number and is its organisation's alone.
_VISIBLE = (
    select(
        amendments,
        recommendations.c.number.label("recommendation_number"),
        recommendations.c.title.label("recommendation_title"),
        recommendations.c.current_version_id,
        organisations.c.name.label("author"),
        _EARLIER.c.number.label("earlier_number"),
        _EARLIER.c.state.label("earlier_state"),
        _LATER.c.id.label("later_id"),
        _LATER.c.number.label("later_number"),
        _LATER.c.state.label("later_state"),
    )
    .join(recommendations, recommendations.c.id == amendments.c.recommendation_id)
    .join(organisations, organisations.c.id == amendments.c.organisation_id)
    .outerjoin(_EARLIER, _EARLIER.c.id == amendments.c.replaces_id)
    # One alone can have taken its place: nothing is replaced twice, and a draft, which has no number, replaces nothing.
    .outerjoin(_LATER, and_(_LATER.c.replaces_id == amendments.c.id, _LATER.c.number.is_not(None)))
    .where(
        or_(
            amendments.c.number.is_not(None),
            amendments.c.organisation_id.in_(bindparam("own", expanding=True)),
        )
    )
)
_ONE = _VISIBLE.where(amendments.c.id == bindparam("one"))
_SIGNED = (
    select(signatures.c.amendment_id, organisations.c.id, organisations.c.name)
    .join(organisations, organisations.c.id == signatures.c.organisation_id)
    .where(signatures.c.amendment_id.in_(bindparam("ids", expanding=True)))
    .order_by(signatures.c.id)
)
_TEXTS = select(versions.c.id, versions.c.number, versions.c.digest, versions.c.blocks).where(
    versions.c.id.in_(bindparam("ids", expanding=True))
)


def list_amendments(
    connection: Connection, sight: Sight, wanted: AmendmentFilter, limit: int, cursor: str | None
) -> Page[AmendmentView]:
    """Return amendments in the order in which they were begun."""
    query = _VISIBLE.params(own=sorted(sight.organisation_ids))
    if wanted.agenda_id is not None:
        query = query.where(amendments.c.agenda_id == wanted.agenda_id)
    if wanted.recommendation_id is not None:
        query = query.where(amendments.c.recommendation_id == wanted.recommendation_id)
    if wanted.states:
        query = query.where(amendments.c.state.in_(wanted.states))
    if wanted.organisation_id is not None:
        signed = select(signatures.c.amendment_id).where(
            signatures.c.organisation_id == wanted.organisation_id
        )
        query = query.where(
            or_(amendments.c.organisation_id == wanted.organisation_id, amendments.c.id.in_(signed))
        )
    rows, following = page_of(connection, query, (amendments.c.id,), limit, cursor)
    return Page(_views(connection, rows), following)


def get_amendment(connection: Connection, sight: Sight, amendment_id: str) -> AmendmentView | None:
    """Return one amendment, or None."""
    rows = connection.execute(_ONE, {"one": amendment_id, "own": sorted(sight.organisation_ids)}).all()
    return _views(connection, rows)[0] if rows else None


def get_amendments(
    connection: Connection, sight: Sight, amendment_ids: Collection[str]
) -> tuple[AmendmentView, ...]:
    """Return amendments by their ids, those that the reader may see, in the order of their numbers."""
    query = _VISIBLE.where(amendments.c.id.in_(amendment_ids)).order_by(amendments.c.number)
    return _views(connection, connection.execute(query, {"own": sorted(sight.organisation_ids)}).all())


def amendments_to(connection: Connection, sight: Sight, recommendation_id: str) -> tuple[AmendmentView, ...]:
    """Return every amendment to a recommendation that the reader may see, in the order of their numbers."""
    query = _VISIBLE.where(amendments.c.recommendation_id == recommendation_id).order_by(amendments.c.number)
    return _views(connection, connection.execute(query, {"own": sorted(sight.organisation_ids)}).all())


def _views(connection: Connection, rows: Collection[Row[Any]]) -> tuple[AmendmentView, ...]:
    signed = cosignatories(connection, [row.id for row in rows])
    covers, covered_by = around(connection, [row.id for row in rows])
    ids = {row.base_version_id for row in rows} | {row.incorporated_in for row in rows} - {None}
    known = {row.id: row for row in connection.execute(_TEXTS, {"ids": sorted(ids)})}
    refs = {i: VersionRef(row.id, row.number, row.digest) for i, row in known.items()}
    return tuple(
        AmendmentView.of(
            # A row has every field of an amendment under its name.
            cast("Amendment", row),
            recommendation_number=row.recommendation_number,
            recommendation_title=row.recommendation_title,
            organisations=(OrganisationRef(row.organisation_id, row.author), *signed[row.id]),
            base_version=refs[row.base_version_id],
            base_blocks=known[row.base_version_id].blocks,
            incorporated_in=refs[row.incorporated_in] if row.incorporated_in is not None else None,
            stale=row.base_version_id != row.current_version_id,
            covers=tuple(covers[row.id]),
            covered_by=tuple(covered_by[row.id]),
            replaces=_ref(row.replaces_id, row.earlier_number, row.earlier_state),
            replaced_by=_ref(row.later_id, row.later_number, row.later_state),
        )
        for row in rows
    )


def _ref(amendment_id: str | None, number: int | None, state: str | None) -> NumberedRef | None:
    return NumberedRef(amendment_id, number, AmendmentState(state)) if amendment_id and state else None


def cosignatories(
    connection: Connection, amendment_ids: Collection[str]
) -> Mapping[str, list[OrganisationRef]]:
    """Return who signed each amendment after its author, in the order of signing."""
    signed: dict[str, list[OrganisationRef]] = defaultdict(list)
    for amendment_id, organisation_id, name in connection.execute(_SIGNED, {"ids": list(amendment_ids)}):
        signed[amendment_id].append(OrganisationRef(organisation_id, name))
    return signed


def refer(connection: Connection, amendment_ids: Collection[str]) -> Mapping[str, AmendmentRef]:
    """Return amendments by id, as they are referred to, in the order of their numbers."""
    author = organisations.alias()
    query = (
        select(amendments.c.id, amendments.c.number, amendments.c.state, author.c.id, author.c.name)
        .join(author, author.c.id == amendments.c.organisation_id)
        .where(amendments.c.id.in_(amendment_ids))
        .order_by(amendments.c.number, amendments.c.id)
    )
    signed = cosignatories(connection, amendment_ids)
    return {
        row[0]: AmendmentRef(
            row[0], row[1], AmendmentState(row[2]), (OrganisationRef(row[3], row[4]), *signed[row[0]])
        )
        for row in connection.execute(query)
    }


def list_earlier_wordings(connection: Connection, amendment_id: str) -> tuple[WordingView, ...]:
    """Return what an amendment said before it was carried over, the first wording first."""
    query = (
        select(
            amendment_revisions.c.number,
            versions.c.id,
            versions.c.number,
            versions.c.digest,
            amendment_revisions.c.blocks,
            amendment_revisions.c.replaced_at,
            amendment_revisions.c.id,
            amendment_revisions.c.parent_id,
            versions.c.blocks,
        )
        .join(versions, versions.c.id == amendment_revisions.c.base_version_id)
        .where(amendment_revisions.c.amendment_id == amendment_id)
        .order_by(amendment_revisions.c.number)
    )
    return tuple(
        WordingView(row[6], row[7], row[0], VersionRef(row[1], row[2], row[3]), row[8], row[4], row[5])
        for row in connection.execute(query)
    )
