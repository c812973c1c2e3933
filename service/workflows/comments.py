"""Use cases around comments: posting, answering, settling."""

from dataclasses import dataclass

from service.domain import comments
from service.domain.agendas import Agenda
from service.domain.comments import Audience, Comment, CommentAction, CommentKind, Reply
from service.domain.errors import ContributionExists, ForeignOrganisation, Invalid, Unknown
from service.domain.events import CommentAnswered, CommentMoved, CommentPosted, Event
from service.domain.people_events import (
    ContributionHandedIn,
    InternalCommentAnswered,
    InternalCommentMoved,
    InternalCommentPosted,
)
from service.domain.permissions import Permission, allows, require, visible_to
from service.domain.text import normalise
from service.domain.tongues import written_in
from service.store.uow import UnitOfWork
from service.workflows.amendments import visible as visible_amendment
from service.workflows.context import Context
from service.workflows.recommendations import author, locked, visible


@dataclass(frozen=True, slots=True)
class PostComment:
    """A comment on a phrase, a block, the whole or an amendment; without a version, on the current one.

    It is in the agenda's language unless another is named.
    """

    recommendation_id: str
    organisation_id: str
    kind: CommentKind
    text: str
    version_id: str | None = None
    block_id: str | None = None
    start: int | None = None
    end: int | None = None
    quotation: str = ""
    audience: Audience = Audience.EVERYONE
    official: bool = False
    amendment_id: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in a thread, in the agenda's language unless another is named."""

    comment_id: str
    organisation_id: str
    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Attach:
    """A thread whose words are gone, and the place in the current text that it is about from now on."""

    comment_id: str
    block_id: str
    start: int | None = None
    end: int | None = None
    quotation: str = ""


@dataclass(frozen=True, slots=True)
class Settle:
    """A thread to resolve, decline or open again, with a word on why."""

    comment_id: str
    action: CommentAction
    text: str = ""


def post(ctx: Context, command: PostComment) -> str:
    """An organisation comments; returns the comment's id."""
    with ctx.transaction() as work:
        known = visible(work, command.recommendation_id)
        agenda = work.agendas.lock(known.agenda_id, share=True)
        require(work.actor, _posting(command), agenda.subject(work.now, command.organisation_id))
        comments.check_audience(command.audience, command.block_id, official=command.official)
        recommendation = work.recommendations.lock(command.recommendation_id, share=True)
        version = work.versions.get(command.version_id or recommendation.current_version_id)
        if version.recommendation_id != recommendation.id:
            raise Unknown(thing="version")
        text = normalise(command.text)
        comments.check_text(text)
        if command.official:
            _check_first(work, command)
        if command.amendment_id is not None:
            _check_amendment(work, command, command.amendment_id)
        comment = Comment(
            id=ctx.new_id(),
            agenda_id=agenda.id,
            recommendation_id=recommendation.id,
            version_id=version.id,
            organisation_id=command.organisation_id,
            person_id=author(work),
            kind=command.kind,
            text=text,
            created_at=work.now,
            audience=command.audience,
            official=command.official,
            amendment_id=command.amendment_id,
            language=written_in(command.language, agenda.language),
        )
        if command.block_id is not None:
            quotation = normalise(command.quotation, field="quotation")
            place = comments.place(version, command.block_id, command.start, command.end, quotation)
            comment.block_id, comment.quotation = place.block_id, place.quotation
            comment.start, comment.end = place.start, place.end
        work.comments.add(comment)
        told, untold = CommentPosted(comment.id, recommendation.id), InternalCommentPosted(comment.id)
        _record(work, comment, told, untold, by=comment.organisation_id)
        if comment.official:
            handed_in = ContributionHandedIn(comment.id, recommendation.id, comment.organisation_id)
            work.record(handed_in, agenda_id=agenda.id, organisation_id=comment.organisation_id)
        return comment.id


def _posting(command: PostComment) -> Permission:
    if command.official:
        return Permission.COMMENT_CONTRIBUTE
    internal = command.audience is Audience.ORGANISATION
    return Permission.COMMENT_DISCUSS if internal else Permission.COMMENT_POST


def _check_first(work: UnitOfWork, command: PostComment) -> None:
    earlier = work.comments.find(
        recommendation_id=command.recommendation_id, organisation_id=command.organisation_id, official=True
    )
    if earlier is not None:
        raise ContributionExists(organisation=work.organisations.get(command.organisation_id).name)


def _check_amendment(work: UnitOfWork, command: PostComment, amendment_id: str) -> None:
    amendment = visible_amendment(work, amendment_id)
    if amendment.recommendation_id != command.recommendation_id:
        raise Unknown(thing="amendment")
    comments.check_amendment(
        tabled=amendment.number is not None,
        audience=command.audience,
        block_id=command.block_id,
        official=command.official,
    )


def _record(work: UnitOfWork, comment: Comment, told: Event, untold: Event, *, by: str | None) -> None:
    """Record what happened to a thread: in the agenda's record; where an organisation alone reads it, in the house's.

    The agenda's record is public, and whoever may not read a thread does not learn that there is one.
    """
    work.record(
        untold if comment.internal else told,
        agenda_id=None if comment.internal else comment.agenda_id,
        organisation_id=by,
    )


def _seen(work: UnitOfWork, comment_id: str) -> Comment:
    """Return a thread that the actor may see; any other is unknown, whatever the reason."""
    comment = work.comments.get(comment_id)
    try:
        visible(work, comment.recommendation_id)
    except Unknown:
        raise Unknown(thing="comment") from None
    if not comment.seen_by(visible_to(work.actor).organisation_ids):
        raise Unknown(thing="comment")
    return comment


def answer(ctx: Context, command: Answer) -> str:
    """An organisation answers in a thread; returns the reply's id."""
    with ctx.transaction() as work:
        known = _seen(work, command.comment_id)
        agenda = work.agendas.lock(known.agenda_id, share=True)
        permission = Permission.COMMENT_DISCUSS if known.internal else Permission.COMMENT_POST
        require(work.actor, permission, agenda.subject(work.now, command.organisation_id))
        if not known.seen_by({command.organisation_id}):
            raise ForeignOrganisation
        comment = work.comments.lock(command.comment_id)
        text = normalise(command.text)
        comments.check_text(text)
        # Who asked goes on asking; anyone else's words are an answer.
        if command.organisation_id != comment.organisation_id or comment.state not in _ASKING:
            comment.act(CommentAction.ANSWER)
        said_in = written_in(command.language, agenda.language)
        reply = Reply(
            ctx.new_id(), comment.id, command.organisation_id, author(work), text, work.now, said_in
        )
        work.replies.add(reply)
        told, untold = CommentAnswered(comment.id, reply.id), InternalCommentAnswered(comment.id, reply.id)
        _record(work, comment, told, untold, by=command.organisation_id)
        return reply.id


_ASKING = frozenset({comments.CommentState.OPEN, comments.CommentState.ANSWERED})
_SETTLING = frozenset({CommentAction.RESOLVE, CommentAction.DECLINE, CommentAction.REOPEN})


def attach(ctx: Context, command: Attach) -> None:
    """The rapporteur, or the organisation that asked, gives a thread whose words are gone a new place."""
    with ctx.transaction() as work:
        known = _seen(work, command.comment_id)
        recommendation, agenda = locked(work, known.recommendation_id)
        comment = work.comments.lock(command.comment_id)
        own = _require_to_settle(work, agenda, comment)
        version = work.versions.get(recommendation.current_version_id)
        quotation = normalise(command.quotation, field="quotation")
        place = comments.place(version, command.block_id, command.start, command.end, quotation)
        comment.attach(version.id, place)
        _record_move(work, comment, CommentAction.ATTACH, own=own)


def settle(ctx: Context, command: Settle) -> None:
    """The rapporteur, or the organisation that asked, settles a thread."""
    with ctx.transaction() as work:
        known = _seen(work, command.comment_id)
        _, agenda = locked(work, known.recommendation_id)
        comment = work.comments.lock(command.comment_id)
        own = _require_to_settle(work, agenda, comment)
        if command.action not in _SETTLING:
            raise Invalid.field("action", "A thread can be resolved, declined or reopened.")
        text = normalise(command.text)
        if command.action is CommentAction.DECLINE and not text:
            raise Invalid.field("text", "Say why: the author will see it.")
        comment.act(command.action)
        comment.resolution = text
        _record_move(work, comment, command.action, own=own)


def _require_to_settle(work: UnitOfWork, agenda: Agenda, comment: Comment) -> bool:
    """Refuse whoever may not settle a thread; tell whether it is their organisation's own."""
    subject = agenda.subject(work.now, comment.organisation_id)
    permission = Permission.COMMENT_DISCUSS if comment.internal else Permission.COMMENT_RESOLVE
    require(work.actor, permission, subject)
    return allows(work.actor, Permission.COMMENT_POST, subject)


def _record_move(work: UnitOfWork, comment: Comment, action: CommentAction, *, own: bool) -> None:
    said, state = action.value, comment.state.value
    _record(
        work,
        comment,
        CommentMoved(comment.id, said, state),
        InternalCommentMoved(comment.id, said, state),
        by=comment.organisation_id if own or comment.internal else None,
    )
