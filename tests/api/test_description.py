"""The API's description: whole, deterministic, and true to the handlers."""

import json
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar import Litestar

from service.api import description
from service.api.examples import ANSWERS, EXAMPLES
from service.api.schemas import YEARS
from service.domain.phases import Phase
from tests.api.world import World

STORED = Path(__file__).parents[2] / "openapi" / "openapi.json"


@pytest.fixture(scope="module")
def app(world: World) -> Litestar:
    app: Litestar = world.client.app
    return app


@pytest.fixture(scope="module")
def described(app: Litestar) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(description.openapi_bytes(app))
    return found


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, op) for path, item in described["paths"].items() for method, op in item.items()]


def test_the_stored_description_is_what_is_served(world: World, app: Litestar) -> None:
    served = world.anyone.get("/openapi.json")
    assert served.headers["content-type"] == "application/json"
    assert served.content == description.openapi_bytes(app) == STORED.read_bytes()


def test_the_description_is_the_same_every_time(app: Litestar) -> None:
    assert description.document(app) == description.document(app)


def test_every_operation_says_what_it_does(described: dict[str, Any]) -> None:
    found = operations(described)
    names = [op["operationId"] for _, _, op in found]
    assert len(set(names)) == len(names)
    known = [tag["name"] for tag in described["tags"]]
    for path, method, op in found:
        assert op["summary"], (path, method)
        assert op["description"].endswith("."), (path, method)
        assert [tag for tag in op["tags"] if tag in known] == op["tags"] != []


def test_every_body_has_an_example_that_is_accepted(described: dict[str, Any]) -> None:
    bodies = [op["requestBody"]["content"] for _, _, op in operations(described) if "requestBody" in op]
    examples = [content["application/json"]["example"] for content in bodies if "application/json" in content]
    assert len(examples) == len(EXAMPLES)
    for kind, example in EXAMPLES.items():
        assert msgspec.convert(example, kind, strict=True)


def test_an_answer_that_takes_explaining_has_an_example_of_its_shape(described: dict[str, Any]) -> None:
    answers = [
        content["example"]
        for _, _, op in operations(described)
        for answer in op["responses"].values()
        for media_type, content in answer.get("content", {}).items()
        if media_type == "application/json" and "example" in content
    ]
    assert answers == list(ANSWERS.values())
    for kind, example in ANSWERS.items():
        assert json.loads(msgspec.json.encode(msgspec.convert(example, kind, strict=True))) == example


def test_what_the_rules_of_a_request_say_stands_in_its_description(described: dict[str, Any]) -> None:
    shapes = described["components"]["schemas"]
    key = described["components"]["parameters"]["IdempotencyKey"]["schema"]
    assert key == {"type": "string", "pattern": r"^[\x21-\x7e]{1,200}$"}
    assert shapes["NewAmendment"]["oneOf"] == [{"required": ["blocks"]}, {"required": ["markdown"]}]
    assert shapes["NewAgenda"]["properties"]["timetable"]["propertyNames"] == {"enum": sorted(Phase)}
    day, moment = (
        re.compile(shapes[shape]["properties"][name]["pattern"])
        for shape, name in (("NewAgenda", "starts_on"), ("AgendaChanges", "phase_closes_at"))
    )
    assert [year for year in range(1_800, 3_100) if day.search(f"{year}-01-31")] == list(YEARS)
    assert [year for year in range(1_800, 3_100) if moment.search(f"{year}-01-31T09:00:00Z")] == list(YEARS)


def test_every_reference_leads_somewhere(described: dict[str, Any]) -> None:
    for reference in set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(described))):
        part = described
        for name in reference.split("/"):
            part = part[name]
        assert part


def test_every_shape_has_a_plain_name_and_says_what_it_is(described: dict[str, Any]) -> None:
    shapes = described["components"]["schemas"]
    assert [name for name in shapes if not re.fullmatch(r"[A-Z][A-Za-z]+", name)] == []
    assert [name for name, shape in shapes.items() if not shape.get("description")] == []


def test_every_change_documents_its_refusals(described: dict[str, Any]) -> None:
    for path, method, op in operations(described):
        statuses = set(op["responses"])
        assert {"401", "500", "503"} <= statuses, path
        if "{" in path:
            assert "404" in statuses, path
        if method in {"patch", "delete"}:
            assert {"412", "428"} <= statuses, path
        if method == "get":
            assert "304" in statuses, path


def test_every_documented_code_is_explained_on_the_page(world: World, described: dict[str, Any]) -> None:
    page = world.anyone.get("/developers").text
    assert [code for code in described["components"]["examples"] if f'id="{code}"' not in page] == []
    assert [
        op["operationId"] for _, _, op in operations(described) if f'id="{op["operationId"]}"' not in page
    ] == []


def test_the_page_needs_nothing_from_elsewhere(world: World) -> None:
    answer = world.anyone.get("/developers")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert re.findall(r"""<script|\sstyle=|\son[a-z]+=|(?:src|href)="(?:https?:)?//""", answer.text) == []
    fragments = set(re.findall(r'href="#([^"]+)"', answer.text))
    assert sorted(f for f in fragments if f'id="{f}"' not in answer.text) == []
