"""Use cases around editions: assembling, approving, reading, verifying, withdrawing."""

import hashlib
from dataclasses import dataclass, replace

from service.domain import publication
from service.domain.editions import Edition, EditionAction
from service.domain.errors import NotReady, NotReleased, OtherText, Unknown
from service.domain.events import EditionApproved, EditionAssembled, EditionMoved
from service.domain.permissions import Act, Permission, require, visible_to
from service.domain.recommendations import RecommendationState
from service.domain.record_checks import is_record_file
from service.domain.verification import Finding, Sentence, Verification
from service.store import jobs
from service.store.queries import publication as queries
from service.store.renewing import former_report
from service.workflows import library, record, sealing
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


def assemble(ctx: Context, agenda_id: str) -> str:
    """The facility freezes the agenda into an edition; returns its id."""
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
        if not work.recommendations.count(agenda_id=agenda.id, state=settled):
            raise NotReady(reason="no recommendation has been decided on")
        if work.recommendations.count(agenda_id=agenda.id, state=RecommendationState.TABLED):
            raise NotReady(reason="some recommendations are still open")
        snapshot = snapshot_of(ctx, agenda.id, number, work.now)
        edition = Edition(
            id=ctx.new_id(),
            agenda_id=agenda.id,
            number=number,
            snapshot=publication.to_json(snapshot),
            digest=publication.digest(snapshot),
            assembled_by=author(work),
            assembled_at=work.now,
        )
        work.editions.add(edition)
        work.record(EditionAssembled(edition.id, edition.digest), agenda_id=agenda.id)
        return edition.id


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
        edition.approved_by, edition.approved_at = author(work), work.now
        work.record(EditionApproved(edition.id, edition.digest), agenda_id=agenda.id)
        jobs.enqueue(work.connection, ctx.new_id(), PUBLISH, edition.id, work.now)


def withdraw(ctx: Context, edition_id: str) -> None:
    """The facility withdraws an edition that should not stand; its paper stays readable as withdrawn."""
    with ctx.transaction() as work:
        agenda = work.agendas.lock(work.editions.get(edition_id).agenda_id, share=True)
        edition = work.editions.lock(edition_id)
        act = Act(Permission.EDITION_WITHDRAW, edition.id, edition.digest)
        require(work.actor, act.action, confirmed(work, act, agenda.subject(work.now)))
        edition.act(EditionAction.WITHDRAW)
        work.record(EditionMoved(edition.id, edition.state.value, edition.file_digest), agenda_id=agenda.id)


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
    with ctx.reading() as reader:
        visible_to(reader.actor)
        digest = hashlib.sha256(data).hexdigest()
        known = queries.report_on(reader.connection, digest)
        former = former_report(reader.connection, digest) if known is None else None
    if known is None and former is None:
        return ctx.sealer.verify(data)
    report, withdrawn = known or former  # type: ignore[misc]  # one of them is there
    first = (*([Finding.WITHDRAWN] if withdrawn else []), *([Finding.OLDER_ARCHIVE] if former else []))
    return replace(report, sentences=(*map(Sentence, first), *report.sentences))
