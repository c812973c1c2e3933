"""Problems: what every refusal looks like."""

import logging

import pytest
from litestar import Litestar, get
from litestar.testing import TestClient

from service.api import problems
from service.api.described_refusals import every_refusal
from service.domain.errors import Kind, StaleBase, TryAgain
from tests.api.world import World, codes


class _Anything(dict[str, str]):
    """Stands for whatever an address has in it."""

    def __missing__(self, name: str) -> str:
        return "7"


def test_an_address_without_anything_is_a_problem(world: World) -> None:
    for path in (
        "/api/v1/nothing",
        "/api/v2/agendas",
        "/api/v1/agendas/x/nothing",
        "/api/%ff%fe",
        "/api/v1/%00",
    ):
        assert codes(world.anyone.get(path)) == (404, "not_found"), path


def test_another_method_is_told_which_there_are(world: World) -> None:
    answer = world.anyone.send("PUT", "/agendas")
    assert codes(answer) == (405, "method_not_allowed")
    assert sorted(answer.headers["allow"].split(", ")) == ["GET", "OPTIONS", "POST"]


def test_options_lists_every_method_of_an_address(world: World) -> None:
    routes = {route.path_format: sorted(route.methods) for route in world.client.app.routes}
    asked = {path: world.client.options(path.format_map(_Anything())) for path in routes}
    listed = {path: answer.headers.get("allow", "").split(", ") for path, answer in asked.items()}
    assert listed == routes
    assert listed["/api/v1/lessons/{lesson_id}/shortlist"] == ["DELETE", "OPTIONS", "PATCH", "POST"]


def test_many_parameters_do_no_harm(world: World) -> None:
    answer = world.anyone.get("/agendas?" + "&".join(["limit=1"] * 5_000))
    assert (answer.status_code, list(answer.json())) == (200, ["items", "next"])
    assert codes(world.anyone.get("/agendas?limit=%ff%fe")) == (400, "invalid_request")


def test_a_refused_sign_in_says_how(world: World) -> None:
    for header in ("Bearer nonsense", "Bearer", "Basic YTpi", "Bearer \u00e9"):
        answer = world.anyone.get("/agendas", headers={"Authorization": header.encode("latin-1")})
        assert codes(answer) == (401, "sign_in_needed"), header
        assert answer.headers["www-authenticate"] == 'Bearer realm="sympolity"'


def test_every_kind_has_a_status() -> None:
    assert set(problems.STATUS) == set(Kind)


def test_every_code_has_one_meaning() -> None:
    shown = {code: problems.status_of(refusal) for code, refusal in every_refusal().items()}
    assert all(400 <= status < 504 for status in shown.values())
    assert (shown["malformed_json"], shown["invalid"], shown["condition_missing"]) == (400, 422, 428)


@get("/failing", sync_to_thread=False)
def failing() -> None:
    raise RuntimeError("the secret is 12345")


@get("/busy", sync_to_thread=False)
def busy() -> None:
    raise TryAgain


@get("/stale", sync_to_thread=False)
def stale() -> None:
    raise StaleBase(current=3, base=2)


@pytest.fixture
def small() -> Litestar:
    return Litestar(
        [failing, busy, stale], exception_handlers=problems.HANDLERS, openapi_config=None, logging_config=None
    )


def test_what_nobody_expected_is_logged_and_told_without_its_trace(
    small: Litestar, caplog: pytest.LogCaptureFixture
) -> None:
    with TestClient(small, raise_server_exceptions=False) as client, caplog.at_level(logging.ERROR):
        answer = client.get("/failing")
    assert codes(answer) == (500, "internal_error")
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert "the secret is 12345" in caplog.text


def test_a_busy_service_says_when_to_come_back(small: Litestar) -> None:
    with TestClient(small) as client:
        answer = client.get("/busy")
    assert (codes(answer), answer.headers["retry-after"]) == ((503, "try_again"), "2")


def test_a_refusal_keeps_its_sentence(small: Litestar) -> None:
    with TestClient(small) as client:
        assert client.get("/stale").json() == {
            "type": "/developers#stale_base",
            "title": "Stale base",
            "status": 409,
            "detail": "The recommendation is at version 3, and your text starts from version 2. "
            "Carry your changes over to version 3; nothing of yours is lost.",
            "code": "stale_base",
            "errors": [],
        }


def test_a_refusal_is_told_in_the_language_that_is_asked_for(world: World) -> None:
    told = {
        tag: world.anyone.get("/agendas/nothing", headers={"Accept-Language": tag})
        for tag in ("fr-BE,en;q=0.5", "ar", "tlh")
    }
    assert [(answer.headers["content-language"], answer.headers["vary"]) for answer in told.values()] == [
        ("fr", "Accept-Language"),
        ("ar", "Accept-Language"),
        ("en", "Accept-Language"),
    ]
    assert [codes(answer) for answer in told.values()] == [(404, "unknown")] * 3
    assert len({answer.json()["detail"] for answer in told.values()}) == 3
    assert told["tlh"].json()["detail"] == world.anyone.get("/agendas/nothing").json()["detail"]


def test_a_field_is_told_in_the_language_that_is_asked_for(world: World) -> None:
    path = f"{world.round().recommendation}/comments"
    told = {
        tag: world.lakeside.post(path, {"text": ""}, headers={"Accept-Language": tag}) for tag in ("en", "es")
    }
    said = {
        tag: [(e["field"], e["message"]) for e in answer.json()["errors"]] for tag, answer in told.items()
    }
    assert said == {
        "en": [("text", "Write your comment before you send it.")],
        "es": [("text", "Escriba su comentario antes de enviarlo.")],
    }


def test_what_is_wrong_with_the_form_of_a_request_is_told_to_its_programmer(world: World) -> None:
    answer = world.anyone.get("/agendas?limit=many", headers={"Accept-Language": "fr"})
    assert (codes(answer), answer.headers["content-language"]) == ((400, "invalid_request"), "en")
