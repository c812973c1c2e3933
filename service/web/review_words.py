"""The words for what the review counts in codes."""

from collections.abc import Mapping
from enum import StrEnum

from service.domain.assessments import AssessmentState, EvidenceStrength, PolicyFit

REVIEW_WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    PolicyFit: {
        "fits": "fits existing policy",
        "needs_new": "needs new policy",
        "conflicts": "conflicts with policy",
        "no_comment": "no comment on policy",
    },
    EvidenceStrength: {
        "strong": "strong evidence",
        "some": "some evidence",
        "weak": "weak evidence",
        "none": "no evidence",
        "no_comment": "no comment on evidence",
    },
    AssessmentState: {
        "standing": "stands",
        "superseded": "replaced by a later one",
        "withdrawn": "taken back",
    },
}
