"""Pages of the assessments: how EU services find that a text fits policy, and how strong its evidence is."""

from litestar import Response, get, post
from litestar.params import FromPath

from service.domain.assessments import EvidenceStrength, Finding, PolicyFit
from service.domain.permissions import Permission
from service.web.done import Done
from service.web.entering import local
from service.web.forms import Form, Sent
from service.web.gates import must
from service.web.pages import Asked, Asking, page, see_other
from service.workflows import assessments, reading
from service.workflows.assessments import GiveAssessment
from service.workflows.context import Context

# Saying nothing stands last, as the way out that it is.
FITS = tuple(PolicyFit)
STRENGTHS = tuple(EvidenceStrength)


@get("/recommendations/{recommendation_id:str}/assess", sync_to_thread=True, include_in_schema=False)
def assess(request: Asked, recommendation_id: FromPath[str], ctx: Asking) -> Response[str]:
    """Show the exact text, and the form for an assessment of it."""
    with ctx.reading():
        return _form(request, ctx, recommendation_id, Form())


@post("/recommendations/{recommendation_id:str}/assess", sync_to_thread=True, include_in_schema=False)
def assessed(
    request: Asked, recommendation_id: FromPath[str], form: Sent, ctx: Asking
) -> Response[str] | Response[None]:
    """Give an assessment."""
    if form.submit(lambda: assessments.give(ctx, read(form, recommendation_id))) is None:
        with ctx.reading():
            return _form(request, ctx, recommendation_id, form)
    there = local(form.text("then", f"/recommendations/{recommendation_id}#assessments"))
    return see_other(there, Done.ASSESSED)


@post("/assessments/{assessment_id:str}/withdrawal", sync_to_thread=True, include_in_schema=False)
def take_back(assessment_id: FromPath[str], form: Sent, ctx: Asking) -> Response[None]:
    """Take an assessment back."""
    del form  # reading it has made sure that the person meant it
    view = assessments.assessment(ctx, assessment_id)
    assessments.withdraw(ctx, assessment_id)
    return see_other(f"/recommendations/{view.recommendation_id}#assessments", Done.ASSESSMENT_WITHDRAWN)


def read(form: Form, recommendation_id: str) -> GiveAssessment:
    """Return the assessment that a form holds."""
    return GiveAssessment(
        recommendation_id=recommendation_id,
        organisation_id=form.text("organisation_id"),
        version_id=form.text("version_id"),
        digest=form.text("digest"),
        finding=Finding(
            fit=form.choice("fit", PolicyFit),
            strength=form.choice("strength", EvidenceStrength),
            fit_note=form.text("fit_note"),
            strength_note=form.text("strength_note"),
            reference=form.text("reference"),
        ),
    )


def _form(request: Asked, ctx: Context, recommendation_id: str, form: Form) -> Response[str]:
    view = reading.recommendation(ctx, recommendation_id)
    abilities = reading.abilities(ctx, view.agenda_id)
    must(abilities, Permission.ASSESSMENT_GIVE)
    standing = assessments.standing(ctx, recommendation_id)
    mine = {one.id for one in abilities.organisations(Permission.ASSESSMENT_GIVE)}
    earlier = next((one for one in standing if one.organisation.id in mine), None)
    return page(
        request, ctx, "assess.html", status=form.status, private=True, recommendation=view,
        agenda=reading.agenda(ctx, view.agenda_id), version=reading.version(ctx, view.current_version.id),
        earlier=earlier, read=reading.version(ctx, earlier.version.id) if earlier and not earlier.current else None,
        abilities=abilities, fits=FITS, strengths=STRENGTHS, form=form,
    )  # fmt: skip
