"""The API of the review: the queue, several at once, views that are kept."""

from typing import Any

from tests.api.world import World, codes, fields


def test_a_queue_tells_what_is_new_and_what_meets(world: World) -> None:
    here, unit = world.round(), world.unit
    one, two = here.tabled(world.lakeside), here.tabled(world.harbour, new="a third")
    path = f"{here.agenda}/review"
    found = unit.get(path).json()
    assert [(i["amendment"]["id"], i["unseen"], i["collides"], i["assessed"]) for i in found["items"]] == [
        (one["id"], True, True, None),
        (two["id"], True, True, None),
    ]
    body = {"amendments": [one["id"]], "action": "seen"}
    assert unit.post(path, body).json()["items"][0]["fate"] == "done"
    narrowed = unit.get(path, params={"unseen": True, "words": "THIRD", "order": "newest"}).json()
    assert [i["amendment"]["id"] for i in narrowed["items"]] == [two["id"]]
    assert codes(unit.get(path, params={"region": "nowhere"}))[0] == 400


def test_a_queue_is_read_page_by_page(world: World) -> None:
    here = world.round()
    made = [here.tabled(world.lakeside, new=f"a {n}th")["id"] for n in range(3)]
    path, read, cursor = f"{here.agenda}/review", list[str](), None
    while True:
        params: dict[str, Any] = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = world.anyone.get(path, params=params).json()
        read += [item["amendment"]["id"] for item in page["items"]]
        if (cursor := page["next"]) is None:
            break
    assert read == made
    assert codes(world.anyone.get(path, params={"cursor": "x"})) == (422, "bad_cursor")


def test_several_are_previewed_and_done(world: World) -> None:
    here = world.round()
    ids = [here.tabled(world.lakeside)["id"], here.tabled(world.harbour)["id"]]
    path, body = f"{here.agenda}/review", {"amendments": ids, "action": "declare_inadmissible"}
    preview = world.facility.post(path, {**body, "preview": True}).json()
    assert [(i["amendment"]["state"], i["fate"]) for i in preview["items"]] == [("tabled", "done")] * 2
    bare = world.facility.post(path, body)
    assert (codes(bare), fields(bare)) == ((422, "invalid"), ["reason"])
    assert world.facility.post(path, {**body, "reason": "Too late."}).status_code == 200
    assert [world.anyone.get(f"/amendments/{i}").json()["state"] for i in ids] == ["inadmissible"] * 2
    assert codes(world.anyone.post(path, {"amendments": ids, "action": "seen"})) == (401, "sign_in_needed")


def test_a_view_is_kept_renamed_and_let_go(world: World) -> None:
    here, unit = world.round(), world.unit
    made = unit.post(f"{here.agenda}/review/views", {"name": "Asia", "query": "region=asia_pacific"})
    assert made.status_code == 201, made.text
    path = made.headers["location"]
    listed = unit.get(f"{here.agenda}/review/views").json()
    assert listed == {"items": [made.json()], "next": None}
    assert (codes(world.anyone.get(path)), codes(world.lakeside.get(path))) == (
        (401, "sign_in_needed"),
        (404, "unknown"),
    )
    assert codes(unit.patch(path, {"name": "East"})) == (428, "condition_missing")
    tag = {"If-Match": unit.get(path).headers["etag"]}
    assert unit.patch(path, {"name": "East"}, headers=tag).json()["name"] == "East"
    assert codes(unit.send("DELETE", path, headers=tag)) == (412, "stale_state")
    tag = {"If-Match": unit.get(path).headers["etag"]}
    assert unit.send("DELETE", path, headers=tag).status_code == 200
    assert unit.get(f"{here.agenda}/review/views").json()["items"] == []
