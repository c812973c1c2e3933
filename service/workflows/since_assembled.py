"""What has changed in an agenda since an edition of it was assembled: nobody signs what the agenda says no more."""

from dataclasses import replace
from datetime import datetime

from service.domain import publication
from service.domain.changes import changes_between
from service.domain.corrigenda import Change
from service.workflows.context import Context
from service.workflows.snapshots import snapshot_of


def changes_since(
    ctx: Context, agenda_id: str, number: int, frozen: str, now: datetime
) -> tuple[Change, ...]:
    """Return what an edition that is assembled now would say differently from the one that was frozen before.

    How many took part and commented, and the steps on the way, tell of the time of assembling, so they may go on.

    Args:
        ctx: of whoever is to know; inside a transaction where nothing may change meanwhile.
        agenda_id: the agenda.
        number: the edition's number.
        frozen: its snapshot, as canonical JSON.
        now: when it is asked.
    """
    before = publication.from_json(frozen)
    # Proofs are no difference, and whoever signs would wait for them.
    after = snapshot_of(ctx, agenda_id, number, now, proven=False)
    counted = replace(after, participants=before.participants, steps=before.steps, method=before.method)
    return changes_between(before, counted)
