"""What changed since somebody last looked: the first look is remembered by itself, later ones when they say so."""

import pytest

from service.domain.errors import SignInNeeded, StaleState, Unknown
from service.domain.phases import Phase
from service.store import looks as stored
from service.workflows import looks
from tests.builders import a_recommendation, a_world, an_amendment, consolidated, decided
from tests.counting import counting
from tests.houses import House
from tests.worlds import World


def renewed(world: World) -> str:
    """Let a new version come, and return its id."""
    number = world.summary.current_version.number
    decided(world, an_amendment(world, edit={"why": f"Partnerships have shown result {number}."}))
    consolidated(world)
    return world.summary.current_version.id


def seen_by(world: World) -> int | None:
    found = looks.last_look(world.acting(world.cities[0]), world.recommendation)
    return found.number if found is not None else None


def test_the_first_look_is_remembered_and_looking_again_takes_no_news_away(house: House) -> None:
    world = a_world(house)
    assert [seen_by(world), seen_by(world)] == [None, 1]
    renewed(world)
    assert [seen_by(world), seen_by(world)] == [1, 1]


def test_a_look_that_is_remembered_compares_no_amendments(house: House) -> None:
    world = a_world(house)
    seen_by(world)
    with counting(house) as statements:
        assert seen_by(world) == 1
    assert [s for s in statements if "amendment" in s] == []


def test_whoever_says_so_has_seen_the_newer_version(house: House) -> None:
    world = a_world(house)
    seen_by(world)
    first, second = world.version, renewed(world)
    amara = world.acting(world.cities[0])
    looks.seen(amara, world.recommendation, second)
    assert seen_by(world) == 2
    looks.seen(amara, world.recommendation, first)
    assert seen_by(world) == 2


def test_saying_so_needs_no_look_before(house: House) -> None:
    world = a_world(house)
    looks.seen(world.acting(world.cities[0]), world.recommendation, world.version)
    assert seen_by(world) == 1


def test_each_person_has_looks_of_their_own_and_a_visitor_has_none(house: House) -> None:
    world = a_world(house)
    seen_by(world)
    assert looks.last_look(world.acting(world.cities[1]), world.recommendation) is None
    assert [looks.last_look(house.stranger, world.recommendation) for _ in range(2)] == [None, None]
    with pytest.raises(SignInNeeded):
        looks.seen(house.stranger, world.recommendation, world.version)


def test_nothing_is_recorded_of_what_people_look_at(house: House) -> None:
    world = a_world(house)
    with world.recording() as entries, world.recording("house") as in_house:
        seen_by(world)
        looks.seen(world.acting(world.cities[0]), world.recommendation, world.version)
    assert (entries, in_house) == ([], [])


def test_a_version_of_another_text_has_not_been_seen_here(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    rapporteur = world.acting(world.rapporteur)
    other = a_recommendation(rapporteur, world.agenda)
    with pytest.raises(Unknown):
        looks.seen(rapporteur, other, world.version)


def test_what_is_hidden_from_a_person_is_not_looked_at(house: House) -> None:
    world = a_world(house, Phase.COMMENTING)
    hidden = a_recommendation(world.acting(world.rapporteur), world.agenda)
    amara = world.acting(world.cities[0])
    with pytest.raises(Unknown):
        looks.last_look(amara, hidden)
    with pytest.raises(Unknown):
        looks.seen(amara, hidden, world.version)


def test_a_page_is_never_refused_because_two_first_looks_meet(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = a_world(house)

    def meets_another(*_: object) -> None:
        raise StaleState

    monkeypatch.setattr(stored, "keep_look", meets_another)
    assert seen_by(world) is None
