"""/assessments: what EU services find of one exact text."""

from datetime import datetime
from typing import Annotated

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from msgspec import Meta, Struct

from service.api.asking import Asking
from service.api.attempts import Attempt
from service.api.conditions import Condition
from service.api.lists import Cursor, Id, Limit, Listing, listing
from service.api.schemas import (
    Digest,
    Identifier,
    OnBehalfOf,
    OrganisationRef,
    Request,
    VersionRef,
    refuses,
    shown,
)
from service.api.voices import voice
from service.domain.actors import Scope
from service.domain.assessments import AssessmentState, EvidenceStrength, Finding, PolicyFit
from service.domain.errors import (
    DeadlinePassed,
    ForeignOrganisation,
    IllegalMove,
    Invalid,
    OtherText,
    PhaseClosed,
)
from service.workflows import assessments
from service.workflows.context import Context

TAGS = ["Assessments"]
Note = Annotated[str, Meta(description="Up to 2,000 characters.")]


class Assessment(Struct, frozen=True):
    """What an EU service finds of a text, bound to its digest; `current` while that is the current text."""

    id: str
    recommendation_id: str
    organisation: OrganisationRef
    version: VersionRef
    fit: PolicyFit
    strength: EvidenceStrength
    fit_note: str
    strength_note: str
    reference: str
    state: AssessmentState
    given_at: datetime
    current: bool


class NewAssessment(Request, frozen=True):
    """An assessment. The digest says which text was read. It takes the place of the one that was given before."""

    version: Identifier
    digest: Digest
    fit: PolicyFit
    strength: EvidenceStrength
    on_behalf_of: OnBehalfOf = None
    fit_note: Annotated[Note, Meta(description="Needed for a conflict.")] = ""
    strength_note: Annotated[Note, Meta(description="Needed where there is no evidence.")] = ""
    reference: Annotated[str, Meta(description="The policy meant; needed for a conflict.")] = ""


_assessment = shown(Assessment)


def current(ctx: Context, assessment_id: str) -> Assessment:
    """Return an assessment as it is now."""
    return _assessment(assessments.assessment(ctx, assessment_id))


@get("/recommendations/{recommendation_id:str}/assessments", tags=TAGS, sync_to_thread=True)
def list_assessments(
    recommendation_id: Id, ctx: Asking, limit: Limit = 50, cursor: Cursor = None
) -> Listing[Assessment]:
    """List the assessments of a recommendation, earlier ones too, in the order in which they were given."""
    return listing(assessments.listed(ctx, recommendation_id, limit, cursor), _assessment)


@post(
    "/recommendations/{recommendation_id:str}/assessments",
    tags=TAGS,
    opt=refuses(PhaseClosed, DeadlinePassed, ForeignOrganisation, OtherText, IllegalMove, Invalid),
    sync_to_thread=True,
)
def give_assessment(
    recommendation_id: Id,
    data: JSONBody[NewAssessment],
    ctx: Asking,
    attempt: NamedDependency[Attempt],
) -> Response[Assessment]:
    """Say how the current text fits policy, and how strong its evidence is, for an EU service."""
    command = assessments.GiveAssessment(
        recommendation_id,
        voice(ctx, data.on_behalf_of, Scope.COMMENT),
        data.version,
        data.digest,
        Finding(data.fit, data.strength, data.fit_note, data.strength_note, data.reference),
    )
    return attempt.create(
        lambda: assessments.give(ctx, command), lambda made: current(ctx, made), "/assessments/{id}"
    )


@get("/assessments/{assessment_id:str}", tags=TAGS, sync_to_thread=True)
def read_assessment(assessment_id: Id, ctx: Asking) -> Assessment:
    """Read an assessment."""
    return current(ctx, assessment_id)


@post(
    "/assessments/{assessment_id:str}/withdrawal",
    tags=TAGS,
    opt=refuses(PhaseClosed, DeadlinePassed, ForeignOrganisation, IllegalMove),
    status_code=200,
    sync_to_thread=True,
)
def withdraw_assessment(assessment_id: Id, ctx: Asking, condition: NamedDependency[Condition]) -> Assessment:
    """Take an assessment back."""
    condition.honoured(lambda: current(ctx, assessment_id))
    assessments.withdraw(ctx, assessment_id)
    return current(ctx, assessment_id)


ROUTES = [list_assessments, give_assessment, read_assessment, withdraw_assessment]
