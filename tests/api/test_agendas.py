"""The API of agendas: rounds, their phases, who takes part."""

from typing import Any

import pytest
from httpx import Response

from service.api.agendas import NewAgenda
from service.api.examples import EXAMPLES
from service.domain.phases import Phase
from tests.api.world import World, codes, fields

NEW = EXAMPLES[NewAgenda]


def test_a_new_agenda_is_shown_whole_at_its_address(world: World) -> None:
    answer = world.facility.post("/agendas", NEW)
    assert answer.status_code == 201
    shown = world.anyone.get(answer.headers["location"])
    assert answer.json() == shown.json()
    assert shown.json() == {
        "id": answer.headers["location"].removeprefix("/api/v1/agendas/"),
        **NEW,
        "rule": {**NEW["rule"], "silence": False},
        "language": "en",
        "invented": False,
        "phase": "preparation",
        "phase_closes_at": None,
        "following": ["commenting"],
        "open": ["document", "draft"],
    }


def test_an_agenda_is_opened_by_the_facility_alone(world: World) -> None:
    assert codes(world.lakeside.post("/agendas", NEW)) == (403, "denied")
    assert codes(world.anyone.post("/agendas", NEW)) == (401, "sign_in_needed")


@pytest.mark.parametrize(
    ("wrong", "status", "field"),
    [
        ({"title": ""}, 422, "title"),
        ({"ends_on": "2027-03-09"}, 422, "ends_on"),
        ({"time_zone": "Mars/Olympus"}, 422, "time_zone"),
        ({"time_zone": "../etc/passwd"}, 400, "time_zone"),
        ({"language": "en\0"}, 400, "language"),
        ({"starts_on": "10000-01-01"}, 400, "starts_on"),
        ({"starts_on": "0001-01-01"}, 400, "starts_on"),
        ({"rule": {**NEW["rule"], "quorum": {"of": 1, "per": 0}}}, 400, "rule.quorum.per"),
        ({"timetable": {"amending": "0001-01-01T00:00:00+14:00"}}, 400, "timetable.amending"),
    ],
)
def test_a_wrong_field_of_an_agenda_is_named(
    world: World, wrong: dict[str, object], status: int, field: str
) -> None:
    answer = world.facility.post("/agendas", {**NEW, **wrong})
    assert (answer.status_code, fields(answer)) == (status, [field])


@pytest.mark.parametrize(
    "given", ["2026-03-29T02:30:00", "2026-03-29T23:59:60Z", "9999-12-31T23:59:59.999999999Z", "-1"]
)
def test_a_time_needs_its_zone_and_a_place_in_the_calendar(world: World, given: str) -> None:
    here = world.round()
    etag = world.anyone.get(here.agenda).headers["etag"]
    answer = world.facility.patch(here.agenda, {"phase_closes_at": given}, headers={"If-Match": etag})
    assert (codes(answer), fields(answer)) == ((400, "invalid_request"), ["phase_closes_at"])


def test_an_agenda_is_changed_by_who_has_read_it(world: World) -> None:
    here = world.round()
    etag = world.anyone.get(here.agenda).headers["etag"]
    changes = {"title": "Another title", "phase_closes_at": "2999-01-01T12:00:00+02:00"}
    answer = world.facility.patch(here.agenda, changes, headers={"If-Match": etag})
    assert answer.status_code == 200
    assert (answer.json()["title"], answer.json()["phase_closes_at"]) == (
        "Another title",
        "2999-01-01T10:00:00Z",
    )
    assert answer.json() == world.anyone.get(here.agenda).json()


def test_an_agenda_is_not_changed_unread_or_stale(world: World) -> None:
    here = world.round()
    etag = world.anyone.get(here.agenda).headers["etag"]
    assert codes(world.facility.patch(here.agenda, {"title": "Unread"})) == (428, "condition_missing")
    world.facility.patch(here.agenda, {"title": "First"}, headers={"If-Match": etag})
    second = world.facility.patch(here.agenda, {"title": "Second"}, headers={"If-Match": etag})
    assert codes(second) == (412, "stale_state")
    weak = world.facility.patch(here.agenda, {"title": "Weak"}, headers={"If-Match": f"W/{etag}"})
    assert codes(weak) == (412, "stale_state")
    assert world.anyone.get(here.agenda).json()["title"] == "First"


def test_a_phase_opens_the_next(world: World) -> None:
    here = world.round(Phase.COMMENTING)
    answer = world.facility.post(f"{here.agenda}/phase", {"phase": "amending", "reason": "Comments are in."})
    assert (answer.status_code, answer.json()["phase"]) == (200, "amending")
    assert answer.json()["following"] == ["consolidation"]


def test_a_phase_cannot_be_skipped(world: World) -> None:
    here = world.round(Phase.COMMENTING)
    answer = world.facility.post(f"{here.agenda}/phase", {"phase": "publication"})
    assert codes(answer) == (409, "illegal_move")
    assert "amending" in answer.json()["detail"]


def test_a_phase_is_moved_by_the_facility_alone(world: World) -> None:
    here = world.round(Phase.COMMENTING)
    assert codes(world.lakeside.post(f"{here.agenda}/phase", {"phase": "amending"})) == (403, "denied")


def test_a_move_honours_what_was_read(world: World) -> None:
    here = world.round(Phase.COMMENTING)
    stale = {"If-Match": '"0123"'}
    answer = world.facility.post(f"{here.agenda}/phase", {"phase": "amending"}, headers=stale)
    assert codes(answer) == (412, "stale_state")
    fresh = {"If-Match": world.anyone.get(here.agenda).headers["etag"]}
    answer = world.facility.post(f"{here.agenda}/phase", {"phase": "amending"}, headers=fresh)
    assert answer.status_code == 200


def test_participants_are_admitted_once(world: World) -> None:
    here = world.round()
    body = {"organisation_ids": [world.lakeside_id, world.facility_id]}
    answer = world.facility.post(f"{here.agenda}/participants", body)
    assert (answer.status_code, answer.content) == (204, b"")
    names = [item["name"] for item in world.anyone.get(f"{here.agenda}/organisations").json()["items"]]
    assert names == ["Coordination facility", "Harbour", "Lakeside"]


def test_an_unknown_participant_is_named(world: World) -> None:
    here = world.round()
    answer = world.facility.post(f"{here.agenda}/participants", {"organisation_ids": ["nobody"]})
    assert (codes(answer), fields(answer)) == ((422, "invalid"), ["organisation_ids"])


def test_the_figures_count_what_there_is(world: World) -> None:
    here = world.round(drafts=2)
    here.tabled(world.lakeside)
    figures = world.anyone.get(f"{here.agenda}/figures").json()
    assert (figures["recommendations"], figures["amendments"], figures["open_amendments"]) == (2, 1, 1)
    assert figures["organisations"] == 2


def test_an_unknown_agenda_is_unknown_everywhere(world: World) -> None:
    parts = (
        "",
        "/figures",
        "/recommendations",
        "/amendments",
        "/lessons",
        "/evidence",
        "/organisations",
        "/editions",
        "/record",
    )
    for nobody in ("nobody", "%00", "..%2f", "%ff%fe", "x" * 65):
        answers = {part: codes(world.anyone.get(f"/agendas/{nobody}{part}"))[0] for part in parts}
        assert answers == dict.fromkeys(parts, 404)


def test_the_record_tells_what_happened_in_order(world: World) -> None:
    here = world.round(Phase.COMMENTING)
    entries = world.anyone.get(f"{here.agenda}/record").json()["items"]
    assert [entry["sequence"] for entry in entries] == list(range(1, len(entries) + 1))
    assert [entry["name"] for entry in entries[:3]] == [
        "agenda.created",
        "agenda.participants_admitted",
        "recommendation.drafted",
    ]
    assert len({entry["hash"] for entry in entries}) == len(entries)


def test_a_phase_that_there_is_not_is_told_without_the_words_of_the_decoder(world: World) -> None:
    here = world.round()
    answer = world.facility.patch(here.agenda, {"timetable": {"spring": "2027-02-20T17:00:00Z"}})
    assert codes(answer) == (400, "invalid_request")
    assert answer.json()["errors"] == [{"field": "timetable", "message": "Invalid enum value 'spring'."}]


def test_a_round_is_changed_until_something_rests_on_it(world: World) -> None:
    here = world.round(Phase.PREPARATION, drafts=2)
    rule = {**_rule_of(world, here.agenda), "blocking_objections": 3}
    body = {"starts_on": "2027-04-01", "ends_on": "2027-04-02", "time_zone": "Africa/Lagos", "rule": rule}
    changed = _patched(world, here.agenda, body).json()
    assert {name: changed[name] for name in body} == body
    ids = list(reversed(here.recommendation_ids))
    ordered = world.facility.post(f"{here.agenda}/order", {"recommendation_ids": ids})
    assert ordered.status_code == 204
    listed = world.facility.get(f"{here.agenda}/recommendations").json()["items"]
    assert [one["id"] for one in listed] == ids
    assert codes(_patched(world, here.agenda, {"language": "fr"})) == (409, "language_settled")
    assert codes(_patched(world, here.agenda, {"ends_on": "2027-03-01"})) == (422, "invalid")
    late = world.round(Phase.ENDORSEMENT)
    assert codes(_patched(world, late.agenda, {"rule": rule})) == (409, "rule_settled")
    order = {"recommendation_ids": late.recommendation_ids}
    assert codes(world.facility.post(f"{late.agenda}/order", order)) == (409, "phase_closed")


def _rule_of(world: World, agenda: str) -> dict[str, Any]:
    found: dict[str, Any] = world.facility.get(agenda).json()["rule"]
    return found


def _patched(world: World, agenda: str, body: dict[str, Any]) -> Response:
    etag = world.facility.get(agenda).headers["etag"]
    return world.facility.patch(agenda, body, headers={"If-Match": etag})
