"""What each hand lays claim to in the base: words, a style, a whole block, a place between blocks.

Two claims of different hands to the same thing are a clash. Collisions, rebasing and merging all read
this one classification, so that they can never disagree.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations, product

from service.domain.text.blocks import Block
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    Marking,
    MoveBlock,
    Operation,
    Placement,
    Restyle,
)
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
        return self not in {CollisionKind.IDENTICAL, CollisionKind.ADJACENT}


class Subject(StrEnum):
    """What is laid claim to."""

    WORDS = "words"
    MARKS = "marks"
    STYLE = "style"
    STRIKE = "strike"
    MOVE = "move"
    NAME = "name"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of one hand; `operations` are those that stand or fall with it.

    `block` is where it lies (for a gap: the block it follows, None at the beginning), `start` and `end`
    the range in that block's text, `value` what identical claims have in common.
    """

    owner: str
    subject: Subject
    block: str | None
    start: int
    end: int
    operations: tuple[Operation, ...] = field(repr=False)
    value: object = field(default=None, repr=False)


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
                yield Claim(owner, Subject.WORDS, block, start, end, (operation,), value)
            case Marking(block=block, start=start, end=end):
                value = (operation.mark, operation.after)
                yield Claim(owner, Subject.MARKS, block, start, end, (operation,), value)
            case Restyle(block=block):
                value = (operation.kind, operation.level)
                yield Claim(owner, Subject.STYLE, block, 0, length, (operation,), value)
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
            yield Claim(owner, subject, operation.block, 0, length, chain, value)


def clashes(base: Mapping[str, Block], hands: Iterable[Claim]) -> Iterator[Clash]:
    """Yield every clash between different owners; the work grows with the claims and the clashes found."""
    ranges: dict[str, list[Claim]] = {}
    others: dict[str | None, list[Claim]] = {}
    for claim in hands:
        if claim.block is not None and claim.subject in {Subject.WORDS, Subject.MARKS}:
            ranges.setdefault(claim.block, []).append(claim)
        else:
            others.setdefault(claim.block, []).append(claim)
    for name, held in ranges.items():
        yield from _range_clashes(base[name].text, held)
        strikes = [claim for claim in others.get(name, ()) if claim.subject is Subject.STRIKE]
        for one, other in product(strikes, held):
            yield _clash(one, other, CollisionKind.DELETION_CONTAINS_EDIT)
    for held in others.values():
        for one, other in combinations(held, 2):
            kind = None if one.owner == other.owner else _whole_kind(one, other)
            if kind:
                yield _clash(one, other, kind)


def _range_clashes(text: str, held: list[Claim]) -> Iterator[Clash]:
    for one, other in _touching(held):
        kind = _ranges_kind(one, other, text)
        if kind:
            yield _clash(one, other, kind)


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
    new = operation.content
    return new.kind, new.text, new.level, new.marks


def _touching(held: list[Claim]) -> Iterator[tuple[Claim, Claim]]:
    open_claims: list[Claim] = []
    for claim in sorted(held, key=lambda c: (c.start, c.end, c.owner, c.subject)):
        open_claims = [earlier for earlier in open_claims if earlier.end >= claim.start]
        for earlier in open_claims:
            if earlier.owner != claim.owner:
                yield earlier, claim
        open_claims.append(claim)


def _ranges_kind(one: Claim, other: Claim, text: str) -> CollisionKind | None:
    if (one.subject, one.start, one.end, one.value) == (other.subject, other.start, other.end, other.value):
        return CollisionKind.IDENTICAL
    left, right = one.operations[0], other.operations[0]
    if isinstance(left, Edit) and isinstance(right, Edit):
        return _edits_kind(left, right, text)
    if not _overlap(one, other) or (
        isinstance(left, Marking)
        and isinstance(right, Marking)
        and (left.mark is not right.mark or left.after == right.after)
    ):
        return None
    around = _deletes_around(left, other) or _deletes_around(right, one)
    return CollisionKind.DELETION_CONTAINS_EDIT if around else CollisionKind.OVERLAP


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


def _deletes_around(operation: Operation, inner: _Range) -> bool:
    if not isinstance(operation, Edit) or operation.inserted:
        return False
    return operation.start <= inner.start and inner.end <= operation.end


def _whole_kind(one: Claim, other: Claim) -> CollisionKind | None:
    subjects = {one.subject, other.subject}
    if subjects == {Subject.STRIKE}:
        return CollisionKind.IDENTICAL
    if len(subjects) == 1:
        return _same_subject_kind(one, other)
    if Subject.GAP in subjects:
        if Subject.STRIKE in subjects:
            return CollisionKind.ADJACENT
        return CollisionKind.OVERLAP if Subject.MOVE in subjects else None
    return CollisionKind.DELETION_CONTAINS_EDIT if Subject.STRIKE in subjects else None


def _same_subject_kind(one: Claim, other: Claim) -> CollisionKind | None:
    if one.subject is Subject.GAP:
        return CollisionKind.IDENTICAL if one.value == other.value else CollisionKind.SAME_GAP
    if one.value != other.value:
        return CollisionKind.OVERLAP
    return CollisionKind.IDENTICAL if one.subject is Subject.STYLE else None
