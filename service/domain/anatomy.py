"""Which parts an edition has, in which order, and which letters its annexes bear: in its paper as in each rendition."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from string import ascii_uppercase

from service.domain.publication import ACCEPTED, OPEN, Evidence, Recommendation, Snapshot, Standing
from service.domain.underpinning import ASSERTING

# What ends a phrase belongs to it.
_ENDING = re.compile(r"[.,;:!?)\]”»]+\s*")


class Part(StrEnum):
    """A part of an edition; its word is the address of the part within a file."""

    SUMMARY = "summary"
    MANDATE = "mandate"
    RECOMMENDATION = "recommendation"
    ADDRESSEES = "addressees"
    LESSONS = "lessons"
    POSITIONS = "positions"
    FIGURES = "figures"
    AMENDMENTS = "amendments"
    PARTICIPANTS = "participants"
    HISTORY = "history"
    ORIGINS = "origins"
    BASIS = "basis"
    CHANGES = "changes"
    RECORD = "record"
    SIGNATURES = "signatures"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part stands: `letter` is that of an annex, `ask` the recommendation that a part of its own is about."""

    part: Part
    letter: str = ""
    ask: Recommendation | None = None

    @property
    def anchor(self) -> str:
        """Its address within a file."""
        return self.part.value if self.ask is None else anchor_of(self.ask)


def anchor_of(ask: Recommendation) -> str:
    """Return the address of a recommendation within a file."""
    return f"{Part.RECOMMENDATION}-{ask.number}"


def places(snapshot: Snapshot) -> tuple[Place, ...]:
    """Return the parts in their order, from the asks on one page to the signatures; annexes are lettered in a row."""
    annexes = [part for part, holds in _ANNEXES.items() if holds(snapshot)]
    return (
        Place(Part.SUMMARY),
        Place(Part.MANDATE),
        *(Place(Part.RECOMMENDATION, ask=ask) for ask in snapshot.recommendations),
        *([Place(Part.ADDRESSEES)] if snapshot.recommendations else ()),
        Place(Part.LESSONS),
        *(Place(part, letter) for letter, part in zip(ascii_uppercase, annexes, strict=False)),
        Place(Part.SIGNATURES),
    )


def by_addressee(snapshot: Snapshot) -> Iterator[tuple[str, tuple[Recommendation, ...]]]:
    """Yield each addressee with what it is asked to do, in the order in which the edition first names them.

    Nobody is asked to do what was not adopted.
    """
    asks = [ask for ask in snapshot.recommendations if ask.outcome.standing is not Standing.NOT_ADOPTED]
    for addressee in dict.fromkeys(ask.addressee for ask in asks):
        yield addressee, tuple(ask for ask in asks if ask.addressee == addressee)


def refused(snapshot: Snapshot) -> tuple[Recommendation, ...]:
    """Return the recommendations that were put to the organisations and not adopted."""
    return tuple(ask for ask in snapshot.recommendations if ask.outcome.standing is Standing.NOT_ADOPTED)


def claims(ask: Recommendation) -> tuple[tuple[str, tuple[Evidence, ...]], ...]:
    """Return each underpinned paragraph's text with its evidence, in the text's order; "" is the whole."""
    whole = tuple(one for one in ask.evidence if not one.blocks)
    found = [
        (block.text, tuple(one for one in ask.evidence if block.id in one.blocks)) for block in ask.blocks
    ]
    return tuple(pair for pair in [("", whole), *found] if pair[1])


def unnamed(ask: Recommendation) -> tuple[int, ...]:
    """Return the numbers of the paragraphs that assert something unnamed; worth saying only where others are named."""
    named = {block for one in ask.evidence for block in one.blocks}
    if not named:
        return ()
    numbered = enumerate(ask.blocks, 1)
    return tuple(at for at, block in numbered if block.kind in ASSERTING and block.id not in named)


def passages(ask: Recommendation) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield the paragraphs that more than one hand has written, whole: the words of each hand, with whose they are.

    Blanks and signs between two hands are told with the words that they follow.
    """
    texts = {block.id: block.text for block in ask.blocks}
    for block in ask.provenance:
        text = texts.get(block.block, "")
        found = _joined([(text[run.start : run.end], run.origin) for run in block.runs])
        if len({origin for _, origin in found}) > 1:
            yield found


def _joined(runs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for text, origin in runs:
        ends = _ENDING.match(text)
        closing, rest = (text[: ends.end()], text[ends.end() :]) if ends and found else ("", text)
        if closing:
            found[-1] = (found[-1][0] + closing, found[-1][1])
        if found and (origin == found[-1][1] or not any(map(str.isalnum, rest))):
            found[-1] = (found[-1][0] + rest, found[-1][1])
        elif found and not any(map(str.isalnum, found[-1][0])):
            found[-1] = (found[-1][0] + rest, origin)
        else:
            found.append((rest, origin))
    return tuple(found)


def shares(ask: Recommendation) -> Sequence[tuple[str, int]]:
    """Return where the words come from and how many in a hundred, the most first; no share is told as nothing."""
    lengths: dict[str, int] = {}
    for block in ask.provenance:
        for run in block.runs:
            lengths[run.origin] = lengths.get(run.origin, 0) + run.end - run.start
    total = sum(lengths.values()) or 1
    ranked = sorted(lengths.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(origin, max(round(100 * length / total), 1)) for origin, length in ranked]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of the amendments that last stood on a version: one that is carried over leaves the one before."""

    version: int
    adopted: int
    refused: int
    undecided: int

    @property
    def stood(self) -> int:
        """How many there were."""
        return self.adopted + self.refused + self.undecided


def settled(snapshot: Snapshot) -> tuple[Settled, ...]:
    """Return how the text settled: from the first version that amendments last stood on, to the last."""
    tabled = [one for ask in snapshot.recommendations for one in ask.amendments]
    if not tabled:
        return ()
    bases = [one.base_version for one in tabled]
    return tuple(
        _settled(version, [one.state for one in tabled if one.base_version == version])
        for version in range(min(bases), max(bases) + 1)
    )


def _settled(version: int, states: Sequence[str]) -> Settled:
    adopted = sum(state in ACCEPTED for state in states)
    undecided = sum(state in OPEN for state in states)
    return Settled(version, adopted, len(states) - adopted - undecided, undecided)


def _always(_: Snapshot) -> bool:
    return True


# What an edition has only where there is something for it stands last, so that the others keep their letters.
_ANNEXES: Mapping[Part, Callable[[Snapshot], bool]] = {
    Part.POSITIONS: _always,
    Part.FIGURES: _always,
    Part.AMENDMENTS: _always,
    Part.PARTICIPANTS: _always,
    Part.HISTORY: _always,
    Part.ORIGINS: lambda snapshot: any(any(passages(ask)) for ask in snapshot.recommendations),
    Part.BASIS: lambda snapshot: any(ask.evidence for ask in snapshot.recommendations),
    Part.CHANGES: lambda snapshot: snapshot.corrigendum is not None,
    Part.RECORD: lambda snapshot: snapshot.proofs is not None,
}
