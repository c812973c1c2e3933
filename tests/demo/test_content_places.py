"""The invented partnerships, cities and people are complete, each with a name of its own."""

from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from service.demo.content.people import OFFICERS, ORGANISATIONS, PEOPLE
from service.demo.content.places import CITIES, PARTNERSHIPS, REGIONS, THEMES


def duplicates(values: Iterator[object]) -> list[object]:
    return [value for value, count in Counter(values).items() if count > 1]


def test_places_are_57_partnerships_of_114_cities_with_names_of_their_own() -> None:
    assert [one.number for one in PARTNERSHIPS] == list(range(1, 58))
    assert [city.key for city in CITIES] == [f"city{n}" for n in range(1, 115)]
    assert duplicates(one.name for one in ORGANISATIONS) == []
    assert duplicates(one.project for one in PARTNERSHIPS) == []


def test_partnership_joins_a_city_of_a_member_state_and_one_of_its_region() -> None:
    for one in PARTNERSHIPS:
        lead, partner = CITIES[one.lead - 1], CITIES[one.partner - 1]
        assert (lead.key, lead.side, lead.region) == (
            f"city{2 * one.number - 1}",
            "member_state",
            "european_union",
        )
        assert (partner.key, partner.side, partner.region) == (
            f"city{2 * one.number}",
            "partner_country",
            one.region,
        )
        assert one.name == f"{lead.name} \N{EN DASH} {partner.name}"
        assert len(set(one.themes)) == len(one.themes) == 2


def test_places_cover_every_region_and_theme() -> None:
    assert {one.region for one in PARTNERSHIPS} == set(REGIONS.values())
    assert len(REGIONS) == 5
    assert {theme for one in PARTNERSHIPS for theme in one.themes} == set(THEMES.values())


def test_people_are_the_fixed_accounts_and_one_representative_per_city() -> None:
    assert [person.email for person in OFFICERS] == [
        f"{local}@example.org"
        for local in ("facility", "rapporteur", "signatory", "approver", "delegation", "intpa", "observer")
    ]
    assert [person.local for person in PEOPLE[len(OFFICERS) :]] == [city.key for city in CITIES]
    assert {person.organisation for person in PEOPLE} == {one.key for one in ORGANISATIONS}
    assert {person.language for person in PEOPLE} == {"en", "fr", "es", "pt", "ar"}
    for person in PEOPLE:
        assert ZoneInfo(person.zone).key == person.zone
