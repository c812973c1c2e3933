"""The words for what the review counts in codes."""

from collections.abc import Mapping
from enum import StrEnum

from service.domain.assessments import AssessmentState, EvidenceStrength, PolicyFit
from service.domain.reviewing import Fate, ReviewOrder, Together

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
    ReviewOrder: {"text": "in the order of the text", "newest": "the newest first"},
    Together: {
        "seen": "Mark as seen",
        "no_comment": "Assess: no comment",
        "advise_accept": "Advise to accept",
        "advise_modified": "Advise to accept with other words",
        "advise_reject": "Advise to reject",
        "admit": "Declare admissible",
        "declare_inadmissible": "Declare inadmissible",
        "examine": "Take up for examination",
    },
    Fate: {
        "done": "will be done",
        "already": "is so already",
        "too_late": "is passed over: it is decided, or has come further",
    },
}
