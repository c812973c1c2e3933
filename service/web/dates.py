"""Moments as people say them: with the weekday, in a zone that is named, and with how long is left; and lists."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_skeleton, format_timedelta, get_timezone_location
from babel.lists import format_list
from markupsafe import Markup

from service.web.languages import Language

NEAR = timedelta(days=270)
"""How far off a day may be to be told without its year."""


def day(moment: datetime | date, language: Language, zone: str = "UTC") -> str:
    """Return a day: 9 February 2024."""
    if isinstance(moment, datetime):
        moment = moment.astimezone(ZoneInfo(zone)).date()
    return format_date(moment, "long", locale=language.locale)


def span(first: date, last: date, language: Language) -> str:
    """Return the days of a meeting: 12–14 March 2024."""
    if first == last:
        return day(first, language)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day(last, language)}"
    return f"{day(first, language)} – {day(last, language)}"


def clock(moment: datetime, language: Language, zone: str, now: datetime | None = None) -> str:
    """Return a moment with its weekday: Friday 9 February 2024, 18:00; without the year where `now` is near."""
    local = moment.astimezone(ZoneInfo(zone))
    weekday = format_date(local.date(), "EEEE", locale=language.locale)
    hour = format_datetime(local, "HH:mm", locale=language.locale)
    shown = short(moment, language, zone, now) if now is not None else day(local.date(), language)
    return f"{weekday} {shown}{comma(language)}{hour}"


def weekday(on: date, language: Language) -> str:
    """Return a day with its weekday: Friday 9 February 2024."""
    return f"{format_date(on, 'EEEE', locale=language.locale)} {day(on, language)}"


def hour(moment: datetime, language: Language, zone: str) -> str:
    """Return the time of day: 18:00."""
    return str(format_datetime(moment.astimezone(ZoneInfo(zone)), "HH:mm", locale=language.locale))


def short(moment: datetime, language: Language, zone: str, now: datetime) -> str:
    """Return a day: 9 February, or 9 February 2022 where that is long ago or far ahead."""
    if abs(moment - now) >= NEAR:
        return day(moment, language, zone)
    return format_skeleton("MMMMd", moment.astimezone(ZoneInfo(zone)), locale=language.locale)


def place(zone: str, language: Language) -> str:
    """Return the city that a time zone is named after, such as Brussels."""
    return "UTC" if zone == "UTC" else get_timezone_location(zone, locale=language.locale, return_city=True)


def left(moment: datetime, now: datetime, language: Language) -> str:
    """Return how long it is until then, or since: in 6 days, 2 hours ago."""
    return format_timedelta(moment - now, add_direction=True, locale=language.locale, threshold=1.2)


def machine(moment: datetime | date) -> str:
    """Return what stands in a `datetime` attribute."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat(timespec="seconds")
    return moment.isoformat()


def local_field(moment: datetime, zone: str) -> str:
    """Return what stands in an input of type datetime-local."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def from_local_field(written: str, zone: str) -> datetime:
    """Return the moment that an input of type datetime-local holds.

    Raises:
        ValueError: it holds no moment.
    """
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def comma(language: Language) -> str:
    """Return what stands between the parts of a phrase, with its space: in Arabic the comma is another."""
    return "، " if language.locale.language == "ar" else ", "


def phrase(parts: Iterable[object], language: Language) -> Markup:
    """Return parts in a row with commas, each in its own direction: Second meeting, Barcelona, 12 March 2024."""
    return Markup("{}").format(comma(language)).join(isolated(part) for part in parts if part)


def isolated(part: object) -> Markup:
    """Return words that may be of another direction than those around them, kept apart from these."""
    return Markup("<bdi>{}</bdi>").format(part)


def enumerated(parts: Iterable[object], language: Language) -> str:
    """Return things in a row: 12, 40 and 52."""
    return format_list([str(part) for part in parts], locale=language.locale)


def tongue(tag: str, language: Language) -> str:
    """Return the name of a language in the reader's language; of one that nobody has a name for, its tag."""
    spoken = _locale(tag)
    return (spoken.get_display_name(language.locale) if spoken is not None else None) or tag


def endonym(tag: str) -> str:
    """Return the name of a language as those who speak it write it; of one that nobody has a name for, its tag."""
    spoken = _locale(tag)
    return (spoken.get_display_name() if spoken is not None else None) or tag


def direction(tag: str) -> str:
    """Return in which direction a language is written: ltr or rtl; auto where nobody knows."""
    spoken = _locale(tag)
    return spoken.text_direction if spoken is not None else "auto"


def _locale(tag: str) -> Locale | None:
    try:
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return None
