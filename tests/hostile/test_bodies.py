"""Bodies that are not what the API describes: refused, in words, and quickly."""

import json

import httpx
import pytest

from tests.acceptance.people import API, Person
from tests.hostile.pages import refused, untold
from tests.serving import Server

JSON = "application/json"
DEEP = 100_000
AT_ONCE = 5.0
"""Seconds within which a bad body is answered, on a machine that does much else."""

MALFORMED = {
    "invalid UTF-8": b'{"text": "\xff\xfe"}',
    "overlong UTF-8": b'{"text": "\xc0\xaf"}',
    "lone surrogate": rb'{"text": "a\ud800b"}',
    "reversed surrogates": rb'{"text": "\udc00\ud800"}',
    "surrogate in a name": rb'{"\ud800": "a"}',
    "not a number": b'{"text": NaN}',
    "infinity": b'{"text": -Infinity}',
    "number without end": b'{"start": ' + b"9" * 5_000 + b"}",
    "deep lists": b"[" * DEEP,
    "deep and closed": b'{"text": ' + b"[" * DEEP + b"]" * DEEP + b"}",
    "deep objects": b'{"text": ' + b'{"a":' * DEEP,
    "cut off": b'{"text": "abc',
    "byte order mark": b'\xef\xbb\xbf{"text": "abc"}',
    "UTF-16": '{"text": "abc"}'.encode("utf-16"),
    "raw control": b'{"text": "a\x00b"}',
    "two values": b'{"text": "a"} {"text": "b"}',
    "empty": b"",
}
MISSHAPEN: dict[str, tuple[str, str]] = {
    "unknown field": ('{"text": "a", "state": "resolved"}', "state"),
    "field twice": ('{"text": "a", "text": "b"}', "text"),
    "number for text": ('{"text": 1}', "text"),
    "list for text": ('{"text": ["a"]}', "text"),
    "text for a number": ('{"text": "a", "start": "0"}', "start"),
    "fraction for a number": ('{"text": "a", "start": 0.5}', "start"),
    "number beyond all": ('{"text": "a", "start": 1e400}', "start"),
    "true for a number": ('{"text": "a", "start": true}', "start"),
    "null for text": ('{"text": null}', "text"),
    "word that is not offered": ('{"text": "a", "kind": "hostile"}', "kind"),
    "id that is none": ('{"text": "a", "block_id": "../../etc"}', "block_id"),
    "missing field": ("{}", "text"),
}


def sent(city: Person, recommendation: str, body: bytes | str, **headers: str) -> httpx.Response:
    """Send a comment as these bytes."""
    content_type = {"Content-Type": JSON} | {name.replace("_", "-"): value for name, value in headers.items()}
    path = f"{API}/recommendations/{recommendation}/comments"
    answer = city.client.post(path, content=body, headers=content_type)
    assert answer.elapsed.total_seconds() < AT_ONCE
    return answer


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_body_is_refused_as_malformed(city: Person, recommendation: str, name: str) -> None:
    answer = sent(city, recommendation, MALFORMED[name])
    refused(answer)
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed_json")


@pytest.mark.parametrize("name", MISSHAPEN)
def test_misshapen_body_is_refused_by_the_name_of_its_field(
    city: Person, recommendation: str, name: str
) -> None:
    body, field = MISSHAPEN[name]
    answer = sent(city, recommendation, body)
    assert (answer.status_code, refused(answer)) == (400, [field])


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/json; charset=utf-16",
        "application/x-www-form-urlencoded",
        "application/xml",
        "-",
    ],
)
def test_body_of_another_kind_is_refused(city: Person, recommendation: str, content_type: str) -> None:
    answer = sent(city, recommendation, '{"text": "a"}', Content_Type=content_type)
    refused(answer)
    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_body_of_ten_megabytes_is_refused(city: Person, recommendation: str) -> None:
    answer = sent(city, recommendation, json.dumps({"text": "x" * 10_000_000}))
    refused(answer)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_body_that_is_no_object_is_refused(city: Person, recommendation: str) -> None:
    answers = [sent(city, recommendation, body) for body in ("[]", "null", "1", '"a"', "true")]
    assert [answer.status_code for answer in answers] == [400] * 5
    assert [refused(answer) for answer in answers] == [[""]] * 5


def test_wrong_blocks_are_named_by_their_place(city: Person, recommendation: str) -> None:
    path = f"/recommendations/{recommendation}"
    version = city.read(f"/versions/{city.read(path)['current_version']['id']}")
    for change, field in [
        ({"text": 1}, "blocks[1].text"),
        ({"kind": "script"}, "blocks[1].kind"),
        ({"level": 7}, "blocks[1].level"),
        ({"id": "a b"}, "blocks[1].id"),
        ({"style": "x"}, "blocks[1].style"),
        (
            {"marks": [{"kind": "link", "start": 0, "end": 1, "href": "javascript:alert(1)"}]},
            "blocks[1].marks",
        ),
        ({"marks": [{"kind": "strong", "start": 5, "end": 1_000_000}]}, "blocks[1].marks"),
        ({"text": "", "marks": []}, "blocks[1].text"),
    ]:
        blocks = [*version["blocks"]]
        blocks[1] = blocks[1] | change
        body = {"base_version": version["id"], "blocks": blocks, "justification": "Why not?"}
        assert refused(city.client.post(f"{API}{path}/amendments", json=body)) == [field]


def test_refusal_tells_nothing_of_what_it_was_sent(target: Server, recommendation: str) -> None:
    with target.client() as stranger:
        path = f"{API}/recommendations/{recommendation}/comments"
        answer = stranger.post(path, json={"text": "<script>alert(1)</script>"})
        assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_needed")
        answer = stranger.get(f"{API}/agendas", headers={"Authorization": "Bearer ' OR 1=1"})
        assert (answer.status_code, untold(answer)) == (401, [])
