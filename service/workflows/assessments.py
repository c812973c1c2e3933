"""Use cases around assessments: an EU service says how a text fits policy and how strong its evidence is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from service.domain import assessments
from service.domain.assessments import Assessment, AssessmentAction, AssessmentState, Finding
from service.domain.errors import IllegalMove, OtherText, Unknown
from service.domain.events import AssessmentGiven, AssessmentWithdrawn
from service.domain.permissions import Permission, require, visible_to
from service.domain.recommendations import LIFECYCLE, RecommendationAction
from service.domain.text import normalise
from service.domain.views import Page
from service.domain.views.assessments import AssessmentTally, AssessmentView
from service.store.queries import assessments as queries
from service.store.queries.recommendations import is_visible
from service.workflows.context import Context
from service.workflows.recommendations import author, locked


@dataclass(frozen=True, slots=True)
class GiveAssessment:
    """What an organisation finds of the version that it has read, named by its digest."""

    recommendation_id: str
    organisation_id: str
    version_id: str
    digest: str
    finding: Finding


def give(ctx: Context, command: GiveAssessment) -> str:
    """An EU service assesses the current text; what it gave before is superseded. Returns the assessment's id."""
    with ctx.transaction() as work:
        # The recommendation's lock makes two voices of one organisation wait for each other.
        recommendation, agenda = locked(work, command.recommendation_id)
        subject = agenda.subject(work.now, command.organisation_id)
        require(work.actor, Permission.ASSESSMENT_GIVE, subject)
        if not LIFECYCLE.allows(recommendation.state, RecommendationAction.ADOPT):
            possible = LIFECYCLE.actions(recommendation.state)
            raise IllegalMove(LIFECYCLE.name, recommendation.state, "assess", possible)
        if command.version_id != recommendation.current_version_id:
            raise OtherText
        assessments.check_digest(work.versions.get(command.version_id), command.digest)
        finding = _normal(command.finding)
        assessments.check(finding)
        earlier = work.assessments.find(
            recommendation_id=recommendation.id,
            organisation_id=command.organisation_id,
            state=AssessmentState.STANDING,
        )
        if earlier is not None:
            earlier.act(AssessmentAction.SUPERSEDE)
            # One stands at a time, and the database counts on it.
            work.flush()
        given = Assessment(
            id=ctx.new_id(),
            agenda_id=agenda.id,
            recommendation_id=recommendation.id,
            organisation_id=command.organisation_id,
            person_id=author(work),
            version_id=command.version_id,
            digest=command.digest,
            fit=finding.fit,
            strength=finding.strength,
            fit_note=finding.fit_note,
            strength_note=finding.strength_note,
            reference=finding.reference,
            given_at=work.now,
        )
        work.assessments.add(given)
        work.record(_given(given), agenda_id=agenda.id, organisation_id=given.organisation_id)
        return given.id


def withdraw(ctx: Context, assessment_id: str) -> None:
    """An EU service takes its assessment back."""
    with ctx.transaction() as work:
        known = work.assessments.get(assessment_id)
        _, agenda = locked(work, known.recommendation_id)
        assessment = work.assessments.lock(assessment_id)
        organisation_id = assessment.organisation_id
        require(work.actor, Permission.ASSESSMENT_GIVE, agenda.subject(work.now, organisation_id))
        assessment.act(AssessmentAction.WITHDRAW)
        event = AssessmentWithdrawn(assessment.id, organisation_id)
        work.record(event, agenda_id=agenda.id, organisation_id=organisation_id)


def assessment(ctx: Context, assessment_id: str) -> AssessmentView:
    """Return one assessment."""
    with ctx.reading() as reader:
        view = queries.get_assessment(reader.connection, visible_to(reader.actor), assessment_id)
        if view is None:
            raise Unknown(thing="assessment")
        return view


def listed(
    ctx: Context, recommendation_id: str, limit: int = 50, cursor: str | None = None
) -> Page[AssessmentView]:
    """Return the assessments of a recommendation, earlier ones too, in the order in which they were given."""
    with ctx.reading() as reader:
        if not is_visible(reader.connection, visible_to(reader.actor), recommendation_id):
            raise Unknown(thing="recommendation")
        return queries.list_assessments(reader.connection, recommendation_id, limit, cursor)


def standing(ctx: Context, recommendation_id: str) -> tuple[AssessmentView, ...]:
    """Return the assessments that speak for their organisations, by the organisations' names."""
    with ctx.reading() as reader:
        if not is_visible(reader.connection, visible_to(reader.actor), recommendation_id):
            raise Unknown(thing="recommendation")
        return queries.standing(reader.connection, recommendation_id)


def tallies(ctx: Context, recommendation_ids: Collection[str]) -> Mapping[str, AssessmentTally]:
    """Return in a line how each of these recommendations was assessed; those that nobody assessed are left out."""
    with ctx.reading() as reader:
        visible_to(reader.actor)
        return queries.tallies(reader.connection, recommendation_ids)


def _normal(finding: Finding) -> Finding:
    return replace(
        finding,
        fit_note=normalise(finding.fit_note, field="fit_note"),
        strength_note=normalise(finding.strength_note, field="strength_note"),
        reference=normalise(finding.reference, field="reference"),
    )


def _given(one: Assessment) -> AssessmentGiven:
    return AssessmentGiven(
        one.id,
        one.recommendation_id,
        one.organisation_id,
        one.version_id,
        one.digest,
        one.fit.value,
        one.strength.value,
        one.fit_note,
        one.strength_note,
        one.reference,
    )
