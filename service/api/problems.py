"""Problems: every refusal as `application/problem+json` (RFC 9457), with a stable code and the fields named."""

import logging
import re
from collections.abc import Mapping
from typing import Any, Protocol

from litestar import Request, Response
from litestar.exceptions import (
    ClientException,
    HTTPException,
    MethodNotAllowedException,
    NotFoundException,
    ValidationException,
)
from litestar.params import ParameterKwarg
from litestar.status_codes import HTTP_413_REQUEST_ENTITY_TOO_LARGE, HTTP_415_UNSUPPORTED_MEDIA_TYPE
from litestar.types import ExceptionHandlersMap
from msgspec import UNSET, Struct, UnsetType

from service.api.refusals import (
    BadRequest,
    InternalError,
    InvalidRequest,
    MalformedJson,
    MethodNotAllowed,
    NoSuchPlace,
    RequestRefusal,
    TooLarge,
    WrongMediaType,
)
from service.api.shapes import in_words
from service.domain.errors import FieldError, Kind, Refusal, Unknown
from service.domain.permissions import Act

LOG = logging.getLogger(__name__)
HUNG_UP = "client disconnected prematurely"
"""What the framework calls an error of its own: whoever asks hangs up amid a body. It is theirs, and fills no log."""
# What handlers call the body; the framework reports it missing when it is empty.
BODY = "data"
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "2"
VOICE = "voice"
"""Where the application keeps what finds the voice for an Accept-Language header."""

STATUS: Mapping[Kind, int] = {
    Kind.INVALID: 422,
    Kind.DENIED: 403,
    Kind.SIGN_IN: 401,
    Kind.UNKNOWN: 404,
    Kind.CONFLICT: 409,
    Kind.STALE: 412,
    Kind.CONDITION_MISSING: 428,
    Kind.UNPROCESSABLE: 422,
    Kind.UNAVAILABLE: 503,
    Kind.GONE: 410,
    Kind.TOO_MANY: 429,
}
"""The HTTP status of each kind of refusal; what never reached a use case brings its own."""

# What the commands call otherwise than the JSON does.
FIELD_NAMES = {
    "organisation_id": "on_behalf_of",
    "version_id": "version",
    "base_version_id": "base_version",
    "target": "phase",
}
_INDEX = re.compile(r"\.(\d+)(?=\.|$)")


class Voice(Protocol):
    """Says refusals in one language; `tag` is its BCP 47 tag."""

    @property
    def tag(self) -> str:
        """Which language it is."""
        ...

    def refusal(self, refused: Refusal) -> str:
        """Return what a refusal says."""
        ...

    def fault(self, error: FieldError) -> str:
        """Return what is wrong with one field."""
        ...


class Plain:
    """The voice of the sentences as they are written; also of what is said of a request's form, to its programmer."""

    tag = "en"

    def refusal(self, refused: Refusal) -> str:
        """Return what a refusal says, in English."""
        return refused.message

    def fault(self, error: FieldError) -> str:
        """Return what is wrong with one field, in English."""
        return error.message


PLAIN = Plain()


class FieldProblem(Struct, frozen=True):
    """One field of the request, and what to do about it."""

    field: str
    message: str


class ToConfirm(Struct, frozen=True):
    """What is to be confirmed first: send it to `/me/confirmations` as it is, by what your person confirms."""

    action: str
    object_id: str
    version: str
    content: str


class Problem(Struct, frozen=True):
    """Why a request was refused (RFC 9457). `code` is stable; `type` leads to what the documentation says of it.

    `confirm` comes with `confirmation_needed`.
    """

    type: str
    title: str
    status: int
    detail: str
    code: str
    errors: tuple[FieldProblem, ...] = ()
    confirm: ToConfirm | UnsetType = UNSET


def status_of(refusal: Refusal | type[Refusal]) -> int:
    """Return the HTTP status of a refusal."""
    kind = refusal if isinstance(refusal, type) else type(refusal)
    return kind.status if issubclass(kind, RequestRefusal) else STATUS[refusal.kind]


def title_of(code: str) -> str:
    """Return the title that all problems of one code share."""
    return code.replace("_", " ").capitalize()


def type_of(code: str) -> str:
    """Return the address of what the documentation says of a code."""
    return f"/developers#{code}"


def field_name(refusal: Refusal, name: str) -> str:
    """Return the name that a field has in the JSON: what a use case calls `blocks.0.kind` is `blocks[0].kind`."""
    if isinstance(refusal, RequestRefusal):
        return name
    return _INDEX.sub(r"[\1]", FIELD_NAMES.get(name, name))


def problem(refusal: Refusal, voice: Voice = PLAIN) -> Problem:
    """Return what a client reads of a refusal, its sentences in the language of `voice`."""
    code = refusal.code
    return Problem(
        type=type_of(code),
        title=title_of(code),
        status=status_of(refusal),
        detail=voice.refusal(refusal),
        code=code,
        errors=tuple(FieldProblem(field_name(refusal, e.field), voice.fault(e)) for e in refusal.errors),
        confirm=_to_confirm(refusal.values.get("act")),
    )


def _to_confirm(act: object) -> ToConfirm | UnsetType:
    if not isinstance(act, Act):
        return UNSET
    return ToConfirm(act.action.value, act.object_id, act.version, act.content)


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Problem]:
    """Answer whatever was raised; what nobody expected is logged, and told without its trace."""
    refusal = error if isinstance(error, Refusal) else _translated(request, error)
    if isinstance(refusal, InternalError):
        LOG.error("unexpected error in %s %r", request.method, request.url.path, exc_info=error)
    headers = dict(getattr(error, "headers", None) or {})
    if refusal.kind is Kind.SIGN_IN:
        headers["WWW-Authenticate"] = 'Bearer realm="sympolity"'
    if status_of(refusal) == STATUS[Kind.UNAVAILABLE]:
        headers["Retry-After"] = RETRY_AFTER
    if refusal.kind is Kind.TOO_MANY:
        headers["Retry-After"] = str(refusal.values["seconds"])
    voice = _voice(request, refusal)
    headers |= {"Content-Language": voice.tag, "Vary": "Accept-Language"}
    body = problem(refusal, voice)
    return Response(body, status_code=body.status, media_type=MEDIA_TYPE, headers=headers)


def _voice(request: Request[Any, Any, Any], refusal: Refusal) -> Voice:
    """Return the voice in the language that the request asks for."""
    if isinstance(refusal, RequestRefusal):
        return PLAIN
    asked: Voice = request.app.state.get(VOICE, _plain)(request.headers.get("accept-language", ""))
    return asked


def _plain(_: str) -> Voice:
    return PLAIN


def _translated(request: Request[Any, Any, Any], error: Exception) -> Refusal:
    """Return the refusal that says what the framework meant."""
    if isinstance(error, ValidationException):
        return _wrong_parameters(request, error)
    if isinstance(error, NotFoundException):
        return NoSuchPlace()
    if isinstance(error, MethodNotAllowedException):
        return MethodNotAllowed(method=request.method)
    status = error.status_code if isinstance(error, HTTPException) else None
    if status == HTTP_413_REQUEST_ENTITY_TOO_LARGE:
        return TooLarge()
    if status == HTTP_415_UNSUPPORTED_MEDIA_TYPE:
        return WrongMediaType(expected="application/json")
    hung_up = isinstance(error, HTTPException) and error.detail == HUNG_UP
    return BadRequest() if hung_up or isinstance(error, ClientException) else InternalError()


def _wrong_parameters(request: Request[Any, Any, Any], error: ValidationException) -> Refusal:
    """Return the refusal of parameters; an id that none can have is the id of nothing."""
    extra = error.extra if isinstance(error.extra, list) else []
    faults = [entry for entry in extra if isinstance(entry, dict)]
    if any(fault.get("source") == "path" for fault in faults):
        return Unknown(thing="thing")
    if any(fault.get("key") == BODY for fault in faults):
        return MalformedJson(reason="it is empty; send at least {}")
    return InvalidRequest(
        errors=[
            FieldError(_parameter(request, fault["key"]), "%(what)s", {"what": in_words(fault["message"])})
            for fault in faults
        ]
    )


def _parameter(request: Request[Any, Any, Any], name: str) -> str:
    """Return what the address calls a parameter that the handler calls `name`."""
    declared = request.route_handler.parsed_fn_signature.parameters.get(name)
    kind = declared.kwarg_definition if declared is not None else None
    return (kind.name if isinstance(kind, ParameterKwarg) else None) or name


HANDLERS: ExceptionHandlersMap = {Refusal: answer, HTTPException: answer, Exception: answer}
"""What an app puts in charge of everything raised below /api."""
