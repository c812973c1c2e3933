"""/amendments/{id}/coverage: which share of the words asked for a compromise, a decision or the text realises."""

from fractions import Fraction

from litestar import get
from msgspec import Struct

from service.api.asking import Asking
from service.api.lists import Id
from service.api.schemas import AmendmentRef, shown
from service.domain import text
from service.domain.text import Wish
from service.domain.views.amendments import CoveredView
from service.workflows.coverage import covering

TAGS = ["Amendments"]


class Tally(Struct, frozen=True):
    """How many of those asked for are realised."""

    realised: int
    asked: int


class RealisedShare(Struct, frozen=True):
    """An exact fraction in lowest terms."""

    of: int
    per: int


class Missing(Struct, frozen=True):
    """A phrase that is to be added and is not there, or to be struck out and stands."""

    wish: Wish
    block: str
    text: str


class Coverage(Struct, frozen=True):
    """How much of what an amendment asks for is realised.

    `words` are those to be added and to be struck out, `forms` the changes that touch no word: moves, marks, styles,
    signs. The share is that of the words, or of the forms where no word is asked for.
    """

    share: RealisedShare
    words: Tally
    forms: Tally
    missing: tuple[Missing, ...]


class Covered(Struct, frozen=True):
    """The other amendment, and how much of the covered one is realised."""

    amendment: AmendmentRef
    coverage: Coverage


class Coverages(Struct, frozen=True):
    """What becomes of the words asked for.

    `covers`: of the amendments that this one covers, in its wording. `covered_by`: of this one, in each compromise on
    it. `decided`: of this one, in the modified wording that was accepted. `text`: of this one, in the current text,
    once that has moved on; null before.
    """

    covers: tuple[Covered, ...]
    covered_by: tuple[Covered, ...]
    decided: Coverage | None
    text: Coverage | None


_reference = shown(AmendmentRef)


def share(exact: Fraction) -> RealisedShare:
    """Render an exact share."""
    return RealisedShare(exact.numerator, exact.denominator)


def tally(found: text.Tally) -> Tally:
    """Render a count."""
    return Tally(found.realised, found.asked)


def _coverage(found: text.Coverage) -> Coverage:
    missing = tuple(Missing(m.wish, m.block, m.text) for m in found.missing)
    return Coverage(share(found.share), tally(found.words), tally(found.forms), missing)


def _covered(view: CoveredView) -> Covered:
    return Covered(_reference(view.amendment), _coverage(view.coverage))


@get("/amendments/{amendment_id:str}/coverage", tags=TAGS, sync_to_thread=True)
def read_coverage(amendment_id: Id, ctx: Asking) -> Coverages:
    """Say how many of the words asked for a compromise, a modified acceptance and the current text realise."""
    found = covering(ctx, amendment_id)
    return Coverages(
        tuple(map(_covered, found.covers)),
        tuple(map(_covered, found.covered_by)),
        _coverage(found.decided) if found.decided is not None else None,
        _coverage(found.text) if found.text is not None else None,
    )


ROUTES = [read_coverage]
