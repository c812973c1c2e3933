"""Who has answered, and who has not; which comments wait for an answer."""

from collections import defaultdict
from collections.abc import Mapping

from service.domain.actors import Scope
from service.domain.permissions import Permission, require, visible_to
from service.domain.views import Page
from service.domain.views.moving import Recipient, Unanswered
from service.domain.views.recommendations import CommentView
from service.store.queries import answers, discussion, moving
from service.workflows import reading
from service.workflows.context import Context


def unanswered(ctx: Context, agenda_id: str) -> tuple[Unanswered, ...]:
    """Return the organisations that count and have not taken a position on the present text of each recommendation."""
    with ctx.reading() as reader:
        reading.agenda(ctx, agenda_id)
        return answers.unanswered(reader.connection, visible_to(reader.actor), agenda_id)


def voices(ctx: Context, agenda_id: str) -> Mapping[str, tuple[Recipient, ...]]:
    """Return for each organisation who can take its position: for the facility, which asks them."""
    with ctx.reading() as reader:
        subject = reading.abilities(ctx, agenda_id).subject
        require(reader.actor, Permission.AGENDA_EDIT, subject)
        found: dict[str, list[Recipient]] = defaultdict(list)
        for person in moving.audience(reader.connection, agenda_id, reader.now):
            for organisation in person.organisation_ids if Scope.POSITION in person.scopes else ():
                found[organisation].append(person)
        return {organisation: tuple(people) for organisation, people in found.items()}


def open_comments(
    ctx: Context,
    agenda_id: str,
    recommendation_id: str | None = None,
    limit: int = reading.LIMIT,
    cursor: str | None = None,
) -> Page[CommentView]:
    """Return the threads of an agenda that wait for an answer and that everyone may read, the oldest first."""
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        reading.agenda(ctx, agenda_id)
        return discussion.list_open_comments(
            reader.connection, sight, agenda_id, recommendation_id, limit=limit, cursor=cursor
        )
