"""The API of what waits for a person, and of what happened since they last looked."""

from typing import Any

from tests.api.world import Caller, World, codes


def items(caller: Caller, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.get(path).json()["items"]
    return found


def test_a_reader_lists_what_waits_for_them(quiet_world: World) -> None:
    world, here = quiet_world, quiet_world.round()
    path = world.lakeside.post(f"{here.recommendation}/comments", {"text": "Why?"}).headers["location"]
    world.harbour.post(f"{path}/replies", {"text": "Because."})
    comment = world.anyone.get(path).json()["id"]
    (task,) = (one for one in items(world.lakeside, "/me/tasks") if one["subject_id"] == comment)
    assert (task["kind"], task["recommendation"]["number"], task["organisation"]["name"]) == (
        "read_answer",
        1,
        "Lakeside",
    )
    assert codes(world.anyone.get("/me/tasks")) == (401, "sign_in_needed")


def test_a_reader_lists_news_until_they_say_how_far_they_have_read(quiet_world: World) -> None:
    world, here = quiet_world, quiet_world.round()
    items(world.lakeside, "/me/news")
    world.harbour.post(f"{here.recommendation}/comments", {"text": "Why?"})
    agenda = here.agenda_id
    (news,) = (one for one in items(world.lakeside, "/me/news") if one["agenda_id"] == agenda)
    assert [entry["name"] for entry in news["entries"]] == ["comment.posted"]
    visit = {"agenda_id": agenda, "entry": news["entry"]}
    assert world.lakeside.post("/me/visits", visit).status_code == 204
    assert [one for one in items(world.lakeside, "/me/news") if one["agenda_id"] == agenda] == []
    assert codes(world.anyone.get("/me/news")) == (401, "sign_in_needed")
    assert codes(world.anyone.post("/me/visits", visit)) == (401, "sign_in_needed")
