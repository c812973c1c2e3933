"""The job that turns an approved edition into a released paper, step by step, each of which survives a crash."""

from service.domain import canonical, publication
from service.domain.checkpoints import Occasion
from service.domain.editions import STEPS, Edition, EditionAction
from service.domain.events import EditionMoved, RecommendationPublished
from service.domain.permissions import Permission, Subject, require
from service.domain.publication import Approval
from service.domain.recommendations import RecommendationAction, RecommendationState
from service.domain.reports import Bearing, told
from service.domain.verification import Verdict
from service.store import files, jobs
from service.store.jobs import Job
from service.store.uow import UnitOfWork
from service.workflows import checkpoints, sealing
from service.workflows.context import Context
from service.workflows.editions import PUBLISH

PDF = "application/pdf"


class NotVerifiedError(RuntimeError):
    """The paper that was just sealed does not pass its own check: it must not be released."""


def revive(ctx: Context, edition_id: str, kind: str = PUBLISH) -> None:
    """Let an edition's job begin anew at the step that was not finished, even when it had been given up."""
    jobs.revive(ctx.database, kind, edition_id)


def fault(ctx: Context, edition_id: str, kind: str = PUBLISH) -> str:
    """Return what stopped an edition's job the last time; empty when nothing did."""
    return jobs.fault(ctx.database, kind, edition_id)


def publish(ctx: Context, job: Job) -> None:
    """Do what is left of an edition's way to its release."""
    with ctx.reading() as reader:
        done = jobs.done_steps(reader.connection, job)
    for action in STEPS:
        if action.value in done:
            continue
        job.reached(f"{action}.before")
        with jobs.kept(ctx.database, job):
            content, report = _made(ctx, job.subject_id, action)
        job.reached(f"{action}.before_commit")
        with ctx.transaction() as work:
            require(work.actor, Permission.JOB_RUN, Subject())
            jobs.hold(work.connection, job, work.now)
            edition = work.editions.lock(job.subject_id)
            edition.act(action)
            if content is not None:
                edition.file_digest = files.keep(work.connection, content, PDF)
            if report is not None:
                edition.verification = report
            if action is EditionAction.RELEASE:
                edition.released_at = work.now
                _publish_recommendations(work, edition)
                checkpoints.take(ctx, work, edition.agenda_id, Occasion.PUBLISHED)
            work.record(
                EditionMoved(edition.id, edition.state.value, edition.file_digest),
                agenda_id=edition.agenda_id,
            )
            jobs.write_step(work.connection, job, action.value, edition.file_digest or "")
        job.reached(f"{action}.after")


def _made(ctx: Context, edition_id: str, action: EditionAction) -> tuple[bytes | None, str | None]:
    """Do one step's work outside any transaction: return the file it made, or the report on one."""
    with ctx.transaction() as work:
        edition = work.editions.get(edition_id)
        snapshot = publication.from_json(edition.snapshot)
        people = {
            p.id: p.name
            for p in work.persons.all(id=frozenset({edition.assembled_by, edition.approved_by or ""}))
        }
        approval = Approval(
            assembled_by=people[edition.assembled_by],
            approved_by=people.get(edition.approved_by or ""),
            approved_at=edition.approved_at,
        )
        before = files.content_of(work.connection, edition.file_digest) if edition.file_digest else b""
        now = work.now
    if action is EditionAction.RENDER:
        return ctx.renderer.render(snapshot, approval), None
    if action is EditionAction.SIGN:
        # It was asked when the edition was approved, but jobs may wait, and settings and certificates change.
        sealing.demand_a_seal(ctx, now)
        return ctx.sealer.sign(before), None
    if action is EditionAction.TIMESTAMP:
        return ctx.sealer.timestamp(before), None
    if action is EditionAction.VERIFY:
        verification = ctx.sealer.verify(before, patiently=True, record_keys=(ctx.notary.key.public,))
        against = [one.sentence for one in told(verification) if one.bearing is Bearing.AGAINST]
        if verification.verdict is not Verdict.VALID or against:
            raise NotVerifiedError("; ".join(s.text for s in against or verification.sentences))
        return None, canonical.to_json(verification)
    return None, None


def _publish_recommendations(work: UnitOfWork, edition: Edition) -> None:
    for recommendation in work.recommendations.all(
        agenda_id=edition.agenda_id, state=RecommendationState.ADOPTED, order="number", lock=True
    ):
        recommendation.act(RecommendationAction.PUBLISH)
        work.record(RecommendationPublished(recommendation.id, edition.id), agenda_id=edition.agenda_id)
