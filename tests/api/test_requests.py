"""How bodies are read: strict JSON, or a problem that says where it is not."""

import pytest

from tests.api.world import World, codes, fields

JSON = {"content-type": "application/json"}
LONGEST = 1024 * 1024


@pytest.mark.parametrize(
    "body",
    [
        b'{"text":"\xff\xfe"}',
        b'{"text":"\xc0\xaf"}',
        b'{"text":"\xed\xa0\x80"}',
        b'{"text":"\\udc00\\ud800"}',
        b'{"text":"a","note\\ud800":1}',
        b'{"text":NaN}',
        b'{"text":Infinity}',
        b'{"text":-Infinity}',
        b'{"text":"a"',
        b"\xef\xbb\xbf{}",
        b"{'text':'a'}",
        b'{"text":"a\x08"}',
        b'{"n":' + b"1" * 5_000 + b"}",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b"",
    ],
    ids=lambda body: f"{len(body)} {body[:24]!r}",
)
def test_what_is_not_json_is_refused(world: World, body: bytes) -> None:
    here = world.round()
    answer = world.lakeside.post(f"{here.recommendation}/comments", content=body, headers=JSON)
    assert codes(answer) == (400, "malformed_json")
    assert answer.elapsed.total_seconds() < 1
    assert world.anyone.get(f"{here.recommendation}/comments").json()["items"] == []


@pytest.mark.parametrize("body", [b"null", b"[]", b'"text"', b"1", b"1e400"])
def test_json_of_another_shape_is_refused(world: World, body: bytes) -> None:
    here = world.round()
    answer = world.lakeside.post(f"{here.recommendation}/comments", content=body, headers=JSON)
    assert codes(answer) == (400, "invalid_request")


def test_a_field_that_is_sent_twice_is_named(world: World) -> None:
    here = world.round()
    body = b'{"text":"a","text":"b"}'
    answer = world.lakeside.post(f"{here.recommendation}/comments", content=body, headers=JSON)
    assert (codes(answer), fields(answer)) == ((400, "invalid_request"), ["text"])


def test_fields_that_do_not_exist_are_named_with_those_that_do(world: World) -> None:
    here = world.round()
    body = {"text": "a", "state": "resolved", "x" * 500: 1}
    answer = world.lakeside.post(f"{here.recommendation}/comments", body)
    assert (codes(answer), fields(answer)) == ((400, "invalid_request"), ["state", "x" * 80])
    assert "quotation" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/json; charset=utf-16",
        "application/json; charset=latin-1",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "multipart/form-data; boundary=x",
    ],
)
def test_a_body_comes_as_json_in_utf_8(world: World, content_type: str) -> None:
    here = world.round()
    answer = world.lakeside.post(
        f"{here.recommendation}/comments", content=b'{"text":"a"}', headers={"content-type": content_type}
    )
    assert codes(answer) == (415, "unsupported_media_type")


def test_the_charset_may_be_said(world: World) -> None:
    here = world.round()
    headers = {"content-type": 'Application/JSON; charset="UTF-8"'}
    answer = world.lakeside.post(f"{here.recommendation}/comments", content=b'{"text":"a"}', headers=headers)
    assert answer.status_code == 201


def test_a_body_has_at_most_1_mib(world: World) -> None:
    here = world.round()
    path = f"{here.recommendation}/comments"
    largest = b'{"text":"' + b"x" * (LONGEST - 11) + b'"}'
    assert len(largest) == LONGEST
    assert codes(world.lakeside.post(path, content=largest, headers=JSON)) == (422, "invalid")
    assert codes(world.lakeside.post(path, content=largest + b" ", headers=JSON)) == (413, "too_large")
    assert codes(world.lakeside.post(path, content=b"x" * 10_000_000, headers=JSON)) == (413, "too_large")


def test_characters_that_nobody_sees_are_taken_out_by_one_rule(world: World) -> None:
    here = world.round()
    path = f"{here.recommendation}/comments"
    text = "a\u0008\u001b[31mb\u0085c\u2028d\u202ee\ufeff"
    answer = world.lakeside.post(path, {"text": text})
    assert answer.json()["text"] == "a[31mb c de"


def test_markup_is_text(world: World) -> None:
    here = world.round()
    text = """<script>alert(1)</script>"'><svg/onload=alert(1)> ' OR 1=1-- %s {{7*7}} <!DOCTYPE a>"""
    answer = world.lakeside.post(f"{here.recommendation}/comments", {"text": text})
    assert answer.json()["text"] == text
    assert answer.headers["content-type"] == "application/json"


def test_offsets_count_code_points(world: World) -> None:
    here = world.round()
    title, ask = here.version()["blocks"]
    wording = {**here.amended(), "blocks": [title, {**ask, "text": "😀 " + ask["text"]}]}
    made = world.lakeside.post(f"{here.recommendation}/amendments", wording).json()
    edit = world.anyone.get(f"/amendments/{made['id']}/diff").json()["proposed"]["operations"][0]
    assert (edit["start"], edit["end"], edit["inserted"]) == (0, 0, "😀 ")


@pytest.mark.parametrize(
    ("number", "status"),
    [("0.0", 201), ("-0.0", 201), ("0e0", 201), ("0.5", 400), ("1e999", 400), ("1e300", 400)],
)
def test_a_number_is_whole_by_its_value(world: World, number: str, status: int) -> None:
    here = world.round()
    title = here.version()["blocks"][0]
    body = f'{{"text": "Why?", "block_id": "{title["id"]}", "start": {number}, "end": 2.0}}'
    answer = world.lakeside.post(f"{here.recommendation}/comments", content=body.encode(), headers=JSON)
    assert answer.status_code == status
    assert status == 201 or fields(answer) == ["start"]
