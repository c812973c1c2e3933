"""What is refused to those who lead a round: its rules, its order, its reminders."""

from service.domain.refusal import Kind, Refusal


class RuleSettled(Refusal):
    """The rule for adoption rests on by now: positions are taken under it."""

    code = "rule_settled"
    kind = Kind.CONFLICT
    template = (
        "The rule for adoption cannot change any more: positions are taken under it. It could until the endorsement "
        "phase opened."
    )


class LanguageSettled(Refusal):
    """Texts stand in the agenda's language by now."""

    code = "language_settled"
    kind = Kind.CONFLICT
    template = (
        "The language cannot change any more: recommendations are drafted in it. Open another round instead."
    )


class OrderSettled(Refusal):
    """Recommendations are known by their numbers by now."""

    code = "order_settled"
    kind = Kind.CONFLICT
    template = (
        "The order cannot change any more: recommendations were tabled, and are known by their numbers."
    )


class RemindedLately(Refusal):
    """Those who are silent were reminded within the last day."""

    code = "reminded_lately"
    kind = Kind.CONFLICT
    template = "They were reminded within the last day. The next reminder can go out from %(at)s (UTC) on."


class NobodySilent(Refusal):
    """Nobody is asked for anything, or everybody has answered."""

    code = "nobody_silent"
    kind = Kind.CONFLICT
    template = "There is nobody to remind: nobody is asked for anything now, or everybody has answered."
