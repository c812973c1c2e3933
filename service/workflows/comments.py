"""Use cases around comments: posting, answering, settling."""

from dataclasses import dataclass

from service.domain import comments
from service.domain.comments import Comment, CommentAction, CommentKind, Reply
from service.domain.errors import Invalid, Unknown
from service.domain.events import CommentAnswered, CommentMoved, CommentPosted
from service.domain.permissions import Permission, allows, require
from service.domain.text import normalise
from service.workflows.context import Context
from service.workflows.recommendations import author, locked, visible


@dataclass(frozen=True, slots=True)
class PostComment:
    """A comment on a phrase, a block or the whole; without a version, on the current one."""

    recommendation_id: str
    organisation_id: str
    kind: CommentKind
    text: str
    version_id: str | None = None
    block_id: str | None = None
    start: int | None = None
    end: int | None = None
    quotation: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer in a thread."""

    comment_id: str
    organisation_id: str
    text: str


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
        require(work.actor, Permission.COMMENT_POST, agenda.subject(work.now, command.organisation_id))
        recommendation = work.recommendations.lock(command.recommendation_id, share=True)
        version = work.versions.get(command.version_id or recommendation.current_version_id)
        if version.recommendation_id != recommendation.id:
            raise Unknown(thing="version")
        text = normalise(command.text)
        comments.check_text(text)
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
        )
        if command.block_id is not None:
            quotation = normalise(command.quotation, field="quotation")
            place = comments.place(version, command.block_id, command.start, command.end, quotation)
            comment.block_id, comment.quotation = place.block_id, place.quotation
            comment.start, comment.end = place.start, place.end
        work.comments.add(comment)
        work.record(
            CommentPosted(comment.id, recommendation.id),
            agenda_id=agenda.id,
            organisation_id=command.organisation_id,
        )
        return comment.id


def answer(ctx: Context, command: Answer) -> str:
    """An organisation answers in a thread; returns the reply's id."""
    with ctx.transaction() as work:
        known = work.comments.get(command.comment_id)
        visible(work, known.recommendation_id)
        agenda = work.agendas.lock(known.agenda_id, share=True)
        require(work.actor, Permission.COMMENT_POST, agenda.subject(work.now, command.organisation_id))
        comment = work.comments.lock(command.comment_id)
        text = normalise(command.text)
        comments.check_text(text)
        # Who asked goes on asking; anyone else's words are an answer.
        if command.organisation_id != comment.organisation_id or comment.state not in _ASKING:
            comment.act(CommentAction.ANSWER)
        reply = Reply(ctx.new_id(), comment.id, command.organisation_id, author(work), text, work.now)
        work.replies.add(reply)
        work.record(
            CommentAnswered(comment.id, reply.id),
            agenda_id=agenda.id,
            organisation_id=command.organisation_id,
        )
        return reply.id


_ASKING = frozenset({comments.CommentState.OPEN, comments.CommentState.ANSWERED})
_SETTLING = frozenset({CommentAction.RESOLVE, CommentAction.DECLINE, CommentAction.REOPEN})


def attach(ctx: Context, command: Attach) -> None:
    """The rapporteur, or the organisation that asked, gives a thread whose words are gone a new place."""
    with ctx.transaction() as work:
        known = work.comments.get(command.comment_id)
        recommendation, agenda = locked(work, known.recommendation_id)
        comment = work.comments.lock(command.comment_id)
        subject = agenda.subject(work.now, comment.organisation_id)
        require(work.actor, Permission.COMMENT_RESOLVE, subject)
        version = work.versions.get(recommendation.current_version_id)
        quotation = normalise(command.quotation, field="quotation")
        place = comments.place(version, command.block_id, command.start, command.end, quotation)
        comment.attach(version.id, place)
        own = allows(work.actor, Permission.COMMENT_POST, subject)
        work.record(
            CommentMoved(comment.id, CommentAction.ATTACH.value, comment.state.value),
            agenda_id=agenda.id,
            organisation_id=comment.organisation_id if own else None,
        )


def settle(ctx: Context, command: Settle) -> None:
    """The rapporteur, or the organisation that asked, settles a thread."""
    with ctx.transaction() as work:
        known = work.comments.get(command.comment_id)
        _, agenda = locked(work, known.recommendation_id)
        comment = work.comments.lock(command.comment_id)
        subject = agenda.subject(work.now, comment.organisation_id)
        require(work.actor, Permission.COMMENT_RESOLVE, subject)
        if command.action not in _SETTLING:
            raise Invalid.field("action", "A thread can be resolved, declined or reopened.")
        text = normalise(command.text)
        if command.action is CommentAction.DECLINE and not text:
            raise Invalid.field("text", "Say why: the author will see it.")
        comment.act(command.action)
        comment.resolution = text
        own = allows(work.actor, Permission.COMMENT_POST, subject)
        work.record(
            CommentMoved(comment.id, command.action.value, comment.state.value),
            agenda_id=agenda.id,
            organisation_id=comment.organisation_id if own else None,
        )
