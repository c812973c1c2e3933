"""The API of mandates that are passed on."""

from base64 import b64encode
from hashlib import sha256
from uuid import uuid4

from service.domain.phases import Phase
from tests.api.world import Caller, World, codes, fields

UNTIL = "2999-01-01T00:00:00Z"


def own(caller: Caller) -> str:
    return str(caller.get("/me").json()["mandates"][0]["id"])


def lending(**other: object) -> dict[str, object]:
    email = f"{uuid4()}@lakeside.example"
    return {"email": email, "name": "Bea", "scopes": ["comment"], "expires_at": UNTIL, **other}


def test_a_mandate_is_lent_and_ended(world: World) -> None:
    path = f"/mandates/{own(world.lakeside)}"
    body = lending()
    made = world.lakeside.post(f"{path}/delegations", body)
    assert (made.status_code, made.json()["nature"], made.json()["source_id"]) == (
        201,
        "delegated",
        own(world.lakeside),
    )
    lent = {k: made.json()[k] for k in ("id", "nature", "scopes", "expires_at")} | {"email": body["email"]}
    assert lent in world.lakeside.get(path).json()["passed_on"]
    there = made.headers["location"]
    assert fields(world.lakeside.post(f"{there}/revocation", {"reason": " "})) == ["reason"]
    ended = world.lakeside.post(f"{there}/revocation", {"reason": "Back."}).json()
    assert (ended["in_force"], ended["revocation"]) == (False, "Back.")
    assert codes(world.lakeside.post(f"{there}/revocation", {"reason": "Back."})) == (409, "mandate_ended")


def test_a_document_is_attached_and_downloaded(world: World) -> None:
    path = f"/mandates/{own(world.harbour)}"
    letter = b"\xff\xd8\xff A scan"
    assert world.harbour.get(path).json()["attached"] is None
    assert fields(world.facility.post(f"{path}/document", {"file": "no base64"})) == ["file"]
    made = world.facility.post(f"{path}/document", {"file": b64encode(letter).decode()})
    assert (made.status_code, made.json()["attached"]["digest"]) == (200, sha256(letter).hexdigest())
    sent = world.harbour.get(f"{path}/document")
    assert (sent.content, sent.headers["content-type"]) == (letter, "image/jpeg")
    assert sent.headers["content-disposition"] == 'attachment; filename="mandate.jpg"'
    assert codes(world.lakeside.get(f"{path}/document")) == (404, "unknown")
    assert codes(world.harbour.post(f"{path}/document", {"file": ""})) == (403, "denied")


def test_an_alternate_is_named(world: World) -> None:
    made = world.facility.post(
        f"/mandates/{own(world.harbour)}/alternates", {"email": f"{uuid4()}@harbour.example", "name": "Cleo"}
    )
    assert (made.status_code, made.json()["nature"]) == (201, "alternate")
    again = world.facility.post(
        f"/mandates/{made.json()['id']}/alternates", {"email": f"{uuid4()}@harbour.example", "name": "Dan"}
    )
    assert codes(again) == (409, "not_delegable")


def test_others_learn_nothing_of_a_mandate(world: World) -> None:
    known = own(world.lakeside)
    for caller in (world.anyone, world.harbour):
        for method, path, body in (
            ("GET", "", None),
            ("POST", "/alternates", {"email": "a@b.example", "name": "A"}),
            ("POST", "/delegations", lending()),
            ("POST", "/revocation", {"reason": "No."}),
        ):
            answers = [
                caller.send(method, f"/mandates/{mandate}{path}", json=body)
                for mandate in (known, "unheard-of")
            ]
            assert codes(answers[0]) == (404, "unknown")
            assert answers[0].json() == answers[1].json()


def test_a_note_inside_an_organisation_is_unknown_elsewhere(world: World) -> None:
    round_ = world.round()
    path = f"{round_.recommendation}/comments"
    made = world.lakeside.post(path, {"text": "Do we want this?", "audience": "organisation"})
    assert (made.status_code, made.json()["audience"]) == (201, "organisation")
    assert len(world.lakeside.get(path).json()["items"]) == 1
    for caller in (world.anyone, world.harbour, world.facility, world.approver):
        assert caller.get(path).json()["items"] == []
        answers = [caller.get(f"/comments/{i}") for i in (made.json()["id"], "unheard-of")]
        assert [a.json() for a in answers] == [answers[1].json()] * 2


def test_a_contribution_is_handed_in_once(world: World) -> None:
    path = f"{world.round().recommendation}/comments"
    body = {"text": "We support this.", "official": True}
    assert world.lakeside.post(path, body).json()["official"]
    assert codes(world.lakeside.post(path, body)) == (409, "contribution_exists")
    assert world.harbour.post(path, body).status_code == 201


def test_a_letter_is_entered_by_the_facility(world: World) -> None:
    round_ = world.round(Phase.ENDORSEMENT)
    version = round_.version()
    body = {
        "version": version["id"],
        "digest": version["digest"],
        "stance": "endorsed",
        "on_behalf_of": world.lakeside_id,
        "on_paper": "Letter of 3 January",
    }
    assert codes(world.harbour.post(f"{round_.recommendation}/positions", body)) == (403, "denied")
    made = world.facility.post(f"{round_.recommendation}/positions", body)
    assert (made.status_code, made.json()["organisation"]["id"], made.json()["on_paper"]) == (
        201,
        world.lakeside_id,
        "Letter of 3 January",
    )
