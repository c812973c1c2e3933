"""The API of phases: what opening one would bring, taking that back, and moving a deadline."""

from service.domain.phases import Phase
from tests.api.world import World, codes, fields

DEADLINE = {"phase": "amending", "closes_at": "2999-01-01T12:00:00+02:00", "reason": "Ten cities ask."}


def test_what_a_phase_would_bring_is_told_before(world: World) -> None:
    here = world.round(Phase.CONSOLIDATION, drafts=2)
    found = world.anyone.get(f"{here.agenda}/phase/endorsement").json()
    version = here.version()
    assert found["texts"][0] == {
        "id": here.recommendation_id,
        "number": 1,
        "title": "Ask number 1",
        "version": {"id": version["id"], "number": 1, "digest": version["digest"]},
        "passed": False,
        "reasons": ["needs 1 more position for the quorum", "needs 1 more endorsement"],
    }
    assert (found["opens"], found["hindrances"], found["counted"]) == (["position"], [], 2)
    assert (found["back"], len(found["texts"])) == (False, 2)


def test_what_cannot_follow_is_not_foreseen(world: World) -> None:
    here = world.round()
    assert codes(world.anyone.get(f"{here.agenda}/phase/publication")) == (409, "illegal_move")
    assert codes(world.anyone.get(f"{here.agenda}/phase/party")) == (404, "unknown")


def test_an_opening_is_taken_back(world: World) -> None:
    here = world.round()
    world.facility.post(f"{here.agenda}/phase", {"phase": "consolidation"})
    assert codes(world.lakeside.post(f"{here.agenda}/phase/undo", {})) == (403, "denied")
    answer = world.facility.post(f"{here.agenda}/phase/undo", {"reason": "A wrong call."})
    assert (answer.status_code, answer.json()["phase"]) == (200, "amending")
    assert answer.json() == world.anyone.get(here.agenda).json()
    assert codes(world.facility.post(f"{here.agenda}/phase/undo", {})) == (409, "undo_over")


def test_a_deadline_is_moved_with_a_reason(world: World) -> None:
    here = world.round()
    answer = world.facility.post(f"{here.agenda}/deadline", DEADLINE)
    assert (answer.status_code, answer.json()["phase_closes_at"]) == (200, "2999-01-01T10:00:00Z")
    assert answer.json() == world.anyone.get(here.agenda).json()


def test_a_deadline_is_not_moved_without_reason_or_in_another_phase(world: World) -> None:
    here = world.round()
    mute = world.facility.post(f"{here.agenda}/deadline", {**DEADLINE, "reason": ""})
    assert (codes(mute), fields(mute)) == ((422, "invalid"), ["reason"])
    other = world.facility.post(f"{here.agenda}/deadline", {**DEADLINE, "phase": "commenting"})
    assert codes(other) == (412, "stale_state")
    assert codes(world.lakeside.post(f"{here.agenda}/deadline", DEADLINE)) == (403, "denied")
