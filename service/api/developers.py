"""The page /developers: the API's reference, made from its own description; it needs neither script nor network."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Litestar, MediaType, Request, Response, get
from markupsafe import Markup, escape

from service.api.conditions import NotModified, tag
from service.api.described_refusals import every_refusal, problem_of
from service.api.description import METHODS, Json, document
from service.api.problems import status_of, title_of

FOLDER = Path(__file__).parent / "templates"
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_CODE = re.compile(r"`(.+?)`")


def page(app: Litestar) -> str:
    """Return the reference page of an app's API."""
    described = document(app)
    return (
        _environment(described)
        .get_template("developers.html")
        .render(
            about=described["info"]["description"].split("\n\n"),
            sections=list(_sections(described)),
            shapes=described["components"]["schemas"],
            codes=[
                {
                    "code": code,
                    "title": title_of(code),
                    "status": status_of(refusal),
                    "says": problem_of(refusal).detail,
                }
                for code, refusal in every_refusal().items()
            ],
        )
    )


@lru_cache(maxsize=1)
def page_bytes(app: Litestar) -> bytes:
    """Return the page as it is sent."""
    return page(app).encode()


def _environment(described: Json) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        words=words, kind=kind, json=lambda value: json.dumps(value, indent=2, ensure_ascii=False)
    )
    environment.globals["resolve"] = lambda part: resolve(described, part)
    return environment


def _sections(described: Json) -> Iterator[Json]:
    """Yield each tag with its operations, in the order of the tags."""
    for section in described["tags"]:
        operations = [
            {"path": path, "method": method.upper(), **item[method]}
            for path, item in described["paths"].items()
            for method in METHODS
            if method in item and section["name"] in item[method]["tags"]
        ]
        yield {**section, "operations": operations}


def resolve(described: Json, part: Json) -> Json:
    """Return what a reference stands for; anything else stands for itself."""
    while "$ref" in part:
        found = described
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def words(text: str) -> Markup:
    """Return plain words with their few marks: **strong** and `code`; all else is escaped."""
    safe = str(escape(" ".join(text.split())))
    return Markup(_CODE.sub(r"<code>\1</code>", _STRONG.sub(r"<strong>\1</strong>", safe)))  # noqa: S704 - escaped above


def kind(schema: Mapping[str, Any]) -> Markup:
    """Return in a few words what a schema lets through, with links to the shapes that it names."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Markup('<a href="#shape-{0}">{0}</a>').format(name)
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        return Markup(" or ").join(kind(option) for option in options)
    if "enum" in schema:
        return Markup(", ").join(Markup("<code>{}</code>").format(value) for value in schema["enum"])
    if schema.get("type") == "array":
        return Markup("list of {}").format(kind(schema.get("items", {})))
    if isinstance(schema.get("additionalProperties"), Mapping):
        return Markup("object of {}").format(kind(schema["additionalProperties"]))
    return escape(schema.get("format") or schema.get("contentMediaType") or schema.get("type") or "anything")


@get(
    "/developers",
    media_type=MediaType.HTML,
    after_request=tag,
    middleware=[NotModified()],
    include_in_schema=False,
    sync_to_thread=True,
)
def read_developers_page(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Show the reference of the API."""
    return Response(page_bytes(request.app), media_type=MediaType.HTML)


@get("/developers/reference.css", media_type=MediaType.CSS, include_in_schema=False, sync_to_thread=True)
def read_stylesheet() -> Response[bytes]:
    """Send what the reference page adds to the style of all pages."""
    return Response((FOLDER / "developers.css").read_bytes(), media_type=MediaType.CSS)


ROUTES = [read_developers_page, read_stylesheet]
