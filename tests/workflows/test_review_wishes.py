import pytest

from service.domain.errors import Invalid, SignInNeeded, Unknown
from service.workflows import review_wishes
from tests.builders import a_world
from tests.counting import counting
from tests.houses import House


def test_a_view_is_kept_renamed_and_let_go(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.service)
    with world.recording() as entries:
        kept = review_wishes.keep(ctx, world.agenda, " French  ones ", "language=fr")
        review_wishes.rename(ctx, kept, "In French")
        (view,) = review_wishes.views(ctx, world.agenda)
        assert (view.id, view.name, view.query) == (kept, "In French", "language=fr")
        review_wishes.let_go(ctx, kept)
    assert (review_wishes.views(ctx, world.agenda), entries) == ((), [])


def test_a_view_is_its_keepers_alone(house: House) -> None:
    world = a_world(house)
    kept = review_wishes.keep(world.acting(world.service), world.agenda, "Mine", "")
    other = world.acting(world.cities[0])
    assert review_wishes.views(other, world.agenda) == review_wishes.views(house.stranger, world.agenda) == ()
    with pytest.raises(Unknown):
        review_wishes.view(other, kept)
    with pytest.raises(SignInNeeded):
        review_wishes.view(house.stranger, kept)
    with pytest.raises(Unknown):
        review_wishes.rename(other, kept, "Theirs")
    with pytest.raises(Unknown):
        review_wishes.let_go(other, kept)
    with pytest.raises(SignInNeeded):
        review_wishes.let_go(house.stranger, kept)


def test_a_name_is_given_once_and_is_not_empty_or_endless(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.service)
    first = review_wishes.keep(ctx, world.agenda, "Mine", "")
    second = review_wishes.keep(ctx, world.agenda, "Yours", "")
    review_wishes.rename(ctx, first, "Mine")
    for act in (
        lambda: review_wishes.keep(ctx, world.agenda, "Mine", ""),
        lambda: review_wishes.keep(ctx, world.agenda, " ", ""),
        lambda: review_wishes.keep(ctx, world.agenda, "n" * (review_wishes.NAME_LENGTH + 1), ""),
        lambda: review_wishes.keep(ctx, world.agenda, "Long", "q" * (review_wishes.QUERY_LENGTH + 1)),
        lambda: review_wishes.rename(ctx, second, "Mine"),
    ):
        with pytest.raises(Invalid):
            act()


def test_nobody_keeps_more_views_than_they_can_find_again(house: House) -> None:
    world = a_world(house)
    ctx = world.acting(world.service)
    with ctx.transaction():
        for number in range(review_wishes.MOST_VIEWS):
            review_wishes.keep(ctx, world.agenda, f"View {number}", "")
    with pytest.raises(Invalid) as refused:
        review_wishes.keep(ctx, world.agenda, "One more", "")
    assert [e.message for e in refused.value.errors] == ["You keep 50 views already. Let go of one first."]


def test_letters_are_commands_until_a_person_says_no(house: House) -> None:
    world = a_world(house)
    ctx, found = world.acting(world.service), []
    for wanted in (None, False, False, True):
        if wanted is not None:
            review_wishes.wish_letters(ctx, wanted=wanted)
        found.append(review_wishes.letters(ctx))
    assert (found, review_wishes.letters(house.stranger)) == ([True, False, False, True], False)
    with pytest.raises(SignInNeeded):
        review_wishes.wish_letters(house.stranger, wanted=False)


def test_views_cost_as_many_queries_for_three_as_for_one(house: House) -> None:
    world = a_world(house)
    costs = []
    for names in (("One",), ("Two", "Three")):
        for name in names:
            review_wishes.keep(world.acting(world.service), world.agenda, name, "")
        with counting(house) as statements:
            review_wishes.views(world.acting(world.service), world.agenda)
        costs.append(len(statements))
    assert costs[0] == costs[1]
