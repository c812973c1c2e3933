"""Queries for comments and positions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from service.domain.adoption import AdoptionRule, Outcome, outcome
from service.domain.comments import Audience, CommentKind, CommentState
from service.domain.permissions import Sight
from service.domain.positions import CURRENT, PositionState, Reservation, Stance
from service.domain.recommendations import RecommendationState
from service.domain.text import Block, Lineage, descendants, follow_anchor
from service.domain.views import Page
from service.domain.views.margins import CommentMark
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import CommentView, PositionView, ReplyView, VersionRef
from service.store.hearing import OPEN_TO_ALL, readable
from service.store.paging import page_of
from service.store.tables import (
    agendas,
    comments,
    organisations,
    participations,
    positions,
    recommendations,
    replies,
    versions,
)

_COMMENTS = (
    select(
        comments,
        organisations.c.name.label("organisation"),
        versions.c.number.label("version_number"),
        versions.c.digest,
        recommendations.c.current_version_id,
    )
    .join(organisations, organisations.c.id == comments.c.organisation_id)
    .join(versions, versions.c.id == comments.c.version_id)
    .join(recommendations, recommendations.c.id == comments.c.recommendation_id)
)

_MARKS = (
    select(
        comments.c.id,
        comments.c.state,
        comments.c.block_id,
        comments.c.start,
        comments.c.end,
        comments.c.version_id,
        versions.c.number.label("version_number"),
        recommendations.c.current_version_id,
    )
    .join(versions, versions.c.id == comments.c.version_id)
    .join(recommendations, recommendations.c.id == comments.c.recommendation_id)
)


def list_comments(
    connection: Connection, sight: Sight, recommendation_id: str, limit: int, cursor: str | None
) -> Page[CommentView]:
    """Return a recommendation's threads, the oldest first."""
    query = _COMMENTS.where(comments.c.recommendation_id == recommendation_id, readable(sight))
    rows, following = page_of(connection, query, (comments.c.id,), limit, cursor)
    return Page(_views(connection, rows), following)


def list_comments_on(
    connection: Connection, sight: Sight, amendment_id: str, limit: int, cursor: str | None
) -> Page[CommentView]:
    """Return the threads on an amendment, the oldest first."""
    query = _COMMENTS.where(comments.c.amendment_id == amendment_id, readable(sight))
    rows, following = page_of(connection, query, (comments.c.id,), limit, cursor)
    return Page(_views(connection, rows), following)


def list_open_comments(
    connection: Connection,
    sight: Sight,
    agenda_id: str,
    recommendation_id: str | None,
    *,
    limit: int,
    cursor: str | None,
) -> Page[CommentView]:
    """Return the threads of an agenda that wait for an answer, of those that everyone may read, the oldest first."""
    query = _COMMENTS.where(
        comments.c.agenda_id == agenda_id, comments.c.state == CommentState.OPEN, OPEN_TO_ALL
    )
    if not sight.everything:
        query = query.where(recommendations.c.state != RecommendationState.DRAFT)
    if recommendation_id is not None:
        query = query.where(comments.c.recommendation_id == recommendation_id)
    rows, following = page_of(connection, query, (comments.c.id,), limit, cursor)
    return Page(_views(connection, rows), following)


def get_comment(connection: Connection, sight: Sight, comment_id: str) -> CommentView | None:
    """Return one thread that the reader may know of, or None."""
    rows = connection.execute(_COMMENTS.where(comments.c.id == comment_id, readable(sight))).all()
    return _views(connection, rows)[0] if rows else None


def get_comments(
    connection: Connection, sight: Sight, comment_ids: Collection[str]
) -> tuple[CommentView, ...]:
    """Return threads by their ids, those that the reader may know of, the oldest first."""
    query = _COMMENTS.where(comments.c.id.in_(comment_ids), readable(sight)).order_by(comments.c.id)
    return _views(connection, connection.execute(query).all())


def comment_marks(connection: Connection, sight: Sight, recommendation_id: str) -> tuple[CommentMark, ...]:
    """Return where the threads on a recommendation's text belong, the oldest first; not what they say."""
    query: Select[Any] = _MARKS.where(comments.c.recommendation_id == recommendation_id, readable(sight))
    query = query.where(comments.c.amendment_id.is_(None)).order_by(comments.c.id)
    rows: Sequence[Row[Any]] = connection.execute(query).all()
    texts = _texts(connection, _moved(rows))
    places = [_place(row, texts) for row in rows]
    return tuple(
        CommentMark(
            row.id, CommentState(row.state), block, row.version_number, block is not None and start is None
        )
        for row, (block, start, _) in zip(rows, places, strict=True)
    )


def _views(connection: Connection, rows: Sequence[Row[Any]]) -> tuple[CommentView, ...]:
    threads: dict[str, list[ReplyView]] = defaultdict(list)
    answers = (
        select(
            replies.c.comment_id,
            replies.c.id,
            organisations.c.id,
            organisations.c.name,
            replies.c.text,
            replies.c.created_at,
            replies.c.language,
        )
        .join(organisations, organisations.c.id == replies.c.organisation_id)
        .where(replies.c.comment_id.in_([row.id for row in rows]))
        .order_by(replies.c.id)
    )
    for row in connection.execute(answers):
        threads[row[0]].append(ReplyView(row[1], OrganisationRef(row[2], row[3]), *row[4:]))
    texts = _texts(connection, _moved(rows))
    return tuple(_view(row, tuple(threads[row.id]), texts) for row in rows)


def _moved(rows: Iterable[Row[Any]]) -> set[str]:
    """Return the versions between which threads have to be carried over."""
    return {
        i
        for row in rows
        if row.version_id != row.current_version_id
        for i in (row.version_id, row.current_version_id)
    }


_Texts = dict[str, tuple[tuple[Block, ...], Lineage]]


def _texts(connection: Connection, version_ids: Collection[str]) -> _Texts:
    if not version_ids:
        return {}
    query = select(versions.c.id, versions.c.blocks, versions.c.lineage).where(versions.c.id.in_(version_ids))
    return {row.id: (row.blocks, row.lineage) for row in connection.execute(query)}


def _place(row: Row[Any], texts: _Texts) -> tuple[str | None, int | None, int | None]:
    """Return where a thread's words stand in the current text."""
    block_id, start, end = row.block_id, row.start, row.end
    if block_id is not None and row.version_id != row.current_version_id:
        (before, _), (now, lineage) = texts[row.version_id], texts[row.current_version_id]
        there = follow_anchor((block_id, start, end), before, now, lineage)
        block_id, start, end = (
            (there.block, there.start, there.end)
            if there is not None
            else (_still_there(block_id, now, lineage), None, None)
        )
    return block_id, start, end


def _view(row: Row[Any], thread: tuple[ReplyView, ...], texts: _Texts) -> CommentView:
    block_id, start, end = _place(row, texts)
    return CommentView(
        id=row.id,
        recommendation_id=row.recommendation_id,
        version=VersionRef(row.version_id, row.version_number, row.digest),
        organisation=OrganisationRef(row.organisation_id, row.organisation),
        kind=CommentKind(row.kind),
        state=CommentState(row.state),
        text=row.text,
        created_at=row.created_at,
        block_id=block_id,
        start=start,
        end=end,
        quotation=row.quotation,
        resolution=row.resolution,
        replies=thread,
        audience=Audience(row.audience),
        official=row.official,
        amendment_id=row.amendment_id,
        language=row.language,
        revision=row.revision,
    )


_current = versions.alias("current")
_POSITIONS = (
    select(
        positions,
        organisations.c.name.label("organisation"),
        versions.c.number.label("version_number"),
        _current.c.digest.label("current_digest"),
    )
    .join(organisations, organisations.c.id == positions.c.organisation_id)
    .join(versions, versions.c.id == positions.c.version_id)
    .join(recommendations, recommendations.c.id == positions.c.recommendation_id)
    .join(_current, _current.c.id == recommendations.c.current_version_id)
)


def _still_there(block_id: str, now: Sequence[Block], lineage: Lineage) -> str:
    """Return the block beside which a comment is shown whose words are gone: its own, or the one that took it in."""
    standing = {block.id for block in now}
    heirs = [one for one in descendants(lineage, block_id) if one in standing]
    return block_id if block_id in standing or not heirs else heirs[0]


def list_positions(
    connection: Connection,
    recommendation_id: str,
    limit: int,
    cursor: str | None,
    organisation_id: str | None = None,
) -> Page[PositionView]:
    """Return the positions on a recommendation, withdrawn and superseded ones too, in the order of taking."""
    query = _POSITIONS.where(positions.c.recommendation_id == recommendation_id)
    if organisation_id is not None:
        query = query.where(positions.c.organisation_id == organisation_id)
    rows, following = page_of(connection, query, (positions.c.id,), limit, cursor)
    return Page(tuple(_position(row) for row in rows), following)


def positions_in_agenda(connection: Connection, agenda_id: str) -> tuple[PositionView, ...]:
    """Return the positions that stand, or are asked for again, on all recommendations of an agenda."""
    query = _POSITIONS.where(recommendations.c.agenda_id == agenda_id)
    return _speaking(connection, query.order_by(recommendations.c.number, positions.c.id))


def _speaking(connection: Connection, query: Select[Any]) -> tuple[PositionView, ...]:
    """Return those positions that stand, or are asked for again."""
    return tuple(_position(row) for row in connection.execute(query.where(positions.c.state.in_(CURRENT))))


def get_position(connection: Connection, position_id: str) -> PositionView | None:
    """Return one position, or None."""
    row = connection.execute(_POSITIONS.where(positions.c.id == position_id)).one_or_none()
    return _position(row) if row is not None else None


def _position(row: Row[Any]) -> PositionView:
    state = PositionState(row.state)
    return PositionView(
        id=row.id,
        recommendation_id=row.recommendation_id,
        organisation=OrganisationRef(row.organisation_id, row.organisation),
        version=VersionRef(row.version_id, row.version_number, row.digest),
        stance=Stance(row.stance),
        reservation=Reservation(row.reservation) if row.reservation is not None else None,
        statement=row.statement,
        resolved_by=row.resolved_by,
        state=state,
        taken_at=row.taken_at,
        counts=state is PositionState.STANDING and row.digest == row.current_digest,
        on_paper=row.on_paper,
        language=row.language,
        revision=row.revision,
    )


_STANDING = (
    select(organisations.c.id, organisations.c.name)
    .join(positions, positions.c.organisation_id == organisations.c.id)
    .where(positions.c.state == PositionState.STANDING)
)
_NAMED = 500


def count_standing(connection: Connection, recommendation_id: str) -> int:
    """Return how many organisations have a position on a recommendation that a changed text would ask for again."""
    found = _STANDING.where(positions.c.recommendation_id == recommendation_id).subquery()
    return connection.scalars(select(func.count()).select_from(found)).one()


def standing_organisations(connection: Connection, recommendation_id: str) -> tuple[OrganisationRef, ...]:
    """Return those organisations by name, the first 500 of them."""
    query = _STANDING.where(positions.c.recommendation_id == recommendation_id)
    ordered = query.order_by(organisations.c.name, organisations.c.id).limit(_NAMED)
    return tuple(OrganisationRef(row.id, row.name) for row in connection.execute(ordered))


def outcomes(connection: Connection, sight: Sight, agenda_id: str) -> dict[str, Outcome]:
    """Return for each recommendation of an agenda whether it passes on its current text, and why."""
    rule = connection.scalars(select(agendas.c.rule).where(agendas.c.id == agenda_id)).one_or_none()
    if rule is None:
        return {}
    counted = _counted(connection, agenda_id, rule)
    listed = select(recommendations.c.id).where(recommendations.c.agenda_id == agenda_id)
    if not sight.everything:
        listed = listed.where(recommendations.c.state != RecommendationState.DRAFT)
    taken: dict[str, list[PositionView]] = {i: [] for i in connection.scalars(listed)}
    for position in positions_in_agenda(connection, agenda_id):
        if position.recommendation_id in taken:
            taken[position.recommendation_id].append(position)
    return {i: _outcome(rule, counted, found) for i, found in taken.items()}


def outcome_of(connection: Connection, recommendation_id: str) -> Outcome:
    """Return whether one recommendation passes on its current text, and why; no other's positions are read."""
    home = select(agendas.c.id, agendas.c.rule).join(
        recommendations, recommendations.c.agenda_id == agendas.c.id
    )
    agenda = connection.execute(home.where(recommendations.c.id == recommendation_id)).one()
    taken = _speaking(connection, _POSITIONS.where(positions.c.recommendation_id == recommendation_id))
    return _outcome(agenda.rule, _counted(connection, agenda.id, agenda.rule), taken)


def _counted(connection: Connection, agenda_id: str, rule: AdoptionRule) -> frozenset[str]:
    """Return the organisations whose positions count."""
    query = (
        select(participations.c.organisation_id)
        .join(organisations, organisations.c.id == participations.c.organisation_id)
        .where(participations.c.agenda_id == agenda_id, organisations.c.kind.in_(rule.counts))
    )
    return frozenset(connection.scalars(query))


def _outcome(rule: AdoptionRule, counted: frozenset[str], taken: Iterable[PositionView]) -> Outcome:
    of_these = [position for position in taken if position.organisation.id in counted]
    stances = [position.stance for position in of_these if position.counts]
    return outcome(rule, len(counted), stances, reconfirmations=len(of_these) - len(stances))
