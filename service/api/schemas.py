"""Shapes that many resources share."""

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct

from service.api.refusals import InvalidRequest
from service.api.settled import settled
from service.domain.amendments import AmendmentState
from service.domain.errors import FieldError, Invalid, Refusal

S = TypeVar("S", bound=Struct)
YEARS = range(1900, 3000)

Identifier = Annotated[
    str,
    Meta(
        pattern=r"^[0-9A-Za-z_-]{1,64}$",
        description="An id, as this API gave it.",
        examples=["01J9ZC5V7N8Q4T2X6B3D0KMRWA"],
    ),
]
Covers = Annotated[
    tuple[Identifier, ...],
    Meta(max_length=100, description="The ids of the amendments that this compromise covers, if it is one."),
]
# What `in_calendar` lets through, for the description.
_DAY = r"(19|2[0-9])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_HOUR = r"([01][0-9]|2[0-3]):[0-5][0-9]"
Day = Annotated[
    date, Meta(description="A day of the years 1900 to 2999.", extra_json_schema={"pattern": f"^{_DAY}$"})
]
Moment = Annotated[
    datetime,
    Meta(
        tz=True,
        description="A moment of the years 1900 to 2999 with its zone (RFC 3339); answers give it in UTC.",
        extra_json_schema={"pattern": rf"^{_DAY}[Tt ]{_HOUR}:[0-5][0-9](\.[0-9]+)?([Zz]|[+-]{_HOUR})$"},
    ),
]
LanguageTag = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}(?!\n)$",
        max_length=20,
        description="A language tag such as `fr`.",
    ),
]
WrittenIn = Annotated[
    LanguageTag | None,
    Meta(description="In which language it is written; left out, it is in that of the agenda."),
]
TimeZone = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9_+/-]{1,64}(?!\n)$",
        description="A time zone by name, such as `Europe/Brussels`.",
    ),
]
OnBehalfOf = Annotated[
    Identifier | None,
    Meta(
        description="The id of the organisation acted for. It may be left out by who has exactly one "
        "mandate that allows this."
    ),
]
Digest = Annotated[
    str, Meta(pattern=r"^[0-9a-f]{64}(?!\n)$", description="SHA-256 in hex.", examples=["3f" * 32])
]


class OrganisationRef(Struct, frozen=True):
    """An organisation by name."""

    id: str
    name: str


class NumberedRef(Struct, frozen=True):
    """An amendment by number."""

    id: str
    number: int | None
    state: AmendmentState


class AmendmentRef(Struct, frozen=True):
    """An amendment by number, with everyone who stands behind it."""

    id: str
    number: int | None
    state: AmendmentState
    organisations: tuple[OrganisationRef, ...]


class VersionRef(Struct, frozen=True):
    """A version by number, with the digest of its text."""

    id: str
    number: int
    digest: str


class Correction(Struct, frozen=True):
    """What was put right after publication: what it said before, field by field, when, and why."""

    number: int
    before: tuple[str, ...]
    reason: str
    corrected_at: datetime


class Request(Struct, frozen=True, forbid_unknown_fields=True):
    """What a client sends: fields that are not listed are refused."""


def shown(kind: type[S]) -> Callable[[Any], S]:
    """Return the function that renders a view: each field of `kind` is the view's of the same name."""
    known = settled(kind)
    return lambda view: msgspec.convert(view, known, from_attributes=True)


def moment(value: datetime, field: str) -> datetime:
    """Return a moment in UTC.

    Raises:
        InvalidRequest: no calendar of meetings goes there.
    """
    in_calendar(value, field)
    return value.astimezone(UTC)


def in_calendar(value: date, field: str) -> None:
    """Refuse a day that no meeting can have.

    Raises:
        InvalidRequest: the year lies outside 1900 to 2999.
    """
    if value.year not in YEARS:
        raise InvalidRequest(errors=[FieldError(field, "Give a year from 1900 to 2999.")])


def decoded(file: str) -> bytes:
    """Return a file that came in base64.

    Raises:
        Invalid: it is something else.
    """
    try:
        return base64.b64decode(file, validate=True)
    except (binascii.Error, ValueError):
        raise Invalid.field("file", "Send the file in base64.") from None


def refuses(*refusals: type[Refusal]) -> dict[str, Any]:
    """Return what a handler carries so that its description names the refusals that are its own."""
    return {"refusals": refusals}
