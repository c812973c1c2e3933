"""Queries for what waits for the organisations that a person acts for, and for their amendments in brief."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, exists, or_, select

from service.domain.actors import OrganisationKind
from service.domain.amendments import OPEN, AmendmentState
from service.domain.comments import CommentState
from service.domain.mails import NotificationKind, PostedMail
from service.domain.phases import CAPABILITIES, Capability
from service.domain.positions import CURRENT, PositionState
from service.domain.recommendations import RecommendationState
from service.domain.tasks import Task, TaskKind
from service.domain.views.activity import AskRef
from service.domain.views.people import OrganisationRef
from service.domain.views.tasks import OwnAmendment
from service.store.bookkeeping import mails
from service.store.hearing import OPEN_TO_ALL
from service.store.mails import posted_mail, selected
from service.store.tables import (
    agendas,
    amendment_covers,
    amendments,
    comments,
    organisations,
    participations,
    positions,
    recommendations,
    replies,
    signatures,
    versions,
)

_ASK = (
    recommendations.c.id.label("recommendation_id"),
    recommendations.c.number.label("recommendation_number"),
    recommendations.c.title.label("recommendation_title"),
)
_WHOSE = (organisations.c.id.label("organisation_id"), organisations.c.name.label("organisation"))
_TAKING = tuple(phase for phase, opened in CAPABILITIES.items() if Capability.POSITION in opened)
_TOLD_OF = {CommentState.ANSWERED: TaskKind.READ_ANSWER, CommentState.ORPHANED: TaskKind.PLACE_COMMENT}


@dataclass(frozen=True, slots=True)
class Awaited:
    """A position that an organisation has not taken on the present text; who it is tells whether it counts."""

    task: Task
    kind: OrganisationKind


def positions_awaited(connection: Connection, organisation_ids: Collection[str]) -> tuple[Awaited, ...]:
    """Return the positions that organisations have not taken, or not on the present text, where they are taken now."""
    current, taken = versions.alias("current"), versions.alias("taken")
    query: Select[Any] = (
        select(
            *_ASK,
            recommendations.c.agenda_id,
            *_WHOSE,
            organisations.c.kind.label("sort"),
            positions.c.id.label("position_id"),
        )
        .join(agendas, agendas.c.id == recommendations.c.agenda_id)
        .join(participations, participations.c.agenda_id == agendas.c.id)
        .join(organisations, organisations.c.id == participations.c.organisation_id)
        .join(current, current.c.id == recommendations.c.current_version_id)
        .outerjoin(
            positions,
            and_(
                positions.c.recommendation_id == recommendations.c.id,
                positions.c.organisation_id == organisations.c.id,
                positions.c.state.in_(CURRENT),
            ),
        )
        .outerjoin(taken, taken.c.id == positions.c.version_id)
        .where(
            organisations.c.id.in_(organisation_ids),
            recommendations.c.state == RecommendationState.TABLED,
            agendas.c.phase.in_(_TAKING),
            or_(
                positions.c.id.is_(None),
                positions.c.state != PositionState.STANDING,
                taken.c.digest != current.c.digest,
            ),
        )
    )
    return tuple(_awaited(row) for row in connection.execute(query))


def _awaited(row: Row[Any]) -> Awaited:
    kind, subject = TaskKind.TAKE_POSITION, row.recommendation_id
    if row.position_id is not None:
        kind, subject = TaskKind.CONFIRM_POSITION, row.position_id
    return Awaited(Task(kind, subject, row.agenda_id, _ask(row), _organisation(row)), row.sort)


def own_amendments(
    connection: Connection, organisation_ids: Collection[str], limit: int
) -> tuple[OwnAmendment, ...]:
    """Return what organisations proposed or co-signed, the newest first."""
    mine = amendments.c.organisation_id.in_(organisation_ids)
    signed = exists().where(
        signatures.c.amendment_id == amendments.c.id, signatures.c.organisation_id.in_(organisation_ids)
    )
    query: Select[Any] = (
        select(
            *_ASK,
            amendments.c.id,
            amendments.c.agenda_id,
            amendments.c.number,
            amendments.c.state,
            amendments.c.incorporated_in,
            (amendments.c.base_version_id != recommendations.c.current_version_id).label("stale"),
            exists().where(amendment_covers.c.compromise_id == amendments.c.id).label("covers"),
            *_WHOSE,
        )
        .join(recommendations, recommendations.c.id == amendments.c.recommendation_id)
        .join(organisations, organisations.c.id == amendments.c.organisation_id)
        .where(or_(mine, and_(amendments.c.number.is_not(None), signed)))
        .order_by(amendments.c.id.desc())
        .limit(limit)
    )
    return tuple(
        OwnAmendment(
            row.id,
            row.agenda_id,
            row.number,
            AmendmentState(row.state),
            _ask(row),
            _organisation(row),
            signed=row.organisation_id not in organisation_ids,
            stale=bool(row.stale),
            covers=bool(row.covers),
            incorporated=row.incorporated_in is not None,
        )
        for row in connection.execute(query)
    )


def compromises_to_answer(connection: Connection, organisation_ids: Collection[str]) -> tuple[Task, ...]:
    """Return the open compromises on what organisations proposed, which they have not signed."""
    covered = amendments.alias("covered")
    signed = exists().where(
        signatures.c.amendment_id == amendments.c.id,
        signatures.c.organisation_id == covered.c.organisation_id,
    )
    query: Select[Any] = (
        select(
            *_ASK,
            amendments.c.id,
            amendments.c.agenda_id,
            amendments.c.number,
            *_WHOSE,
        )
        .distinct()
        .join(amendment_covers, amendment_covers.c.compromise_id == amendments.c.id)
        .join(covered, covered.c.id == amendment_covers.c.covered_id)
        .join(organisations, organisations.c.id == covered.c.organisation_id)
        .join(recommendations, recommendations.c.id == amendments.c.recommendation_id)
        .where(
            organisations.c.id.in_(organisation_ids),
            amendments.c.organisation_id != covered.c.organisation_id,
            amendments.c.state.in_(OPEN),
            covered.c.state.in_(OPEN),
            ~signed,
        )
    )
    return tuple(
        Task(TaskKind.ANSWER_COMPROMISE, row.id, row.agenda_id, _ask(row), _organisation(row), row.number)
        for row in connection.execute(query)
    )


def comments_to_follow(connection: Connection, organisation_ids: Collection[str]) -> tuple[Task, ...]:
    """Return the comments of organisations that were answered, or whose words are gone."""
    query: Select[Any] = (
        select(
            *_ASK,
            comments.c.id,
            comments.c.agenda_id,
            comments.c.state,
            *_WHOSE,
        )
        .join(recommendations, recommendations.c.id == comments.c.recommendation_id)
        .join(organisations, organisations.c.id == comments.c.organisation_id)
        .where(organisations.c.id.in_(organisation_ids), comments.c.state.in_(tuple(_TOLD_OF)))
    )
    return tuple(
        Task(_TOLD_OF[CommentState(row.state)], row.id, row.agenda_id, _ask(row), _organisation(row))
        for row in connection.execute(query)
    )


def questions_to_answer(connection: Connection, organisation_ids: Collection[str]) -> tuple[Task, ...]:
    """Return the comments of others on what organisations proposed, which nobody has answered."""
    query: Select[Any] = (
        select(
            *_ASK,
            comments.c.id,
            comments.c.agenda_id,
            amendments.c.number,
            *_WHOSE,
        )
        .join(amendments, amendments.c.id == comments.c.amendment_id)
        .join(recommendations, recommendations.c.id == comments.c.recommendation_id)
        .join(organisations, organisations.c.id == amendments.c.organisation_id)
        .where(
            organisations.c.id.in_(organisation_ids),
            comments.c.organisation_id != organisations.c.id,
            comments.c.state == CommentState.OPEN,
            OPEN_TO_ALL,
        )
    )
    return tuple(
        Task(TaskKind.ANSWER_QUESTION, row.id, row.agenda_id, _ask(row), _organisation(row), row.number)
        for row in connection.execute(query)
    )


def unread_mentions(connection: Connection, person_id: str) -> tuple[PostedMail, ...]:
    """Return what a person was told of mentions of their organisations, and has not marked as read."""
    query = selected().where(
        mails.c.person_id == person_id, mails.c.kind == NotificationKind.MENTIONS, mails.c.read_at.is_(None)
    )
    return tuple(posted_mail(row) for row in connection.execute(query.order_by(mails.c.id)))


def mentions_to_answer(
    connection: Connection, told: Collection[PostedMail], organisation_ids: Collection[str]
) -> tuple[Task, ...]:
    """Return the threads that mention organisations, and in which these have not answered since."""
    asked = {str(one.mail.values["comment_id"]): one for one in told}
    query: Select[Any] = (
        select(
            *_ASK,
            comments.c.id,
            comments.c.agenda_id,
            *_WHOSE,
            select(replies.c.created_at)
            .where(replies.c.comment_id == comments.c.id, replies.c.organisation_id == organisations.c.id)
            .order_by(replies.c.id.desc())
            .limit(1)
            .scalar_subquery()
            .label("answered_at"),
        )
        .join(recommendations, recommendations.c.id == comments.c.recommendation_id)
        .join(participations, participations.c.agenda_id == comments.c.agenda_id)
        .join(organisations, organisations.c.id == participations.c.organisation_id)
        .where(comments.c.id.in_(asked), organisations.c.id.in_(organisation_ids))
    )
    return tuple(
        Task(TaskKind.ANSWER_MENTION, row.id, row.agenda_id, _ask(row), _organisation(row))
        for row in connection.execute(query)
        if asked[row.id].mail.values["mentioned"] == row.organisation
        and (row.answered_at is None or row.answered_at < asked[row.id].made_at)
    )


def _ask(row: Row[Any]) -> AskRef:
    return AskRef(row.recommendation_id, row.recommendation_number, row.recommendation_title)


def _organisation(row: Row[Any]) -> OrganisationRef:
    return OrganisationRef(row.organisation_id, row.organisation)
