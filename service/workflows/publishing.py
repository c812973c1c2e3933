"""The job that turns an approved edition into a released paper, step by step, each of which survives a crash."""

from collections.abc import Sequence
from dataclasses import replace

from service.domain import canonical, publication
from service.domain.checkpoints import Occasion
from service.domain.editions import STEPS, Edition, EditionAction, EditionState
from service.domain.events import EditionMoved, RecommendationPublished
from service.domain.permissions import Permission, Subject, require
from service.domain.publication import Approval, Signatory
from service.domain.recommendations import RecommendationAction, RecommendationState
from service.domain.reports import Bearing, told
from service.domain.seals import SigningPerson
from service.domain.signatories import SignatoryState
from service.domain.verification import Verdict
from service.store import files, jobs
from service.store.jobs import Job
from service.store.uow import UnitOfWork
from service.workflows import checkpoints, sealing
from service.workflows.context import Context
from service.workflows.halts import PUBLISH
from service.workflows.signatories import overtaken, signatories_of

PDF = "application/pdf"


class NotVerifiedError(RuntimeError):
    """The paper that was just sealed does not pass its own check: it must not be released."""


class OvertakenError(RuntimeError):
    """The paper does not say rightly what it replaces, and never will: it has to be withdrawn and made anew."""


def revive(ctx: Context, edition_id: str, kind: str = PUBLISH) -> None:
    """Let an edition's job begin anew at the step that was not finished, even when it had been given up."""
    jobs.revive(ctx.database, kind, edition_id)


def fault(ctx: Context, edition_id: str, kind: str = PUBLISH) -> str:
    """Return what stopped an edition's job the last time; empty when nothing did."""
    return jobs.fault(ctx.database, kind, edition_id)


def publish(ctx: Context, job: Job) -> None:
    """Do what is left of an edition's way to its release; one that was withdrawn on it stays as it is.

    Raises:
        OvertakenError: another edition was released, or the one before withdrawn, after this one was approved.
    """
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
            if action is EditionAction.RELEASE:
                # Of two editions that were approved together, only one can say what it replaces.
                work.agendas.lock(work.editions.get(job.subject_id).agenda_id)
            edition = work.editions.lock(job.subject_id)
            if edition.state is EditionState.WITHDRAWN:
                jobs.close(work.connection, job, work.now)
                return
            edition.act(action)
            if content is not None:
                edition.file_digest = files.keep(work.connection, content, PDF)
            if report is not None:
                edition.verification = report
            if action is EditionAction.RELEASE:
                if why := overtaken(work.editions.all(agenda_id=edition.agenda_id, order="number"), edition):
                    raise OvertakenError(why)
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
        approval, people = _signed_by(work, edition)
        before = files.content_of(work.connection, edition.file_digest) if edition.file_digest else b""
        now = work.now
    if action is EditionAction.RENDER:
        return ctx.renderer.render(snapshot, _with_certificates(ctx, approval, people)), None
    if action is EditionAction.SIGN:
        # It was asked when the edition was approved, but jobs may wait, and settings and certificates change.
        sealing.demand_a_seal(ctx, now, patiently=True)
        sealing.demand_keys_in_force(ctx, people, now, patiently=True)
        return ctx.sealer.sign(before, people), None
    if action is EditionAction.TIMESTAMP:
        return ctx.sealer.timestamp(before), None
    if action is EditionAction.VERIFY:
        verification = ctx.sealer.verify(before, patiently=True, record_keys=(ctx.notary.key.public,))
        against = [one.sentence for one in told(verification) if one.bearing is Bearing.AGAINST]
        if verification.verdict is not Verdict.VALID or against:
            raise NotVerifiedError("; ".join(s.text for s in against or verification.sentences))
        return None, canonical.to_json(verification)
    return None, None


def _signed_by(work: UnitOfWork, edition: Edition) -> tuple[Approval, tuple[SigningPerson, ...]]:
    """Return who stands behind an edition as it is printed, and its signatories in the order in which they are."""
    listed = [one for one in signatories_of(work, edition) if one.state is SignatoryState.SIGNED]
    known = {edition.assembled_by, edition.approved_by or "", *(one.person_id for one in listed)}
    people = {p.id: SigningPerson(p.name, p.email) for p in work.persons.all(id=frozenset(known))}
    approver = people.get(edition.approved_by or "")
    approval = Approval(
        assembled_by=people[edition.assembled_by].name,
        approved_by=approver.name if approver is not None else None,
        approved_at=edition.approved_at,
        signatories=tuple(
            Signatory(
                people[one.person_id].name,
                work.organisations.get(one.organisation_id).name,
                (one.acted_at or one.named_at).replace(microsecond=0),
            )
            for one in listed
        ),
    )
    return approval, tuple(people[one.person_id] for one in listed)


def _with_certificates(ctx: Context, approval: Approval, people: Sequence[SigningPerson]) -> Approval:
    """Return an approval that names the certificate of each signatory: their keys are asked, which may take a while.

    Raises:
        Refusal: a key cannot be reached, cannot be opened, or is not theirs.
    """
    keys = [sealing.demand_a_key(one, ctx.sealer.key_of(one, patiently=True)) for one in people]
    return replace(
        approval,
        signatories=tuple(
            replace(one, certificate=key.fingerprint if key is not None else "")
            for one, key in zip(approval.signatories, keys, strict=True)
        ),
    )


def _publish_recommendations(work: UnitOfWork, edition: Edition) -> None:
    for recommendation in work.recommendations.all(
        agenda_id=edition.agenda_id, state=RecommendationState.ADOPTED, order="number", lock=True
    ):
        recommendation.act(RecommendationAction.PUBLISH)
        work.record(RecommendationPublished(recommendation.id, edition.id), agenda_id=edition.agenda_id)
