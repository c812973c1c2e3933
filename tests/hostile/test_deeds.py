"""Things that somebody hostile does, one after the other: refused, and nobody else notices."""

import random
import re
import socket
import time
from urllib.parse import urlsplit

import pytest

from tests.acceptance.people import API, Person, person
from tests.hostile.measuring import AT_ONCE, quickly
from tests.hostile.pages import refused
from tests.serving import Server

SLOW = 200
INSIDE = (
    "http://169.254.169.254/latest/",
    "http://[::ffff:127.0.0.1]/x",
    "http://localhost:5432/",
    "file:///etc/passwd",
    "gopher://127.0.0.1/",
)
"""Where nobody is called, whatever the name leads to; what names lead to is looked up when they are called."""

pytestmark = pytest.mark.slow


def test_what_is_others_to_do_is_refused(city: Person, recommendation: str) -> None:
    amendment = city.all(f"/recommendations/{recommendation}/amendments?state=tabled")[-1]["id"]
    own = city.read("/me")["mandates"][0]["organisation_id"]
    other = next(one["id"] for one in city.all("/organisations") if one["id"] != own)
    assert city.is_refused(f"/amendments/{amendment}/decision", decision="accepted", reason="Mine.")[0] == 403
    version = city.read(f"/recommendations/{recommendation}")["current_version"]
    taken = {
        "version": version["id"],
        "digest": version["digest"],
        "stance": "endorsed",
        "on_behalf_of": other,
    }
    assert city.is_refused(f"/recommendations/{recommendation}/positions", **taken)[0] == 403
    assert city.is_refused("/me/sessions/1/revocation")[0] in {401, 403, 404}
    assert city.client.patch(f"{API}/me", json={"email": "mayor@city.example"}).status_code == 405


def test_webhook_into_a_house_is_refused(target: Server, agenda: str) -> None:
    with person(target, "facility") as facility:
        for address in INSIDE:
            with quickly(target, address):
                answer = facility.client.post(
                    f"{API}/agendas/{agenda}/webhooks", json={"url": address, "events": ["*"]}
                )
            assert refused(answer) == ["url"], address


def test_words_that_share_nothing_are_compared_alike_each_time(
    city: Person, target: Server, recommendation: str
) -> None:
    chance = random.Random(11)  # noqa: S311 - a sample, not a secret
    version = city.read(f"/recommendations/{recommendation}")["current_version"]
    blocks = [dict(block) for block in city.read(f"/versions/{version['id']}")["blocks"]]
    letters = "".join(chance.choice("abcdefghij ") for _ in range(4_000))
    blocks[-1] |= {"text": letters, "marks": []}
    body = {"base_version": version["id"], "blocks": blocks, "justification": "Why not?"}
    with quickly(target, "amendment"):
        made = city.does(f"/recommendations/{recommendation}/amendments", **body)
    with quickly(target, "difference"):
        first = city.client.get(f"{API}/amendments/{made['id']}/diff")
    assert first.is_success
    assert city.client.get(f"{API}/amendments/{made['id']}/diff").text == first.text


def test_secret_of_a_link_stands_in_no_log(target: Server) -> None:
    secret = "a" * 43
    with target.client() as visitor:
        answer = visitor.get(f"/sign-in/link?token={secret}")
        assert answer.headers["referrer-policy"] == "no-referrer"
    log = target.place.data.parent / "log"
    assert re.search(secret, log.read_text(encoding="utf-8")) is None


def test_bodies_that_come_slowly_keep_nobody_waiting(modest: Server) -> None:
    place = urlsplit(modest.address)
    head = f"POST {API}/verifications HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/pdf\r\n"
    sent = f"{head}Content-Length: 1000\r\n\r\n%".encode()
    slow = [socket.create_connection((place.hostname, place.port)) for _ in range(SLOW)]
    try:
        for connection in slow:
            connection.sendall(sent)
        with modest.client() as visitor, quickly(modest, "others"):
            for path in ("/healthz", "/", f"{API}/agendas"):
                begun = time.monotonic()
                assert visitor.get(path).is_success
                assert time.monotonic() - begun < 5 * AT_ONCE
    finally:
        for connection in slow:
            connection.close()
