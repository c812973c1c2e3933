"""The API of lessons: proposing, and the shared list of at most ten."""

from service.domain.phases import Phase
from tests.api.world import World, codes, fields


def test_a_proposed_lesson_is_shown_at_its_address(world: World) -> None:
    here = world.round()
    answer = world.lakeside.post(f"{here.agenda}/lessons", {"text": "Plan with those who run it."})
    assert answer.status_code == 201
    assert answer.json() == world.anyone.get(answer.headers["location"]).json()
    assert world.anyone.get(f"{here.agenda}/lessons").json() == {"items": [answer.json()], "next": None}
    assert (answer.json()["number"], answer.json()["state"]) == (1, "proposed")


def test_a_lesson_needs_words_and_known_evidence(world: World) -> None:
    here = world.round()
    path = f"{here.agenda}/lessons"
    assert fields(world.lakeside.post(path, {"text": " "})) == ["text"]
    assert fields(world.lakeside.post(path, {"text": "x " * 501})) == ["text"]
    assert fields(world.lakeside.post(path, {"text": "So.", "evidence_ids": ["nothing"]})) == ["evidence_ids"]


def test_the_shared_list_holds_ten(world: World) -> None:
    here = world.round()
    paths = [
        world.lakeside.post(f"{here.agenda}/lessons", {"text": f"Lesson {n}."}).headers["location"]
        for n in range(11)
    ]
    answers = [world.facility.post(f"{path}/shortlist").status_code for path in paths[:10]]
    assert answers == [200] * 10
    assert codes(world.facility.post(f"{paths[10]}/shortlist")) == (409, "too_many_lessons")
    assert codes(world.facility.post(f"{paths[0]}/shortlist")) == (409, "illegal_move")


def test_a_lesson_is_taken_off_by_who_has_read_it(world: World) -> None:
    here = world.round()
    path = world.lakeside.post(f"{here.agenda}/lessons", {"text": "So."}).headers["location"]
    read = {"If-Match": world.facility.post(f"{path}/shortlist").headers["etag"]}
    assert codes(world.facility.send("DELETE", f"{path}/shortlist")) == (428, "condition_missing")
    answer = world.facility.send("DELETE", f"{path}/shortlist", headers=read)
    assert (answer.status_code, answer.json()["state"]) == (200, "proposed")
    assert codes(world.facility.send("DELETE", f"{path}/shortlist", headers=read)) == (412, "stale_state")


def test_the_list_is_the_rapporteurs_while_documents_are_open(world: World) -> None:
    here = world.round()
    path = world.lakeside.post(f"{here.agenda}/lessons", {"text": "So."}).headers["location"]
    assert codes(world.lakeside.post(f"{path}/shortlist")) == (403, "denied")
    here.move(Phase.CONSOLIDATION)
    here.move(Phase.ENDORSEMENT)
    assert codes(world.facility.post(f"{path}/shortlist")) == (409, "phase_closed")
    assert codes(world.lakeside.post(f"{here.agenda}/lessons", {"text": "Late."})) == (409, "phase_closed")
