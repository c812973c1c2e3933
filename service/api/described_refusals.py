"""Which refusals an operation documents, and what each looks like."""

from collections.abc import Mapping
from typing import Any

import msgspec

from service.api import problems
from service.api.refusals import (
    BadRequest,
    ForeignSite,
    InternalError,
    InvalidRequest,
    MalformedJson,
    RequestRefusal,
    TooLarge,
    WrongMediaType,
)
from service.domain.errors import (
    REFUSALS,
    BadCursor,
    ConditionMissing,
    Denied,
    KeyInFlight,
    KeyReused,
    Refusal,
    SignInNeeded,
    StaleState,
    TooManyRequests,
    TryAgain,
    Unknown,
)


class _Names(dict[str, object]):
    """Stands for the values of a sentence by their names."""

    def __missing__(self, name: str) -> str:
        return f"({name.replace('_', ' ')})"


def every_refusal() -> dict[str, type[Refusal]]:
    """Return every refusal that the API can answer with, by code."""
    own = {refusal.code: refusal for refusal in RequestRefusal.__subclasses__()}
    return dict(sorted({**REFUSALS, **own}.items()))


def problem_of(refusal: type[Refusal]) -> problems.Problem:
    """Return what a refusal looks like in general: its sentence names its values in brackets."""
    return problems.Problem(
        problems.type_of(refusal.code),
        problems.title_of(refusal.code),
        problems.status_of(refusal),
        refusal.template % _Names(),
        refusal.code,
    )


def problem_examples() -> dict[str, Any]:
    """Return an example of each refusal, by code."""
    return {
        code: {"summary": problems.title_of(code), "value": msgspec.to_builtins(problem_of(r))}
        for code, r in every_refusal().items()
    }


def refusals_of(
    carried: Mapping[str, Any],
    *,
    addressed: bool,
    listed: bool,
    asked: bool,
    changes: bool,
    sends: bool,
    keyed: bool,
    conditional: bool,
    condition_needed: bool,
) -> set[type[Refusal]]:
    """Return the refusals of an operation: its own, and those that follow from what it takes.

    Args:
        carried: what the handler carries: `refusals` of its own, `uploads` if it takes files.
        addressed: its address names a thing.
        listed: it takes a cursor.
        asked: it takes query parameters.
        changes: it needs a signed-in person.
        sends: it takes a JSON body.
        keyed: it takes an idempotency key.
        conditional: it takes If-Match.
        condition_needed: it needs If-Match.
    """
    found: set[type[Refusal]] = {SignInNeeded, TryAgain, InternalError, *carried.get("refusals", ())}
    for applies, refusals in (
        (addressed, (Unknown,)),
        (listed, (BadCursor,)),
        (asked, (InvalidRequest,)),
        (changes, (Denied, ForeignSite, TooManyRequests)),
        (sends, (MalformedJson, InvalidRequest, WrongMediaType, TooLarge)),
        ("uploads" in carried, (BadRequest, InvalidRequest, WrongMediaType, TooLarge)),
        (keyed, (KeyReused, KeyInFlight, InvalidRequest)),
        (conditional, (StaleState,)),
        (condition_needed, (ConditionMissing,)),
    ):
        if applies:
            found.update(refusals)
    return found
