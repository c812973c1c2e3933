"""How much of what amendments ask for other wordings realise: in compromises, in decisions, in the text."""

from service.domain.amendments import OPEN
from service.domain.permissions import visible_to
from service.domain.text import Block, Coverage, coverage, diff
from service.domain.views.amendments import AmendmentRef, AmendmentView, CoverageView, CoveredView
from service.store.queries.amendments import get_amendments
from service.workflows import reading
from service.workflows.context import Context


def covering(ctx: Context, amendment_id: str) -> CoverageView:
    """Return what becomes of the words that an amendment, and those that it covers, ask for."""
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        view = reading.amendment(ctx, amendment_id)
        ids = {ref.id for ref in (*view.covers, *view.covered_by)}
        known = {one.id: one for one in get_amendments(reader.connection, sight, ids)}
        decided = view.decided_blocks
        return CoverageView(
            covers=tuple(
                CoveredView(_ref(known[ref.id]), realised(known[ref.id], view.standing_blocks))
                for ref in view.covers
            ),
            covered_by=tuple(
                CoveredView(_ref(known[ref.id]), realised(view, known[ref.id].standing_blocks))
                for ref in view.covered_by
            ),
            decided=realised(view, decided) if decided is not None else None,
            text=_in_text(ctx, view),
        )


def own_covered(ctx: Context, amendment_id: str) -> tuple[AmendmentView, ...]:
    """Return what the reader's organisations proposed of all that a compromise covers, while it is undecided."""
    with ctx.reading() as reader:
        sight = visible_to(reader.actor)
        ids = {ref.id for ref in reading.amendment(ctx, amendment_id).covers if ref.state in OPEN}
        known = get_amendments(reader.connection, sight, ids) if ids else ()
        return tuple(one for one in known if one.organisations[0].id in sight.organisation_ids)


def realised(view: AmendmentView, wording: tuple[Block, ...]) -> Coverage:
    """Return how much of what an amendment asks for a wording realises."""
    return coverage(view.base_blocks, view.operations, diff(view.base_blocks, wording))


def _in_text(ctx: Context, view: AmendmentView) -> Coverage | None:
    if not view.stale or view.number is None:
        return None
    return realised(view, reading.current_version(ctx, view.recommendation_id).blocks)


def _ref(view: AmendmentView) -> AmendmentRef:
    return AmendmentRef(view.id, view.number, view.state, view.organisations)
