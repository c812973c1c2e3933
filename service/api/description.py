"""The API's description: OpenAPI 3.1, made from the handlers themselves, the same bytes every time."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

import msgspec
from litestar import Litestar, MediaType, Request, Response, get
from litestar.enums import ParamType
from litestar.handlers import HTTPRouteHandler
from litestar.params import ParameterKwarg
from litestar.routes import HTTPRoute
from litestar.types import Empty
from litestar.typing import FieldDefinition

from service.api import problems
from service.api.attempts import BASE, HEADER, KEY, REPLAYED, Attempt
from service.api.conditions import Condition, NotModified, tag
from service.api.described_refusals import problem_examples, refusals_of
from service.api.examples import ANSWERS, EXAMPLES
from service.api.lists import Listing
from service.api.wording import ABOUT, RESULTS, TAGS

Json = dict[str, Any]
METHODS = ("get", "post", "patch", "delete")
SCHEMA = "#/components/schemas/{name}"
HEADERS: Json = {
    "ETag": {
        "description": "The tag of what is shown, for If-None-Match and If-Match.",
        "schema": {"type": "string"},
    },
    "Location": {
        "description": "The address of what was created, where it has one.",
        "schema": {"type": "string"},
    },
    REPLAYED: {
        "description": "`true` where an earlier request with this key created it.",
        "schema": {"type": "string"},
    },
}


def _header(name: str, description: str, *, required: bool = False, **limits: str) -> Json:
    schema = {"type": "string", **limits}
    return {"name": name, "in": "header", "required": required, "description": description, "schema": schema}


_ONLY_IF = "The ETag of what you read; if it changed since, the answer is 412."
PARAMETERS: Json = {
    "IfNoneMatch": _header(
        "If-None-Match", "The ETag of what you have; if it still holds, the answer is 304."
    ),
    "IfMatch": _header("If-Match", _ONLY_IF),
    "IfMatchRequired": _header("If-Match", _ONLY_IF, required=True),
    "IdempotencyKey": _header(
        HEADER,
        "A name of your own for this request, such as a UUID. Sent again, nothing happens twice.",
        pattern=f"^{KEY.pattern}$",
    ),
}


@lru_cache(maxsize=1)
def openapi_bytes(app: Litestar) -> bytes:
    """Return the description of the app's API as JSON, as it stands in `openapi/openapi.json`."""
    return (json.dumps(document(app), indent=1, ensure_ascii=False) + "\n").encode()


def document(app: Litestar) -> Json:
    """Return the description of the app's API."""
    operations = sorted(_operations(app), key=lambda found: (found[0], METHODS.index(found[1])))
    kinds = [problems.Problem, *(kind for _, _, handler in operations for kind in _kinds(handler))]
    schemas, components = msgspec.json.schema_components(kinds, ref_template=SCHEMA)
    shapes = dict(zip(map(repr, kinds), schemas, strict=True))
    for kind in kinds:
        for field in getattr(kind, "exactly_one", ()):
            components[kind.__name__].setdefault("oneOf", []).append({"required": [field]})
    paths: dict[str, Json] = {}
    for path, method, handler in operations:
        paths.setdefault(path, {})[method] = _operation(path, method, handler, shapes)
    described = {
        "openapi": "3.1.0",
        "info": {
            "title": "Sympolity",
            "version": "1",
            "description": ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "This service."}],
        "tags": [{"name": name, "description": words} for name, words in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(components.items())),
            "parameters": PARAMETERS,
            "headers": HEADERS,
            "examples": problem_examples(),
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API token, as the operator issues it.",
                },
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "sympolity",
                    "description": "The session of a page; over https the cookie is called `__Host-sympolity`.",
                },
            },
        },
    }
    named: Json = json.loads(_readable_names(json.dumps(described), components))
    return named


def _operations(app: Litestar) -> Iterator[tuple[str, str, HTTPRouteHandler]]:
    """Yield path, method and handler of every operation below the API's root."""
    for route in app.routes:
        if isinstance(route, HTTPRoute) and route.path.startswith(BASE):
            for handler in route.route_handlers:
                for method in sorted(handler.http_methods):
                    if method.lower() in METHODS:
                        yield route.path_format, method.lower(), handler


def _kinds(handler: HTTPRouteHandler) -> Iterator[Any]:
    """Yield every type that an operation reads or shows."""
    if handler.parsed_data_field is not None:
        yield _without_none(handler.parsed_data_field.annotation)
    for kind, _ in _shown(handler):
        yield kind
    for field, _ in _parameters(handler):
        yield _without_none(field.annotation)


def _operation(path: str, method: str, handler: HTTPRouteHandler, shapes: Mapping[str, Json]) -> Json:
    summary, description = _words(handler)
    safe = method == "get" or "uploads" in handler.opt
    anyone: list[Json] = [{}] if safe else []
    operation: Json = {
        "operationId": handler.handler_name,
        "tags": list(handler.tags or ()),
        "summary": summary,
        "description": description,
        "security": [*anyone, {"token": []}, {"session": []}],
        "parameters": list(_described_parameters(method, handler, shapes)),
        "responses": {**_successes(method, handler, shapes), **_refused(path, method, handler)},
    }
    body = _body(handler, shapes)
    return operation if body is None else {**operation, "requestBody": body}


def _words(handler: HTTPRouteHandler) -> tuple[str, str]:
    """Return what the handler's docstring says: the first sentence, and all of it."""
    function: Callable[..., object] = getattr(handler.fn, "func", handler.fn)
    words = " ".join((function.__doc__ or "").split())
    first, dot, _ = words.partition(". ")
    return (first if dot else words).rstrip("."), words


def _parameters(handler: HTTPRouteHandler) -> Iterator[tuple[FieldDefinition, ParameterKwarg]]:
    """Yield the parameters that stand in the address, and how they are declared."""
    for field in handler.parsed_fn_signature.parameters.values():
        declared = field.kwarg_definition
        if isinstance(declared, ParameterKwarg) and declared.description:
            yield field, declared


def _described_parameters(
    method: str, handler: HTTPRouteHandler, shapes: Mapping[str, Json]
) -> Iterator[Json]:
    for field, declared in _parameters(handler):
        yield _described_parameter(field, declared, shapes)
    if method == "get":
        yield _reference("parameters", "IfNoneMatch")
    if _takes(handler, Condition):
        needed = _needs_condition(method, handler)
        yield _reference("parameters", "IfMatchRequired" if needed else "IfMatch")
    if _takes(handler, Attempt):
        yield _reference("parameters", "IdempotencyKey")


def _reference(part: str, name: str) -> Json:
    return {"$ref": f"#/components/{part}/{name}"}


def _described_parameter(field: FieldDefinition, kind: ParameterKwarg, shapes: Mapping[str, Json]) -> Json:
    limits = {
        "minimum": kind.ge, "maximum": kind.le, "maxLength": kind.max_length, "pattern": kind.pattern,
        "default": None if field.default is Empty else field.default,
    }  # fmt: skip
    shape = {
        **shapes[repr(_without_none(field.annotation))],
        **{k: v for k, v in limits.items() if v is not None},
    }
    place = kind.param_type.value
    return {
        "name": kind.name or field.name,
        "in": place,
        "required": place == "path" or field.default is Empty,
        "description": kind.description,
        "schema": shape,
    }


def _takes(handler: HTTPRouteHandler, kind: type) -> bool:
    return any(field.annotation is kind for field in handler.parsed_fn_signature.parameters.values())


def _needs_condition(method: str, handler: HTTPRouteHandler) -> bool:
    return _takes(handler, Condition) and method in {"patch", "delete"}


def _body(handler: HTTPRouteHandler, shapes: Mapping[str, Json]) -> Json | None:
    if "uploads" in handler.opt:
        raw, wrapped = handler.opt["uploads"]
        file = {"type": "string", "contentMediaType": raw}
        form = {"type": "object", "properties": {"file": file}, "required": ["file"]}
        return {"required": True, "content": {raw: {"schema": file}, wrapped: {"schema": form}}}
    field = handler.parsed_data_field
    if field is None:
        return None
    kind = _without_none(field.annotation)
    content = {"schema": shapes[repr(kind)], "example": EXAMPLES[kind]}
    return {"required": not field.is_optional, "content": {"application/json": content}}


def _shown(handler: HTTPRouteHandler) -> Iterator[tuple[Any, int]]:
    """Yield what an operation can answer with, and the status of each."""
    returned = handler.parsed_return_field.annotation
    options = get_args(returned) if get_origin(returned) in (Union, UnionType) else (returned,)
    for index, option in enumerate(options):
        kind = get_args(option)[0] if get_origin(option) is Response else option
        # A handler that can also just show something shows it with 200.
        yield kind, handler.status_code if index == 0 else 200


def _successes(method: str, handler: HTTPRouteHandler, shapes: Mapping[str, Json]) -> Json:
    answers: Json = {}
    for kind, status in _shown(handler):
        answer: Json = {"description": RESULTS[status]}
        if kind is not type(None):
            text = MediaType.TEXT.value if kind is str else "application/json"
            media_type = handler.opt.get("answers", text)
            content = {"schema": _answer_shape(media_type, kind, shapes), **_example(kind)}
            if "example" in handler.opt:
                content["example"] = handler.opt["example"]
            answer |= {
                "headers": _answer_headers(handler, status),
                "content": {**answers.get(str(status), {}).get("content", {}), media_type: content},
            }
        answers[str(status)] = answer
    if method == "get":
        answers["304"] = {"description": RESULTS[304], "headers": {"ETag": _reference("headers", "ETag")}}
    return answers


def _answer_shape(media_type: str, kind: Any, shapes: Mapping[str, Json]) -> Json:  # noqa: ANN401 - any type expression
    if media_type == "application/json":
        return {"type": "object"} if kind is bytes else shapes[repr(kind)]
    return {"type": "string", "contentMediaType": media_type}


def _example(kind: Any) -> Json:  # noqa: ANN401 - any type expression
    return {"example": ANSWERS[kind]} if isinstance(kind, type) and kind in ANSWERS else {}


def _answer_headers(handler: HTTPRouteHandler, status: int) -> Json:
    created = _takes(handler, Attempt) and status == 201  # noqa: PLR2004 - 201 Created
    return {name: _reference("headers", name) for name in (HEADERS if created else ("ETag",))}


def _refused(path: str, method: str, handler: HTTPRouteHandler) -> Json:
    """Return the refusals of an operation by status, each with its codes."""
    by_status: dict[int, list[str]] = {}
    listed = refusals_of(
        handler.opt,
        addressed="{" in path,
        listed=any(field.name == "cursor" for field, _ in _parameters(handler)),
        asked=any(declared.param_type is ParamType.QUERY for _, declared in _parameters(handler)),
        changes=method != "get" and "uploads" not in handler.opt,
        sends=handler.parsed_data_field is not None,
        keyed=_takes(handler, Attempt),
        conditional=_takes(handler, Condition),
        condition_needed=_needs_condition(method, handler),
    )
    for refusal in listed:
        by_status.setdefault(problems.status_of(refusal), []).append(refusal.code)
    return {str(status): _problem_response(codes) for status, codes in sorted(by_status.items())}


def _problem_response(codes: Iterable[str]) -> Json:
    named = sorted(codes)
    return {
        "description": "Refused with the code " + " or ".join(f"`{code}`" for code in named) + ".",
        "content": {
            problems.MEDIA_TYPE: {
                "schema": _reference("schemas", "Problem"),
                "examples": {code: _reference("examples", code) for code in named},
            }
        },
    }


def _without_none(annotation: Any) -> Any:  # noqa: ANN401 - any type expression
    if get_origin(annotation) in (Union, UnionType):
        kept = [option for option in get_args(annotation) if option is not type(None)]
        return kept[0]
    return annotation


def _readable_names(text: str, components: Iterable[str]) -> str:
    """Return the document with its lists named as people would name them."""
    prefix = f"{Listing.__name__}_"
    for name in components:
        if name.startswith(prefix):
            text = text.replace(f'"{name}"', f'"{_list_name(name)}"')
            text = text.replace(f'/{name}"', f'/{_list_name(name)}"')
    return text.replace(f'"title": "{Listing.__name__}[', '"title": "List[')


def _list_name(name: str) -> str:
    return name.removeprefix(f"{Listing.__name__}_").rstrip("_") + "List"


@get(
    "/openapi.json",
    media_type=MediaType.JSON,
    after_request=tag,
    middleware=[NotModified()],
    sync_to_thread=True,
)
def read_description(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Read the description of this API (OpenAPI 3.1)."""
    return Response(openapi_bytes(request.app), media_type=MediaType.JSON)


ROUTES = [read_description]
