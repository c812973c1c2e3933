"""The API of compromises: tabling them, coverage, trials of the next version, how collisions were settled."""

from typing import Any

from service.domain.phases import Phase
from tests.api.world import TEXT, Round, World, codes, fields


def colliding(here: Round) -> tuple[dict[str, Any], dict[str, Any]]:
    world = here.world
    return here.tabled(world.lakeside, new="a fifth"), here.tabled(world.harbour, new="one fifth")


def a_compromise(here: Round, *covered: dict[str, Any], new: str = "at least a fifth") -> dict[str, Any]:
    body = {**here.amended(new=new), "covers": [one["id"] for one in covered]}
    answer = here.world.facility.post(f"{here.recommendation}/amendments", body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def ref(amendment: dict[str, Any], state: str = "tabled") -> dict[str, Any]:
    return {"id": amendment["id"], "number": amendment["number"], "state": state}


def test_a_compromise_is_tabled_by_who_consolidates_and_names_what_it_covers(world: World) -> None:
    here = world.round()
    one, other = colliding(here)
    made = a_compromise(here, one, other)
    assert made["covers"] == [ref(one), ref(other)]
    assert made["organisations"][0]["name"] == "Coordination facility"
    shown = world.anyone.get(f"/amendments/{one['id']}").json()
    assert (shown["covers"], shown["covered_by"]) == ([], [ref(made)])


def test_what_it_covers_falls_and_comes_back(world: World) -> None:
    here = world.round()
    one, other = colliding(here)
    made = a_compromise(here, one, other)
    path = f"/amendments/{made['id']}/decision"
    assert world.facility.post(path, {"decision": "accepted"}).json()["covers"] == [
        ref(one, "fallen"),
        ref(other, "fallen"),
    ]
    reopened = world.facility.post(path, {"decision": "reopened", "reason": "New facts."}).json()
    assert reopened["covers"] == [ref(one, "under_examination"), ref(other, "under_examination")]


def test_what_cannot_be_covered_is_named(world: World) -> None:
    here, elsewhere = world.round(), world.round()
    one, _ = colliding(here)
    foreign, _ = colliding(elsewhere)
    body = {**here.amended(), "covers": [one["id"], foreign["id"], "nobody"]}
    answer = world.lakeside.post(f"{here.recommendation}/amendments", body)
    assert (codes(answer), fields(answer)) == ((422, "invalid"), ["covers[1]", "covers[2]"])


def test_a_draft_compromise_covers_what_it_says_last(world: World) -> None:
    here = world.round()
    one, other = colliding(here)
    body = {**here.amended(new="half"), "covers": [one["id"]], "draft": True}
    draft = world.lakeside.post(f"{here.recommendation}/amendments", body)
    path = f"/amendments/{draft.json()['id']}"
    headers = {"If-Match": draft.headers["etag"]}
    changed = world.lakeside.patch(path, {"covers": [other["id"]]}, headers=headers)
    assert [covered["id"] for covered in changed.json()["covers"]] == [other["id"]]
    headers = {"If-Match": changed.headers["etag"]}
    kept = world.lakeside.patch(path, {"justification": "Because."}, headers=headers)
    assert [covered["id"] for covered in kept.json()["covers"]] == [other["id"]]


def test_coverage_is_exact_and_names_what_is_missing(world: World) -> None:
    here = world.round()
    one, other = colliding(here)
    made = a_compromise(here, one, other)
    found = world.anyone.get(f"/amendments/{made['id']}/coverage").json()
    assert [(c["amendment"]["id"], c["coverage"]["share"]) for c in found["covers"]] == [
        (one["id"], {"of": 1, "per": 1}),
        (other["id"], {"of": 1, "per": 2}),
    ]
    ask = one["blocks"][1]["id"]
    assert found["covers"][1]["coverage"] == {
        "share": {"of": 1, "per": 2},
        "words": {"realised": 2, "asked": 4},
        "forms": {"realised": 0, "asked": 0},
        "missing": [
            {"wish": "strike", "block": ask, "text": "a"},
            {"wish": "add", "block": ask, "text": "one"},
        ],
    }
    assert (found["covered_by"], found["decided"], found["text"]) == ([], None, None)


def test_a_modified_acceptance_tells_how_much_it_realises(world: World) -> None:
    here = world.round()
    one, _ = colliding(here)
    modified = here.amended(new="a third")["blocks"]
    body = {"decision": "accepted_modified", "reason": "More.", "blocks": modified}
    world.facility.post(f"/amendments/{one['id']}/decision", body)
    path = f"/amendments/{one['id']}/coverage"
    assert world.anyone.get(path).json()["decided"]["share"] == {"of": 1, "per": 2}
    world.facility.post(f"{here.recommendation}/merges", {})
    assert world.anyone.get(path).json()["text"]["share"] == {"of": 1, "per": 2}


def test_a_preview_tries_other_amendments_and_tells_whom_it_serves(world: World) -> None:
    here = world.round()
    one, other = colliding(here)
    path = f"{here.recommendation}/merges"
    shown = world.facility.post(path, {"preview": True, "amendments": [one["id"]]}).json()
    assert shown["blocks"][1]["text"] == TEXT.replace("a tenth", "a fifth")
    assert [(s["organisation"]["name"], s["amendment_numbers"], s["words"]) for s in shown["served"]] == [
        ("Harbour", [other["number"]], {"realised": 2, "asked": 4}),
        ("Lakeside", [one["number"]], {"realised": 2, "asked": 2}),
    ]
    assert shown["reconfirming"] == []
    refused = world.facility.post(path, {"amendments": [one["id"]]})
    assert (codes(refused), fields(refused)) == ((422, "invalid"), ["amendments"])


def test_two_choices_are_compared(world: World) -> None:
    here = world.round()
    one, other = colliding(here)
    path = f"{here.recommendation}/merges/comparison"
    body = {"first": {"amendments": [one["id"]]}, "second": {"amendments": [other["id"]]}}
    found = world.facility.post(path, body).json()
    assert [found[name]["blocks"][1]["text"] for name in ("first", "second")] == [
        TEXT.replace("a tenth", "a fifth"),
        TEXT.replace("a tenth", "one fifth"),
    ]
    assert found["difference"]["sentences"] == ["Replaces “a” by “one”."]
    assert [s["share"] for s in found["second"]["served"]] == [{"of": 1, "per": 1}, {"of": 1, "per": 1}]
    nothing = world.facility.post(path, {"first": {}, "second": {}}).json()
    assert (nothing["first"]["blocks"], nothing["difference"]) == (None, None)
    assert codes(world.lakeside.post(path, body)) == (403, "denied")
    here.move(Phase.CONSOLIDATION)
    here.move(Phase.ENDORSEMENT)
    assert codes(world.facility.post(path, body)) == (409, "phase_closed")


def test_how_collisions_were_settled_is_for_everyone_to_read(world: World) -> None:
    here = world.round()
    both = colliding(here)
    for amendment in both:
        world.facility.post(f"/amendments/{amendment['id']}/decision", {"decision": "accepted"})
    ids = [amendment["id"] for amendment in both]
    body = {"resolutions": [{"amendments": ids, "prefer": ids[1]}]}
    made = world.facility.post(f"{here.recommendation}/merges", body).json()
    (settled,) = world.anyone.get(f"/versions/{made['id']}/settlements").json()["items"]
    assert settled.pop("settled_at").endswith("Z")
    assert settled == {
        "amendments": [ref(amendment, "accepted") for amendment in both],
        "prefer": ids[1],
        "block_id": None,
        "replacement": None,
        "in_order": False,
        "resolver": world.facility.person_id,
    }


def test_the_wordings_of_an_amendment_are_a_chain_from_the_original(world: World) -> None:
    here = world.round()
    one = here.tabled(world.lakeside, old="any project", new="any plan")
    before = world.anyone.get(f"/amendments/{one['id']}").json()
    other = here.tabled(world.harbour, new="a fifth")
    world.facility.post(f"/amendments/{other['id']}/decision", {"decision": "accepted"})
    world.facility.post(f"{here.recommendation}/merges", {})
    world.lakeside.post(f"/amendments/{one['id']}/rebase", {})
    original, present = world.anyone.get(f"/amendments/{one['id']}/revisions").json()["items"]
    assert (original["number"], original["parent_id"], original["blocks"]) == (1, None, before["blocks"])
    assert original["base_version"] == before["base_version"]
    assert (present["number"], present["parent_id"], present["replaced_at"]) == (2, original["id"], None)
    assert present["id"] == one["id"]
