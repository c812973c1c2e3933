"""Query parameters that choose one of several words: what decodes them takes “null” for no choice at all."""

from enum import Enum
from typing import Any, get_args

from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.params import QueryParameter

from service.api.refusals import InvalidRequest
from service.api.shapes import in_words
from service.domain.errors import FieldError


def refuse_null(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Refuse the word “null” where one of several others is asked for; whoever chooses none leaves it out.

    Raises:
        InvalidRequest: names each parameter that says so.
    """
    errors = [
        FieldError(name, "%(what)s", {"what": in_words(f"Invalid enum value '{word}'")})
        for name in _choices(handler)
        for word in connection.query_params.getall(name, [])
        if word.casefold() == "null"
    ]
    if errors:
        raise InvalidRequest(errors=errors)


def _choices(handler: BaseRouteHandler) -> list[str]:
    """Return what an address calls the parameters of a handler that choose one of several words, or none."""
    return [
        declared.name or name
        for name, field in handler.parsed_fn_signature.parameters.items()
        if isinstance(declared := field.kwarg_definition, QueryParameter)
        and any(isinstance(kind, type) and issubclass(kind, Enum) for kind in get_args(field.annotation))
    ]
