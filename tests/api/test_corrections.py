"""The API of corrections: what the facility puts right after publication."""

from service.domain.phases import Phase
from tests.api.world import World, codes, fields

WHY = "A word was wrong."


def test_a_published_lesson_is_corrected_by_who_has_read_it(world: World) -> None:
    here = world.round()
    made = world.lakeside.post(f"{here.agenda}/lessons", {"text": "Start small."})
    path, read = made.headers["location"], {"If-Match": made.headers["etag"]}
    right = {"text": "Begin small.", "reason": WHY}
    assert codes(world.facility.send("PATCH", path, json=right, headers=read)) == (409, "phase_closed")
    here.move(Phase.CONSOLIDATION)
    here.move(Phase.ENDORSEMENT)
    here.move(Phase.PUBLICATION)
    assert codes(world.facility.send("PATCH", path, json=right)) == (428, "condition_missing")
    assert codes(world.lakeside.send("PATCH", path, json=right, headers=read)) == (403, "denied")
    assert fields(world.facility.send("PATCH", path, json={**right, "reason": " "}, headers=read)) == [
        "reason"
    ]
    answer = world.facility.send("PATCH", path, json=right, headers=read)
    assert (answer.status_code, answer.json()["text"], answer.json()["version"]["number"]) == (
        200,
        "Begin small.",
        2,
    )
    (told,) = answer.json()["corrections"]
    assert (told["before"], told["reason"], told["number"]) == (["Start small."], WHY, 1)
    assert codes(world.facility.send("PATCH", path, json=right, headers=read)) == (412, "stale_state")
    assert world.anyone.get(path).json() == answer.json()


def test_published_evidence_is_corrected_in_what_is_sent(world: World) -> None:
    here = world.round()
    sent = {"kind": "document", "title": "Report", "source": "Lakeside", "page": "3", "language": "fr"}
    made = world.lakeside.post(f"{here.agenda}/evidence", sent)
    path, read = made.headers["location"], {"If-Match": made.headers["etag"]}
    for phase in (Phase.CONSOLIDATION, Phase.ENDORSEMENT, Phase.PUBLICATION):
        here.move(phase)
    right = {"page": "4", "reason": WHY}
    assert codes(world.facility.send("PATCH", path, json=right)) == (428, "condition_missing")
    answer = world.facility.send("PATCH", path, json=right, headers=read)
    (told,) = answer.json()["corrections"]
    assert (answer.json()["page"], answer.json()["title"], answer.json()["language"]) == ("4", "Report", "fr")
    assert told["before"] == ["Report", "Lakeside", "3", "", ""]
    assert codes(world.facility.send("PATCH", path, json=right, headers=read)) == (412, "stale_state")
