"""Turns plain JSON values into the type that a handler declares, and names every field that does not fit."""

import re
from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec.structs import fields

from service.api.refusals import InvalidRequest
from service.domain.errors import FieldError

T = TypeVar("T")
Fault = tuple[str, str]
_WHERE = re.compile(r" - at (?:`[^`]*` in )?`[^`]*`$")
_KINDS = {
    "`str`": "text in quotes",
    "`int`": "a whole number",
    "`bool`": "true or false",
    "`array`": "a list in square brackets",
    "`object`": "an object in curly brackets",
    "`null`": "null",
}
MOST_FAULTS = 20


def shaped(value: object, kind: type[T]) -> T:
    """Return `value` as a `kind`; nothing is coerced, and nothing unknown is passed over.

    Raises:
        InvalidRequest: names each field that does not fit, up to the first 20, and says what belongs there.
    """
    try:
        return msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError as error:
        found = list(_faults(value, kind, ""))[:MOST_FAULTS] or [("", in_words(str(error)))]
        raise InvalidRequest(
            errors=[FieldError(name, "%(what)s", {"what": what}) for name, what in found]
        ) from None


def _faults(value: object, kind: Any, path: str) -> Iterator[Fault]:  # noqa: ANN401 - any type expression
    """Yield what does not fit: inside first, and where all that is inside fits, the thing as a whole."""
    inside = list(_faults_inside(value, kind, path))
    yield from inside
    if not inside:
        try:
            msgspec.convert(value, kind, strict=True)
        except msgspec.ValidationError as error:
            yield path, in_words(str(error))


def _faults_inside(value: object, kind: Any, path: str) -> Iterator[Fault]:  # noqa: ANN401 - any type expression
    struct, item = _struct(kind), _item(kind)
    if struct is not None and isinstance(value, Mapping):
        yield from _faults_of_fields(value, struct, f"{path}." if path else "")
    elif item is not None and isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _faults(entry, item, f"{path}[{index}]")


def _faults_of_fields(
    value: Mapping[str, object], kind: type[msgspec.Struct], prefix: str
) -> Iterator[Fault]:
    known = {field.encode_name: field for field in fields(kind)}
    for name, field in known.items():
        if name in value:
            yield from _faults(value[name], field.type, prefix + name)
        elif field.required:
            yield prefix + name, "Send this field: it is required."
    for name in sorted(value.keys() - known.keys()):
        # A name from outside is cut, so that an answer stays readable.
        yield prefix + name[:80], f"There is no such field. Possible here: {', '.join(known)}."


def _options(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401 - any type expression
    """Return the alternatives of a type, without what is only said about them."""
    if get_origin(kind) is Annotated:
        return _options(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return tuple(option for part in get_args(kind) for option in _options(part))
    return (kind,)


def _struct(kind: Any) -> type[msgspec.Struct] | None:  # noqa: ANN401 - any type expression
    """Return the struct among the alternatives of a type."""
    return next((o for o in _options(kind) if isinstance(o, type) and issubclass(o, msgspec.Struct)), None)


def _item(kind: Any) -> Any:  # noqa: ANN401 - any type expression
    """Return what a list of the type holds, or None where the type is no list."""
    return next((get_args(o)[0] for o in _options(kind) if get_origin(o) is tuple), None)


def in_words(message: str) -> str:
    """Return what the decoder says, in words that do not need Python."""
    said = _WHERE.sub("", message)
    for name, words in _KINDS.items():
        said = said.replace(name, words)
    return said if said.endswith(".") else said + "."
