"""Idempotency keys: nothing happens twice."""

from uuid import uuid4

from tests.api.world import World, codes, fields


def test_a_request_sent_again_answers_with_the_same_thing(world: World) -> None:
    here = world.round()
    path, body = f"{here.recommendation}/amendments", here.amended()
    key = {"Idempotency-Key": str(uuid4())}
    first = world.lakeside.post(path, body, headers=key)
    again = world.lakeside.post(path, body, headers=key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert (again.json(), again.headers["location"]) == (first.json(), first.headers["location"])
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert len(world.anyone.get(f"{here.agenda}/amendments").json()["items"]) == 1


def test_a_key_is_for_one_request(world: World) -> None:
    here = world.round()
    path = f"{here.recommendation}/amendments"
    key = {"Idempotency-Key": str(uuid4())}
    world.lakeside.post(path, here.amended(), headers=key)
    other_body = world.lakeside.post(path, here.amended(new="a third"), headers=key)
    assert codes(other_body) == (422, "idempotency_key_reused")
    elsewhere = world.lakeside.post(f"{here.recommendation}/comments", {"text": "a"}, headers=key)
    assert codes(elsewhere) == (422, "idempotency_key_reused")


def test_a_key_is_its_persons_own(world: World) -> None:
    here = world.round()
    path = f"{here.recommendation}/comments"
    key = {"Idempotency-Key": str(uuid4())}
    mine = world.lakeside.post(path, {"text": "So."}, headers=key)
    theirs = world.harbour.post(path, {"text": "So."}, headers=key)
    assert mine.json()["id"] != theirs.json()["id"]
    assert codes(world.anyone.post(path, {"text": "So."}, headers=key)) == (401, "sign_in_needed")


def test_a_refused_request_leaves_its_key_free(world: World) -> None:
    here = world.round()
    path = f"{here.recommendation}/comments"
    key = {"Idempotency-Key": str(uuid4())}
    assert codes(world.lakeside.post(path, {"text": ""}, headers=key)) == (422, "invalid")
    assert world.lakeside.post(path, {"text": "So."}, headers=key).status_code == 201


def test_every_creating_request_can_be_sent_again(world: World) -> None:
    here = world.round()
    amendment = here.tabled(world.lakeside)["id"]
    comment = world.lakeside.post(f"{here.recommendation}/comments", {"text": "So?"}).json()["id"]
    for path, body in (
        (f"/amendments/{amendment}/signatures", {}),
        (f"/comments/{comment}/replies", {"text": "So."}),
        (f"{here.agenda}/lessons", {"text": "So."}),
        (f"{here.agenda}/evidence", {"kind": "result", "title": "A result", "source": "Harbour"}),
    ):
        key = {"Idempotency-Key": str(uuid4())}
        answers = [world.harbour.post(path, body, headers=key) for _ in range(2)]
        assert [a.status_code for a in answers] == [201, 201], path
        assert answers[0].json() == answers[1].json()


def test_a_key_is_visible_and_short(world: World) -> None:
    here = world.round()
    for key in ("", "a b", "x" * 201, "\u00e9".encode("latin-1")):
        answer = world.lakeside.post(
            f"{here.recommendation}/comments", {"text": "So."}, headers={"Idempotency-Key": key}
        )
        assert (codes(answer), fields(answer)) == ((400, "invalid_request"), ["Idempotency-Key"])
