"""The API of the order of decision."""

from tests.api.world import Round, World, codes


def tabled(here: Round) -> list[str]:
    made = [here.tabled(here.world.lakeside, new=new)["id"] for new in ("a fifth", "at least a quarter")]
    made.append(here.tabled(here.world.harbour, new="a fifth")["id"])
    return made


def test_the_order_of_decision_tells_groups_and_what_falls(world: World) -> None:
    here = world.round()
    one, further, same = tabled(here)
    found = world.anyone.get(f"{here.recommendation}/deciding-order").json()
    (group,) = found["groups"]
    assert (group["kind"], group["choices"], group["beside"]) == ("incompatible", [[0], [1]], [])
    assert [[ref["id"] for ref in wording] for wording in group["wordings"]] == [[one, same], [further]]
    assert {c["kind"] for c in group["collisions"]} == {"identical", "overlap"}
    told = [
        ([ref["id"] for ref in d["amendments"]], [fall["amendment"]["id"] for fall in d["falls"]], d["stays"])
        for d in found["decisions"]
    ]
    assert told == [([further], [one, same], []), ([one, same], [further], [])]
    reason = {"code": "same_place", "sentence": "It changes the same words, or the same place."}
    assert [fall["reasons"] for d in found["decisions"] for fall in d["falls"]] == [[reason]] * 3
    assert [(d["group"], d["compromise"]) for d in found["decisions"]] == [(0, False)] * 2
    assert found["decisions"][0]["distance"] == {"blocks": 0, "characters": 21, "others": 0}


def test_where_nothing_is_tabled_there_is_nothing_to_decide(world: World) -> None:
    here = world.round()
    answer = world.anyone.get(f"{here.recommendation}/deciding-order")
    assert (answer.status_code, answer.json()) == (200, {"groups": [], "decisions": [], "next": None})
    assert codes(world.anyone.get("/recommendations/nobody/deciding-order")) == (404, "unknown")


def test_the_order_of_decision_comes_in_pages(world: World) -> None:
    here = world.round()
    one, further, same = tabled(here)
    first = world.anyone.get(f"{here.recommendation}/deciding-order?limit=1").json()
    second = world.anyone.get(f"{here.recommendation}/deciding-order?limit=1&cursor={first['next']}").json()
    told = [
        (d["place"], [ref["id"] for ref in d["amendments"]], d["more_falls"], d["more_stays"])
        for d in first["decisions"] + second["decisions"]
    ]
    assert told == [(1, [further], 0, 0), (2, [one, same], 0, 0)]
    assert [(group["place"], group["more_collisions"]) for group in second["groups"]] == [(0, 0)]
    assert second["next"] is None
    assert codes(world.anyone.get(f"{here.recommendation}/deciding-order?cursor=x")) == (422, "bad_cursor")
