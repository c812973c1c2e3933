"""Choosing what a compromise covers, in the form in which its words are written."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.domain.amendments import ACCEPTED, OPEN
from service.domain.errors import Invalid
from service.domain.text import Block, Coverage
from service.domain.views.amendments import AmendmentFilter, AmendmentView
from service.domain.views.recommendations import VersionView
from service.web import wordings
from service.web.forms import Form
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.coverage import realised
from service.workflows.pages import every

MODE, COVERS = "compromise", "covers"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a compromise on a text can cover, and what was chosen of it."""

    candidates: tuple[AmendmentView, ...]
    chosen: tuple[AmendmentView, ...]

    def realised(self, blocks: tuple[Block, ...]) -> tuple[tuple[AmendmentView, Coverage], ...]:
        """Return how much of what each chosen amendment asks for a wording realises."""
        return tuple((one, realised(one, blocks)) for one in self.chosen)


def offer(ctx: Context, base: VersionView, form: Form) -> Offer | None:
    """Return what a form offers to cover; None where it is not about a compromise."""
    if not form.has(MODE):
        return None
    wanted = AmendmentFilter(recommendation_id=base.recommendation_id, states=tuple(sorted(OPEN | ACCEPTED)))
    known = every(lambda cursor: reading.amendments(ctx, wanted, 100, cursor))
    candidates = tuple(a for a in known if _can_be_covered(a, base))
    return Offer(candidates, tuple(a for a in candidates if a.id in form.all(COVERS)))


def begun(found: Offer | None, base: VersionView) -> Form:
    """Return an empty form; that of a compromise begins with the words of the first amendment that it is to cover."""
    if found is None:
        return Form()
    words = wordings.opened(base.blocks, found.chosen[0].blocks) if found.chosen else {}
    return Form({MODE: ("yes",), COVERS: tuple(a.id for a in found.chosen), **words})


def kept(covers: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the fields that hold what a compromise covers; none where it covers nothing."""
    ids = tuple(covers)
    return {MODE: ("yes",), COVERS: ids} if ids else {}


def covered(form: Form) -> tuple[str, ...]:
    """Return what was chosen; a form that is not about a compromise chooses nothing.

    Raises:
        Invalid: a compromise covers nothing.
    """
    if not form.has(MODE):
        return ()
    chosen = form.all(COVERS)
    form.places = {**form.places, **{f"{COVERS}.{at}": COVERS for at in range(len(chosen))}}
    if not chosen:
        raise Invalid.field(COVERS, "Choose at least one amendment that it covers.")
    return chosen


def _can_be_covered(view: AmendmentView, base: VersionView) -> bool:
    at_stake = view.number is not None and view.incorporated_in is None
    return at_stake and view.base_version.id == base.id and not view.covers
