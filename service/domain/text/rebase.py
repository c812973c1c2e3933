"""An amendment carried over to a newer base, operation by operation, and never silently."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.domain.text.blocks import Block
from service.domain.text.claims import Claim, CollisionKind, claims, clashes
from service.domain.text.diff import by_id, diff
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    JoinBlock,
    Marking,
    Operation,
    Restyle,
    SplitBlock,
)
from service.domain.text.provenance import BASE, Credit
from service.domain.text.tokens import ends_sentence, sentence_starts
from service.domain.text.weave import weave


class Outcome(StrEnum):
    """What became of an operation on the newer base; the later in this list, the more a person has to do."""

    ALREADY_CONTAINED = "already_contained"
    CLEAN = "clean"
    TOUCHED_CONTEXT = "touched_context"
    CONFLICT = "conflict"
    ORPHANED = "orphaned"


_SEVERITY = {outcome: at for at, outcome in enumerate(Outcome)}


@dataclass(frozen=True, slots=True)
class RebasedOperation:
    """An operation as it was proposed on the old base, what became of it, and which newer changes it met."""

    operation: Operation
    outcome: Outcome
    met: tuple[Operation, ...] = ()


@dataclass(frozen=True, slots=True)
class Rebased:
    """An amendment on its new base; `blocks` is None when a person has to write it anew."""

    outcome: Outcome
    operations: tuple[RebasedOperation, ...]
    blocks: tuple[Block, ...] | None


def rebase(base: Sequence[Block], amended: Sequence[Block], new_base: Sequence[Block]) -> Rebased:
    """Return the amendment from `base` to `amended`, carried over to `new_base`.

    Every operation is clean, or touches a sentence that changed too, or conflicts, or is contained in the
    new base already, or has lost its place. Nothing is ever put where it was not proposed.
    """
    known = by_id(base)
    ours, theirs = diff(base, amended), diff(base, new_base)
    met: dict[Operation, list[tuple[Outcome, tuple[Operation, ...]]]] = {}
    held = (*claims("ours", known, ours), *claims("theirs", known, theirs))
    for clash in clashes(known, held):
        outcome = _outcome(clash.first, clash.second, clash.kind)
        for operation in clash.first.operations:
            met.setdefault(operation, []).append((outcome, clash.second.operations))
    context = _Context(known, theirs)
    results = tuple(_result(operation, met.get(operation, []), context) for operation in ours)
    worst = max((r.outcome for r in results), key=_SEVERITY.__getitem__, default=Outcome.CLEAN)
    if worst in {Outcome.CONFLICT, Outcome.ORPHANED}:
        return Rebased(worst, results, None)
    carried = [r.operation for r in results if r.outcome is not Outcome.ALREADY_CONTAINED]
    woven = weave(base, [(operation, Credit((BASE,))) for operation in (*theirs, *carried)])
    return Rebased(worst, results, woven.blocks)


def _outcome(mine: Claim, other: Claim, kind: CollisionKind) -> Outcome:
    if kind is CollisionKind.IDENTICAL:
        return Outcome.ALREADY_CONTAINED
    if kind is CollisionKind.ADJACENT:
        return Outcome.TOUCHED_CONTEXT
    deletion = other.operations[0]
    gone = isinstance(deletion, DeleteBlock) or (
        isinstance(deletion, Edit)
        and not deletion.inserted
        and other.start <= mine.start
        and mine.end <= other.end
    )
    if kind is not CollisionKind.DELETION_CONTAINS_EDIT or not gone:
        return Outcome.CONFLICT
    own = mine.operations[0]
    both_delete = isinstance(own, Edit) and not own.inserted and isinstance(deletion, Edit)
    return Outcome.ALREADY_CONTAINED if both_delete else Outcome.ORPHANED


def _result(
    operation: Operation, met: Sequence[tuple[Outcome, tuple[Operation, ...]]], context: "_Context"
) -> RebasedOperation:
    others = tuple(dict.fromkeys(other for _, others in met for other in others))
    outcomes = [outcome for outcome, _ in met]
    if Outcome.ALREADY_CONTAINED in outcomes:
        return RebasedOperation(operation, Outcome.ALREADY_CONTAINED, others)
    if outcomes:
        return RebasedOperation(operation, max(outcomes, key=_SEVERITY.__getitem__), others)
    near = context.near(operation)
    return RebasedOperation(operation, Outcome.TOUCHED_CONTEXT if near else Outcome.CLEAN, near)


class _Context:
    """Which sentences the newer base changed."""

    def __init__(self, base: Mapping[str, Block], theirs: Sequence[Operation]) -> None:
        self._base = base
        self._starts: dict[str, list[int]] = {}
        self._changes: dict[tuple[str, int], dict[int, Operation]] = {}
        self._found: dict[tuple[tuple[str, range], ...], tuple[Operation, ...]] = {}
        for at, operation in enumerate(theirs):
            for name, sentences in self._sentences(operation):
                for sentence in sentences:
                    self._changes.setdefault((name, sentence), {})[at] = operation

    def near(self, operation: Operation) -> tuple[Operation, ...]:
        """Return the newer changes in the sentences that an operation changes."""
        places = tuple(self._sentences(operation))
        if places not in self._found:
            near = {
                at: change
                for name, sentences in places
                for sentence in sentences
                for at, change in self._changes.get((name, sentence), {}).items()
            }
            self._found[places] = tuple(near[at] for at in sorted(near))
        return self._found[places]

    def _sentences(self, operation: Operation) -> Iterator[tuple[str, range]]:
        """Yield the blocks in which an operation changes sentences, and which of them."""
        for name, start, end in _changed(operation, self._base):
            if name not in self._starts:
                self._starts[name] = sentence_starts(self._base[name].text)
            starts = self._starts[name]
            yield name, range(bisect_right(starts, start), bisect_right(starts, max(start, end - 1)) + 1)


def _changed(operation: Operation, base: Mapping[str, Block]) -> Iterator[tuple[str, int, int]]:
    """Yield the ranges in which an operation changes what a sentence says.

    Between two sentences, a split or a join changes none.
    """
    match operation:
        case Edit(block=block, start=start, end=end) | Marking(block=block, start=start, end=end):
            yield block, start, end
        case Restyle(block=block):
            yield block, 0, len(base[block].text)
        case SplitBlock(block=block, start=start, end=end, deleted=deleted, inserted=inserted):
            between = end in sentence_starts(base[block].text)
            if not between or deleted.strip() or inserted or operation.content.text:
                yield block, start, end
        case JoinBlock(block=block, into=into, start=start, deleted=deleted, end=end, struck=struck):
            head = base[into].text
            if deleted or struck or not ends_sentence(head):
                yield into, start, len(head)
                yield block, 0, end
        case _:
            return
