"""Views of what is weighed before it is published: claims with their evidence, and lessons that could be shared."""

from dataclasses import dataclass

from service.domain.underpinning import Underpinning
from service.domain.views.agendas import EvidenceView, LessonView
from service.domain.views.recommendations import RecommendationSummary


@dataclass(frozen=True, slots=True)
class ClaimsView:
    """A recommendation with the claims of its current text."""

    recommendation: RecommendationSummary
    found: Underpinning


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another lesson that says nearly the same, and the share of words that both have, from 0 to 1."""

    lesson: LessonView
    share: float


@dataclass(frozen=True, slots=True)
class CandidateView:
    """A lesson with what speaks for it.

    `partnerships` are the names of those whose members proposed it or brought its evidence.
    """

    lesson: LessonView
    evidence: tuple[EvidenceView, ...]
    partnerships: tuple[str, ...]
    alike: tuple[Likeness, ...]
