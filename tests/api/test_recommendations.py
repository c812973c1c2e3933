"""The API of recommendations: drafting, tabling, withdrawing, and whether they pass."""

import pytest

from service.api.examples import EXAMPLES
from service.api.recommendations import NewRecommendation
from service.domain.phases import Phase
from tests.api.world import World, codes, fields

NEW = EXAMPLES[NewRecommendation]


def test_a_drafted_recommendation_is_shown_at_its_address(world: World) -> None:
    here = world.round(Phase.PREPARATION, drafts=0)
    answer = world.facility.post(f"{here.agenda}/recommendations", NEW)
    assert answer.status_code == 201
    shown = world.facility.get(answer.headers["location"]).json()
    assert answer.json() == shown
    version = world.facility.get(f"/versions/{shown['current_version']['id']}").json()
    assert (shown["number"], shown["title"], shown["state"]) == (1, NEW["blocks"][0]["text"], "draft")
    assert shown["current_version"] == {k: version[k] for k in ("id", "number", "digest")}
    assert [block["text"] for block in version["blocks"]] == [block["text"] for block in NEW["blocks"]]


def test_a_draft_is_hidden_from_the_public(world: World) -> None:
    here = world.round(Phase.PREPARATION)
    assert codes(world.anyone.get(here.recommendation)) == (404, "unknown")
    assert world.anyone.get(f"{here.agenda}/recommendations").json() == {"items": [], "next": None}


def test_drafting_ends_with_its_phases(world: World) -> None:
    here = world.round(Phase.AMENDING)
    assert codes(world.facility.post(f"{here.agenda}/recommendations", NEW)) == (409, "phase_closed")


@pytest.mark.parametrize(
    ("wrong", "status", "named"),
    [
        ({"addressee": "nobody"}, 400, ["addressee"]),
        ({"theme": ""}, 422, ["theme"]),
        ({"blocks": []}, 422, ["blocks"]),
        ({"blocks": [{"kind": "paragraph", "text": "No title."}]}, 422, ["blocks[0].kind"]),
        (
            {"blocks": [NEW["blocks"][0], {"kind": "drawing", "txt": 3}]},
            400,
            ["blocks[1].kind", "blocks[1].text", "blocks[1].txt"],
        ),
        ({"blocks": [NEW["blocks"][0], {"kind": "paragraph", "text": "x" * 1001}]}, 422, ["blocks[1].text"]),
        ({"blocks": [NEW["blocks"][0], {"kind": "paragraph", "text": "a" + "\u0301" * 10}]}, 422, ["blocks[1].text"]),
        ({"blocks": [NEW["blocks"][0], {"kind": "paragraph", "text": "a", "level": True}]}, 400, ["blocks[1].level"]),
        ({"number": 7}, 400, ["number"]),
    ],
)  # fmt: skip
def test_every_wrong_field_of_a_recommendation_is_named(
    world: World, wrong: dict[str, object], status: int, named: list[str]
) -> None:
    here = world.round(Phase.PREPARATION, drafts=0)
    answer = world.facility.post(f"{here.agenda}/recommendations", {**NEW, **wrong})
    assert (answer.status_code, fields(answer)) == (status, named)


def test_a_draft_is_tabled_once(world: World) -> None:
    here = world.round(Phase.PREPARATION)
    answer = world.facility.post(f"{here.recommendation}/tabling")
    assert (answer.status_code, answer.json()["state"]) == (200, "tabled")
    assert codes(world.facility.post(f"{here.recommendation}/tabling")) == (409, "illegal_move")


def test_a_recommendation_is_withdrawn_for_a_reason(world: World) -> None:
    here = world.round()
    without = world.facility.post(f"{here.recommendation}/withdrawal", {"reason": ""})
    assert (codes(without), fields(without)) == ((422, "invalid"), ["reason"])
    answer = world.facility.post(f"{here.recommendation}/withdrawal", {"reason": "Taken up elsewhere."})
    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")


def test_the_outcome_says_what_is_missing(world: World) -> None:
    here = world.round(Phase.ENDORSEMENT)
    assert world.anyone.get(f"{here.recommendation}/outcome").json() == {
        "passed": False,
        "counted": 2,
        "tally": dict.fromkeys(
            ("endorsed", "endorsed_with_reservation", "no_objection", "objection", "abstained", "recused"), 0
        ),
        "silent": 2,
        "reconfirmations": 0,
        "reasons": ["needs 1 more position for the quorum", "needs 1 more endorsement"],
        "explanation": "The rule for adoption is not met yet: "
        "needs 1 more position for the quorum; needs 1 more endorsement.",
    }


def test_recommendations_page_by_cursor(world: World) -> None:
    here = world.round(drafts=3)
    first = world.anyone.get(f"{here.agenda}/recommendations?limit=2").json()
    second = world.anyone.get(
        f"{here.agenda}/recommendations", params={"limit": 2, "cursor": first["next"]}
    ).json()
    assert [item["number"] for item in (*first["items"], *second["items"])] == [1, 2, 3]
    assert second["next"] is None


@pytest.mark.parametrize("limit", ["0", "-1", "101", "1000000", "1e9", "<script>", ""])
def test_a_page_has_1_to_100_items(world: World, limit: str) -> None:
    answer = world.anyone.get("/agendas", params={"limit": limit})
    assert (codes(answer), fields(answer)) == ((400, "invalid_request"), ["limit"])


@pytest.mark.parametrize("cursor", ["nonsense", "W10", "WyJcdWQ4MDAiXQ", "\0", "%ff", "[" * 400])
def test_a_cursor_of_elsewhere_is_refused(world: World, cursor: str) -> None:
    here = world.round()
    for path in (
        "/agendas",
        "/organisations",
        f"{here.agenda}/recommendations",
        f"{here.agenda}/record",
        f"{here.agenda}/amendments",
    ):
        assert codes(world.anyone.get(path, params={"cursor": cursor})) == (422, "bad_cursor"), path
