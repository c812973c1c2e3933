"""What happened in an agenda, as everyone may know it, whoever asks."""

from collections.abc import Collection, Mapping
from datetime import datetime

from service.domain.actors import ANONYMOUS
from service.domain.permissions import visible_to
from service.domain.views import Page
from service.domain.views.activity import ActivityFilter, ActivityView
from service.store.queries import activity
from service.workflows import reading
from service.workflows.context import Context

FEED = 50


def newest(
    ctx: Context, agenda_id: str, recommendation_id: str | None = None, limit: int = FEED
) -> tuple[ActivityView, ...]:
    """Return what happened last in an agenda, or around one of its recommendations, the newest first."""
    with ctx.reading() as reader:
        return activity.newest(reader.connection, visible_to(ANONYMOUS), agenda_id, limit, recommendation_id)


def happened(
    ctx: Context, agenda_id: str, wanted: ActivityFilter, limit: int = FEED, cursor: str | None = None
) -> Page[ActivityView]:
    """Return what happened in an agenda, the newest first."""
    with ctx.reading() as reader:
        reading.agenda(ctx, agenda_id)
        sight = visible_to(ANONYMOUS)
        return activity.list_activity(reader.connection, sight, agenda_id, wanted, limit=limit, cursor=cursor)


def of_amendment(
    ctx: Context, agenda_id: str, amendment_id: str, limit: int = FEED
) -> tuple[ActivityView, ...]:
    """Return what happened to an amendment of an agenda, the oldest first."""
    with ctx.reading() as reader:
        sight = visible_to(ANONYMOUS)
        return activity.of_amendment(reader.connection, sight, agenda_id, amendment_id, limit)


def since(ctx: Context, agenda_id: str, after: int, limit: int = FEED) -> tuple[ActivityView, ...]:
    """Return what happened in an agenda after the entry `after` of its record, in order."""
    with ctx.reading() as reader:
        return activity.since(reader.connection, visible_to(ANONYMOUS), agenda_id, after, limit)


def heads(ctx: Context, agenda_ids: Collection[str]) -> Mapping[str, int]:
    """Return how many entries the records of agendas have, by the agenda's id."""
    with ctx.reading() as reader:
        visible_to(ANONYMOUS)
        return activity.heads(reader.connection, agenda_ids)


def head(ctx: Context, agenda_id: str) -> int:
    """Return how many entries an agenda's record has.

    Raises:
        Unknown: there is no such agenda.
    """
    with ctx.reading():
        reading.agenda(ctx, agenda_id)
        return heads(ctx, [agenda_id])[agenda_id]


def rearranged_at(ctx: Context, agenda_id: str) -> datetime | None:
    """Return when an agenda, its timetable or its phase was last changed."""
    with ctx.reading() as reader:
        visible_to(ANONYMOUS)
        return activity.last_of_kind(reader.connection, agenda_id, "agenda")
