"""The filter of a review queue, as an address holds it: read leniently, written in one order."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode

from service.domain.actors import OrganisationKind, Region
from service.domain.amendments import OPEN, AmendmentState
from service.domain.recommendations import Addressee
from service.domain.reviewing import ReviewOrder
from service.domain.views.review import ReviewFilter
from service.web.forms import Form

C = TypeVar("C", bound=StrEnum)

ANY = "any"
FIELDS = (
    "recommendation",
    "state",
    "addressee",
    "organisation",
    "kind",
    "region",
    "language",
    "colliding",
    "not_worked_in",
    "to_assess",
    "unseen",
    "q",
    "order",
)
LONGEST = 200
"""So many characters of what is typed are looked for, and no more."""


def asked(params: Mapping[str, str]) -> Form:
    """Return the filter that an address holds, as a form shows it."""
    told = {name: params.get(name, "")[:LONGEST] for name in FIELDS}
    # What no keyboard types is nothing that anybody looks for.
    return Form({name: (value,) for name, value in told.items() if value and value.isprintable()})


def kept_in(query: str) -> Form:
    """Return the filter that was written down as part of an address."""
    return asked(dict(parse_qsl(query)))


def written(form: Form, leaving_out: Iterable[str] = ()) -> str:
    """Return a filter as part of an address; what does not narrow is left out."""
    out = frozenset(leaving_out)
    return urlencode([(name, form.text(name)) for name in FIELDS if form.text(name) and name not in out])


def wanted(form: Form) -> ReviewFilter:
    """Return what a filter asks for: the open changes where it names none; what it cannot mean does not narrow."""
    state = form.text("state")
    one = _known(AmendmentState, state)
    open_ones = () if state == ANY or form.text("not_worked_in") else tuple(sorted(OPEN))
    return ReviewFilter(
        recommendation_id=form.text("recommendation") or None,
        states=(one,) if one is not None else open_ones,
        addressee=_known(Addressee, form.text("addressee")),
        organisation_id=form.text("organisation") or None,
        kind=_known(OrganisationKind, form.text("kind")),
        region=_known(Region, form.text("region")),
        language=form.text("language") or None,
        colliding=bool(form.text("colliding")),
        not_worked_in=bool(form.text("not_worked_in")),
        to_assess=bool(form.text("to_assess")),
        unseen=bool(form.text("unseen")),
        words=form.text("q"),
        order=_known(ReviewOrder, form.text("order")) or ReviewOrder.TEXT,
    )


def _known(kind: type[C], code: str) -> C | None:
    return kind(code) if code in set(kind) else None
