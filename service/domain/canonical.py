"""Values as canonical JSON: one value has exactly one text, so its SHA-256 names it for good.

Keys sorted, no white space, UTF-8 unescaped, whole numbers only, times in UTC. Values are frozen dataclasses
of strings, numbers, dates, enumerations, and tuples and mappings of these; the text is read back by their
declared types, and whatever is missing, unknown or of another type is refused.
"""

import hashlib
import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")

LATER: Mapping[str, object] = types.MappingProxyType({"later": True})
"""Metadata of a field that came when values had been written already: where it holds its default it is left out, so
that what was written before it came has the same text, and the same digest, as ever."""

_AS_THEY_ARE = frozenset({str, int, bool, type(None)})


class NotCanonicalError(ValueError):
    """The text does not describe such a value; the message names the place in it."""


def to_json(value: object) -> str:
    """Return the canonical JSON of a dataclass.

    Raises:
        NotCanonicalError: The value holds something that has no canonical form, such as a float or a naive time.
    """
    try:
        return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    except RecursionError as error:
        raise NotCanonicalError("The value is nested too deeply.") from error


def from_json(kind: type[T], text: str) -> T:
    """Read a value of the given dataclass back; ``from_json(type(v), to_json(v)) == v``.

    Raises:
        NotCanonicalError: The text is not JSON, or not that of such a value.
    """
    try:
        value = _typed(kind, json.loads(text, object_pairs_hook=_each_once), "")
    except (json.JSONDecodeError, RecursionError) as error:
        raise NotCanonicalError("This is not readable JSON.") from error
    if not isinstance(value, kind):
        raise NotCanonicalError(f"This is not a {kind.__name__}.")
    return value


def _each_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Return an object; of a key that stands in it twice, readers would not agree which counts."""
    told = dict(pairs)
    if len(told) < len(pairs):
        raise NotCanonicalError("A key stands twice in one object.")
    return told


def digest(value: object) -> str:
    """Return the SHA-256 of the canonical JSON's UTF-8 bytes, 64 hexadecimal characters."""
    return hashlib.sha256(to_json(value).encode()).hexdigest()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, date):
        return _time(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return _fields(value)


def _time(value: date) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is None:
        raise NotCanonicalError("A time without its zone has no canonical form.")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _fields(value: object) -> dict[str, object]:
    if not is_dataclass(value) or isinstance(value, type):
        raise NotCanonicalError(f"A {type(value).__name__} has no canonical form.")
    told = {name: getattr(value, name) for name in _names(type(value))}
    told = {name: item if type(item) in _AS_THEY_ARE else _plain(item) for name, item in told.items()}
    for name, default in _later(type(value)).items():
        if getattr(value, name) == default:
            del told[name]
    return told


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  a dataclass, checked by the caller
    return tuple(field.name for field in fields(kind))


@cache
def _declared(kind: Any) -> tuple[Mapping[str, Any], frozenset[str]]:  # noqa: ANN401  as above
    """Return the types of a dataclass's fields, and the names of those that have no default."""
    hints = get_type_hints(kind)
    known = fields(kind)
    needed = (one.name for one in known if one.default is MISSING and one.default_factory is MISSING)
    return {one.name: hints[one.name] for one in known}, frozenset(needed)


@cache
def _later(kind: Any) -> Mapping[str, object]:  # noqa: ANN401  as above
    return {field.name: field.default for field in fields(kind) if "later" in field.metadata}


def _typed(kind: Any, value: object, place: str) -> object:  # noqa: ANN401  a declared type may be any form
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _one_of(get_args(kind), value, place)
    if origin is tuple:
        return _items(get_args(kind), value, place)
    if origin is Mapping:
        return _mapping(get_args(kind)[1], value, place)
    if origin is Literal:
        if value in get_args(kind):
            return value
    elif is_dataclass(kind) and isinstance(kind, type):
        return _record(kind, value, place)
    elif isinstance(kind, type):
        return _scalar(kind, value, place)
    raise NotCanonicalError(f"{place or 'The text'} is not what is expected there.")


def _one_of(kinds: tuple[Any, ...], value: object, place: str) -> object:
    for kind in kinds:
        try:
            return _typed(kind, value, place)
        except NotCanonicalError:
            continue
    raise NotCanonicalError(f"{place or 'The text'} is not what is expected there.")


def _items(kinds: tuple[Any, ...], value: object, place: str) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise NotCanonicalError(f"{place or 'The text'} is not a list.")
    if kinds[-1] is Ellipsis:
        kinds = (kinds[0],) * len(value)
    if len(kinds) != len(value):
        raise NotCanonicalError(f"{place} has {len(value)} items instead of {len(kinds)}.")
    pairs = zip(kinds, value, strict=True)
    return tuple(_typed(kind, item, f"{place}[{index}]") for index, (kind, item) in enumerate(pairs))


def _mapping(kind: Any, value: object, place: str) -> dict[str, object]:  # noqa: ANN401  as above
    if not isinstance(value, dict):
        raise NotCanonicalError(f"{place or 'The text'} is not an object.")
    return {key: _typed(kind, item, f"{place}.{key}") for key, item in value.items()}


def _record(kind: Any, value: object, place: str) -> object:  # noqa: ANN401  a dataclass, checked by the caller
    if not isinstance(value, dict):
        raise NotCanonicalError(f"{place or 'The text'} is not an object.")
    hints, needed = _declared(kind)
    unknown = sorted(value.keys() - hints.keys())
    missing = sorted(needed - value.keys())
    for names, what in ((unknown, "is not known here"), (missing, "is missing")):
        if names:
            raise NotCanonicalError(f"{place}.{names[0]} {what}.".lstrip("."))
    return kind(
        **{name: _typed(hints[name], item, f"{place}.{name}".lstrip(".")) for name, item in value.items()}
    )


def _scalar(kind: type[Any], value: object, place: str) -> object:
    try:
        if issubclass(kind, Enum):
            return kind(value)
        if kind in (datetime, date) and isinstance(value, str):
            return kind.fromisoformat(value)
    except ValueError as error:
        raise NotCanonicalError(f"{place} is not a {kind.__name__}.") from error
    if type(value) is kind:
        return value
    raise NotCanonicalError(f"{place or 'The text'} is not a {kind.__name__}.")
