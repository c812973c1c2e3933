"""Choosing what a compromise covers, in the form in which its words are written."""

from collections.abc import Iterable
from dataclasses import dataclass

from service.domain.amendments import ACCEPTED, OPEN
from service.domain.errors import Invalid
from service.domain.text import Block, Coverage
from service.domain.views.amendments import AmendmentFilter, AmendmentView
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import VersionView
from service.web import wordings
from service.web.forms import Form
from service.workflows import reading
from service.workflows.context import Context
from service.workflows.coverage import realised
from service.workflows.pages import every

MODE, COVERS, FROM = "compromise", "covers", "from"
BEGIN = "from."
"""The step that begins with the words of one of the variants: this, and its id; of the text as it stands: this."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What a compromise on a text can cover, and what was chosen of it."""

    candidates: tuple[AmendmentView, ...]
    chosen: tuple[AmendmentView, ...]

    def realised(self, blocks: tuple[Block, ...]) -> tuple[tuple[AmendmentView, Coverage], ...]:
        """Return how much of what each chosen amendment asks for a wording realises."""
        return tuple((one, realised(one, blocks)) for one in self.chosen)

    @property
    def behind(self) -> tuple[OrganisationRef, ...]:
        """Every organisation that stands behind what was chosen, each once."""
        return tuple(dict.fromkeys(o for one in self.chosen for o in one.organisations))

    @property
    def touched(self) -> frozenset[str]:
        """The ids of the blocks that the chosen ones change."""
        return frozenset(block for one in self.chosen for block in one.block_ids)

    def begun_with(self, form: Form) -> AmendmentView | None:
        """Return the one with whose words a form begins, if it begins with those of any."""
        return next((one for one in self.chosen if one.id == form.text(FROM)), None)


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
    first = (found.chosen[0].id,) if found.chosen else ()
    return Form({MODE: ("yes",), COVERS: tuple(a.id for a in found.chosen), FROM: first, **words})


def begun_anew(form: Form, found: Offer | None, base: VersionView, step: str) -> Form:
    """Return the form with the words of the variant that a step names, or of the text as it stands, in its fields."""
    wanted = step.removeprefix(BEGIN)
    variants = found.chosen if found is not None else ()
    words = next((one.blocks for one in variants if one.id == wanted), base.blocks)
    return Form({**wordings.without_wording(form), **wordings.opened(base.blocks, words), FROM: (wanted,)})


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
