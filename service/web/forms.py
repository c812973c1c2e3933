"""What somebody typed into a form: read, checked, and given back whole when it cannot be accepted."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias, TypeVar

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.params import SkipValidation

from service.domain.errors import (
    ConfirmationNeeded,
    FieldError,
    Invalid,
    Kind,
    Refusal,
    SignInNeeded,
    TooManyRequests,
    TryAgain,
    Unknown,
)
from service.web import csrf

T = TypeVar("T")
C = TypeVar("C", bound=StrEnum)

STATUS: Mapping[Kind, int] = {
    Kind.INVALID: 422,
    Kind.DENIED: 403,
    Kind.UNKNOWN: 404,
    Kind.CONFLICT: 409,
    Kind.STALE: 412,
    Kind.CONDITION_MISSING: 428,
    Kind.SIGN_IN: 401,
    Kind.UNPROCESSABLE: 422,
    Kind.UNAVAILABLE: 503,
    Kind.GONE: 410,
    Kind.TOO_MANY: 429,
}
STATE = "form"
_NEVER_KEPT = frozenset({csrf.FIELD})
_OF_MACHINES = re.compile(r"[A-Z0-9]{26}|[0-9a-f]{40,}|[a-z_.]+|[0-9]*|/\S*")
"""Values that a page put into a form: ids, digests, choices, numbers and addresses of pages."""


class CrossSite(Exception):
    """A form was sent from a page of another site."""


class OtherSession(Exception):
    """A form was opened before the person signed in anew; `form` is all that was typed."""

    def __init__(self, form: "Form") -> None:
        super().__init__()
        self.form = form


@dataclass
class Form:
    """The fields of a form as they were sent, and what was found wrong with them."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    refusal: Refusal | None = None
    # Fields of a refusal and the field of the page that shows them, where they differ.
    places: Mapping[str, str] = field(default_factory=dict)
    # The field in which somebody goes on writing, after a button that arranges the form.
    focus: str = ""

    def text(self, name: str, otherwise: str = "") -> str:
        """Return what was typed into a field."""
        return next(iter(self.values.get(name, ())), otherwise)

    def all(self, name: str) -> tuple[str, ...]:
        """Return everything that was chosen under one name."""
        return self.values.get(name, ())

    def has(self, name: str) -> bool:
        """Tell whether a field was sent at all."""
        return name in self.values

    def choice(self, name: str, kind: type[C]) -> C:
        """Return the code that was chosen.

        Raises:
            Invalid: nothing was chosen, or something that is not offered.
        """
        try:
            return kind(self.text(name))
        except ValueError:
            raise Invalid.field(name, "Choose one of these.") from None

    def chosen(self, name: str, kind: type[C]) -> C | None:
        """Return the code that was chosen, or None where the field was left empty."""
        return self.choice(name, kind) if self.text(name) else None

    def submit(self, run: Callable[[], T]) -> T | None:
        """Run a use case; what it refuses is kept, so that the page can say it beside what was typed.

        Raises:
            Refusal: nobody is signed in, there is no such thing, it is too often, or nothing can be saved just now.
        """
        try:
            return run()
        except (SignInNeeded, Unknown, TryAgain, TooManyRequests):
            raise
        except Refusal as refusal:
            self.refusal = refusal
            return None

    def refuse(self, errors: Iterable[FieldError]) -> None:
        """Refuse the form for what is wrong with its fields."""
        if found := tuple(errors):
            self.refusal = Invalid(errors=found)

    @property
    def unconfirmed(self) -> bool:
        """Whether all that is missing is the person's word that it is they who act."""
        return isinstance(self.refusal, ConfirmationNeeded)

    @property
    def status(self) -> int:
        """The status of the page that shows the form."""
        return 200 if self.refusal is None else STATUS[self.refusal.kind]

    @property
    def faults(self) -> tuple[tuple[str, FieldError], ...]:
        """What is wrong, each with the field of the page that it belongs to."""
        errors = self.refusal.errors if self.refusal is not None else ()
        return tuple((self.places.get(error.field, error.field), error) for error in errors)

    def fault(self, name: str) -> FieldError | None:
        """Return what is wrong with one field."""
        return next((error for place, error in self.faults if place == name), None)

    @property
    def kept(self) -> tuple[tuple[str, str], ...]:
        """Everything typed, as hidden fields carry it on to the next page."""
        return tuple((n, v) for n, values in self.values.items() if n not in _NEVER_KEPT for v in values)

    @property
    def beside(self) -> tuple[tuple[str, str], ...]:
        """Everything typed beside a wording, whose own fields carry it on."""
        return tuple((name, value) for name, value in self.kept if "." not in name and name != "step")


def in_words(kept: Iterable[tuple[str, str]]) -> list[str]:
    """Return what a person wrote of what a form kept, to be shown to them; all of it is carried along, unshown."""
    return [value for _, value in kept if not _OF_MACHINES.fullmatch(value.strip())]


Sent: TypeAlias = NamedDependency[SkipValidation[Form]]


async def read_form(request: Request[Any, Any, Any]) -> Form:
    """Read the form of a request, and make sure that it was sent from a page of the same session.

    Raises:
        CrossSite: it comes from elsewhere.
        OtherSession: it was opened in another session; nothing was done.
    """
    if not csrf.comes_from_here(request):
        raise CrossSite
    try:
        sent = await request.form()
    except UnicodeDecodeError as error:
        raise ClientException("The form is not in UTF-8.") from error
    values: dict[str, tuple[str, ...]] = {}
    files: dict[str, bytes] = {}
    for name, value in sent.multi_items():
        if isinstance(value, UploadFile):
            files[name] = await value.read()
        else:
            values[name] = (*values.get(name, ()), str(value).replace("\r\n", "\n"))
    form = Form(values, files)
    # Where the session has ended meanwhile, the page that asks to sign in keeps what was typed.
    request.scope.setdefault("state", {})[STATE] = form
    if not csrf.holds(csrf.session_secret(request), form.text(csrf.FIELD)):
        raise OtherSession(form)
    return form
