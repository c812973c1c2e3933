"""What somebody has typed and not sent: kept for them alone, and no part of the record."""

import pytest

from service.domain.errors import Invalid, SignInNeeded
from service.domain.phases import Phase
from service.domain.unsent import KEPT, LARGEST
from service.workflows import unsent
from service.workflows.context import Context
from tests.builders import a_world, an_amendment
from tests.houses import House


def test_what_is_typed_is_found_again_by_who_typed_it_and_by_nobody_else(house: House) -> None:
    world = a_world(house)
    place, ctx = f"/recommendations/{world.recommendation}/amend", world.acting(world.cities[0])
    with world.recording() as entries, world.recording("house") as in_house:
        unsent.keep(ctx, place, {"text": ["Half"]})
        unsent.keep(ctx, place, {"text": ["Half a thought"], "covers": ["1", "2"]})
    found = unsent.kept(ctx, place)
    assert found is not None
    assert found.fields == {"text": ("Half a thought",), "covers": ("1", "2")}
    assert (entries, in_house) == ([], [])
    others = (world.acting(world.cities[1]), house.stranger)
    assert [unsent.kept(other, place) for other in others] == [None, None]
    unsent.discard(ctx, place)
    assert unsent.kept(ctx, place) is None


def test_what_is_unsent_is_listed_with_what_it_is_about(house: House) -> None:
    world = a_world(house)
    ctx, draft = world.acting(world.cities[0]), an_amendment(world, draft=True)
    places = [f"/amendments/{draft}/edit", f"/recommendations/{world.recommendation}/amend"]
    for place in (*places, "/amendments/gone/edit"):
        unsent.keep(ctx, place, {})
    assert sorted((one.place, one.recommendation.number) for one in unsent.unsent(ctx)) == [
        (place, 1) for place in sorted(places)
    ]
    assert unsent.unsent(house.stranger) == ()


def seen(place: str, *readers: Context) -> list[int]:
    """Let each keep something at a place; return how much of it is listed to each."""
    for reader in readers:
        unsent.keep(reader, place, {"text": ["Half"]})
    return [len(unsent.unsent(reader)) for reader in readers]


def test_what_is_listed_tells_nobody_of_a_draft_that_they_do_not_see(house: House) -> None:
    world = a_world(house, Phase.PREPARATION)
    place = f"/recommendations/{world.recommendation}/edit"
    assert seen(place, world.acting(world.rapporteur), world.acting(world.cities[0])) == [1, 0]


def test_what_is_listed_tells_nobody_of_the_draft_of_another_organisation(house: House) -> None:
    world = a_world(house)
    place = f"/amendments/{an_amendment(world, draft=True)}/edit"
    assert seen(place, world.acting(world.cities[0]), world.acting(world.cities[1])) == [1, 0]


def test_the_latest_forms_are_kept_and_none_without_bound(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.cities[0])
    for n in range(KEPT + 2):
        house.clock.advance(seconds=1)
        unsent.keep(ctx, f"/amendments/{n}/edit", {})
    kept = [n for n in range(KEPT + 2) if unsent.kept(ctx, f"/amendments/{n}/edit") is not None]
    assert kept == list(range(2, KEPT + 2))
    with pytest.raises(Invalid):
        unsent.keep(ctx, "/amendments/1/edit", {"text": ["x" * LARGEST]})


@pytest.mark.parametrize(
    "place", ["/me", "/amendments/1/decision", "//a/b/amend", "/amendments/1/edit?<", ""]
)
def test_nothing_is_kept_of_other_pages(house: House, place: str) -> None:
    world = a_world(house)
    with pytest.raises(Invalid):
        unsent.keep(world.acting(world.cities[0]), place, {})


def test_nothing_is_kept_for_nobody(house: House) -> None:
    with pytest.raises(SignInNeeded):
        unsent.keep(house.stranger, "/amendments/1/edit", {})
    with pytest.raises(SignInNeeded):
        unsent.discard(house.stranger, "/amendments/1/edit")
