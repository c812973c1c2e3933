"""Rebases of repetitive recommendations, each with what it has to come to: made together with the answer.

The paragraphs differ in a few words, some are the same, so that a search for a similar place finds a wrong one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from random import Random
from typing import Final, overload

from bench.corpus import NEW_WORDS, chance
from service.domain.text import Block, BlockKind, Outcome, Rebased, rebase, recover_ids

CASES: Final = 600

_TOPICS: Final = (
    *(
        "water",
        "sanitation",
        "food systems",
        "housing",
        "clean energy",
        "mobility",
        "public health",
        "culture",
    ),
    *("local markets", "waste", "coastal towns", "river basins", "digital services", "night shelters"),
)
_BODIES: Final = ("the Commission", "the Parliament", "the Council", "Member States", "national ministries")
_OPENINGS: Final = (
    "Cities and their partners call on {body} to provide predictable, direct and simple funding for {topic}.",
    "Cities and their partners call on {body} to consult local governments before every decision on {topic}.",
    "Cities and their partners call on {body} to publish what was spent on {topic} in every partner country.",
)
_REASONS: Final = (
    "Local governments deliver most services that people need, and {topic} is among the first of them.",
    "Without long term commitments no city can plan for {topic}, nor keep the people who work on it.",
    "What was agreed on {topic} in earlier years has to be carried out before new goals are set.",
)
_CLOSING: Final = "Progress is reported every two years, and the report is open to all partners."


class Kind(StrEnum):
    """What the newer base did to the place that the amendment changes."""

    SHIFTED = "shifted"
    DELETED = "deleted"
    MOVED = "moved"
    OTHER_WORDS = "other words"
    SAME_WORDS = "the same words"
    NEIGHBOUR_DELETED = "neighbour deleted"


@dataclass(frozen=True, slots=True)
class Case:
    """An amendment and a newer base, with the right outcome and the right text; no text where a person decides."""

    kind: Kind
    base: tuple[Block, ...]
    amended: tuple[Block, ...]
    new_base: tuple[Block, ...]
    outcome: Outcome
    truth: tuple[Block, ...] | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some rebases went wrong: another text than the truth, or a person asked without need."""

    wrong: int
    false_conflicts: int
    mergeable: int


@dataclass(frozen=True, slots=True)
class _Change:
    """Words of a paragraph, by their places, that give way to others."""

    start: int
    end: int
    brought: tuple[str, ...]


def cases(number: int = CASES, seed: object = "truth") -> list[Case]:
    """Return so many rebases, as many of each kind."""
    pick = chance(seed)
    return [_case(tuple(Kind)[at % len(Kind)], pick) for at in range(number)]


def carried(case: Case, *, stripped: bool) -> Rebased:
    """Return the rebase of a case; when stripped, both later texts lost their ids and got them back by content."""
    if not stripped:
        return rebase(case.base, case.amended, case.new_base)
    return rebase(
        case.base, _recovered(case.base, case.amended, "m"), _recovered(case.base, case.new_base, "t")
    )


def is_wrong(case: Case, texts: Sequence[str] | None) -> bool:
    """Say whether texts came out that are not the right ones, whether or not the author is asked to confirm."""
    return texts is not None and (case.truth is None or list(texts) != told(case.truth))


def tally(held: Iterable[Case], *, stripped: bool) -> Tally:
    """Return how many rebases went wrong."""
    results = [(case, carried(case, stripped=stripped)) for case in held]
    mergeable = [result for case, result in results if case.truth is not None]
    wrong = sum(is_wrong(case, told(result.blocks)) for case, result in results)
    return Tally(wrong, sum(result.blocks is None for result in mergeable), len(mergeable))


@overload
def told(blocks: Sequence[Block]) -> list[str]: ...
@overload
def told(blocks: Sequence[Block] | None) -> list[str] | None: ...
def told(blocks: Sequence[Block] | None) -> list[str] | None:
    """Return what the blocks say, one text for each."""
    return None if blocks is None else [block.text for block in blocks]


def _recovered(base: tuple[Block, ...], text: tuple[Block, ...], hand: str) -> tuple[Block, ...]:
    numbers = count()
    bare = [replace(block, id="") for block in text]
    return recover_ids(base, bare, new_id=lambda: f"{hand}{next(numbers)}")


def _recommendation(pick: Random) -> tuple[Block, ...]:
    topics = pick.sample(_TOPICS, pick.randint(4, 7))
    blocks: list[Block] = []
    for number, topic in enumerate(topics):
        about = topic if number % 3 else f"{topic} and {pick.choice(_TOPICS)}"
        texts = [_paragraph(about, pick) for _ in range(pick.randint(1, 2))]
        if pick.random() < 1 / 2:
            texts.append(_CLOSING)
        blocks.append(Block(f"h{number}", BlockKind.HEADING, f"On {topic}", 1))
        blocks += (Block(f"p{number}.{at}", BlockKind.PARAGRAPH, text) for at, text in enumerate(texts))
    return tuple(blocks)


def _paragraph(topic: str, pick: Random) -> str:
    opening, reason = pick.choice(_OPENINGS), pick.choice(_REASONS)
    sentences = [opening.format(topic=topic, body=pick.choice(_BODIES)), reason.format(topic=topic)]
    if pick.random() < 1 / 3:
        sentences.append(_CLOSING)
    return " ".join(sentences)


def _case(kind: Kind, pick: Random) -> Case:
    base = _recommendation(pick)
    target, noise = pick.sample([block for block in base if block.kind is BlockKind.PARAGRAPH], 2)
    ours = _some_change(target.text, pick)
    theirs = _meeting(target.text, kind, ours, pick)
    there = _with(base, _changed(target, *theirs))
    if pick.random() < 1 / 2:
        there = _with(there, _changed(noise, _some_change(noise.text, pick)))
    new_base = _moved_on(there, target.id, kind, pick)
    outcome = _outcome(target.text, kind, ours, theirs)
    open_to_both = outcome in {Outcome.CLEAN, Outcome.TOUCHED_CONTEXT}
    truth = _with(new_base, _changed(target, ours, *theirs)) if open_to_both else None
    return Case(kind, base, _with(base, _changed(target, ours)), new_base, outcome, truth)


def _outcome(text: str, kind: Kind, ours: _Change, theirs: Sequence[_Change]) -> Outcome:
    if kind is Kind.DELETED:
        return Outcome.ORPHANED
    if kind is Kind.SAME_WORDS:
        return Outcome.CONFLICT
    same = any(_sentence(text, ours) == _sentence(text, other) for other in theirs)
    return Outcome.TOUCHED_CONTEXT if same else Outcome.CLEAN


def _moved_on(base: tuple[Block, ...], target: str, kind: Kind, pick: Random) -> tuple[Block, ...]:
    at = [block.id for block in base].index(target)
    rest = (*base[:at], *base[at + 1 :])
    match kind:
        case Kind.SHIFTED:
            place = pick.randint(0, at)
            new = [_paragraph(pick.choice(_TOPICS), pick) for _ in range(pick.randint(1, 3))]
            blocks = [Block(f"n{number}", BlockKind.PARAGRAPH, text) for number, text in enumerate(new)]
            return (*base[:place], *blocks, *base[place:])
        case Kind.DELETED:
            return rest
        case Kind.MOVED:
            moves = [(*rest[:to], base[at], *rest[to:]) for to in range(len(base))]
            return pick.choice([moved for moved in moves if told(moved) != told(base)])
        case Kind.NEIGHBOUR_DELETED:
            gone = pick.choice([block for block in base[at - 1 : at + 2] if block.id != target])
            return tuple(block for block in base if block is not gone)
        case _:
            return base


def _meeting(text: str, kind: Kind, ours: _Change, pick: Random) -> tuple[_Change, ...]:
    """Return what the newer base changes in the paragraph that the amendment changes too."""
    if kind is Kind.OTHER_WORDS:
        while True:
            other = _some_change(text, pick)
            if other.end < ours.start or ours.end < other.start:
                return (other,)
    if kind is not Kind.SAME_WORDS:
        return ()
    if ours.start == ours.end:
        return (replace(ours, brought=_brought(1, pick, ours)),)
    place = pick.randrange(ours.start, ours.end)
    return (_Change(place, place + 1, _brought(pick.randint(1, 2), pick, ours)),)


def _some_change(text: str, pick: Random) -> _Change:
    """Return a change of up to two words within one sentence, between its first word and its last."""
    words = text.split(" ")
    ends = [at for at, word in enumerate(words) if word.endswith(".")]
    first, last = pick.choice(list(zip([-1, *ends], ends, strict=False)))
    start = pick.randrange(first + 2, last)
    end = min(start + pick.randint(0, 2), last)
    return _Change(start, end, _brought(pick.randint(int(start == end), 2), pick))


def _brought(number: int, pick: Random, other: _Change | None = None) -> tuple[str, ...]:
    return tuple(pick.sample([word for word in NEW_WORDS if not other or word not in other.brought], number))


def _sentence(text: str, change: _Change) -> int:
    return sum(word.endswith(".") for word in text.split(" ")[: change.start])


def _changed(block: Block, *changes: _Change) -> Block:
    words = block.text.split(" ")
    for change in sorted(changes, key=lambda it: it.start, reverse=True):
        words[change.start : change.end] = change.brought
    return replace(block, text=" ".join(words))


def _with(base: Sequence[Block], changed: Block) -> tuple[Block, ...]:
    return tuple(changed if block.id == changed.id else block for block in base)
