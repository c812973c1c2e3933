"""The API of organisations, partnerships, persons and mandates."""

from uuid import uuid4

from tests.api.world import World, codes, fields

CITY = {"kind": "local_authority", "country": "Examplia", "region": "european_union", "invented": True}


def unused() -> str:
    return f"City {uuid4()}"


def test_an_organisation_is_entered_once(world: World) -> None:
    body = {**CITY, "name": unused()}
    answer = world.facility.post("/organisations", body)
    assert answer.status_code == 201
    assert answer.json() == world.anyone.get(answer.headers["location"]).json()
    assert {key: answer.json()[key] for key in body} == body
    again = world.facility.post("/organisations", body)
    assert (codes(again), fields(again)) == ((422, "invalid"), ["name"])
    name = f"Málaga {uuid4()}"
    assert world.facility.post("/organisations", {**CITY, "name": name}).status_code == 201
    decomposed = {**CITY, "name": name.replace("á", "a\u0301")}
    assert fields(world.facility.post("/organisations", decomposed)) == ["name"]


def test_entering_is_the_facilitys(world: World) -> None:
    assert codes(world.lakeside.post("/organisations", {**CITY, "name": unused()})) == (403, "denied")
    assert codes(world.anyone.post("/persons", {"email": "a@b.example", "name": "A"})) == (
        401,
        "sign_in_needed",
    )


def test_organisations_page_by_name(world: World) -> None:
    assert world.lakeside_id
    assert world.harbour_id
    names: list[str] = []
    cursor = None
    while True:
        page = world.anyone.get(
            "/organisations", params={"limit": 1, **({"cursor": cursor} if cursor else {})}
        ).json()
        names += [item["name"] for item in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert names == sorted(names)
    assert {"Harbour", "Lakeside"} <= set(names)


def test_a_partnership_is_led_by_a_member(world: World) -> None:
    body = {
        "name": unused(),
        "region": "asia_pacific",
        "themes": ["water"],
        "lead_id": world.lakeside_id,
        "member_ids": [world.harbour_id, world.lakeside_id],
    }
    answer = world.facility.post("/partnerships", body)
    assert answer.status_code == 201
    assert [member["name"] for member in answer.json()["members"]] == ["Lakeside", "Harbour"]
    listed = world.anyone.get("/partnerships?limit=100").json()["items"]
    assert [item for item in listed if item["name"] == body["name"]] == [answer.json()]
    outside = world.facility.post("/partnerships", {**body, "member_ids": [world.harbour_id]})
    assert (codes(outside), fields(outside)) == ((422, "invalid"), ["lead_id"])
    unknown = world.facility.post("/partnerships", {**body, "member_ids": [world.lakeside_id, "nobody"]})
    assert fields(unknown) == ["member_ids"]


def test_a_person_gets_an_account_and_a_mandate(world: World) -> None:
    email = f"{uuid4()}@lakeside.example"
    answer = world.facility.post("/persons", {"email": email, "name": "Ada Example"})
    assert (answer.status_code, list(answer.json())) == (201, ["id"])
    again = world.facility.post("/persons", {"email": email.upper(), "name": "Ada Example"})
    assert fields(again) == ["email"]
    body = {
        "person_id": answer.json()["id"],
        "role": "representative",
        "scopes": ["comment"],
        "level": "technical",
        "document": "Letter of 4 January",
        "expires_at": "2999-01-01T00:00:00Z",
    }
    path = f"/organisations/{world.lakeside_id}/mandates"
    granted = world.facility.post(path, body)
    assert granted.status_code == 201
    assert granted.json() == {
        "id": granted.json()["id"],
        "organisation_id": world.lakeside_id,
        "organisation": "Lakeside",
        "role": "representative",
        "scopes": ["comment"],
        "level": "technical",
        "nature": "own",
        "expires_at": "2999-01-01T00:00:00Z",
    }
    assert granted.json() in world.anyone.get(path).json()["items"]
    beyond = world.facility.post(path, {**body, "scopes": ["approve"]})
    assert (codes(beyond), fields(beyond)) == ((422, "invalid"), ["scopes"])
    past = world.facility.post(path, {**body, "expires_at": "2001-01-01T00:00:00Z"})
    assert fields(past) == ["expires_at"]
    assert codes(world.facility.post(path, {**body, "person_id": "nobody"})) == (404, "unknown")


def test_an_address_is_one_plain_address(world: World) -> None:
    for email in (
        "a@x.eu,b@evil.tld",
        "a@x.eu\nBcc",
        '"a@x.eu"@evil.tld',
        "a@[127.0.0.1]",
        "\uff41dmin@city.eu",
    ):
        answer = world.facility.post("/persons", {"email": email, "name": "Ada"})
        assert (codes(answer), fields(answer)) == ((422, "invalid"), ["email"]), email


def test_me_is_who_asks_with_the_mandates(world: World) -> None:
    assert codes(world.anyone.get("/me")) == (401, "sign_in_needed")
    me = world.lakeside.get("/me").json()
    assert (me["id"], me["name"]) == (world.lakeside.person_id, "Lakeside")
    assert [(m["organisation_id"], m["organisation"], m["scopes"]) for m in me["mandates"]] == [
        (world.lakeside_id, "Lakeside", ["amend", "comment", "position"])
    ]
