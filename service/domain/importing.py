"""A list of participants as people keep it: which column means what, and what each row says."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from service.domain.actors import ROLE_SCOPES, MandateLevel, OrganisationKind, Region, Role, Scope
from service.domain.errors import FieldError, Invalid

C = TypeVar("C", bound=StrEnum)


class Column(StrEnum):
    """What a list of participants can tell, in the order of the template."""

    ORGANISATION = "organisation"
    KIND = "kind"
    COUNTRY = "country"
    REGION = "region"
    PARTNERSHIP = "partnership"
    LEAD = "lead"
    PERSON = "person"
    EMAIL = "email"
    LANGUAGE = "language"
    TIME_ZONE = "time_zone"
    ROLE = "role"
    SCOPES = "scopes"
    LEVEL = "level"
    DOCUMENT = "document"
    EXPIRES = "expires"


# What else people write above a column, without spaces and signs.
_ALIASES: Mapping[str, Column] = {
    "organization": Column.ORGANISATION,
    "type": Column.KIND,
    "name": Column.PERSON,
    "personname": Column.PERSON,
    "mail": Column.EMAIL,
    "emailaddress": Column.EMAIL,
    "scope": Column.SCOPES,
    "expiry": Column.EXPIRES,
    "expireson": Column.EXPIRES,
    "until": Column.EXPIRES,
} | {column.value.replace("_", ""): column for column in Column}
_CODES: Mapping[str, str] = {
    "city": "local_authority",
    "latin_america_and_the_caribbean": "latin_america_caribbean",
    "coordination_facility": "facility",
}
_YES = frozenset({"yes", "y", "x", "1", "true", "lead"})
_NO = frozenset({"", "no", "n", "0", "false"})
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_LANGUAGE_LENGTH = 20
_ALL = "all"


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one row, in which column, and what to do about it; a row by the number that its file shows."""

    row: int
    column: str
    fault: FieldError


@dataclass(frozen=True, slots=True)
class ImportRow:
    """What one row says; what it leaves open is None, or empty."""

    number: int
    organisation: str
    kind: OrganisationKind | None
    country: str
    region: Region | None
    partnership: str
    lead: bool
    person: str
    email: str
    language: str
    time_zone: str
    role: Role | None
    scopes: tuple[Scope, ...]
    level: MandateLevel
    document: str
    expires_at: datetime | None


def read(cells: Sequence[Sequence[str]]) -> tuple[tuple[ImportRow, ...], tuple[RowError, ...]]:
    """Return what a table says, row by row, and what is wrong with it; what cannot be read of a row is left open.

    Raises:
        Invalid: its first row does not name the columns.
    """
    columns = _columns(cells[0] if cells else ())
    rows, errors = [], []
    for number, row in enumerate(cells[1:], start=2):
        given = {column: row[place].strip() for place, column in columns.items() if place < len(row)}
        if not any(given.values()):
            continue
        reader = _Reader(number, given)
        rows.append(reader.row())
        errors += reader.errors
    return tuple(rows), tuple(errors)


def _columns(head: Sequence[str]) -> dict[int, Column]:
    found: dict[int, Column] = {}
    for place, written in enumerate(head):
        name = re.sub(r"[^a-z]", "", written.casefold())
        if not name:
            continue
        column = _ALIASES.get(name)
        if column is None:
            raise Invalid.field(
                "file",
                "There is no column “%(column)s”. Take the names of the template.",
                column=written[:60],
            )
        if column in found.values():
            raise Invalid.field("file", "The column “%(column)s” comes twice.", column=written[:60])
        found[place] = column
    if Column.ORGANISATION not in found.values():
        raise Invalid.field(
            "file", "The first row has to name the columns, and one of them is “organisation”."
        )
    return found


class _Reader:
    """Reads one row, and gathers what is wrong in it."""

    def __init__(self, number: int, given: Mapping[Column, str]) -> None:
        self.number, self._given = number, given
        self.errors = [
            self._error(column, "This cell holds a formula. Write what it should say.")
            for column, text in given.items()
            if text.startswith("=")
        ]

    def row(self) -> ImportRow:
        """Return what the row says, and gather what is wrong with it."""
        if not self._text(Column.ORGANISATION):
            self._refuse(Column.ORGANISATION, "Please fill this in.")
        role = self._code(Column.ROLE, Role)
        email, person = self._text(Column.EMAIL), self._text(Column.PERSON)
        if email and not role:
            self._refuse(Column.ROLE, "Say in what capacity the person acts, such as “representative”.")
        if person and not email:
            self._refuse(Column.EMAIL, "A person needs a mail address.")
        if email and not person:
            self._refuse(Column.PERSON, "Please fill this in.")
        language = self._text(Column.LANGUAGE)
        if language and (_LANGUAGE.fullmatch(language) is None or len(language) > _LANGUAGE_LENGTH):
            self._refuse(Column.LANGUAGE, "Write a language tag, such as “fr”.")
        return ImportRow(
            self.number,
            self._text(Column.ORGANISATION),
            self._code(Column.KIND, OrganisationKind),
            self._text(Column.COUNTRY),
            self._code(Column.REGION, Region),
            self._text(Column.PARTNERSHIP),
            self._lead(),
            person,
            email.lower(),
            language or "en",
            self._text(Column.TIME_ZONE) or "Europe/Brussels",
            role,
            self._scopes(role),
            self._code(Column.LEVEL, MandateLevel) or MandateLevel.TECHNICAL,
            self._text(Column.DOCUMENT),
            self._expires(),
        )

    def _text(self, column: Column) -> str:
        return self._given.get(column, "")

    def _error(self, column: Column, template: str, **values: object) -> RowError:
        return RowError(self.number, column.value, FieldError(column.value, template, values))

    def _refuse(self, column: Column, template: str, **values: object) -> None:
        self.errors.append(self._error(column, template, **values))

    def _code(self, column: Column, kind: type[C]) -> C | None:
        written = self._text(column)
        code = _code(written)
        if not code:
            return None
        if code not in set(kind):
            self._refuse(
                column,
                "“%(written)s” is not known here. Choose one of: %(known)s.",
                written=written[:60],
                known=", ".join(kind),
            )
            return None
        return kind(code)

    def _lead(self) -> bool:
        written = self._text(Column.LEAD).casefold()
        if written not in _YES | _NO:
            self._refuse(Column.LEAD, "Write yes or no.")
        return written in _YES

    def _scopes(self, role: Role | None) -> tuple[Scope, ...]:
        most = ROLE_SCOPES[role] if role else frozenset()
        written = [part for part in map(_code, re.split(r"[,;/|+]", self._text(Column.SCOPES))) if part]
        if not written or written == [_ALL]:
            return tuple(scope for scope in Scope if scope in most)
        for part in written:
            if part not in most:
                self._refuse(
                    Column.SCOPES,
                    "A mandate as %(role)s cannot include “%(scope)s”.",
                    role=role or "?",
                    scope=part[:60],
                )
        return tuple(scope for scope in Scope if scope.value in written)

    def _expires(self) -> datetime | None:
        written = self._text(Column.EXPIRES)
        if not written:
            return None
        try:
            day = date.fromisoformat(written[:10])
            # It holds until the day is over.
            return datetime.combine(day + timedelta(days=1), time.min, UTC)
        except (ValueError, OverflowError):
            self._refuse(Column.EXPIRES, "Write the last day as year-month-day, such as 2027-03-31.")
            return None


def _code(written: str) -> str:
    code = re.sub(r"[^a-z]+", "_", written.casefold()).strip("_")
    return _CODES.get(code, code)


def template() -> str:
    """Return a list of participants to fill in: the columns, and two rows that show how."""
    return "\r\n".join(_template_lines()) + "\r\n"


def _template_lines() -> Iterator[str]:
    yield ",".join(Column)
    yield (
        "Lakeside,local_authority,Examplia,european_union,Lakeside and Harbour,yes,Ada Example,ada@lakeside.example,"
        'en,Europe/Brussels,representative,"comment, amend, position",political,Letter of the mayor,2027-03-31'
    )
    yield (
        "Harbour,local_authority,Otherland,asia_pacific,Lakeside and Harbour,no,Bea Example,bea@harbour.example,"
        "fr,Asia/Manila,representative,comment,technical,,"
    )
