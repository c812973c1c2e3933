"""Moments as people say them."""

from datetime import UTC, date, datetime

import pytest

from service.web import dates
from service.web.languages import choose

ENGLISH = choose([], "")
FRIDAY = datetime(2024, 2, 9, 17, tzinfo=UTC)


def test_moment_is_told_with_its_weekday_in_its_own_zone() -> None:
    assert dates.clock(FRIDAY, ENGLISH, "Europe/Brussels") == "Friday 9 February 2024, 18:00"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2024, 3, 12), date(2024, 3, 14), "12–14 March 2024"),
        (date(2024, 3, 12), date(2024, 3, 12), "12 March 2024"),
        (date(2024, 2, 28), date(2024, 3, 1), "28 February 2024 – 1 March 2024"),
    ],
)
def test_days_of_a_meeting_are_told_short(first: date, last: date, told: str) -> None:
    assert dates.span(first, last, ENGLISH) == told


def test_zone_is_told_by_its_city() -> None:
    assert (dates.place("Europe/Brussels", ENGLISH), dates.place("UTC", ENGLISH)) == ("Brussels", "UTC")


def test_time_left_is_told_in_whole_units() -> None:
    now = datetime(2024, 2, 3, 17, tzinfo=UTC)
    assert (dates.left(FRIDAY, now, ENGLISH), dates.left(now, FRIDAY, ENGLISH)) == ("in 6 days", "6 days ago")


def test_year_is_told_only_where_it_is_far_off() -> None:
    near, far = datetime(2024, 1, 3, tzinfo=UTC), datetime(2022, 1, 3, tzinfo=UTC)
    told = [dates.clock(FRIDAY, ENGLISH, "Europe/Brussels", now) for now in (near, far)]
    assert told == ["Friday 9 February, 18:00", "Friday 9 February 2024, 18:00"]


def test_things_in_a_row_are_told_as_people_do() -> None:
    assert [dates.enumerated(row, ENGLISH) for row in ((12,), (12, 40), (12, 40, 52))] == [
        "12",
        "12 and 40",
        "12, 40 and 52",
    ]


def test_phrase_keeps_each_part_in_its_own_direction_and_escapes_it() -> None:
    assert dates.phrase(["Meeting", "", "A & B"], ENGLISH) == "<bdi>Meeting</bdi>, <bdi>A &amp; B</bdi>"


def test_arabic_has_a_comma_of_its_own() -> None:
    arabic = choose(["ar"], "")
    assert dates.phrase(["A", "B"], arabic) == "<bdi>A</bdi>، <bdi>B</bdi>"
    assert dates.clock(FRIDAY, arabic, "Europe/Brussels") == "الجمعة 9 فبراير 2024، 18:00"


def test_field_for_a_moment_goes_there_and_back() -> None:
    written = dates.local_field(FRIDAY, "Europe/Brussels")
    assert (written, dates.from_local_field(written, "Europe/Brussels")) == ("2024-02-09T18:00", FRIDAY)


def test_language_is_named_in_the_language_of_the_reader() -> None:
    assert dates.tongue("fr", ENGLISH) == "French"


@pytest.mark.parametrize(
    ("tag", "told", "own", "direction"),
    [("ar", "Arabic", "العربية", "rtl"), ("fr", "French", "français", "ltr"), ("qqq", "qqq", "qqq", "auto")],
)
def test_language_is_told_by_its_names_and_its_direction(
    tag: str, told: str, own: str, direction: str
) -> None:
    found = (dates.tongue(tag, ENGLISH), dates.endonym(tag), dates.direction(tag))
    assert found == (told, own, direction)
