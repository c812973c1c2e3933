"""Sessions before the API: with a cookie, from a page of the same site."""

from service.domain.actors import Role, Scope
from service.store.identity import Identity
from service.web import csrf
from service.workflows import access
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
