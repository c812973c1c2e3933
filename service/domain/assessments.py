"""What an EU service finds of one exact version of a recommendation: how it fits policy, how strong its evidence is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from service.domain.errors import FieldError, Invalid, OtherText
from service.domain.machine import Machine
from service.domain.recommendations import Version

NOTE_LENGTH = 2_000
REFERENCE_LENGTH = 300


class PolicyFit(StrEnum):
    """How what is asked for stands to the policy that there is."""

    FITS = "fits"
    NEEDS_NEW = "needs_new"
    CONFLICTS = "conflicts"
    # Somebody has looked, and has nothing to say of it.
    NO_COMMENT = "no_comment"


class EvidenceStrength(StrEnum):
    """How well the evidence bears what is asked for."""

    STRONG = "strong"
    SOME = "some"
    WEAK = "weak"
    NONE = "none"
    NO_COMMENT = "no_comment"


class AssessmentState(StrEnum):
    """Whether an assessment still speaks for its organisation."""

    STANDING = "standing"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class AssessmentAction(StrEnum):
    """What happens to an assessment."""

    SUPERSEDE = "supersede"
    WITHDRAW = "withdraw"


LIFECYCLE = Machine(
    name="assessment",
    initial=AssessmentState.STANDING,
    moves={
        (AssessmentState.STANDING, AssessmentAction.SUPERSEDE): AssessmentState.SUPERSEDED,
        (AssessmentState.STANDING, AssessmentAction.WITHDRAW): AssessmentState.WITHDRAWN,
    },
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What is found: a code and a note on each of the two questions, and the policy that the first is about."""

    fit: PolicyFit
    strength: EvidenceStrength
    fit_note: str = ""
    strength_note: str = ""
    reference: str = ""


@dataclass(eq=False)
class Assessment:
    """A finding of an organisation, bound to the digest of the text that it was given on."""

    id: str
    agenda_id: str
    recommendation_id: str
    organisation_id: str
    person_id: str
    version_id: str
    digest: str
    fit: PolicyFit
    strength: EvidenceStrength
    fit_note: str
    strength_note: str
    reference: str
    given_at: datetime
    state: AssessmentState = LIFECYCLE.initial
    revision: int = 1

    def forget_notes(self) -> None:
        """Forget what was written freely, in which somebody may be named; what was found stays."""
        self.fit_note = self.strength_note = self.reference = ""

    def act(self, action: AssessmentAction) -> None:
        """Move to the state that `action` leads to."""
        self.state = LIFECYCLE.next(self.state, action)


def check_digest(version: Version, digest: str) -> None:
    """Refuse an assessment of a text that its author did not see.

    Raises:
        OtherText: the digest is not that of the version.
    """
    if digest != version.digest:
        raise OtherText


def check(finding: Finding) -> None:
    """Refuse a finding that cannot be followed: a conflict names its policy, and what is missing is said.

    Raises:
        Invalid: names each field that is missing or too long.
    """
    if errors := [*_missing(finding), *_too_long(finding)]:
        raise Invalid(errors=errors)


def _missing(finding: Finding) -> Iterator[FieldError]:
    if finding.fit is PolicyFit.CONFLICTS and not finding.reference:
        yield FieldError(
            "reference", "Name the policy that it conflicts with, so that others can look it up."
        )
    if finding.fit is PolicyFit.CONFLICTS and not finding.fit_note:
        yield FieldError("fit_note", "Say what conflicts: the authors will want to find other words.")
    if finding.strength is EvidenceStrength.NONE and not finding.strength_note:
        yield FieldError("strength_note", "Say which evidence you miss: somebody may have it.")


def _too_long(finding: Finding) -> Iterator[FieldError]:
    limits = (
        ("fit_note", finding.fit_note, NOTE_LENGTH),
        ("strength_note", finding.strength_note, NOTE_LENGTH),
        ("reference", finding.reference, REFERENCE_LENGTH),
    )
    for name, text, limit in limits:
        if len(text) > limit:
            yield FieldError(name, "Please keep this under %(limit)s characters.", {"limit": limit})
