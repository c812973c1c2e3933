"""Jobs, outgoing mail and notifications over the API."""

from typing import Any

from service.domain.phases import Phase
from service.workflows import jobs, notifications
from tests.api.world import Caller, Round, World, codes, fields

NOBODYS = "01J9ZC5V7N8Q4T2X6B3D0KMRWA"


def told(world: World) -> Round:
    """Open a round, and let everyone be told of its next phase."""
    here = world.round()
    notifications.pass_over(world.operator)
    here.move(Phase.CONSOLIDATION)
    assert notifications.find_due(world.operator)
    while jobs.work_once(world.operator):
        pass
    return here


def items(caller: Caller, path: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = caller.get(path).json()["items"]
    return found


def test_facility_lists_jobs_and_reads_one(world: World) -> None:
    world.lakeside.get("/me")
    told(world)
    found = items(world.facility, "/jobs?state=done&limit=100")
    assert {job["kind"] for job in found} >= {"notify", "send_mail"}
    job = found[0]
    assert world.facility.get(f"/jobs/{job['id']}").json() == job
    assert set(job) == {
        "id", "kind", "subject_id", "state", "run_at", "attempts", "error", "ended_at"
    }  # fmt: skip
    assert world.facility.post(f"/jobs/{job['id']}/retry").json() == job


def test_facility_lists_mails_and_reads_one(world: World) -> None:
    world.lakeside.get("/me")
    told(world)
    found = items(world.facility, "/mails?state=kept")
    assert found[0]["subject"] == "Agenda of the test: the phase “Consolidation” is open"
    assert (found[0]["kind"], found[0]["template"], found[0]["error"]) == ("phases", "phase_opened", "")
    assert world.facility.get(f"/mails/{found[0]['id']}").json() == found[0]
    assert world.facility.post(f"/mails/{found[0]['id']}/retry").json() == found[0]


def test_lists_go_on_from_page_to_page_the_newest_first(world: World) -> None:
    world.lakeside.get("/me")
    world.harbour.get("/me")
    told(world)
    first = world.facility.get("/mails?limit=1").json()
    second = world.facility.get(f"/mails?limit=1&cursor={first['next']}").json()
    assert first["items"][0]["id"] > second["items"][0]["id"]


def test_a_choice_that_there_is_none_of_is_refused_by_its_name(world: World) -> None:
    for path in ("/jobs?state", "/mails?state", f"{world.round().agenda}/persons?invited"):
        for said in ("null", "NULL", "nothing"):
            answer = world.facility.get(f"{path}={said}")
            assert codes(answer) == (400, "invalid_request"), said
            assert fields(answer) == [path.partition("?")[2]]


def test_what_is_the_facilitys_is_nobody_elses(world: World) -> None:
    for path in ("/jobs", "/mails", f"/jobs/{NOBODYS}", f"/mails/{NOBODYS}"):
        assert codes(world.lakeside.get(path)) == (403, "denied")
        assert codes(world.anyone.get(path)) == (401, "sign_in_needed")
    for path in (f"/jobs/{NOBODYS}/retry", f"/mails/{NOBODYS}/retry"):
        assert codes(world.lakeside.post(path)) == (403, "denied")
        assert codes(world.facility.post(path)) == (404, "unknown")
    for path in (f"/jobs/{NOBODYS}", f"/mails/{NOBODYS}"):
        assert codes(world.facility.get(path)) == (404, "unknown")


def test_reader_chooses_how_to_be_told(world: World) -> None:
    before = items(world.stranger, "/me/notifications")
    assert [wish["kind"] for wish in before if wish["obligatory"]] == ["reconfirmation"]
    assert {wish["frequency"] for wish in before} == {"at_once"}
    answer = world.stranger.post("/me/notifications", {"phases": "daily", "mentions": "off"})
    changed = {wish["kind"]: wish["frequency"] for wish in answer.json()["items"]}
    assert (changed["phases"], changed["mentions"], changed["decisions"]) == ("daily", "off", "at_once")
    assert items(world.stranger, "/me/notifications") == answer.json()["items"]


def test_what_is_a_duty_stays_on(world: World) -> None:
    refused = world.stranger.post("/me/notifications", {"reconfirmation": "off"})
    assert (codes(refused), fields(refused)) == ((422, "invalid"), ["reconfirmation"])
    assert codes(world.anyone.post("/me/notifications", {"phases": "off"})) == (
        401,
        "sign_in_needed",
    )
    assert codes(world.anyone.get("/me/notifications")) == (401, "sign_in_needed")


def test_reader_lists_what_they_were_told(world: World) -> None:
    world.lakeside.get("/me")
    told(world)
    notice = items(world.lakeside, "/me/notices")[0]
    assert (notice["kind"], notice["subject"], notice["read_at"]) == (
        "phases",
        "Agenda of the test: the phase “Consolidation” is open",
        None,
    )
    assert codes(world.anyone.get("/me/notices")) == (401, "sign_in_needed")


def test_probe_and_monitor_are_told_whether_papers_can_be_sealed(world: World) -> None:
    ready = world.client.get("/readyz")
    told = {"database": True, "migrations": True, "keys": True, "seal": "ready", "signatories": "ready"}
    assert (ready.status_code, ready.json()) == (200, told)
    figures = world.client.get("/metrics", headers={"Authorization": f"Bearer {world.facility.token}"}).text
    assert "# TYPE sympolity_seal_days_left gauge\nsympolity_seal_days_left 9" in figures
