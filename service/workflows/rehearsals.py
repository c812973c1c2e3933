"""A decision looked at before it is taken: it is taken, seen from all sides, and undone in the same transaction.

What is shown is therefore what would happen, and not what somebody thought it would be.
"""

from dataclasses import dataclass
from typing import NoReturn

from service.domain.amendments import ACCEPTED, AmendmentState
from service.domain.permissions import visible_to
from service.domain.views.amendments import AmendmentRef, AmendmentView
from service.domain.views.deciding import FallView
from service.workflows import consolidation, deciding, decisions, reading
from service.workflows.consolidation import Consolidate, Preview
from service.workflows.context import Context
from service.workflows.decisions import Decide


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a decision would bring.

    `amendment` is as it would be then. Those in `falling` fall at once, those in `falls` when it is worked into the
    text. `preview` is the next version with all that is accepted then; None where the decision adopts nothing.
    """

    amendment: AmendmentView
    falling: tuple[AmendmentRef, ...]
    falls: tuple[FallView, ...]
    preview: Preview | None


class _Undone(Exception):
    def __init__(self, seen: Rehearsal) -> None:
        super().__init__()
        self.seen = seen


def rehearse(ctx: Context, command: Decide) -> Rehearsal:
    """Show what a decision would bring, what falls with it and what the text would be; nothing is changed."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        before = reading.amendment(ctx, command.amendment_id)
    try:
        with ctx.transaction():
            decisions.decide(ctx, command)
            _undo(_seen(ctx, before))
    except _Undone as undone:
        return undone.seen


def _undo(seen: Rehearsal) -> NoReturn:
    """Leave the transaction, so that nothing of it stays."""
    raise _Undone(seen)


def _seen(ctx: Context, before: AmendmentView) -> Rehearsal:
    after = reading.amendment(ctx, before.id)
    adopted = after.state in ACCEPTED
    stood = {ref.id for ref in before.covers if ref.state is not AmendmentState.FALLEN}
    fallen = [ref.id for ref in after.covers if ref.state is AmendmentState.FALLEN and ref.id in stood]
    named = reading.references(ctx, fallen)
    falls = deciding.met(ctx, after.id).falls if adopted else ()
    return Rehearsal(
        amendment=after,
        falling=tuple(named[i] for i in fallen),
        falls=tuple(one for one in falls if one.amendment.id not in fallen),
        preview=consolidation.preview(ctx, Consolidate(after.recommendation_id)) if adopted else None,
    )
