"""Queries for an agenda seen from above."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, func, select

from service.domain.actors import Region
from service.domain.amendments import OPEN
from service.domain.comments import UNSETTLED
from service.domain.events import AmendmentMoved, AmendmentTabled, AmendmentWithdrawn
from service.domain.overviews import Shift
from service.domain.permissions import Sight
from service.domain.recommendations import RecommendationState
from service.domain.views.overviews import BlockContest, PartnershipOverview
from service.domain.views.people import OrganisationRef
from service.store.bookkeeping import events
from service.store.hearing import OPEN_TO_ALL
from service.store.queries.agendas import heard
from service.store.queries.collisions import places_in_the_way
from service.store.tables import (
    amendment_claims,
    comments,
    organisations,
    participations,
    partnership_members,
    partnerships,
    recommendations,
)

_SHIFTS = (AmendmentTabled.name, AmendmentMoved.name, AmendmentWithdrawn.name)
Place = tuple[str, str | None]


def list_partnerships(connection: Connection, agenda_id: str) -> tuple[PartnershipOverview, ...]:
    """Return the partnerships of an agenda by region and name, with who of them has said something in it."""
    spoken = frozenset(connection.scalars(heard(agenda_id)))
    members: dict[tuple[str, str, Region], list[OrganisationRef]] = defaultdict(list)
    query = (
        select(
            partnerships.c.id,
            partnerships.c.name,
            partnerships.c.region,
            partnerships.c.lead_id,
            organisations.c.id.label("organisation_id"),
            organisations.c.name.label("organisation"),
        )
        .join(partnership_members, partnership_members.c.partnership_id == partnerships.c.id)
        .join(organisations, organisations.c.id == partnership_members.c.organisation_id)
        .join(participations, participations.c.organisation_id == organisations.c.id)
        .where(participations.c.agenda_id == agenda_id)
        .order_by(
            partnerships.c.name, partnerships.c.id, organisations.c.id != partnerships.c.lead_id,
            organisations.c.name,
        )
    )  # fmt: skip
    for row in connection.execute(query):
        place = row.id, row.name, Region(row.region)
        members[place].append(OrganisationRef(row.organisation_id, row.organisation))
    order = list(Region)
    return tuple(
        PartnershipOverview(
            i, name, region, tuple(taking_part), tuple(o.id for o in taking_part if o.id in spoken)
        )
        for (i, name, region), taking_part in sorted(members.items(), key=lambda m: order.index(m[0][2]))
    )


def list_contested(connection: Connection, sight: Sight, agenda_id: str) -> tuple[BlockContest, ...]:
    """Return the blocks of an agenda's current texts of which something is asked."""
    here = select(recommendations.c.id).where(recommendations.c.agenda_id == agenda_id)
    if not sight.everything:
        here = here.where(recommendations.c.state != RecommendationState.DRAFT)
    ids = tuple(connection.scalars(here.order_by(recommendations.c.number)))
    claim = amendment_claims.c
    amended = _counted(
        connection.execute(
            select(recommendations.c.id, claim.block_id, func.count(func.distinct(claim.amendment_id)))
            .join(recommendations, recommendations.c.current_version_id == claim.version_id)
            .where(recommendations.c.id.in_(ids))
            .group_by(recommendations.c.id, claim.block_id)
        )
    )
    asked = _counted(
        connection.execute(
            select(comments.c.recommendation_id, comments.c.block_id, func.count())
            .where(
                comments.c.recommendation_id.in_(ids), comments.c.block_id.is_not(None),
                comments.c.state.in_(UNSETTLED), OPEN_TO_ALL,
            )
            .group_by(comments.c.recommendation_id, comments.c.block_id)
        )
    )  # fmt: skip
    colliding = places_in_the_way(connection, ids)
    return tuple(
        BlockContest(*place, amended[place], len(colliding.get(place, ())), asked[place])
        for place in sorted({*amended, *asked}, key=lambda p: (ids.index(p[0]), p[1] or ""))
    )


def _counted(rows: Iterable[Row[str, str | None, int]]) -> Counter[Place]:
    return Counter({(recommendation_id, block_id): count for recommendation_id, block_id, count in rows})


def list_shifts(connection: Connection, agenda_id: str, zone: ZoneInfo) -> tuple[Shift, ...]:
    """Return when each amendment of an agenda was opened and closed, in the order of the record."""
    query = (
        select(events.c.at, events.c.name, events.c.subject_id, events.c.data)
        .where(events.c.scope == agenda_id, events.c.name.in_(_SHIFTS))
        .order_by(events.c.sequence)
    )
    return tuple(
        Shift(
            row.at.astimezone(zone).date(),
            row.subject_id,
            row.name == AmendmentTabled.name or row.data.get("state") in OPEN,
        )
        for row in connection.execute(query)
    )
