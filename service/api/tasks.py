"""/me/tasks and /me/news: what waits for the reader, and what happened since they last looked."""

from datetime import datetime
from typing import Annotated

from litestar import get, post
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.lists import Listing, whole
from service.api.schemas import Identifier, OrganisationRef, Request, refuses, shown
from service.domain.errors import SignInNeeded
from service.domain.tasks import TaskKind
from service.workflows import tasks

TAGS = ["People"]


class RecommendationRef(Struct, frozen=True):
    """A recommendation by number and title."""

    id: str
    number: int
    title: str


class Task(Struct, frozen=True):
    """One thing to do for an organisation.

    `subject_id` is the recommendation for `take_position`, else the position, the amendment, the comment, or the
    edition, which is about no single recommendation.
    """

    kind: TaskKind
    subject_id: str
    agenda_id: str
    recommendation: RecommendationRef | None
    organisation: OrganisationRef
    amendment: int | None
    closes_at: datetime | None
    edition: int | None


class Happening(Struct, frozen=True):
    """One public entry of an agenda's record: what happened, for whom it was done, and what it is about."""

    sequence: int
    at: datetime
    name: str
    subject_id: str
    organisation: str | None
    recommendation: RecommendationRef | None
    amendment: int | None


class AgendaNews(Struct, frozen=True):
    """What others did in an agenda since the reader said that they have seen it; `more` tells that there is more."""

    agenda_id: str
    since: datetime
    entry: int
    entries: tuple[Happening, ...]
    more: bool


class NewVisit(Request, frozen=True):
    """How far into an agenda's record the reader has read: the `entry` of its news."""

    agenda_id: Identifier
    entry: Annotated[int, Meta(ge=0, le=2**31 - 1)]


_task = shown(Task)
_happening = shown(Happening)


@get("/me/tasks", tags=TAGS, opt=refuses(SignInNeeded), sync_to_thread=True)
def list_tasks(ctx: Asking) -> Listing[Task]:
    """List what waits for you and your organisations, the most pressing first."""
    return whole(tasks.tasks(ctx), _task)


@get("/me/news", tags=TAGS, opt=refuses(SignInNeeded), sync_to_thread=True)
def list_news(ctx: Asking) -> Listing[AgendaNews]:
    """List what others did since you last said that you have seen it, agenda by agenda; the first time, nothing."""
    return whole(
        tasks.news(ctx),
        lambda news: AgendaNews(
            news.agenda.id, news.since, news.entry, tuple(map(_happening, news.entries)), news.more
        ),
    )


@post("/me/visits", tags=TAGS, opt=refuses(SignInNeeded), status_code=204, sync_to_thread=True)
def note_visit(data: JSONBody[NewVisit], ctx: Asking) -> None:
    """Say how far you have read; what came before is no news any more."""
    tasks.seen(ctx, {data.agenda_id: data.entry})


ROUTES = [list_tasks, list_news, note_visit]
