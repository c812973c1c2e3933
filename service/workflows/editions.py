"""Use cases around editions: assembling, signing, reading, verifying, withdrawing."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from service.domain import publication
from service.domain.changes import changes_between
from service.domain.corrigenda import Change, Corrigendum, check_reason
from service.domain.editions import Edition, EditionAction, EditionState, newest_published
from service.domain.errors import NotReady, NotReleased, OtherText, Unknown
from service.domain.events import EditionAssembled, EditionMoved
from service.domain.permissions import Act, Permission, require, visible_to
from service.domain.publication import Snapshot
from service.domain.recommendations import RecommendationState
from service.domain.record_checks import is_record_file
from service.domain.signatories import names_digest
from service.domain.verification import Verification
from service.domain.views.agendas import EditionView
from service.store.queries import publication as queries
from service.workflows import library, record, sealed_with, signatories, verifications
from service.workflows.confirmations import confirmed
from service.workflows.context import Context
from service.workflows.recommendations import author
from service.workflows.since_assembled import changes_since
from service.workflows.snapshots import snapshot_of


@dataclass(frozen=True, slots=True)
class ApproveEdition:
    """The approval of exactly the edition with this digest."""

    edition_id: str
    digest: str


def assemble(ctx: Context, agenda_id: str, reason: str = "", *, to_sign: Sequence[str] = ()) -> str:
    """The facility freezes the agenda into an edition; returns its id.

    Args:
        ctx: the facility's context.
        agenda_id: the agenda.
        reason: what changed and why, where an edition was published before.
        to_sign: the persons who are to sign it, all of them; where nobody is named, the first who may approves it.
    """
    with ctx.transaction() as work:
        agenda = work.agendas.lock(agenda_id)
        number = work.editions.count(agenda_id=agenda.id) + 1
        act = assembling(agenda.id, number, to_sign)
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
        if to_sign:
            signatories.named(ctx, work, edition, to_sign)
        return edition.id


def assembling(agenda_id: str, number: int | str, to_sign: Sequence[str]) -> Act:
    """Return the act of assembling an agenda's edition of this number, to be signed by these persons."""
    return Act(Permission.EDITION_ASSEMBLE, agenda_id, str(number), names_digest(to_sign))


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
    """A signatory signs exactly this edition; once all have, rendering, sealing and release follow by themselves."""
    with ctx.transaction() as work:
        # Nobody corrects what is signed while it is signed.
        agenda = work.agendas.lock(work.editions.get(command.edition_id).agenda_id)
        edition = work.editions.lock(command.edition_id)
        subject = signatories.asked(work, agenda, edition)
        act = Act(Permission.EDITION_APPROVE, edition.id, command.digest)
        require(work.actor, act.action, confirmed(work, act, subject))
        if command.digest != edition.digest:
            raise OtherText
        signatories.signed(ctx, work, edition)


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


def changed(ctx: Context, view: EditionView) -> tuple[Change, ...]:
    """Return what the agenda says differently from an edition that waits to be signed; none of any other."""
    if view.state is not EditionState.ASSEMBLED:
        return ()
    with ctx.reading() as reader:
        return changes_since(ctx, view.agenda_id, view.number, snapshot(ctx, view.id), reader.now)


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
    found = ctx.sealer.verify(
        data, record_keys=(ctx.notary.key.public,), sealed_with=partial(sealed_with.certificates, ctx)
    )
    return verifications.completed(ctx, found)
