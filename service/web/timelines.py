"""Pages of what happened when: in an agenda, or around one recommendation, the newest day first."""

from collections.abc import Iterable
from itertools import groupby
from zoneinfo import ZoneInfo

from litestar import Response, get
from litestar.params import FromPath

from service.domain.activity import ActivityKind
from service.domain.views.activity import ActivityFilter, ActivityView
from service.domain.views.agendas import AgendaView
from service.domain.views.recommendations import RecommendationSummary
from service.web.pages import Asked, Asking, page
from service.web.record import PLACES
from service.web.remembering import remembered
from service.workflows import activity, reading
from service.workflows.context import Context

SHOWN = 50


@get("/agendas/{agenda_id:str}/timeline", sync_to_thread=True, include_in_schema=False)
@remembered
def agenda_timeline(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show what happened in an agenda, day by day."""
    with ctx.reading():
        return _page(request, ctx, reading.agenda(ctx, agenda_id), None)


@get("/recommendations/{recommendation_id:str}/timeline", sync_to_thread=True, include_in_schema=False)
@remembered
def recommendation_timeline(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show what happened around a recommendation, day by day."""
    with ctx.reading():
        ask = reading.recommendation(ctx, recommendation_id)
        return _page(request, ctx, reading.agenda(ctx, ask.agenda_id), ask)


def _page(
    request: Asked, ctx: Context, agenda: AgendaView, ask: RecommendationSummary | None
) -> Response[str]:
    kind = request.query_params.get("kind", "")
    wanted = ActivityFilter(
        ActivityKind(kind) if kind in set(ActivityKind) else None, ask.id if ask is not None else None
    )
    found = activity.happened(ctx, agenda.id, wanted, SHOWN, request.query_params.get("cursor"))
    zone = ZoneInfo(agenda.time_zone)
    days = [
        (day, alike(entries))
        for day, entries in groupby(found.items, key=lambda entry: entry.at.astimezone(zone).date())
    ]
    return page(
        request, ctx, "timeline.html", agenda=agenda, recommendation=ask, days=days, found=found,
        wanted=wanted, kinds=tuple(ActivityKind), places=PLACES,
    )  # fmt: skip


def alike(entries: Iterable[ActivityView]) -> tuple[tuple[ActivityView, ...], ...]:
    """Return entries with those together that are told in one line."""
    return tuple(tuple(found) for _, found in groupby(entries, key=_deed))


def _deed(entry: ActivityView) -> tuple[object, ...]:
    """Return what is told in one line: the same thing, done to several amendments to one text at one time."""
    about = entry.recommendation.id if entry.recommendation is not None else entry.sequence
    alone = entry.sequence if entry.amendment is None else None
    return (
        entry.name,
        entry.led_to,
        entry.again,
        entry.at.replace(second=0, microsecond=0),
        entry.organisation,
        about,
        alone,
    )
