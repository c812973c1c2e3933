"""The API of positions: what organisations say of one exact text."""

from typing import Any

import pytest

from service.domain.phases import Phase
from tests.api.world import Round, World, codes, fields


def position(here: Round, **said: object) -> dict[str, Any]:
    version = here.version()
    return {"version": version["id"], "digest": version["digest"], "stance": "endorsed", **said}


def test_an_endorsement_counts_once(world: World) -> None:
    here = world.round(Phase.ENDORSEMENT)
    path = f"{here.recommendation}/positions"
    answer = world.lakeside.post(path, position(here))
    assert answer.status_code == 201
    made = answer.json()
    assert made == world.anyone.get(answer.headers["location"]).json()
    assert (made["stance"], made["state"], made["counts"]) == ("endorsed", "standing", True)
    assert codes(world.lakeside.post(path, position(here, stance="abstained"))) == (409, "position_exists")
    outcome = world.anyone.get(f"{here.recommendation}/outcome").json()
    assert (outcome["passed"], outcome["tally"]["endorsed"], outcome["silent"]) == (True, 1, 1)


def test_a_withdrawn_position_makes_room_for_another(world: World) -> None:
    here = world.round(Phase.ENDORSEMENT)
    path = f"{here.recommendation}/positions"
    first = world.lakeside.post(path, position(here)).headers["location"]
    assert codes(world.harbour.post(f"{first}/withdrawal")) == (403, "foreign_organisation")
    assert world.lakeside.post(f"{first}/withdrawal").json()["state"] == "withdrawn"
    assert codes(world.lakeside.post(f"{first}/withdrawal")) == (409, "illegal_move")
    body = position(here, stance="objection", statement="Too little.", resolved_by="A fifth.")
    assert world.lakeside.post(path, body).status_code == 201
    stances = [item["stance"] for item in world.anyone.get(path).json()["items"]]
    assert stances == ["endorsed", "objection"]


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"stance": "objection"}, ["statement", "resolved_by"]),
        ({"stance": "endorsed_with_reservation"}, ["reservation", "statement"]),
        ({"reservation": "linguistic"}, ["reservation"]),
        ({"resolved_by": "A fifth."}, ["resolved_by"]),
    ],
)
def test_a_position_says_what_its_stance_calls_for(
    world: World, said: dict[str, object], named: list[str]
) -> None:
    here = world.round(Phase.ENDORSEMENT)
    answer = world.lakeside.post(f"{here.recommendation}/positions", position(here, **said))
    assert (codes(answer), fields(answer)) == ((422, "invalid"), named)


def test_nobody_endorses_another_text_than_they_read(world: World) -> None:
    here = world.round(Phase.ENDORSEMENT)
    path = f"{here.recommendation}/positions"
    assert codes(world.lakeside.post(path, position(here, digest="0" * 64))) == (409, "other_text")
    assert fields(world.lakeside.post(path, position(here, digest="short"))) == ["digest"]
    there = world.round(Phase.ENDORSEMENT)
    assert codes(world.lakeside.post(path, position(there))) == (409, "other_text")


def test_who_takes_no_part_or_holds_no_mandate_has_no_voice(world: World) -> None:
    here = world.round(Phase.ENDORSEMENT)
    path = f"{here.recommendation}/positions"
    assert codes(world.stranger.post(path, position(here))) == (403, "not_participating")
    assert codes(world.facility.post(path, position(here))) == (403, "foreign_organisation")
    assert codes(world.anyone.post(path, position(here))) == (401, "sign_in_needed")


def test_positions_have_their_phase(world: World) -> None:
    here = world.round(Phase.AMENDING)
    assert codes(world.lakeside.post(f"{here.recommendation}/positions", position(here))) == (
        409,
        "phase_closed",
    )


def reworded(world: World) -> tuple[Round, str]:
    """Let Lakeside endorse a text that changes then; returns the round and the position's address."""
    here = world.round(Phase.ENDORSEMENT)
    made = world.lakeside.post(f"{here.recommendation}/positions", position(here)).headers["location"]
    for phase in (Phase.CONSOLIDATION, Phase.AMENDING):
        here.move(phase)
    amendment = here.tabled(world.lakeside)
    world.facility.post(f"/amendments/{amendment['id']}/decision", {"decision": "accepted"})
    world.facility.post(f"{here.recommendation}/merges", {})
    for phase in (Phase.CONSOLIDATION, Phase.ENDORSEMENT):
        here.move(phase)
    return here, made


def test_a_position_is_confirmed_on_the_changed_text(world: World) -> None:
    here, earlier = reworded(world)
    version = here.version()
    body = {"version": version["id"], "digest": version["digest"]}
    assert codes(world.harbour.post(f"{earlier}/confirmation", body)) == (403, "foreign_organisation")
    stale = {**body, "digest": "0" * 64}
    assert codes(world.lakeside.post(f"{earlier}/confirmation", stale)) == (409, "other_text")
    answer = world.lakeside.post(f"{earlier}/confirmation", body)
    assert answer.status_code == 201, answer.text
    assert answer.json() == world.anyone.get(answer.headers["location"]).json()
    assert (answer.json()["stance"], answer.json()["counts"]) == ("endorsed", True)
    assert codes(world.lakeside.post(f"{earlier}/confirmation", body)) == (409, "position_exists")
    path = f"{here.recommendation}/positions?organisation={world.lakeside_id}"
    states = [item["state"] for item in world.anyone.get(path).json()["items"]]
    assert states == ["superseded", "standing"]
    none = f"{here.recommendation}/positions?organisation={world.harbour_id}"
    assert world.anyone.get(none).json()["items"] == []


def test_who_has_not_answered_is_listed_with_what_is_to_be_confirmed(world: World) -> None:
    here, _ = reworded(world)
    awaited = world.anyone.get(f"{here.agenda}/unanswered").json()
    assert awaited == {
        "items": [
            {
                "organisation": {"id": world.harbour_id, "name": "Harbour"},
                "recommendations": [1],
                "again": [],
            },
            {
                "organisation": {"id": world.lakeside_id, "name": "Lakeside"},
                "recommendations": [1],
                "again": [1],
            },
        ],
        "next": None,
    }
