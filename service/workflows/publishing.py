"""The job that turns an approved edition into a released paper, step by step, each of which survives a crash."""

import logging
from collections.abc import Callable

from service.domain import canonical, publication
from service.domain.editions import STEPS, Edition, EditionAction
from service.domain.events import EditionMoved, RecommendationPublished
from service.domain.publication import Approval
from service.domain.recommendations import RecommendationAction, RecommendationState
from service.domain.verification import Verdict
from service.store import files, jobs
from service.store.jobs import Job
from service.store.uow import UnitOfWork
from service.workflows import webhooks
from service.workflows.context import Context
from service.workflows.editions import PUBLISH

LOG = logging.getLogger(__name__)
PDF = "application/pdf"


class NotVerifiedError(RuntimeError):
    """The paper that was just sealed does not pass its own check: it must not be released."""


def work_once(ctx: Context, reached: Callable[[str], None] = lambda _: None) -> bool:
    """Take one job that is due and do what is left of it; returns whether there was one.

    `reached` is told each point at which a crash would hurt most, such as `sign.before_commit`.
    """
    job = jobs.claim(ctx.database, ctx.new_id())
    if job is None:
        return False
    try:
        if job.kind == PUBLISH:
            _publish(ctx, job, reached)
        elif job.kind == webhooks.DELIVER:
            webhooks.deliver(ctx, job)
        jobs.finish(ctx.database, job)
    except jobs.LostLeaseError:
        return True
    except Exception as fault:  # noqa: BLE001 - whatever went wrong is written down, and tried again later
        error = f"{type(fault).__name__}: {fault}"
        LOG.warning("%s of %s, attempt %d: %s", job.kind, job.subject_id, job.attempts, error)
        jobs.postpone(ctx.database, job, error)
    return True


def revive(ctx: Context, edition_id: str) -> None:
    """Let an edition's job begin anew at the step that was not finished, even when it had been given up."""
    jobs.revive(ctx.database, PUBLISH, edition_id)


def fault(ctx: Context, edition_id: str) -> str:
    """Return what stopped an edition's job the last time; empty when nothing did."""
    return jobs.fault(ctx.database, PUBLISH, edition_id)


def _publish(ctx: Context, job: Job, reached: Callable[[str], None]) -> None:
    with ctx.reading() as reader:
        done = jobs.done_steps(reader.connection, job)
    for action in STEPS:
        if action.value in done:
            continue
        reached(f"{action}.before")
        with jobs.kept(ctx.database, job):
            content, report = _made(ctx, job.subject_id, action)
        reached(f"{action}.before_commit")
        with ctx.transaction() as work:
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
            work.record(
                EditionMoved(edition.id, edition.state.value, edition.file_digest),
                agenda_id=edition.agenda_id,
            )
            jobs.write_step(work.connection, job, action.value, edition.file_digest or "")
        reached(f"{action}.after")


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
    if action is EditionAction.RENDER:
        return ctx.renderer.render(snapshot, approval), None
    if action is EditionAction.SIGN:
        return ctx.sealer.sign(before), None
    if action is EditionAction.TIMESTAMP:
        return ctx.sealer.timestamp(before), None
    if action is EditionAction.VERIFY:
        verification = ctx.sealer.verify(before, patiently=True)
        if verification.verdict is not Verdict.VALID:
            raise NotVerifiedError("; ".join(s.text for s in verification.sentences))
        return None, canonical.to_json(verification)
    return None, None


def _publish_recommendations(work: UnitOfWork, edition: Edition) -> None:
    for recommendation in work.recommendations.all(
        agenda_id=edition.agenda_id, state=RecommendationState.ADOPTED, order="number", lock=True
    ):
        recommendation.act(RecommendationAction.PUBLISH)
        work.record(RecommendationPublished(recommendation.id, edition.id), agenda_id=edition.agenda_id)
