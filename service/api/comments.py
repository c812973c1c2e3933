"""/comments: threads on a phrase, a block, or a whole recommendation."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.amendments import To
from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.conditions import Condition
from service.api.lists import Cursor, Id, Limit, Listing, listing
from service.api.schemas import (
    Identifier,
    OnBehalfOf,
    OrganisationRef,
    Request,
    VersionRef,
    WrittenIn,
    refuses,
    shown,
)
from service.api.schemas_text import Offset
from service.api.voices import voice
from service.domain.actors import Scope
from service.domain.comments import Audience, CommentAction, CommentKind, CommentState
from service.domain.errors import (
    ContributionExists,
    DeadlinePassed,
    ForeignOrganisation,
    IllegalMove,
    Invalid,
    PhaseClosed,
)
from service.workflows import answers, comments, reading
from service.workflows.context import Context

TAGS = ["Comments"]
Words = Annotated[str, Meta(description="Up to 4,000 characters.")]


class Reply(Struct, frozen=True):
    """An answer in a thread."""

    id: str
    organisation: OrganisationRef
    text: str
    created_at: datetime
    language: str | None


class Comment(Struct, frozen=True):
    """A thread with its answers; without a block it is about the whole recommendation, or about an amendment to it.

    `start` and `end` are where its phrase stands in the current version, null where it does not any more. `language` is
    null where nobody said in which it is written.
    """

    id: str
    recommendation_id: str
    version: VersionRef
    organisation: OrganisationRef
    kind: CommentKind
    state: CommentState
    text: str
    created_at: datetime
    block_id: str | None
    start: int | None
    end: int | None
    quotation: str
    resolution: str
    audience: Audience
    official: bool
    amendment_id: str | None
    language: str | None
    replies: tuple[Reply, ...]


class NewComment(Request, frozen=True):
    """A comment. Its place is a block, and in it a range or the words quoted; without a version, the current one."""

    text: Words
    kind: CommentKind = CommentKind.GENERAL
    on_behalf_of: OnBehalfOf = None
    version: Identifier | None = None
    block_id: Identifier | None = None
    start: Offset | None = None
    end: Offset | None = None
    quotation: str = ""
    audience: Annotated[Audience, Meta(description="`organisation`: nobody else can know of it.")] = (
        Audience.EVERYONE
    )
    official: Annotated[bool, Meta(description="The organisation's one official contribution.")] = False
    amendment: Annotated[
        Identifier | None, Meta(description="The id of the amendment that it is about, instead of a block.")
    ] = None
    language: WrittenIn = None


class NewReply(Request, frozen=True):
    """An answer in a thread."""

    text: Words
    on_behalf_of: OnBehalfOf = None
    language: WrittenIn = None


class Settling(StrEnum):
    """How a thread is settled, or opened again."""

    RESOLVE = "resolve"
    DECLINE = "decline"
    REOPEN = "reopen"


class NewResolution(Request, frozen=True):
    """How a thread is settled; declining needs a word on why."""

    action: Settling
    text: Words = ""


class NewPlace(Request, frozen=True):
    """Where a thread belongs in the current text: a block, and in it a range or the words quoted."""

    block_id: Identifier
    start: Offset | None = None
    end: Offset | None = None
    quotation: str = ""


_comment = shown(Comment)


def current(ctx: Context, comment_id: str) -> Comment:
    """Return a thread as it is now."""
    return _comment(reading.comment(ctx, comment_id))


@get("/recommendations/{recommendation_id:str}/comments", tags=TAGS, sync_to_thread=True)
def list_comments(
    recommendation_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None
) -> Listing[Comment]:
    """List the threads on a recommendation, the oldest first, with their answers."""
    return listing(reading.comments(ctx, recommendation_id, limit=limit, cursor=cursor), _comment)


@get("/agendas/{agenda_id:str}/open-comments", tags=TAGS, sync_to_thread=True)
def list_open_comments(
    agenda_id: Id, ctx: Asking, recommendation: To = None, limit: Limit = 50, cursor: Cursor = None
) -> Listing[Comment]:
    """List the threads of an agenda that wait for an answer and that everyone may read, the oldest first."""
    return listing(answers.open_comments(ctx, agenda_id, recommendation, limit, cursor), _comment)


@get("/amendments/{amendment_id:str}/comments", tags=TAGS, sync_to_thread=True)
def list_comments_on(
    amendment_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None
) -> Listing[Comment]:
    """List the threads on an amendment, the oldest first, with their answers."""
    return listing(reading.comments_on(ctx, amendment_id, limit=limit, cursor=cursor), _comment)


@post(
    "/recommendations/{recommendation_id:str}/comments",
    tags=TAGS,
    opt=refuses(PhaseClosed, DeadlinePassed, ForeignOrganisation, ContributionExists, Invalid),
    sync_to_thread=True,
)
def post_comment(
    recommendation_id: Id,
    data: JSONBody[NewComment],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Comment]:
    """Comment on a phrase, a block, the whole recommendation, or an amendment to it."""
    command = comments.PostComment(
        recommendation_id,
        voice(ctx, data.on_behalf_of, Scope.COMMENT),
        data.kind,
        data.text,
        data.version,
        data.block_id,
        data.start,
        data.end,
        data.quotation,
        data.audience,
        data.official,
        data.amendment,
        data.language or "",
    )
    return attempt.create(
        lambda: comments.post(ctx, command), lambda made: current(ctx, made), "/comments/{id}"
    )


@get("/comments/{comment_id:str}", tags=TAGS, sync_to_thread=True)
def read_comment(comment_id: Id, ctx: Asking) -> Comment:
    """Read a thread with its answers."""
    return current(ctx, comment_id)


@get("/comments/{comment_id:str}/replies", tags=TAGS, sync_to_thread=True)
def list_replies(comment_id: Id, ctx: Asking) -> Listing[Reply]:
    """List the answers in a thread."""
    return Listing(current(ctx, comment_id).replies, None)


@post(
    "/comments/{comment_id:str}/replies",
    tags=TAGS,
    opt=refuses(PhaseClosed, DeadlinePassed, ForeignOrganisation, IllegalMove, Invalid),
    sync_to_thread=True,
)
def answer_comment(
    comment_id: Id,
    data: JSONBody[NewReply],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Comment]:
    """Answer in a thread. Answers with the whole thread."""
    command = comments.Answer(
        comment_id, voice(ctx, data.on_behalf_of, Scope.COMMENT), data.text, data.language or ""
    )

    def run() -> str:
        comments.answer(ctx, command)
        return comment_id

    return attempt.create(run, lambda made: current(ctx, made), "/comments/{id}")


@post(
    "/comments/{comment_id:str}/resolution",
    tags=TAGS,
    opt=refuses(PhaseClosed, DeadlinePassed, ForeignOrganisation, IllegalMove, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def settle_comment(
    comment_id: Id,
    data: JSONBody[NewResolution],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> Comment:
    """Resolve or decline a thread, or open it again: the rapporteur, or who asked."""
    condition.honoured(lambda: current(ctx, comment_id))
    comments.settle(ctx, comments.Settle(comment_id, CommentAction(data.action), data.text))
    return current(ctx, comment_id)


@post(
    "/comments/{comment_id:str}/place",
    tags=TAGS,
    opt=refuses(PhaseClosed, DeadlinePassed, ForeignOrganisation, IllegalMove, Invalid),
    status_code=200,
    sync_to_thread=True,
)
def place_comment(
    comment_id: Id,
    data: JSONBody[NewPlace],
    ctx: Asking,
    condition: NamedDependency[Condition],
) -> Comment:
    """Give an orphaned thread a place in the current text: the rapporteur, or who asked. It is open again then."""
    condition.honoured(lambda: current(ctx, comment_id))
    place = comments.Attach(comment_id, data.block_id, data.start, data.end, data.quotation)
    comments.attach(ctx, place)
    return current(ctx, comment_id)


ROUTES = [
    list_comments,
    list_comments_on,
    list_open_comments,
    post_comment,
    read_comment,
    list_replies,
    answer_comment,
    settle_comment,
    place_comment,
]
