"""The API of decisions: opinions, and what becomes of an amendment."""

import pytest

from service.api.decisions import ACTIONS, Decision
from tests.api.world import World, codes, fields


@pytest.mark.parametrize(
    ("before", "decision", "reason", "state"),
    [
        ([], "admissible", "", "admissible"),
        ([], "inadmissible", "Not of this agenda.", "inadmissible"),
        ([], "under_examination", "", "under_examination"),
        ([], "accepted", "", "accepted"),
        ([], "rejected", "Covered already.", "rejected"),
        ([], "fallen", "Another stands.", "fallen"),
        (["accepted"], "reopened", "New facts.", "under_examination"),
    ],
)
def test_a_decision_leads_to_its_state(
    world: World, before: list[str], decision: str, reason: str, state: str
) -> None:
    here = world.round()
    path = f"/amendments/{here.tabled(world.lakeside)['id']}"
    for earlier in before:
        world.facility.post(f"{path}/decision", {"decision": earlier})
    answer = world.facility.post(f"{path}/decision", {"decision": decision, "reason": reason})
    assert (answer.status_code, answer.json()["state"]) == (200, state), answer.text
    assert answer.json() == world.anyone.get(path).json()


def test_every_decision_is_known() -> None:
    assert list(ACTIONS) == list(Decision)


def test_a_modified_acceptance_shows_both_wordings(world: World) -> None:
    here = world.round()
    path = f"/amendments/{here.tabled(world.lakeside)['id']}"
    wording = here.amended(new="a sixth")["blocks"]
    body = {"decision": "accepted_modified", "reason": "Affordable.", "blocks": wording}
    answer = world.facility.post(f"{path}/decision", body)
    assert (answer.json()["state"], answer.json()["decided_blocks"]) == ("accepted_modified", wording)
    decided = world.anyone.get(f"{path}/diff").json()["decided"]
    assert [operation["inserted"] for operation in decided["operations"]] == ["sixth"]


@pytest.mark.parametrize(
    ("body", "expected", "named"),
    [
        ({"decision": "rejected"}, (422, "invalid"), ["reason"]),
        ({"decision": "accepted_modified", "reason": "So."}, (422, "invalid"), ["blocks"]),
        ({"decision": "reopened", "reason": "So."}, (409, "illegal_move"), []),
        ({"decision": "perhaps"}, (400, "invalid_request"), ["decision"]),
        ({}, (400, "invalid_request"), ["decision"]),
    ],
)
def test_a_decision_that_cannot_be_is_refused(
    world: World, body: dict[str, object], expected: tuple[int, str], named: list[str]
) -> None:
    here = world.round()
    made = here.tabled(world.lakeside)
    answer = world.facility.post(f"/amendments/{made['id']}/decision", body)
    assert (codes(answer), fields(answer)) == (expected, named)
    assert world.anyone.get(f"/amendments/{made['id']}").json() == made


def test_deciding_and_advising_are_the_rapporteurs(world: World) -> None:
    here = world.round()
    path = f"/amendments/{here.tabled(world.lakeside)['id']}"
    assert codes(world.lakeside.post(f"{path}/decision", {"decision": "accepted"})) == (403, "denied")
    assert codes(world.lakeside.post(f"{path}/opinion", {"opinion": "accept"})) == (403, "denied")


def test_an_opinion_decides_nothing(world: World) -> None:
    here = world.round()
    path = f"/amendments/{here.tabled(world.lakeside)['id']}"
    answer = world.facility.post(f"{path}/opinion", {"opinion": "reject", "reason": "Too much."}).json()
    assert (answer["opinion"], answer["opinion_reason"], answer["state"]) == ("reject", "Too much.", "tabled")


def test_a_decision_honours_what_was_read(world: World) -> None:
    here = world.round()
    path = f"/amendments/{here.tabled(world.lakeside)['id']}"
    read = {"If-Match": world.facility.get(path).headers["etag"]}
    world.harbour.post(f"{path}/signatures", {})
    answer = world.facility.post(f"{path}/decision", {"decision": "accepted"}, headers=read)
    assert codes(answer) == (412, "stale_state")


def test_several_amendments_are_decided_on_at_once(world: World) -> None:
    here = world.round()
    ids = [here.tabled(world.lakeside, new=words)["id"] for words in ("a third", "a fourth")]
    body = {"amendments": ids, "decision": "rejected", "reason": "Too much."}
    path = f"{here.recommendation}/decisions"
    assert codes(world.lakeside.post(path, body)) == (403, "denied")
    answer = world.facility.post(path, body)
    assert answer.status_code == 200, answer.text
    assert [(one["id"], one["state"]) for one in answer.json()["amendments"]] == [
        (i, "rejected") for i in ids
    ]
    again = world.facility.post(path, body)
    assert (codes(again), fields(again)) == ((422, "invalid"), ["amendments[0]", "amendments[1]"])
    modified = world.facility.post(path, {**body, "decision": "accepted_modified"})
    assert (codes(modified), fields(modified)) == ((422, "invalid"), ["decision"])
    assert codes(world.facility.post(path, {**body, "amendments": []})) == (400, "invalid_request")


def test_decision_is_previewed_with_the_next_version(world: World) -> None:
    here = world.round()
    amendment = here.tabled(world.lakeside)
    path = f"/amendments/{amendment['id']}"
    seen = world.facility.post(f"{path}/decision/preview", {"decision": "accepted"}).json()
    assert (seen["amendment"]["state"], seen["falling"], seen["falls"]) == ("accepted", [], [])
    assert "a fifth" in seen["next_version"]["blocks"][1]["text"]
    assert world.anyone.get(path).json() == amendment
    rejected = world.facility.post(f"{path}/decision/preview", {"decision": "rejected", "reason": "Said."})
    assert (rejected.json()["amendment"]["state"], rejected.json()["next_version"]) == ("rejected", None)
    assert codes(world.lakeside.post(f"{path}/decision/preview", {"decision": "accepted"})) == (403, "denied")
