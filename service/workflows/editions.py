"""Use cases around editions: assembling, approving, reading, verifying, withdrawing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from service.domain import publication
from service.domain.changes import changes_between
from service.domain.corrigenda import Corrigendum, check_reason
from service.domain.editions import Edition, EditionAction, EditionState, newest_published
from service.domain.errors import NotReady, NotReleased, OtherText, Unknown
from service.domain.events import EditionApproved, EditionAssembled, EditionMoved
from service.domain.permissions import Act, Permission, require, visible_to
from service.domain.publication import Snapshot
from service.domain.recommendations import RecommendationState
from service.domain.record_checks import is_record_file
from service.domain.verification import Verification
from service.store import jobs
from service.store.queries import publication as queries
from service.workflows import library, record, sealing, verifications
from service.workflows.confirmations import confirmed
from service.workflows.context import Context
from service.workflows.recommendations import author
from service.workflows.snapshots import snapshot_of

PUBLISH = "publish"


@dataclass(frozen=True, slots=True)
class ApproveEdition:
    """The approval of exactly the edition with this digest."""

    edition_id: str
    digest: str


def assemble(ctx: Context, agenda_id: str, reason: str = "") -> str:
    """The facility freezes the agenda into an edition; returns its id.

    Args:
        ctx: the facility's context.
        agenda_id: the agenda.
        reason: what changed and why, where an edition was published before.
    """
    with ctx.transaction() as work:
        agenda = work.agendas.lock(agenda_id)
        number = work.editions.count(agenda_id=agenda.id) + 1
        act = Act(Permission.EDITION_ASSEMBLE, agenda.id, str(number))
        require(work.actor, act.action, confirmed(work, act, agenda.subject(work.now)))
        settled = (
            RecommendationState.ADOPTED,
            RecommendationState.NOT_ADOPTED,
            RecommendationState.PUBLISHED,
        )
        if work.recommendations.count(agenda_id=agenda.id, state=RecommendationState.TABLED):
            raise NotReady(reason="some recommendations are still open")
        if not work.recommendations.count(agenda_id=agenda.id, state=settled):
            raise NotReady(reason="no recommendation has been decided on")
        earlier = work.editions.all(agenda_id=agenda.id, order="number")
        snapshot = _corrected(snapshot_of(ctx, agenda.id, number, work.now), earlier, reason)
        edition = Edition(
            id=ctx.new_id(),
            agenda_id=agenda.id,
            number=number,
            snapshot=publication.to_json(snapshot),
            digest=publication.digest(snapshot),
            assembled_by=author(work),
            assembled_at=work.now,
            reason=snapshot.corrigendum.reason if snapshot.corrigendum is not None else "",
        )
        work.editions.add(edition)
        work.record(EditionAssembled(edition.id, edition.digest, edition.reason), agenda_id=agenda.id)
        return edition.id


def _corrected(snapshot: Snapshot, earlier: Sequence[Edition], reason: str) -> Snapshot:
    """Return the snapshot with what it replaces, why, and what is different; the first edition replaces none."""
    replaced = newest_published(earlier)
    if replaced is None or replaced.released_at is None:
        return snapshot
    return replace(
        snapshot,
        corrigendum=Corrigendum(
            replaced.number,
            replaced.released_at.date(),
            replaced.digest,
            check_reason(
                reason,
                "An edition is published already. Say what has changed, and why: the new one prints it.",
            ),
            changes_between(publication.from_json(replaced.snapshot), snapshot),
            replaced.state is EditionState.WITHDRAWN,
        ),
    )


def approve(ctx: Context, command: ApproveEdition) -> None:
    """A second person approves exactly this edition; rendering, sealing and release follow by themselves."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(work.editions.get(command.edition_id).agenda_id, share=True)
        edition = work.editions.lock(command.edition_id)
        subject = agenda.subject(work.now, assembled_by=edition.assembled_by)
        act = Act(Permission.EDITION_APPROVE, edition.id, command.digest)
        require(work.actor, act.action, confirmed(work, act, subject))
        if command.digest != edition.digest:
            raise OtherText
        # Asked here, because nobody looks at the job that would fail later.
        sealing.demand_a_seal(ctx, work.now)
        edition.act(EditionAction.APPROVE)
        if why := overtaken(work.editions.all(agenda_id=agenda.id, order="number"), edition):
            raise NotReady(reason=why)
        edition.approved_by, edition.approved_at = author(work), work.now
        work.record(EditionApproved(edition.id, edition.digest), agenda_id=agenda.id)
        jobs.enqueue(work.connection, ctx.new_id(), PUBLISH, edition.id, work.now)


def overtaken(editions: Sequence[Edition], edition: Edition) -> str:
    """Return why an edition does not say rightly what it replaces, among all of its agenda; empty where it does."""
    newest = newest_published(editions)
    replaces = publication.from_json(edition.snapshot).corrigendum
    if (newest.digest if newest is not None else "") != (replaces.digest if replaces is not None else ""):
        return "another edition was published since; assemble it anew"
    if newest is None or replaces is None or replaces.withdrawn is (newest.state is EditionState.WITHDRAWN):
        return ""
    return "the edition before it was withdrawn since; assemble it anew"


def withdraw(ctx: Context, edition_id: str, reason: str) -> None:
    """The facility withdraws an edition that should not stand, and says why; its paper stays readable as withdrawn."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(work.editions.get(edition_id).agenda_id, share=True)
        edition = work.editions.lock(edition_id)
        act = Act(Permission.EDITION_WITHDRAW, edition.id, edition.digest)
        require(work.actor, act.action, confirmed(work, act, agenda.subject(work.now)))
        edition.act(EditionAction.WITHDRAW)
        edition.withdrawn_because, edition.withdrawn_at = (
            check_reason(reason, "Say why it does not stand any more: everyone who has the paper reads it."),
            work.now,
        )
        work.record(
            EditionMoved(edition.id, edition.state.value, edition.file_digest, edition.withdrawn_because),
            agenda_id=agenda.id,
        )


def pdf(ctx: Context, edition_id: str) -> bytes:
    """Return the sealed paper of a released edition."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        view = library.edition(ctx, edition_id)
        if view.released_at is None or view.file_digest is None:
            raise NotReleased(state=view.state.value)
        content = queries.get_file(reader.connection, view.file_digest)
        if content is None:
            raise Unknown(thing="file")
        return content


def snapshot(ctx: Context, edition_id: str) -> str:
    """Return what an edition was made from, as canonical JSON."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        text = queries.get_snapshot(reader.connection, edition_id)
        if text is None:
            raise Unknown(thing="edition")
        return text


def verify(ctx: Context, data: bytes) -> Verification:
    """Tell what can be said of a file, whoever made it: a paper, or a file of a record."""
    if is_record_file(data):
        return record.verify(ctx, data)
    known = verifications.of_published(ctx, hashlib.sha256(data).hexdigest())
    known = known or verifications.of_former(ctx, hashlib.sha256(data).hexdigest())
    if known is not None:
        return known
    found = ctx.sealer.verify(data, record_keys=(ctx.notary.key.public,))
    return verifications.completed(ctx, found)
