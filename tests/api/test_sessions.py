"""Sessions before the API: with a cookie, from a page of the same site."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyotp

from service.domain.actors import Role, Scope
from service.domain.phases import Phase
from service.store.identity import Identity
from service.web import csrf
from service.workflows import access, confirmations
from service.workflows import codes as codes_of
from tests.api.world import Caller, World, codes


def signed_in(world: World, caller: Caller) -> Caller:
    secret = access.sign_in_as(world.house.context(Identity()), caller.person_id)
    headers = {"Cookie": f"{csrf.PLAIN_COOKIE}={secret}", "Sec-Fetch-Site": "same-origin"}
    return Caller(world.client, person_id=caller.person_id, headers=headers)


def test_sessions_are_listed_and_ended(world: World) -> None:
    person = world.person("traveller", *_OBSERVER)
    here, lost = signed_in(world, person), signed_in(world, person)
    items = here.get("/me/sessions").json()["items"]
    assert [(item["door"], item["present"]) for item in items] == [("demo", False), ("demo", True)]
    assert here.post(f"/me/sessions/{items[0]['id']}/revocation").status_code == 204
    assert lost.get("/me").status_code == 401
    assert codes(person.post("/me/sessions/revocation")) == (403, "denied")
    assert here.post("/me/sessions/revocation").status_code == 204
    assert here.get("/me/sessions").status_code == 401


def test_a_session_of_nobody_is_unknown(world: World) -> None:
    person = world.person("wanderer", *_OBSERVER)
    assert codes(signed_in(world, person).post("/me/sessions/none/revocation")) == (404, "unknown")


_OBSERVER: tuple[Role, tuple[Scope, ...]] = (Role.OBSERVER, ())


def test_a_session_confirms_before_it_takes_a_position(world: World) -> None:
    opened = world.round(Phase.ENDORSEMENT)
    version = opened.version()
    position = {"version": version["id"], "digest": version["digest"], "stance": "endorsed"}
    here = signed_in(world, world.lakeside)
    path = f"{opened.recommendation}/positions"
    needed = here.post(path, position)
    assert codes(needed) == (403, "confirmation_needed")
    act = needed.json()["confirm"]
    assert {name: act[name] for name in act if name != "content"} == {
        "action": "position.take",
        "object_id": opened.recommendation_id,
        "version": version["digest"],
    }
    assert codes(here.post("/me/confirmations", act | {"action": "agenda.create"})) == (422, "invalid")
    answer = here.post("/me/confirmations", act)
    assert (answer.status_code, {name: answer.json()[name] for name in act}) == (201, act)
    other = position | {"stance": "abstained"}
    assert codes(here.post(path, other)) == (403, "confirmation_needed")
    taken = here.post(path, position)
    assert taken.status_code == 201
    withdrawal = f"/positions/{taken.json()['id']}/withdrawal"
    assert here.post("/me/confirmations", here.post(withdrawal).json()["confirm"]).status_code == 201
    assert here.post(withdrawal).status_code == 200
    # A token was given its scopes by a confirmation, so it needs no other.
    assert world.harbour.post(path, position).status_code == 201
    assert codes(world.harbour.post("/me/confirmations", act)) == (403, "denied")


def test_a_code_confirms_where_a_word_is_not_enough(world: World) -> None:
    opened = world.round(Phase.ENDORSEMENT)
    version = opened.version()
    position = {"version": version["id"], "digest": version["digest"], "stance": "endorsed"}
    here, path = signed_in(world, world.harbour), f"{opened.recommendation}/positions"
    ctx = world.house.context(access.identify_session(world.house.context(Identity()), secret_of(here)))
    confirmations.confirm_in_demo(ctx, codes_of.act_of(world.harbour.person_id))
    made = codes_of.set_up(ctx)
    codes_of.prove(ctx, pyotp.TOTP(made.secret).now())
    act = here.post(path, position).json()["confirm"]
    wrong = here.post("/me/confirmations", act | {"code": "000000"})
    assert (codes(wrong), wrong.json()["errors"][0]["field"]) == ((422, "invalid"), "code")
    answer = here.post("/me/confirmations", act | {"code": pyotp.TOTP(made.secret).at(time.time() + 30)})
    assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
    world.client.cookies.clear()
    # Whoever had the secret before does not act with what is open now.
    assert here.get("/me").status_code == 401
    cookie = answer.headers["set-cookie"].partition(";")[0]
    renewed = replace(here, headers={**here.headers, "Cookie": cookie})
    assert renewed.post(path, position).status_code == 201


def secret_of(caller: Caller) -> str:
    return caller.headers["Cookie"].partition("=")[2]


def test_a_session_makes_a_token_and_a_token_makes_none(world: World) -> None:
    person = world.person("programmer", *_OBSERVER)
    here = signed_in(world, person)
    body = {"name": "Mine", "scopes": ["comment"]}
    expires = datetime.now(UTC) + timedelta(days=30)
    body |= {"expires_at": expires.isoformat()}
    made = here.post("/me/tokens", body)
    assert (made.status_code, list(made.json())) == (201, ["id", "secret"])
    caller = Caller(world.client, made.json()["secret"])
    assert caller.get("/me").json()["id"] == person.person_id
    assert codes(caller.post("/me/tokens", body)) == (403, "denied")
    assert codes(here.post("/me/tokens", body | {"scopes": ["approve"]})) == (403, "confirmation_needed")
    assert [t["name"] for t in here.get("/me/tokens").json()["items"]] == ["Mine", ""]
    assert here.post(f"/me/tokens/{made.json()['id']}/revocation").status_code == 204
    assert caller.get("/me").status_code == 401
