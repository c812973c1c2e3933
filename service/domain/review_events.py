"""Facts about what EU services find of a recommendation; their notes stand in the record as commitments alone."""

from dataclasses import dataclass
from typing import ClassVar

from service.domain.house_events import Event


@dataclass(frozen=True, slots=True)
class AssessmentGiven(Event):
    """An EU service assessed exactly this text."""

    name: ClassVar[str] = "assessment.given"
    assessment_id: str
    recommendation_id: str
    organisation_id: str
    version_id: str
    digest: str
    fit: str
    strength: str
    fit_note: str = ""
    strength_note: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class AssessmentWithdrawn(Event):
    """An EU service took its assessment back."""

    name: ClassVar[str] = "assessment.withdrawn"
    assessment_id: str
    organisation_id: str
