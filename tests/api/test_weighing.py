"""The API of claims with their evidence, and of choosing lessons."""

from tests.api.world import World, codes, fields

EVIDENCE = {"kind": "document", "title": "Report", "source": "Office"}


def test_claims_are_listed_and_narrowed_to_those_without_evidence(world: World) -> None:
    here = world.round()
    assert world.anyone.get(f"{here.agenda}/claims").json() == {"items": [], "next": None}
    version = here.version()
    blocks = [*version["blocks"], {"kind": "paragraph", "text": "It lasts in two cities."}]
    amendment = world.lakeside.post(
        f"{here.recommendation}/amendments",
        {"base_version": version["id"], "blocks": blocks, "justification": "To say why."},
    ).json()
    world.facility.post(f"/amendments/{amendment['id']}/decision", {"decision": "accepted"})
    world.facility.post(f"{here.recommendation}/merges", {})
    path = f"{here.agenda}/claims?without_evidence=true"
    (claim,) = world.anyone.get(path).json()["items"]
    assert (claim["place"], claim["block"]["text"], claim["evidence_ids"]) == (
        3,
        "It lasts in two cities.",
        [],
    )
    target = {"recommendation_id": here.recommendation_id, "block_id": claim["block"]["id"]}
    piece = world.lakeside.post(f"{here.agenda}/evidence", {**EVIDENCE, "underpins": [target]}).json()
    assert world.anyone.get(path).json()["items"] == []
    assert world.anyone.get(f"{here.agenda}/claims").json()["items"] == [
        {**claim, "evidence_ids": [piece["id"]]}
    ]


def test_lessons_are_chosen_with_a_reason_and_put_into_an_order(world: World) -> None:
    here = world.round()
    ids = [
        world.lakeside.post(f"{here.agenda}/lessons", {"text": text}).json()["id"]
        for text in ("Small contracts arrive sooner.", "Small contracts arrived sooner.")
    ]
    listed = world.anyone.get(f"{here.agenda}/shortlist").json()["items"]
    assert [(one["lesson"]["id"], one["alike"]) for one in listed] == [
        (ids[0], [{"lesson_id": ids[1], "share": 1.0}]),
        (ids[1], [{"lesson_id": ids[0], "share": 1.0}]),
    ]
    chosen = [
        world.facility.post(f"{here.agenda}/shortlist", {"lesson_id": i, "reason": "It lasts."}) for i in ids
    ]
    assert [(one.json()["rank"], one.json()["reason"]) for one in chosen] == [
        (1, "It lasts."),
        (2, "It lasts."),
    ]
    path, read = f"/lessons/{ids[1]}/shortlist", {"If-Match": chosen[1].headers["etag"]}
    assert codes(world.facility.patch(path, {"rank": 1})) == (428, "condition_missing")
    assert fields(world.facility.patch(path, {"rank": 3}, headers=read)) == ["rank"]
    assert world.facility.patch(path, {"rank": 1}, headers=read).json()["rank"] == 1
    elsewhere = world.round()
    assert codes(world.facility.post(f"{elsewhere.agenda}/shortlist", {"lesson_id": ids[0]})) == (
        404,
        "unknown",
    )
