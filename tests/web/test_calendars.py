"""The calendar of deadlines, read by a reader of calendars."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from icalendar import Calendar

from service.domain.phases import Phase
from service.workflows import agendas
from service.workflows.agendas import EditAgenda
from tests.builders import an_amendment
from tests.counting import counting
from tests.web.visitors import Site, Visitor
from tests.worlds import World

CLOSES = datetime(2026, 2, 1, 17, tzinfo=UTC)


def planned(world: World, closes_at: datetime = CLOSES) -> str:
    """Set when the open phase closes, and the one after the next; returns the calendar's address."""
    later = {Phase.AMENDING: closes_at, Phase.ENDORSEMENT: closes_at + timedelta(days=21)}
    agendas.edit(world.acting(world.facility), EditAgenda(world.agenda, timetable=later))
    agendas.edit(world.acting(world.facility), EditAgenda(world.agenda, phase_closes_at=closes_at))
    return f"/agendas/{world.agenda}/calendar.ics"


def events(visitor: Visitor, path: str) -> dict[str, Any]:
    """Return the dates of a calendar by what they are called."""
    page = visitor.opens(path)
    assert page.headers["content-type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(page.html)
    assert [str(calendar[name]) for name in ("VERSION", "PRODID")] == ["2.0", "-//Sympolity//Deadlines//EN"]
    return {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT")}


def moments(found: dict[str, Any]) -> dict[str, Any]:
    return {name: event["DTSTART"].dt for name, event in found.items()}


def test_calendar_tells_when_phases_open_and_close_and_when_the_meeting_is(site: Site, world: World) -> None:
    assert moments(events(site.visitor, planned(world))) == {
        "Annual meeting": date(2026, 3, 2),
        "“Amendments” closes: Port Alta 2026": CLOSES,
        "“Consolidation” opens: Port Alta 2026": CLOSES,
        "“Endorsement” closes: Port Alta 2026": CLOSES + timedelta(days=21),
        "“Publication” opens: Port Alta 2026": CLOSES + timedelta(days=21),
    }


def test_meeting_takes_whole_days(site: Site, world: World) -> None:
    meeting = events(site.visitor, planned(world))["Annual meeting"]
    assert (meeting["DTEND"].dt, str(meeting["LOCATION"])) == (date(2026, 3, 5), "Port Alta")


def test_closing_is_announced_a_day_and_two_hours_before(site: Site, world: World) -> None:
    found = events(site.visitor, planned(world))
    alarms = {name: [alarm["TRIGGER"].dt for alarm in event.walk("VALARM")] for name, event in found.items()}
    assert alarms["“Amendments” closes: Port Alta 2026"] == [timedelta(days=-1), timedelta(hours=-2)]
    assert alarms["“Consolidation” opens: Port Alta 2026"] == []


def test_moved_deadline_is_the_same_date_in_a_later_edition(site: Site, world: World) -> None:
    name = "“Amendments” closes: Port Alta 2026"
    before = events(site.visitor, path := planned(world))[name]
    site.house.clock.advance(hours=1)
    planned(world, CLOSES + timedelta(days=1))
    after = events(site.visitor, path)[name]
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTAMP"].dt == site.house.clock.moment == before["DTSTAMP"].dt + timedelta(hours=1)


def test_same_data_is_the_same_file_whenever_it_is_asked_for(site: Site, world: World) -> None:
    first = site.visitor.opens(path := planned(world))
    site.house.clock.advance(days=2)
    again = site.visitor.opens(path)
    assert again.html == first.html
    assert Visitor(site.client, headers={"if-none-match": first.headers["etag"]}).opens(path).status == 304


def test_agenda_leads_to_its_calendar(site: Site, world: World) -> None:
    page = site.visitor.opens(f"/agendas/{world.agenda}")
    assert f'href="/agendas/{world.agenda}/calendar.ics?lang=en"' in page.html


def test_calendar_of_an_agenda_that_there_is_not_is_not_there(site: Site) -> None:
    assert site.visitor.opens("/agendas/none/calendar.ics").status == 404


def test_calendar_costs_the_same_however_much_happened(site: Site, world: World) -> None:
    path = planned(world)
    with counting(site.house) as before:
        site.visitor.opens(path)
    for _ in range(3):
        an_amendment(world)
    with counting(site.house) as after:
        site.visitor.opens(path)
    assert len(before) == len(after)
