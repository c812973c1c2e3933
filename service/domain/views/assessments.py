"""Views of what EU services find of a recommendation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from service.domain.assessments import AssessmentState, EvidenceStrength, PolicyFit
from service.domain.views.people import OrganisationRef
from service.domain.views.recommendations import VersionRef


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """An assessment; `current` tells whether it was given on exactly the current text."""

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
    revision: int


@dataclass(frozen=True, slots=True)
class AssessmentTally:
    """How many services found what of a recommendation; `earlier` of them looked at an earlier text."""

    fits: Mapping[PolicyFit, int]
    strengths: Mapping[EvidenceStrength, int]
    given: int
    earlier: int
