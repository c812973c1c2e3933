"""Feeds: what is new in an agenda, or around one recommendation, for whoever follows it with a reader of feeds."""

from datetime import UTC, datetime, time

from litestar import Response, get
from litestar.params import FromPath

from service.domain.views.activity import ActivityView
from service.domain.views.agendas import AgendaView
from service.web import words
from service.web.atom import MEDIA_TYPE, Feed, FeedEntry, written
from service.web.handing import handed
from service.web.languages import Language, choose
from service.web.pages import Asked, Asking
from service.web.record import PLACES
from service.workflows import activity, reading

Sent = Response[bytes] | Response[None]


@get("/agendas/{agenda_id:str}/feed.atom", sync_to_thread=True, include_in_schema=False)
def agenda_feed(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Sent:
    """Tell what is new in an agenda."""
    with ctx.reading():
        agenda, entries = reading.agenda(ctx, agenda_id), activity.newest(ctx, agenda_id)
    titles = (agenda.title, agenda.headline)
    return handed(request, _feed(request, agenda, f"/agendas/{agenda.id}", titles, entries), MEDIA_TYPE)


@get("/recommendations/{recommendation_id:str}/feed.atom", sync_to_thread=True, include_in_schema=False)
def recommendation_feed(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Sent:
    """Tell what is new around a recommendation."""
    with ctx.reading():
        ask = reading.recommendation(ctx, recommendation_id)
        agenda = reading.agenda(ctx, ask.agenda_id)
        entries = activity.newest(ctx, agenda.id, ask.id)
    titles = (f"{ask.number}. {ask.title}", agenda.title)
    return handed(request, _feed(request, agenda, f"/recommendations/{ask.id}", titles, entries), MEDIA_TYPE)


def language_for(request: Asked, agenda: AgendaView) -> Language:
    """Return the language of a file: the one its address names, or else the agenda's."""
    return choose([request.query_params.get("lang", "")[:20], agenda.language], "")


def _feed(
    request: Asked, agenda: AgendaView, path: str, titles: tuple[str, str], entries: tuple[ActivityView, ...]
) -> bytes:
    language, base = language_for(request, agenda), str(request.base_url).rstrip("/")
    begins = datetime.combine(agenda.starts_on, time(), UTC)
    feed = Feed(
        name=path,
        title=titles[0],
        subtitle=titles[1],
        language=language.tag,
        here=f"{base}{path}/feed.atom",
        page=f"{base}{path}",
        updated=entries[0].at if entries else begins,
        entries=tuple(_entry(agenda, base, language, entry) for entry in entries),
    )
    return written(feed)


def _entry(agenda: AgendaView, base: str, language: Language, entry: ActivityView) -> FeedEntry:
    record = f"/agendas/{agenda.id}/record#n{entry.sequence}"
    place = PLACES.get(entry.name.split(".")[0])
    return FeedEntry(
        name=f"/agendas/{agenda.id}/record/{entry.sequence}",
        at=entry.at,
        title=language.say(words.event(entry.name)),
        summary=about(language, entry),
        author=entry.organisation,
        link=base + (f"{place}{entry.subject_id}" if place else record),
    )


def about(language: Language, entry: ActivityView) -> str:
    """Return what an entry is about, in words; empty where it is the agenda as a whole."""
    if entry.recommendation is None:
        return ""
    values = {
        "number": entry.recommendation.number,
        "title": entry.recommendation.title,
        "amendment": entry.amendment,
    }
    if entry.amendment is None:
        return language.say("Recommendation %(number)s: %(title)s", values)
    return language.say("Amendment %(amendment)s to recommendation %(number)s: %(title)s", values)
