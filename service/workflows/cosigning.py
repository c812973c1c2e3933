"""Co-signing in the place of sending: somebody has proposed exactly this already."""

from dataclasses import replace

from service.domain.errors import StaleState
from service.workflows import reading
from service.workflows.amendments import (
    EditDraft,
    Foresee,
    SignAmendment,
    TableAmendment,
    edit_draft,
    foresee,
    sign,
    table,
)
from service.workflows.context import Context


def co_sign(ctx: Context, amendment_id: str, written: TableAmendment | EditDraft) -> str:
    """An organisation signs the amendment that says what it has written, which is kept as its draft; returns its id.

    Raises:
        StaleState: the amendment does not say this, or does not any more.
    """
    with ctx.transaction():
        if isinstance(written, TableAmendment):
            draft_id = table(ctx, replace(written, draft=True))
        else:
            edit_draft(ctx, written)
            draft_id = written.amendment_id
        draft = reading.amendment(ctx, draft_id)
        sign(ctx, SignAmendment(amendment_id, draft.organisations[0].id))
        # Only now that nobody can change its words any more.
        seen = foresee(ctx, Foresee(draft.recommendation_id, draft.base_version.id, draft.blocks))
        if amendment_id not in {ref.id for ref in seen.identical}:
            raise StaleState
        return draft_id
