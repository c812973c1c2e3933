"""The API of an agenda seen from above."""

from service.domain.phases import Phase
from tests.api.test_positions import position
from tests.api.world import World, codes


def test_an_agenda_is_told_from_above_as_on_its_page(world: World) -> None:
    here = world.round(Phase.ENDORSEMENT)
    world.lakeside.post(f"{here.recommendation}/positions", position(here))
    said = world.anyone.get(f"{here.agenda}/positions").json()["items"]
    happened = world.anyone.get(f"{here.agenda}/activity?kind=position").json()["items"]
    assert [(one["stance"], one["organisation"]["name"]) for one in said] == [
        (happened[0]["led_to"], happened[0]["organisation"])
    ]
    found = {
        name: world.anyone.get(f"{here.agenda}/{name}").json()
        for name in ("convergence", "contested", "partnerships")
    }
    assert [found["convergence"]["items"], found["contested"]["items"]] == [[], []]
    assert [set(one) for one in found["partnerships"]["items"]] == [
        {"id", "name", "region", "members", "heard"} for _ in found["partnerships"]["items"]
    ]


def test_what_happened_comes_in_pages_and_around_one_recommendation(world: World) -> None:
    here = world.round(Phase.AMENDING)
    first = world.anyone.get(f"{here.agenda}/activity?limit=1").json()
    second = world.anyone.get(f"{here.agenda}/activity?limit=1&cursor={first['next']}").json()
    assert first["items"][0]["sequence"] > second["items"][0]["sequence"]
    ask = here.recommendation.rpartition("/")[2]
    around = world.anyone.get(f"{here.agenda}/activity?recommendation_id={ask}").json()["items"]
    assert {one["recommendation"]["id"] for one in around} == {ask}


def test_an_agenda_that_there_is_not_is_unknown(world: World) -> None:
    found = [
        codes(world.anyone.get(f"/agendas/nobody/{name}"))
        for name in ("activity", "convergence", "contested", "partnerships", "positions")
    ]
    assert found == [(404, "unknown")] * 5
