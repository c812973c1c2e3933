"""The adoption rule: does a recommendation pass, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import ceil

from service.domain.actors import OrganisationKind
from service.domain.positions import Stance


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, such as two of three; exact, so that no rounding decides a vote."""

    of: int
    per: int

    def needed(self, total: int) -> int:
        """Return how many of `total` reach the share."""
        return ceil(total * self.of / self.per)


@dataclass(frozen=True, slots=True)
class AdoptionRule:
    """Which organisations count, and what it takes to pass.

    `quorum` is the share of counted organisations that must take a position; `threshold` the share of those for or
    against that must endorse; `blocking_objections` the number of objections that stop it (0: none does); under
    `silence` who says nothing by the deadline agrees.
    """

    counts: tuple[OrganisationKind, ...]
    quorum: Share
    threshold: Share
    blocking_objections: int
    silence: bool = False


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence of why it passes or not; a template with its values, so that it can be translated.

    `plural` and `count` are set where the sentence depends on a number.
    """

    template: str
    plural: str | None = None
    count: int | None = None
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in English."""
        chosen = self.plural if self.plural is not None and self.count != 1 else self.template
        return chosen % self.values


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a recommendation passes on its current text, with the count and the reasons."""

    passed: bool
    counted: int
    tally: Mapping[Stance, int]
    silent: int
    reconfirmations: int
    reasons: tuple[Reason, ...]


def outcome(
    rule: AdoptionRule, counted: int, stances: Iterable[Stance], *, reconfirmations: int = 0
) -> Outcome:
    """Apply `rule` to the stances that counted organisations take on exactly the current text.

    Args:
        rule: the agenda's rule.
        counted: how many organisations count.
        stances: one for each counted organisation that took a position on this text.
        reconfirmations: how many took one on an earlier text and were asked again.
    """
    tally = dict.fromkeys(Stance, 0)
    for stance in stances:
        tally[stance] += 1
    answered = sum(tally.values())
    silent = counted - answered
    entitled = counted - tally[Stance.RECUSED]
    supporting = tally[Stance.ENDORSED] + tally[Stance.ENDORSED_WITH_RESERVATION]
    if rule.silence:
        supporting += tally[Stance.NO_OBJECTION] + silent
    against = tally[Stance.OBJECTION]
    missing_quorum = 0 if rule.silence else rule.quorum.needed(entitled) - (answered - tally[Stance.RECUSED])
    missing_support = max(rule.threshold.needed(supporting + against), 1) - supporting
    blocked = bool(rule.blocking_objections) and against >= rule.blocking_objections
    reasons: list[Reason] = []
    if missing_quorum > 0:
        reasons.append(
            Reason(
                "needs %(count)s more position for the quorum",
                "needs %(count)s more positions for the quorum",
                missing_quorum,
                {"count": missing_quorum},
            )
        )
    if missing_support > 0:
        # Each further endorsement also raises the base it is measured against.
        more = _more_support(rule.threshold, supporting, against)
        reasons.append(
            Reason(
                "needs %(count)s more endorsement", "needs %(count)s more endorsements", more, {"count": more}
            )
        )
    if blocked:
        reasons.append(
            Reason("%(count)s objection open", "%(count)s objections open", against, {"count": against})
        )
    passed = not reasons
    if passed:
        reasons.append(
            Reason(
                "%(count)s endorsement of %(counted)s organisations that count",
                "%(count)s endorsements of %(counted)s organisations that count",
                supporting,
                {"count": supporting, "counted": counted},
            )
        )
    if reconfirmations:
        reasons.append(
            Reason(
                "%(count)s position to be confirmed on the changed text",
                "%(count)s positions to be confirmed on the changed text",
                reconfirmations,
                {"count": reconfirmations},
            )
        )
    return Outcome(passed, counted, tally, silent, reconfirmations, tuple(reasons))


def _more_support(threshold: Share, supporting: int, against: int) -> int:
    """Return the fewest further endorsements that reach the threshold."""
    if threshold.of >= threshold.per:
        return max(1, against)
    # supporting + x >= (supporting + against + x) * of / per, solved for x in whole numbers.
    lacking = threshold.of * (supporting + against) - threshold.per * supporting
    return max(ceil(lacking / (threshold.per - threshold.of)), 1 - supporting, 1)
