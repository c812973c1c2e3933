"""What an edition says of itself, in the words of the paper: on whose behalf, how it came to be, and what was decided.

Each sentence is borne out by the data: it counts only what is printed, and tells apart what is decided and what is not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from service.domain.adoption import AdoptionRule, Outcome, described, supporting
from service.domain.positions import Stance
from service.domain.publication import ACCEPTED, OPEN, Amendment, Standing

_STOPPING = re.compile(r"(?P<noun> objections?) (?:would have stopped|(?:was|were) enough to stop) it\.")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A recommendation that its rapporteur took off the agenda, with how many amendments had been tabled to it."""

    number: int
    title: str
    amendments: int


@dataclass(frozen=True, slots=True)
class Making:
    """What went into an edition: the amendments that it prints, the comments, and what was withdrawn on the way."""

    amendments: tuple[Amendment, ...]
    comments: int
    open_comments: int
    withdrawn: tuple[Withdrawn, ...] = ()


def mandate(programme: str, place: str, standings: Sequence[Standing]) -> str:
    """Return on whose behalf the paper speaks, and of what: of what was decided, or is still being prepared."""
    if any(standing is not Standing.UNDECIDED for standing in standings):
        told = (
            f"The recommendations of this agenda were put to the organisations of the programme “{programme}” for "
            f"their meeting in {place}, and decided on by the rule below."
        )
    else:
        told = (
            f"The organisations of the programme “{programme}” are preparing this agenda for their meeting in "
            f"{place}. None of its recommendations is decided yet."
        )
    return (
        f"{told} Each organisation speaks for itself: its position is bound to exactly the text printed here."
    )


def method(making: Making, rule: AdoptionRule, kinds: Sequence[str]) -> tuple[str, ...]:
    """Return how the text came to be, a sentence a line; `kinds` are those of the organisations that count."""
    return (
        *_amended(making.amendments),
        *_commented(making.comments, making.open_comments),
        *_withdrawn(making.withdrawn),
        f"For adoption these kinds of organisations count: {', '.join(kinds)}.",
        *(reason.text for reason in described(rule)),
    )


def _amended(amendments: Sequence[Amendment]) -> Iterator[str]:
    if not amendments:
        yield "No amendment was tabled to the recommendations printed here."
        return
    adopted = sum(one.state in ACCEPTED for one in amendments)
    undecided = sum(one.state in OPEN for one in amendments)
    counts = (
        (adopted, "adopted"),
        (len(amendments) - adopted - undecided, "not adopted"),
        (undecided, "not decided yet"),
    )
    listed = ", ".join(f"{count} {what}" for count, what in counts if count)
    yield (
        f"{_count(len(amendments), 'amendment')} {_was(len(amendments))} tabled to the recommendations printed here: "
        f"{listed}."
    )
    yield "Every one of them is printed in the annex, with what became of it."


def _commented(comments: int, still_open: int) -> Iterator[str]:
    if comments:
        yield f"{_count(comments, 'comment')} {_was(comments)} written; {_left(comments, still_open)}."


def _left(comments: int, still_open: int) -> str:
    if still_open:
        return f"{still_open:,} {'is' if still_open == 1 else 'are'} still open"
    return "it is answered or closed" if comments == 1 else "all are answered or closed"


def _withdrawn(withdrawn: Sequence[Withdrawn]) -> Iterator[str]:
    for one in withdrawn:
        with_it = f", with {_count(one.amendments, 'amendment')}" if one.amendments else ""
        yield f"Withdrawn, and not printed here: recommendation {one.number}, “{one.title}”{with_it}."


def verdict(rule: AdoptionRule, outcome: Outcome, standing: Standing) -> str:
    """Return what was decided on a recommendation, with the counts and with what was needed."""
    if standing is Standing.UNDECIDED:
        return "Not decided yet."
    tally = outcome.tally
    backing, against = supporting(rule, tally, outcome.silent), tally[Stance.OBJECTION]
    taken = outcome.counted - outcome.silent - tally[Stance.RECUSED]
    quorum = 0 if rule.silence else rule.quorum.needed(outcome.counted - tally[Stance.RECUSED])
    had_to = f"; {quorum} had to" if quorum else ""
    reserved = tally[Stance.ENDORSED_WITH_RESERVATION]
    endorsed = tally[Stance.ENDORSED] + reserved
    with_it = f", {reserved} of them with reservation" if reserved else ""
    share = f"{rule.threshold.of} of {rule.threshold.per} of those for or against"
    counted = f"{_count(outcome.counted, 'organisation')} that {_counts(outcome.counted)}"
    parts = [
        "Adopted." if standing is Standing.ADOPTED else "Not adopted.",
        f"Of {counted}, {taken} took a position{had_to}.",
        f"{endorsed} {'endorses' if endorsed == 1 else 'endorse'} it{with_it}; {against} {_object(against)}.",
        *_agreeing(backing - endorsed),
        f"{rule.threshold.least(backing + against)} had to {'be for' if rule.silence else 'endorse'} it ({share}).",
    ]
    if enough := rule.blocking_objections:
        stopped = f"{_was(enough)} enough to stop it" if against >= enough else "would have stopped it"
        parts.append(f"{_count(enough, 'objection')} {stopped}.")
    if outcome.reconfirmations:
        parts.append(f"Positions still to be confirmed on the changed text: {outcome.reconfirmations:,}.")
    return " ".join(parts)


def in_one_wording(told: str) -> str:
    """Return a verdict with its part on objections as it was said first, however an edition says it.

    Editions of before say “2 objections stop it.” whatever happened; whether they did, the counts tell.
    """
    return _STOPPING.sub(
        lambda found: f"{found['noun']} {'stop' if found['noun'].endswith('s') else 'stops'} it.", told
    )


def _agreeing(more: int) -> Iterator[str]:
    """Yield how many are for a text without endorsing it, which only silence lets them be."""
    if more == 1:
        yield "1 more agrees, because it has no objection or said nothing."
    elif more:
        yield f"{more} more agree, because they have no objection or said nothing."


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _counts(number: int) -> str:
    return "counts" if number == 1 else "count"


def _object(number: int) -> str:
    return "objects" if number == 1 else "object"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
