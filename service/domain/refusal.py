"""What a refusal is made of: a stable code, a kind, and a sentence that says what to do.

A refusal carries its sentence as a template and its values apart, so that a page or an answer can say it in
the reader's language.
"""

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class Kind(StrEnum):
    """What sort of refusal it is; the HTTP status follows from it."""

    INVALID = "invalid"
    DENIED = "denied"
    UNKNOWN = "unknown"
    CONFLICT = "conflict"
    STALE = "stale"
    CONDITION_MISSING = "condition_missing"
    SIGN_IN = "sign_in"
    UNPROCESSABLE = "unprocessable"
    UNAVAILABLE = "unavailable"
    GONE = "gone"
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class FieldError:
    """One field of the input, what is wrong with it, and what to do about it."""

    field: str
    template: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.template % self.values


class Refusal(Exception):
    """Something the rules do not allow; `template` is the sentence, in English, with named values."""

    code: ClassVar[str]
    kind: ClassVar[Kind]
    template: ClassVar[str]

    def __init__(self, *, errors: Iterable[FieldError] = (), **values: object) -> None:
        self.values = values
        self.errors = tuple(errors)
        super().__init__(self.template % values)

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.template % self.values


class Invalid(Refusal):
    """The input has fields that cannot be accepted; `errors` names each."""

    code = "invalid"
    kind = Kind.INVALID
    template = "Some answers need another look."

    @classmethod
    def field(cls, name: str, template: str, **values: object) -> "Invalid":
        """Return the refusal of a single field."""
        return cls(errors=[FieldError(name, template, values)])
