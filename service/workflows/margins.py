"""What lies beside a text: where everything lies, and of all that only the part that is read."""

from collections.abc import Collection

from service.domain.permissions import visible_to
from service.domain.text import Block
from service.domain.views.amendments import AmendmentView
from service.domain.views.margins import CommentMark, MarginMarks
from service.domain.views.recommendations import CommentView
from service.store.queries import amendments as amendment_queries
from service.store.queries import collisions, discussion
from service.store.queries import margins as queries
from service.workflows import reading
from service.workflows.context import Context


def marks(ctx: Context, recommendation_id: str, text: tuple[Block, ...]) -> MarginMarks:
    """Return what lies beside a recommendation's current text, without its words."""
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        return MarginMarks(
            queries.amendment_marks(reader.connection, sight, recommendation_id, text),
            comment_marks(ctx, recommendation_id),
            collisions.knotted(reader.connection, recommendation_id),
        )


def comment_marks(ctx: Context, recommendation_id: str) -> tuple[CommentMark, ...]:
    """Return a recommendation's threads without their words, the oldest first."""
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        reading.recommendation(ctx, recommendation_id)
        return discussion.comment_marks(reader.connection, sight, recommendation_id)


def amendments(ctx: Context, amendment_ids: Collection[str]) -> dict[str, AmendmentView]:
    """Return amendments by their ids, those that the reader may see."""
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        found = amendment_queries.get_amendments(reader.connection, sight, amendment_ids)
        return {one.id: one for one in found}


def comments(ctx: Context, comment_ids: Collection[str]) -> dict[str, CommentView]:
    """Return threads by their ids, those that the reader may know of."""
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        found = discussion.get_comments(reader.connection, sight, comment_ids)
        return {one.id: one for one in found}
