"""The dates of an agenda as a calendar (RFC 5545), for whoever wants them beside their own."""

from datetime import datetime, timedelta

from icalendar import Alarm, Calendar, Event
from litestar import Response, get
from litestar.params import FromPath

from service.domain.deadlines import Deadline, Turn, deadlines
from service.domain.views.agendas import AgendaView
from service.web import words
from service.web.feeds import language_for
from service.web.handing import handed
from service.web.languages import Language
from service.web.naming import stable_id
from service.web.pages import Asked, Asking
from service.workflows import activity, reading

MEDIA_TYPE = "text/calendar"
WARNINGS = (timedelta(days=-1), timedelta(hours=-2))
REFRESHED_EVERY = timedelta(hours=6)


@get("/agendas/{agenda_id:str}/calendar.ics", sync_to_thread=True, include_in_schema=False)
def calendar(request: Asked, agenda_id: FromPath[str], ctx: Asking) -> Response[bytes] | Response[None]:
    """Tell when the phases of an agenda open and close, and when the meeting is."""
    with ctx.reading():
        agenda, changed_at = reading.agenda(ctx, agenda_id), activity.rearranged_at(ctx, agenda_id)
    address = f"{str(request.base_url).rstrip('/')}/agendas/{agenda.id}"
    return handed(request, _written(agenda, language_for(request, agenda), address, changed_at), MEDIA_TYPE)


def _written(agenda: AgendaView, language: Language, address: str, changed_at: datetime | None) -> bytes:
    made = Calendar()
    made.add("prodid", "-//Sympolity//Deadlines//EN")
    made.add("version", "2.0")
    made.add("x-wr-calname", agenda.title)
    made.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
    dates = deadlines(agenda.phase, agenda.phase_closes_at, agenda.timetable)
    for event in (_meeting(agenda), *(_event(agenda, language, date) for date in dates)):
        # What the data says, and not when it was asked for: the same data is the same file.
        event.add("dtstamp", changed_at)
        event.add("sequence", agenda.revision)
        event.add("url", address)
        event.add("description", f"{agenda.headline}\n{address}")
        made.add_component(event)
    written: bytes = made.to_ical()
    return written


def _meeting(agenda: AgendaView) -> Event:
    event = Event()
    event.add("uid", str(stable_id(f"/agendas/{agenda.id}/meeting")))
    event.add("summary", agenda.meeting)
    event.add("location", agenda.place)
    event.add("dtstart", agenda.starts_on)
    # The end of a whole day is the day after.
    event.add("dtend", agenda.ends_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _event(agenda: AgendaView, language: Language, date: Deadline) -> Event:
    values = {"agenda": agenda.title, "phase": language.say(words.word(date.phase))}
    event = Event()
    event.add("uid", str(stable_id(f"/agendas/{agenda.id}/{date.phase}/{date.turn}")))
    event.add("dtstart", date.at)
    if date.turn is Turn.OPENS:
        event.add("summary", language.say("“%(phase)s” opens: %(agenda)s", values))
        return event
    summary = language.say("“%(phase)s” closes: %(agenda)s", values)
    event.add("summary", summary)
    for warning in WARNINGS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", warning)
        event.add_component(alarm)
    return event
