"""/lessons: what was learnt, and the shared list of at most ten."""

from typing import Annotated

from litestar import Response, delete, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.conditions import Condition
from service.api.lists import Cursor, Id, Limit, Listing, listing
from service.api.schemas import (
    Correction,
    Identifier,
    OnBehalfOf,
    OrganisationRef,
    Request,
    VersionRef,
    WrittenIn,
    refuses,
    shown,
)
from service.api.voices import voice
from service.domain.actors import Scope
from service.domain.errors import ForeignOrganisation, IllegalMove, Invalid, PhaseClosed, TooManyLessons
from service.domain.lessons import LessonState
from service.workflows import lessons, library
from service.workflows.context import Context

TAGS = ["Lessons"]


class Lesson(Struct, frozen=True):
    """A lesson learnt, with the evidence that underpins it; at most ten are on the shared list.

    `rank` is its place there, null for one that is proposed; `reason` says why it was chosen. `version` names its words
    as they stand, by their digest and by how often they were put right: `corrections` tell when, why, and what it said.
    """

    id: str
    agenda_id: str
    number: int
    text: str
    state: LessonState
    evidence_ids: tuple[str, ...]
    organisation: OrganisationRef
    rank: int | None
    reason: str
    language: str
    version: VersionRef
    corrections: tuple[Correction, ...]


class NewLesson(Request, frozen=True):
    """A lesson to propose."""

    text: Annotated[str, Meta(description="One sentence; up to 1,000 characters.")]
    on_behalf_of: OnBehalfOf = None
    evidence_ids: Annotated[tuple[Identifier, ...], Meta(max_length=100)] = ()
    language: WrittenIn = None


_lesson = shown(Lesson)


def current(ctx: Context, lesson_id: str) -> Lesson:
    """Return a lesson as it is now."""
    return _lesson(library.lesson(ctx, lesson_id))


@get("/agendas/{agenda_id:str}/lessons", tags=TAGS, sync_to_thread=True)
def list_lessons(agenda_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None) -> Listing[Lesson]:
    """List an agenda's lessons by number."""
    return listing(library.lessons(ctx, agenda_id, limit=limit, cursor=cursor), _lesson)


@post(
    "/agendas/{agenda_id:str}/lessons",
    tags=TAGS,
    opt=refuses(PhaseClosed, ForeignOrganisation, Invalid),
    sync_to_thread=True,
)
def propose_lesson(
    agenda_id: Id,
    data: JSONBody[NewLesson],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Lesson]:
    """Propose a lesson learnt."""
    command = lessons.ProposeLesson(
        agenda_id,
        voice(ctx, data.on_behalf_of, Scope.COMMENT),
        data.text,
        data.evidence_ids,
        data.language or "",
    )
    return attempt.create(
        lambda: lessons.propose(ctx, command), lambda made: current(ctx, made), "/lessons/{id}"
    )


@get("/lessons/{lesson_id:str}", tags=TAGS, sync_to_thread=True)
def read_lesson(lesson_id: Id, ctx: Asking) -> Lesson:
    """Read a lesson."""
    return current(ctx, lesson_id)


@post(
    "/lessons/{lesson_id:str}/shortlist",
    tags=TAGS,
    opt=refuses(PhaseClosed, TooManyLessons, IllegalMove),
    status_code=200,
    sync_to_thread=True,
)
def shortlist_lesson(lesson_id: Id, ctx: Asking, condition: NamedDependency[Condition]) -> Lesson:
    """Put a lesson on the shared list of at most ten, as the rapporteur."""
    condition.honoured(lambda: current(ctx, lesson_id))
    lessons.shortlist(ctx, lesson_id)
    return current(ctx, lesson_id)


@delete(
    "/lessons/{lesson_id:str}/shortlist",
    tags=TAGS,
    opt=refuses(PhaseClosed, IllegalMove),
    status_code=200,
    sync_to_thread=True,
)
def take_lesson_off(lesson_id: Id, ctx: Asking, condition: NamedDependency[Condition]) -> Lesson:
    """Take a lesson off the shared list. If-Match takes the ETag of the lesson."""
    with ctx.transaction():
        condition.required(current(ctx, lesson_id))
        lessons.take_off(ctx, lesson_id)
        return current(ctx, lesson_id)


ROUTES = [list_lessons, propose_lesson, read_lesson, shortlist_lesson, take_lesson_off]
