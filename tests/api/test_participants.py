"""The API of an agenda's participants."""

import base64
from uuid import uuid4

from service.domain.importing import template
from tests.api.world import World, codes, fields


def a_list() -> str:
    """Return the template with names that are used once."""
    mark = str(uuid4())
    return (
        template().replace("Lakeside", f"L {mark}").replace("Harbour", f"H {mark}").replace("@", f".{mark}@")
    )


def sent(text: str, **other: object) -> dict[str, object]:
    return {"file": base64.b64encode(text.encode()).decode(), **other}


def test_a_list_is_looked_through_and_imported(world: World) -> None:
    path, text = f"{world.round().agenda}/imports", a_list()
    shown = world.facility.post(path, sent(text)).json()
    assert (shown["written"], shown["errors"], {c["effect"] for c in shown["changes"]}) == (
        False,
        [],
        {"created"},
    )
    done = world.facility.post(path, sent(text, dry_run=False)).json()
    assert (done["written"], done["changes"]) == (True, shown["changes"])
    again = world.facility.post(path, sent(text, dry_run=False)).json()
    assert {c["effect"] for c in again["changes"]} == {"unchanged"}


def test_what_is_wrong_with_a_list_is_told_by_row(world: World) -> None:
    path = f"{world.round().agenda}/imports"
    wrong = a_list().replace("Europe/Brussels", "Mars/Base")
    shown = world.facility.post(path, sent(wrong)).json()
    assert [(e["row"], e["column"]) for e in shown["errors"]] == [(2, "time_zone")]
    assert fields(world.facility.post(path, sent(wrong, dry_run=False))) == ["row 2, time_zone"]
    assert fields(world.facility.post(path, {"file": "no base64!"})) == ["file"]


def test_participants_are_invited_and_listed(world: World) -> None:
    agenda = world.round().agenda
    person = world.lakeside.person_id
    assert world.facility.post(f"{agenda}/invitations", {"person_id": person}).json() == {"sent": 1}
    listed = world.facility.get(f"{agenda}/persons?invited=sent&q=lakeside").json()["items"]
    assert person in [item["person_id"] for item in listed]
    assert world.facility.post(f"/persons/{person}/invitation/withdrawal").status_code == 204
    assert codes(world.facility.post(f"/persons/{person}/invitation/withdrawal")) == (409, "illegal_move")
    assert world.facility.post(f"{agenda}/invitations", {}).json()["sent"] >= 0


def test_participants_are_the_facilitys(world: World) -> None:
    agenda = world.round().agenda
    for caller, expected in ((world.anyone, (401, "sign_in_needed")), (world.lakeside, (403, "denied"))):
        assert codes(caller.get(f"{agenda}/persons")) == expected
        assert codes(caller.post(f"{agenda}/imports", sent(a_list()))) == expected
        assert codes(caller.post(f"{agenda}/invitations", {})) == expected
        withdrawal = f"/persons/{world.lakeside.person_id}/invitation/withdrawal"
        assert codes(caller.post(withdrawal)) == expected


def test_persons_are_listed_by_region_with_the_next_step(quiet_world: World) -> None:
    world, here, _ = quiet_world, quiet_world.round(), quiet_world.lakeside
    found = world.facility.get(f"{here.agenda}/persons?region=european_union").json()["items"]
    steps = {"not_yet": "invite", "sent": "await", "withdrawn": "invite_again", "accepted": "nothing"}
    assert found
    assert [one["next_step"] for one in found] == [steps[one["invited"]] for one in found]
    assert world.facility.get(f"{here.agenda}/persons?region=asia_pacific").json()["items"] == []
    assert world.facility.get(f"{here.agenda}/persons?partnership=none").json()["items"] == []
