"""The API of the desk, and of reminders."""

from tests.api.world import World, codes


def test_the_desk_and_a_reminder(world: World) -> None:
    here, _ = world.round(), world.lakeside
    desk = world.facility.get(f"{here.agenda}/desk").json()
    assert (desk["phase"], desk["next"], desk["held"]) == ("amending", "consolidation", False)
    assert [stage["number"] for stage in desk["stages"]] == [1]
    assert {task["chore"] for task in desk["tasks"]} >= {"silent"}
    before = world.facility.get(f"{here.agenda}/reminders").json()
    assert (before["possible"], before["last_at"]) == (True, None)
    told = world.facility.post(f"{here.agenda}/reminders", {})
    assert (told.status_code, told.json()) == (200, {"persons": before["persons"]})
    assert codes(world.facility.post(f"{here.agenda}/reminders", {})) == (409, "reminded_lately")
    assert world.facility.get(f"{here.agenda}/reminders").json()["possible"] is False
    assert codes(world.anyone.get(f"{here.agenda}/desk")) == (401, "sign_in_needed")
