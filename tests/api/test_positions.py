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
