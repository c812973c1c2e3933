"""The API of consolidation: collisions, previews, and the next version."""

from typing import Any

from service.domain.phases import Phase
from tests.api.world import TEXT, Round, World, codes


def accepted(here: Round, *words: str) -> list[dict[str, Any]]:
    made = [
        here.tabled(by, new=new)
        for by, new in zip((here.world.lakeside, here.world.harbour), words, strict=False)
    ]
    for amendment in made:
        here.world.facility.post(f"/amendments/{amendment['id']}/decision", {"decision": "accepted"})
    return made


def test_collisions_are_listed_with_both_amendments(world: World) -> None:
    here = world.round()
    first, second = accepted(here, "a fifth", "a third")
    found = world.anyone.get(f"{here.recommendation}/collisions").json()
    assert [(c["first"]["id"], c["second"]["id"], c["blocks_merge"]) for c in found["items"]] == [
        (first["id"], second["id"], True)
    ]
    assert found["next"] is None


def test_collisions_come_page_by_page_in_the_order_of_the_text(world: World) -> None:
    here = world.round()
    for by, new in ((world.lakeside, "a fifth"), (world.harbour, "a third"), (world.harbour, "a half")):
        here.tabled(by, new=new)
    path = f"{here.recommendation}/collisions"
    listed = world.anyone.get(path).json()["items"]
    page = world.anyone.get(f"{path}?limit=1").json()
    found = page["items"]
    while page["next"] is not None:
        page = world.anyone.get(f"{path}?limit=1&cursor={page['next']}").json()
        found += page["items"]
    assert (len(found), found) == (3, listed)
    assert world.anyone.get(f"{path}?cursor=x").status_code == 422


def test_a_preview_changes_nothing(world: World) -> None:
    here = world.round()
    (made,) = accepted(here, "a fifth")
    answer = world.facility.post(f"{here.recommendation}/merges", {"preview": True})
    assert answer.status_code == 200
    shown = answer.json()
    assert shown["blocks"][1]["text"] == TEXT.replace("a tenth", "a fifth")
    assert [ref["id"] for ref in shown["amendments"]] == [made["id"]]
    assert (shown["unresolved"], shown["blocked"], shown["faults"], shown["base_version"]) == ([], [], [], 1)
    assert shown["provenance"]["origins"][made["id"]]["organisations"] == ["Lakeside"]
    assert here.version()["number"] == 1


def test_a_preview_tells_that_what_is_left_is_no_text(world: World) -> None:
    here = world.round()
    both = [one["id"] for one in accepted(here, "a fifth", "a third")]
    block = here.version()["blocks"][1]["id"]
    struck = {"resolutions": [{"amendments": both, "replacement": "", "block": block}]}
    shown = world.facility.post(f"{here.recommendation}/merges", {"preview": True, **struck}).json()
    refused = world.facility.post(f"{here.recommendation}/merges", struck)
    assert (shown["blocks"], shown["digest"], codes(refused)) == (None, None, (422, "invalid"))
    assert shown["faults"] == refused.json()["errors"]
    assert [fault["field"] for fault in shown["faults"]] == ["blocks"]


def test_a_merge_makes_the_next_version(world: World) -> None:
    here = world.round()
    (made,) = accepted(here, "a fifth")
    answer = world.facility.post(f"{here.recommendation}/merges", {"note": "The first reading."})
    assert answer.status_code == 201
    assert answer.json() == here.version()
    assert (answer.json()["number"], answer.json()["note"]) == (2, "The first reading.")
    shown = world.anyone.get(f"/amendments/{made['id']}").json()
    assert shown["incorporated_in"]["id"] == answer.json()["id"]
    again = world.facility.post(f"{here.recommendation}/merges", {})
    assert codes(again) == (409, "nothing_to_merge")


def test_open_collisions_stop_a_merge_until_somebody_decides(world: World) -> None:
    here = world.round()
    first, second = accepted(here, "a fifth", "a third")
    assert codes(world.facility.post(f"{here.recommendation}/merges", {})) == (409, "open_collisions")
    shown = world.facility.post(f"{here.recommendation}/merges", {"preview": True}).json()
    assert (shown["blocks"], len(shown["unresolved"])) == (None, 1)
    settled = {"resolutions": [{"amendments": [first["id"], second["id"]], "prefer": second["id"]}]}
    answer = world.facility.post(f"{here.recommendation}/merges", settled)
    assert answer.json()["blocks"][1]["text"] == TEXT.replace("a tenth", "a third")


def test_a_resolution_decides_in_one_way(world: World) -> None:
    here = world.round()
    first, second = accepted(here, "a fifth", "a third")
    both = [first["id"], second["id"]]
    for resolution in (
        {"amendments": both},
        {"amendments": both[:1], "prefer": both[0]},
        {"amendments": both, "prefer": both[0], "in_order": True},
    ):
        answer = world.facility.post(f"{here.recommendation}/merges", {"resolutions": [resolution]})
        assert codes(answer) == (422, "invalid"), resolution


def test_consolidating_is_the_rapporteurs_in_its_phases(world: World) -> None:
    here = world.round()
    accepted(here, "a fifth")
    path = f"{here.recommendation}/merges"
    assert codes(world.lakeside.post(path, {})) == (403, "denied")
    assert codes(world.lakeside.post(path, {"preview": True})) == (403, "denied")
    here.move(Phase.CONSOLIDATION)
    here.move(Phase.ENDORSEMENT)
    assert codes(world.facility.post(path, {})) == (409, "phase_closed")
