"""The API of webhooks: registering, secrets that are shown once, and messages with what came of them."""

from tests.api.world import Round, World, codes, fields

URL = "https://receiver.example/hook"


def registered(world: World, here: Round, *events: str) -> dict[str, str]:
    """Register a webhook; returns it, with its secret beside."""
    answer = world.facility.post(f"{here.agenda}/webhooks", {"url": URL, "events": events or ["amendment.*"]})
    assert answer.status_code == 201, answer.text
    return {**answer.json()["webhook"], "secret": answer.json()["secret"]}


def test_a_registered_webhook_shows_its_secret_once(world: World) -> None:
    here = world.round()
    webhook = registered(world, here)
    secret = webhook.pop("secret")
    assert (secret[:6], len(secret), webhook["state"]) == ("whsec_", 50, "active")
    assert world.facility.get(f"/webhooks/{webhook['id']}").json() == webhook
    listed = world.facility.get(f"{here.agenda}/webhooks")
    assert (listed.json(), secret in listed.text) == ({"items": [webhook], "next": None}, False)


def test_a_webhook_needs_an_address_and_known_events(world: World) -> None:
    path = f"{world.round().agenda}/webhooks"
    wrong = [{"url": "http://receiver.example", "events": ["*"]}, {"url": URL, "events": ["nothing.*"]}]
    assert [fields(world.facility.post(path, body)) for body in wrong] == [["url"], ["events"]]


def test_a_new_secret_is_another_and_the_old_one_holds_on(world: World) -> None:
    webhook = registered(world, world.round())
    answer = world.facility.post(f"/webhooks/{webhook['id']}/secret").json()
    assert answer["secret"] != webhook["secret"]
    assert answer["webhook"]["previous_until"] is not None


def test_a_webhook_is_switched_off_and_on(world: World) -> None:
    path = f"/webhooks/{registered(world, world.round())['id']}"
    states = [world.facility.post(f"{path}/{act}").json()["state"] for act in ("disable", "enable")]
    assert states == ["disabled", "active"]
    assert codes(world.facility.post(f"{path}/enable")) == (409, "illegal_move")
    outdated = {"If-Match": '"another"'}
    assert codes(world.facility.post(f"{path}/disable", headers=outdated)) == (412, "stale_state")


def test_a_test_is_a_message_that_can_be_sent_again(world: World) -> None:
    path = f"/webhooks/{registered(world, world.round())['id']}"
    sent = world.facility.post(f"{path}/test")
    assert (sent.status_code, sent.json()["name"], sent.json()["state"]) == (201, "webhook.test", "waiting")
    again = world.facility.post(f"/webhook-messages/{sent.json()['id']}/retry")
    assert again.json() | {"next_at": ""} == sent.json() | {"next_at": ""}
    assert world.facility.get(f"{path}/messages").json() == {"items": [again.json()], "next": None}


def test_webhooks_are_the_facilitys(world: World) -> None:
    here = world.round()
    webhook = registered(world, here)
    ways = [
        ("GET", f"{here.agenda}/webhooks"),
        ("GET", f"/webhooks/{webhook['id']}"),
        ("GET", "/webhooks/none"),
        ("GET", f"/webhooks/{webhook['id']}/messages"),
        ("POST", f"/webhooks/{webhook['id']}/test"),
        ("POST", f"/webhooks/{webhook['id']}/secret"),
        ("POST", "/webhook-messages/none/retry"),
    ]
    assert {codes(world.lakeside.send(*way)) for way in ways} == {(403, "denied")}
    assert {codes(world.anyone.send(*way)) for way in ways} == {(401, "sign_in_needed")}
    assert codes(world.facility.get("/webhooks/none")) == (404, "unknown")
