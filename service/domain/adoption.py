"""The adoption rule: does a recommendation pass, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from service.domain.actors import OrganisationKind
from service.domain.errors import FieldError, Invalid
from service.domain.positions import Stance


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, such as two of three; exact, so that no rounding decides a vote."""

    of: int
    per: int

    def needed(self, total: int) -> int:
        """Return how many of `total` reach the share."""
        return _up(total * self.of, self.per)

    def least(self, total: int) -> int:
        """Return how many of `total` reach the share, and at least one: of none, nothing follows."""
        return max(self.needed(total), 1)


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

    @property
    def verdict(self) -> Reason:
        """Whether it passes, to be followed by the reasons."""
        if self.passed:
            return Reason("The rule for adoption is met: %(why)s.")
        return Reason("The rule for adoption is not met yet: %(why)s.")

    @property
    def explanation(self) -> str:
        """The outcome with its reasons, in one English sentence."""
        return self.verdict.template % {"why": "; ".join(reason.text for reason in self.reasons)}


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
    backing = supporting(rule, tally, silent)
    against = tally[Stance.OBJECTION]
    missing_quorum = 0 if rule.silence else rule.quorum.needed(entitled) - (answered - tally[Stance.RECUSED])
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
    reasons += _missing_support(rule, backing, against)
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
                backing,
                {"count": backing, "counted": counted},
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
    if rule.silence and silent:
        reasons.append(
            Reason(
                "%(count)s organisation that does not answer counts as agreeing",
                "%(count)s organisations that do not answer count as agreeing",
                silent,
                {"count": silent},
            )
        )
    return Outcome(passed, counted, tally, silent, reconfirmations, tuple(reasons))


def supporting(rule: AdoptionRule, tally: Mapping[Stance, int], silent: int) -> int:
    """Return how many organisations are for a text; under silence, who has nothing against it is."""
    backing = tally[Stance.ENDORSED] + tally[Stance.ENDORSED_WITH_RESERVATION]
    return backing + tally[Stance.NO_OBJECTION] + silent if rule.silence else backing


def described(rule: AdoptionRule) -> tuple[Reason, ...]:
    """Return in sentences what it takes to pass under a rule."""
    found = []
    if rule.quorum.of and not rule.silence:
        found.append(
            Reason(
                "At least %(of)s of %(per)s of those that count have to take a position.",
                values={"of": rule.quorum.of, "per": rule.quorum.per},
            )
        )
    share = {"of": rule.threshold.of, "per": rule.threshold.per}
    if rule.silence:
        # Who has no objection, or says nothing, is for a text without endorsing it.
        found.append(
            Reason(
                "At least %(of)s of %(per)s of those for or against have to be for it, and at least one.",
                values=share,
            )
        )
    else:
        found.append(
            Reason(
                "At least %(of)s of %(per)s of those for or against have to endorse, and at least one.",
                values=share,
            )
        )
    if rule.blocking_objections:
        found.append(
            Reason(
                "%(count)s objection stops it.",
                "%(count)s objections stop it.",
                rule.blocking_objections,
                {"count": rule.blocking_objections},
            )
        )
    if rule.silence:
        found.append(Reason("Who says nothing by the deadline agrees."))
    return tuple(found)


def check_rule(rule: AdoptionRule) -> None:
    """Refuse a rule by which nothing could ever pass, or that counts nobody.

    Raises:
        Invalid: names each field.
    """
    errors = []
    if not rule.counts:
        errors.append(FieldError("rule.counts", "Say which kinds of organisations count."))
    errors += [
        FieldError(f"rule.{name}", "Give a share between none and all, such as 2 of 3.")
        for name, share in (("quorum", rule.quorum), ("threshold", rule.threshold))
        if not 0 <= share.of <= share.per or share.per < 1
    ]
    if rule.blocking_objections < 0:
        errors.append(FieldError("rule.blocking_objections", "Give a number, 0 where no objection blocks."))
    if errors:
        raise Invalid(errors=errors)


def _missing_support(rule: AdoptionRule, backing: int, against: int) -> Iterator[Reason]:
    """Tell the least that would reach the threshold, if it is not reached."""
    threshold = rule.threshold
    lacking = threshold.least(backing + against) - backing
    if lacking <= 0:
        return
    unanimous = threshold.of >= threshold.per
    if against and (unanimous or rule.silence):
        # No endorsement outweighs an objection: all are needed, or whoever could still endorse agrees already.
        fewer = lacking if rule.silence else against
        yield Reason(
            "needs %(count)s objection withdrawn",
            "needs %(count)s objections withdrawn",
            fewer,
            {"count": fewer},
        )
        if rule.silence or backing:
            return
    # Each further endorsement also raises the base that it is measured against.
    short = threshold.of * (backing + against) - threshold.per * backing
    more = 1 if unanimous else max(_up(short, threshold.per - threshold.of), 1 - backing)
    yield Reason(
        "needs %(count)s more endorsement", "needs %(count)s more endorsements", more, {"count": more}
    )


def _up(numerator: int, denominator: int) -> int:
    """Return the quotient, rounded up, in whole numbers."""
    return -(-numerator // denominator)
