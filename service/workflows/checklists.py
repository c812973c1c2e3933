"""Before an edition is assembled: the checklist, a look at what would be printed, and who can approve it."""

from dataclasses import replace
from datetime import datetime

from service.domain import publication
from service.domain.checklist import Check, Checklist, checklist
from service.domain.lessons import SHARED_LIST
from service.domain.permissions import Permission, Subject, require, visible_to
from service.domain.phases import Capability
from service.domain.publication import Snapshot
from service.domain.recommendations import RecommendationState
from service.domain.seals import AWAY, WARNED_BEFORE, KeysView, days_left
from service.domain.views.people import ApproverView
from service.store import renewing as renewals
from service.store.queries import moving
from service.store.queries.approvers import approvers_at
from service.workflows import (
    corrections,
    drafts,
    editions,
    reading,
    renewing,
    sealing,
    signatory_keys,
    translations,
    weighing,
)
from service.workflows.context import Context
from service.workflows.pages import every
from service.workflows.snapshots import snapshot_of

# A key that is away ends all the same.
ENDING = frozenset({None, *AWAY})
DECIDED = frozenset(
    {RecommendationState.ADOPTED, RecommendationState.NOT_ADOPTED, RecommendationState.PUBLISHED}
)


def look(ctx: Context, agenda_id: str) -> Checklist:
    """Return what keeps an agenda from being published, and what its facility should look at before."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        agenda = reading.agenda(ctx, agenda_id)
        progress = moving.progress(reader.connection, agenda_id)
        figures = reading.figures(ctx, agenda_id)
        seal, fault = sealing.seal_of(ctx, reader.now)
        states = [one.state for one in every(lambda c: reading.recommendations(ctx, agenda_id, 100, c))]
        return checklist(
            {
                Check.PHASE: int(Capability.PUBLISH not in agenda.open),
                Check.OPEN_RECOMMENDATIONS: states.count(RecommendationState.TABLED),
                Check.NOTHING_DECIDED: int(DECIDED.isdisjoint(states)),
                Check.UNDECIDED_AMENDMENTS: progress.undecided,
                Check.NOT_WORKED_IN: progress.not_worked_in,
                Check.RECONFIRMATIONS: sum(
                    outcome.reconfirmations for outcome in reading.outcomes(ctx, agenda_id).values()
                ),
                Check.NOT_ADOPTED: states.count(RecommendationState.NOT_ADOPTED),
                Check.STALE_TRANSLATIONS: sum(one.stale for one in translations.in_agenda(ctx, agenda_id)),
                Check.CORRECTIONS: corrections.unpublished(ctx, agenda_id),
                Check.DRAFT_NOT_PRINTED: int(drafts.failed(reader, agenda_id)),
                Check.CLAIMS_WITHOUT_EVIDENCE: sum(
                    len(one.found.bare) for one in weighing.claims(ctx, agenda_id)
                ),
                Check.OPEN_COMMENTS: figures.open_comments,
                Check.ROOM_FOR_LESSONS: SHARED_LIST - figures.shortlisted_lessons,
                Check.SEAL: int(fault is not None and fault not in AWAY),
                Check.SEAL_REACHED: int(seal is None or fault in AWAY),
                Check.SEAL_ENDS: (days_left(seal, reader.now) or 0) if seal and fault in ENDING else 0,
            }
        )


def draft_of(ctx: Context, agenda_id: str) -> Snapshot:
    """Show what an edition would print if it were assembled now; nothing is kept."""
    with ctx.reading() as reader:
        abilities = reading.abilities(ctx, agenda_id)
        require(reader.actor, Permission.AGENDA_EDIT, abilities.subject)
        number = reading.figures(ctx, agenda_id).editions + 1
        return snapshot_of(ctx, agenda_id, number, reader.now)


def frozen(ctx: Context, edition_id: str) -> Snapshot:
    """Return exactly what an edition prints, as it was frozen."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return publication.from_json(editions.snapshot(ctx, edition_id))


def approvers(ctx: Context, publication: datetime | None = None) -> tuple[ApproverView, ...]:
    """Return who may approve an edition that they did not assemble, and what should be known of their keys.

    Args:
        ctx: the facility's context.
        publication: until when the edition is to be published, where that is planned.
    """
    with ctx.reading() as reader:
        require(reader.actor, Permission.AGENDA_EDIT, Subject())
        able = approvers_at(reader.connection, reader.now)
        return signatory_keys.with_keys(ctx, able, reader.now, publication)


def keys(ctx: Context) -> KeysView:
    """Return which keys are in use, and until when; nothing of it is secret."""
    with ctx.reading() as reader:
        require(reader.actor, Permission.KEY_READ, Subject())
        seal, fault = sealing.seal_of(ctx, reader.now)
        shown = seal
        if seal is not None and seal.timestamps:
            # An authority elsewhere tells of its certificate by what it stamps: the latest paper says until when.
            shown = replace(seal, stamps_until=renewals.latest_proof(reader.connection))
        return KeysView(
            shown,
            ctx.notary.key.name,
            ctx.notary.key.text,
            fault=fault,
            days_left=days_left(seal, reader.now) if seal else None,
            not_renewed=renewals.count_stopped(reader.connection, renewing.RENEW),
            ending=renewals.count_ending(reader.connection, reader.now + WARNED_BEFORE[0]),
        )
