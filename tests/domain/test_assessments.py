import pytest

from service.domain.assessments import (
    NOTE_LENGTH,
    REFERENCE_LENGTH,
    Assessment,
    AssessmentAction,
    AssessmentState,
    EvidenceStrength,
    Finding,
    PolicyFit,
    check,
    check_digest,
)
from service.domain.errors import IllegalMove, OtherText
from service.domain.recommendations import Version
from tests.domain.actors import NOW
from tests.domain.faults import fields_refused

F, E = PolicyFit, EvidenceStrength


def a_version(digest: str) -> Version:
    return Version("v1", "r1", 1, None, "ada", (), {}, digest, "", NOW, {})


def an_assessment() -> Assessment:
    return Assessment("s1", "a1", "r1", "unit", "ada", "v1", "d1", F.FITS, E.STRONG, "", "", "", NOW)


def test_an_assessment_of_the_text_that_was_read_is_accepted() -> None:
    check_digest(a_version("d1"), "d1")


def test_an_assessment_of_another_text_is_refused() -> None:
    with pytest.raises(OtherText):
        check_digest(a_version("d1"), "d2")


@pytest.mark.parametrize("fit", [F.FITS, F.NEEDS_NEW, F.NO_COMMENT])
@pytest.mark.parametrize("strength", [E.STRONG, E.SOME, E.WEAK, E.NO_COMMENT])
def test_what_helps_by_itself_needs_no_note(fit: PolicyFit, strength: EvidenceStrength) -> None:
    check(Finding(fit, strength))


def test_a_conflict_says_what_conflicts_with_which_policy() -> None:
    check(Finding(F.CONFLICTS, E.SOME, "It doubles a reserve.", "", "Financial Regulation"))


@pytest.mark.parametrize(
    ("finding", "fields"),
    [
        (Finding(F.CONFLICTS, E.SOME), ["reference", "fit_note"]),
        (Finding(F.CONFLICTS, E.SOME, "It doubles a reserve."), ["reference"]),
        (Finding(F.FITS, E.NONE), ["strength_note"]),
        (Finding(F.FITS, E.SOME, "n" * (NOTE_LENGTH + 1)), ["fit_note"]),
        (Finding(F.FITS, E.SOME, "", "n" * (NOTE_LENGTH + 1)), ["strength_note"]),
        (Finding(F.FITS, E.SOME, "", "", "r" * (REFERENCE_LENGTH + 1)), ["reference"]),
    ],
)
def test_each_field_that_is_missing_or_too_long_is_named(finding: Finding, fields: list[str]) -> None:
    assert fields_refused(lambda: check(finding)) == fields


@pytest.mark.parametrize(
    ("action", "state"),
    [
        (AssessmentAction.SUPERSEDE, AssessmentState.SUPERSEDED),
        (AssessmentAction.WITHDRAW, AssessmentState.WITHDRAWN),
    ],
)
def test_an_assessment_speaks_until_another_comes_or_it_is_taken_back(
    action: AssessmentAction, state: AssessmentState
) -> None:
    one = an_assessment()
    one.act(action)
    assert one.state is state
    with pytest.raises(IllegalMove):
        one.act(action)
