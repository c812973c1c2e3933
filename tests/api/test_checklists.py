"""The API of what stands before a paper, of its draft, and of the keys."""

from service.domain.phases import Phase
from tests.api.world import World, codes


def test_checklist_says_what_blocks_and_what_warns(world: World) -> None:
    here = world.round()
    found = world.anyone.get(f"{here.agenda}/checklist").json()
    weights = {item["check"]: item["weight"] for item in found["items"] if item["count"]}
    assert (found["ready"], weights) == (
        False,
        {
            "phase": "blocks",
            "open_recommendations": "blocks",
            "nothing_decided": "blocks",
            "room_for_lessons": "warns",
        },
    )


def test_draft_is_read_by_the_facility_alone(world: World) -> None:
    here = world.round()
    for phase in (Phase.CONSOLIDATION, Phase.ENDORSEMENT, Phase.PUBLICATION):
        here.move(phase)
    draft = world.facility.get(f"{here.agenda}/draft").json()
    assert [one["number"] for one in draft["recommendations"]] == [1]
    assert codes(world.lakeside.get(f"{here.agenda}/draft")) == (403, "denied")


def test_keys_are_read_by_the_facility_alone(world: World) -> None:
    keys = world.facility.get("/keys").json()
    assert (
        keys["seal"]["demo"],
        keys["seal"]["level"],
        keys["record_key"].startswith(keys["record_name"]),
    ) == (
        True,
        "PAdES-B-LTA",
        True,
    )
    assert codes(world.lakeside.get("/keys")) == (403, "denied")
