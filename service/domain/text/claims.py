"""What each hand lays claim to in the base: words, a style, a whole block, a place between blocks.

Two claims of different hands to the same thing are a clash. Collisions, rebasing and merging all read
this one classification, so that they can never disagree.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, product
from typing import Final

from service.domain.text.blocks import Block
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    JoinBlock,
    Marking,
    MoveBlock,
    Operation,
    Placement,
    Restyle,
    SplitBlock,
)
from service.domain.text.passages import SEAM
from service.domain.text.tokens import joins

_CONTEXT = 64


class CollisionKind(StrEnum):
    """How two amendments meet."""

    OVERLAP = "overlap"
    SAME_GAP = "same_gap"
    IDENTICAL = "identical"
    DELETION_CONTAINS_EDIT = "deletion_contains_edit"
    ADJACENT = "adjacent"

    @property
    def blocks_merge(self) -> bool:
        """Whether somebody has to decide before both can be merged."""
        # Asked of every pair that meets: comparing beats making a set.
        return self is not CollisionKind.IDENTICAL and self is not CollisionKind.ADJACENT


class Subject(StrEnum):
    """What is laid claim to."""

    WORDS = "words"
    MARKS = "marks"
    STYLE = "style"
    STRIKE = "strike"
    MOVE = "move"
    JOIN = "join"
    HOST = "host"
    SPLIT = "split"
    NAME = "name"
    GAP = "gap"


RANGES: Final = frozenset({Subject.WORDS, Subject.MARKS})
"""What is laid claim to in a range of a block's text, rather than in the whole block."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of one hand; `operations` are those that stand or fall with it.

    `block` is where it lies (for a gap: the block it follows, None at the beginning), `start` and `end`
    the range in that block's text, `value` what identical claims have in common. `words` says, for a claim
    to words, which give way to which. Of the claims that one operation makes, one is its `chief`.
    """

    owner: str
    subject: Subject
    block: str | None
    start: int
    end: int
    operations: tuple[Operation, ...] = field(repr=False)
    value: object = field(default=None, repr=False)
    words: Edit | None = field(default=None, repr=False)
    chief: bool = True


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims of different hands that meet; `first` is by the owner that sorts first."""

    first: Claim
    second: Claim
    kind: CollisionKind


_Range = Claim | Edit


def claims(owner: str, base: Mapping[str, Block], operations: Sequence[Operation]) -> Iterator[Claim]:
    """Yield what one hand's operations lay claim to."""
    placements: list[Placement] = []
    for operation in operations:
        length = _length(base, operation.block)
        match operation:
            case Edit(block=block, start=start, end=end):
                value: object = (operation.inserted, operation.marks)
                yield Claim(owner, Subject.WORDS, block, start, end, (operation,), value, operation)
            case Marking(block=block, start=start, end=end):
                value = (operation.mark, operation.after)
                yield Claim(owner, Subject.MARKS, block, start, end, (operation,), value)
            case Restyle(block=block):
                value = (operation.kind, operation.level)
                yield Claim(owner, Subject.STYLE, block, 0, length, (operation,), value)
            case SplitBlock():
                yield from _split_claims(owner, base, operation)
            case JoinBlock():
                yield from _join_claims(owner, base, operation)
            case DeleteBlock(content=content):
                yield Claim(owner, Subject.STRIKE, content.id, 0, length, (operation,))
            case _:
                placements.append(operation)
    for root, chain in _chains(placements):
        length = _length(base, root)
        value = (root, tuple(_placed(operation) for operation in chain))
        yield Claim(owner, Subject.GAP, root, length, length, chain, value)
        for operation in chain:
            moved = isinstance(operation, MoveBlock)
            length = _length(base, operation.block)
            subject = Subject.MOVE if moved else Subject.NAME
            yield Claim(owner, subject, operation.block, 0, length, chain, value, chief=False)


def _split_claims(owner: str, base: Mapping[str, Block], split: SplitBlock) -> Iterator[Claim]:
    new, made, length = split.content, (split,), len(base[split.block].text)
    value = (split.inserted, split.marks, _told(new))
    words = Edit(split.block, split.start, split.end, split.deleted, split.inserted + SEAM + new.text)
    yield Claim(owner, Subject.WORDS, split.block, split.start, split.end, made, value, words)
    yield Claim(owner, Subject.SPLIT, split.block, 0, length, made, value, chief=False)
    yield Claim(owner, Subject.NAME, new.id, 0, 0, made, value, chief=False)


def _join_claims(owner: str, base: Mapping[str, Block], join: JoinBlock) -> Iterator[Claim]:
    into, block, made = join.into, join.block, (join,)
    host, length = len(base[into].text), len(base[block].text)
    value = (block, join.start, join.end, join.inserted, join.marks)
    # Nothing else can stand between the two, and both have to be there, in their places.
    yield Claim(owner, Subject.GAP, into, host, host, made, value)
    yield Claim(owner, Subject.HOST, into, 0, host, made, value, chief=False)
    yield Claim(owner, Subject.JOIN, block, 0, length, made, value, chief=False)
    brings = bool(join.inserted.strip())
    if join.deleted or brings:
        words = Edit(into, join.start, host, join.deleted, join.inserted)
        yield Claim(owner, Subject.WORDS, into, join.start, host, made, value, words, chief=False)
    if join.struck or brings:
        words = Edit(block, 0, join.end, join.struck, join.inserted)
        yield Claim(owner, Subject.WORDS, block, 0, join.end, made, value, words, chief=False)


def clashes(base: Mapping[str, Block], hands: Iterable[Claim]) -> Iterator[Clash]:
    """Yield every clash between different owners; the work grows with the claims and the clashes found."""
    ranges, others = parted(hands)
    for name, held in ranges.items():
        yield from _range_clashes(base[name].text, held)
        strikes = [claim for claim in others.get(name, ()) if claim.subject is Subject.STRIKE]
        for one, other in product(strikes, held):
            yield _clash(one, other, CollisionKind.DELETION_CONTAINS_EDIT)
    for held in others.values():
        laid = {(claim.owner, claim.subject, claim.value) for claim in held}
        for one, other in combinations(held, 2):
            kind = None if one.owner == other.owner else whole_kind(one, other)
            if kind and not (one.subject is not other.subject and _agreed(one, other, laid)):
                yield _clash(one, other, kind)


def parted(
    hands: Iterable[Claim],
) -> tuple[Mapping[str, list[Claim]], Mapping[str | None, list[Claim]]]:
    """Return the claims to ranges of a block's text, and all others, each by their block."""
    ranges: dict[str, list[Claim]] = {}
    others: dict[str | None, list[Claim]] = {}
    for claim in hands:
        if claim.block is not None and claim.subject in RANGES:
            ranges.setdefault(claim.block, []).append(claim)
        else:
            others.setdefault(claim.block, []).append(claim)
    return ranges, others


def _range_clashes(text: str, held: list[Claim]) -> Iterator[Clash]:
    for one, other in touching(held):
        kind = None if one.owner == other.owner else ranges_kind(one, other, text)
        if kind:
            yield _clash(one, other, kind)


def _agreed(one: Claim, other: Claim, laid: Collection[object]) -> bool:
    """Tell whether both hands lay both claims, such as to move a block and to join another to it."""
    return (one.owner, other.subject, other.value) in laid and (other.owner, one.subject, one.value) in laid


def _joins(*claims: Claim) -> bool:
    return any(isinstance(claim.operations[0], JoinBlock) for claim in claims)


def _length(base: Mapping[str, Block], name: str | None) -> int:
    return len(base[name].text) if name is not None and name in base else 0


def _clash(one: Claim, other: Claim, kind: CollisionKind) -> Clash:
    first, second = sorted((one, other), key=lambda claim: claim.owner)
    return Clash(first, second, kind)


def _chains(placements: Sequence[Placement]) -> Iterator[tuple[str | None, tuple[Placement, ...]]]:
    following = {operation.after: operation for operation in placements}
    placed = {operation.block for operation in placements}
    for root, first in following.items():
        if root in placed:
            continue
        chain = [first]
        while chain[-1].block in following:
            chain.append(following[chain[-1].block])
        yield root, tuple(chain)


def _placed(operation: Placement) -> object:
    if isinstance(operation, MoveBlock):
        return operation.block
    return _told(operation.content)


def _told(new: Block) -> object:
    """Return what a new block says and is, without the id that it happens to have."""
    return new.kind, new.text, new.level, new.marks


def touching(held: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Yield the claims to ranges of one text that touch, two by two."""
    open_claims: list[Claim] = []
    for claim in sorted(held, key=lambda c: (c.start, c.end, c.owner, c.subject)):
        open_claims = [earlier for earlier in open_claims if earlier.end >= claim.start]
        for earlier in open_claims:
            yield earlier, claim
        open_claims.append(claim)


def ranges_kind(one: Claim, other: Claim, text: str) -> CollisionKind | None:
    """Return what two claims to ranges of a text that touch are to each other; None where they go together."""
    if (one.subject, one.start, one.end, one.value) == (other.subject, other.start, other.end, other.value):
        return CollisionKind.IDENTICAL
    if one.words and other.words:
        kind = _edits_kind(one.words, other.words, text)
        # Words at the seam of a join stand where they stand: there is no order to choose.
        return CollisionKind.OVERLAP if kind is CollisionKind.SAME_GAP and _joins(one, other) else kind
    if not _overlap(one, other) or _is_seam(one) or _is_seam(other) or _marks_apart(one, other):
        return None
    around = _deletes_around(one.words, other) or _deletes_around(other.words, one)
    return CollisionKind.DELETION_CONTAINS_EDIT if around else CollisionKind.OVERLAP


def _is_seam(claim: Claim) -> bool:
    """Tell whether a claim only parts a block, where no word gives way: marks may lie over that."""
    return claim.words is not None and not claim.words.deleted.strip() and claim.words.inserted == SEAM


def _marks_apart(one: Claim, other: Claim) -> bool:
    """Tell whether two claims to marks go together: they are of different kinds, or the same."""
    left, right = one.operations[0], other.operations[0]
    if not isinstance(left, Marking) or not isinstance(right, Marking):
        return False
    return left.mark is not right.mark or left.after == right.after


def _edits_kind(left: Edit, right: Edit, text: str) -> CollisionKind:
    if left.start == left.end == right.start == right.end:
        return CollisionKind.SAME_GAP
    if not _overlap(left, right):
        before = (text[: left.start] + left.inserted)[-_CONTEXT:]
        after = (right.inserted + text[right.end : right.end + _CONTEXT])[:_CONTEXT]
        return CollisionKind.OVERLAP if joins(before, after) else CollisionKind.ADJACENT
    around = _deletes_around(left, right) or _deletes_around(right, left)
    return CollisionKind.DELETION_CONTAINS_EDIT if around else CollisionKind.OVERLAP


def _overlap(one: _Range, other: _Range) -> bool:
    if one.start == one.end:
        return other.start < one.start < other.end
    if other.start == other.end:
        return one.start < other.start < one.end
    return max(one.start, other.start) < min(one.end, other.end)


def _deletes_around(words: Edit | None, inner: _Range) -> bool:
    if words is None or words.inserted:
        return False
    return words.start <= inner.start and inner.end <= words.end


def whole_kind(one: Claim, other: Claim) -> CollisionKind | None:
    """Return what two claims to a block, or to the place after it, are to each other; None where they go together."""
    subjects = frozenset({one.subject, other.subject})
    if subjects == {Subject.STRIKE}:
        return CollisionKind.IDENTICAL
    if len(subjects) == 1:
        return _same_subject_kind(one, other)
    if Subject.STRIKE in subjects and not subjects & {Subject.GAP, Subject.SPLIT}:
        return CollisionKind.DELETION_CONTAINS_EDIT
    return _WHOLE.get(subjects)


_WHOLE: Final = {
    frozenset({Subject.GAP, Subject.STRIKE}): CollisionKind.ADJACENT,
    frozenset({Subject.GAP, Subject.MOVE}): CollisionKind.OVERLAP,
    frozenset({Subject.JOIN, Subject.MOVE}): CollisionKind.OVERLAP,
    frozenset({Subject.JOIN, Subject.STYLE}): CollisionKind.OVERLAP,
    # What kind of block the other half is, only one of them says.
    frozenset({Subject.SPLIT, Subject.STYLE}): CollisionKind.OVERLAP,
}
"""What claims to a whole block, or to the place after it, are to each other; the rest goes together."""


def _same_subject_kind(one: Claim, other: Claim) -> CollisionKind | None:
    if one.value == other.value:
        alike = one.subject in {Subject.GAP, Subject.STYLE}
        return CollisionKind.IDENTICAL if alike else None
    if one.subject in {Subject.HOST, Subject.JOIN, Subject.SPLIT}:
        # Two ways to join the same two blocks meet in the gap between them already, two splits in the words.
        return None
    both_stand = one.subject is Subject.GAP and not _joins(one, other)
    return CollisionKind.SAME_GAP if both_stand else CollisionKind.OVERLAP
