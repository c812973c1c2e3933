"""The API of versions: rewriting, who brought which words, comparing."""

from typing import Any

from service.domain.phases import Phase
from tests.api.world import TEXT, World, codes


def test_a_rewriting_makes_the_next_version(world: World) -> None:
    here = world.round(Phase.PREPARATION)
    base = _drafted(world, here.recommendation)
    title, ask = base["blocks"]
    changed = {**ask, "text": TEXT.replace("a tenth", "a fifth")}
    body = {"base_version": base["id"], "blocks": [title, changed], "note": "More."}
    answer = world.facility.post(f"{here.recommendation}/versions", body)
    assert answer.status_code == 201
    made = answer.json()
    assert made == world.facility.get(answer.headers["location"]).json()
    assert (made["number"], made["parent_id"], made["blocks"]) == (2, base["id"], [title, changed])
    assert [v["number"] for v in world.facility.get(f"{here.recommendation}/versions").json()["items"]] == [
        1,
        2,
    ]
    again = world.facility.post(f"{here.recommendation}/versions", body)
    assert codes(again) == (409, "stale_base")
    same = world.facility.post(f"{here.recommendation}/versions", {**body, "base_version": made["id"]})
    assert codes(same) == (422, "empty_change")


def test_a_version_tells_which_blocks_came_from_others_and_is_written_as_markdown(world: World) -> None:
    here = world.round(Phase.PREPARATION)
    base = _drafted(world, here.recommendation)
    title, ask = base["blocks"]
    text = f"# {title['text']}\n\n{TEXT}\n\nOther cities follow."
    added = world.facility.post(
        f"{here.recommendation}/versions", {"base_version": base["id"], "markdown": text}
    ).json()
    assert ([b["id"] for b in added["blocks"][:2]], added["lineage"]) == ([title["id"], ask["id"]], {})
    part = {"kind": "paragraph", "text": "Cities lead."}
    body = {
        "base_version": added["id"],
        "blocks": [*added["blocks"], part],
        "lineage": [{"block": 3, "origins": [ask["id"]]}],
    }
    made = world.facility.post(f"{here.recommendation}/versions", body).json()
    assert made["lineage"] == {made["blocks"][3]["id"]: [{"version": 3, "blocks": [ask["id"]]}]}
    wrong = {**body, "base_version": made["id"], "lineage": [{"block": 3, "origins": [base["id"]]}]}
    assert codes(world.facility.post(f"{here.recommendation}/versions", wrong)) == (422, "invalid")


def test_a_version_is_read_as_text(world: World) -> None:
    here = world.round(Phase.PREPARATION)
    base = _drafted(world, here.recommendation)
    title, ask = base["blocks"]
    marks = [
        {"kind": "strong", "start": 0, "end": 8},
        {"kind": "link", "start": 13, "end": 23, "href": "https://a.eu/(b)"},
    ]
    item = {"kind": "list_item", "level": 1, "text": "1. first"}
    body = {"base_version": base["id"], "blocks": [title, {**ask, "marks": marks}, item]}
    made = world.facility.post(f"{here.recommendation}/versions", body).json()
    answer = world.facility.get(f"/versions/{made['id']}/text")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    linked = TEXT.replace("Calls on", "**Calls on**").replace(
        "Commission", r"[Commission](https://a.eu/\(b\))"
    )
    assert answer.text == f"# {title['text']}\n\n{linked}\n\n- 1. first\n"
    again = world.facility.get(
        f"/versions/{made['id']}/text", headers={"If-None-Match": answer.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_the_text_of_a_version_is_for_those_who_may_read_it(world: World) -> None:
    base = _drafted(world, world.round(Phase.PREPARATION).recommendation)
    assert codes(world.anyone.get(f"/versions/{base['id']}/text")) == (404, "unknown")
    assert codes(world.anyone.get("/versions/nobody/text")) == (404, "unknown")


def test_the_provenance_covers_every_character(world: World) -> None:
    here = world.round()
    version = here.version()
    found = world.anyone.get(f"/versions/{version['id']}/provenance").json()
    for block in version["blocks"]:
        runs = found["blocks"][block["id"]]
        assert [(run["start"], run["end"]) for run in runs] == [(0, len(block["text"]))]
        assert runs[0]["origins"] == [version["id"]]
    assert found["origins"] == {
        version["id"]: {
            "amendment_number": None,
            "organisations": [],
            "version_number": 1,
            "compromise": False,
        }
    }


def test_a_comparison_leads_from_the_other_to_this(world: World) -> None:
    here = world.round(Phase.PREPARATION)
    base = _drafted(world, here.recommendation)
    title, ask = base["blocks"]
    body = {
        "base_version": base["id"],
        "blocks": [title, {**ask, "text": TEXT.replace("a tenth", "a fifth")}],
    }
    made = world.facility.post(f"{here.recommendation}/versions", body).json()
    found = world.facility.get(f"/versions/{made['id']}/compare", params={"with": base["id"]}).json()
    assert (found["base"]["number"], found["version"]["number"]) == (1, 2)
    place = TEXT.index("tenth")
    assert found["difference"]["operations"] == [
        {
            "operation": "edit",
            "block": ask["id"],
            "start": place,
            "end": place + len("tenth"),
            "deleted": "tenth",
            "inserted": "fifth",
            "marks": [],
        }
    ]
    assert [change["state"] for change in found["difference"]["changes"]] == ["kept", "changed"]
    assert len(found["difference"]["sentences"]) == 1
    told = world.facility.get(
        f"/versions/{made['id']}/compare", params={"with": base["id"], "format": "text"}
    ).text
    assert told.startswith("Replaces “tenth” by “fifth”.\n\nWords that go stand in")


def test_a_comparison_needs_another_version(world: World) -> None:
    version = world.round().version()
    assert codes(world.anyone.get(f"/versions/{version['id']}/compare")) == (400, "invalid_request")
    assert codes(world.anyone.get(f"/versions/{version['id']}/compare?with=nobody")) == (404, "unknown")


def _drafted(world: World, recommendation: str) -> dict[str, Any]:
    shown = world.facility.get(recommendation).json()
    found: dict[str, Any] = world.facility.get(f"/versions/{shown['current_version']['id']}").json()
    return found
