"""An amendment carried over to a newer base, operation by operation, and never silently."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from service.domain.text.blocks import Block
from service.domain.text.claims import Claim, CollisionKind, claims, clashes
from service.domain.text.diff import by_id, diff
from service.domain.text.operations import DeleteBlock, Edit, Marking, Operation, Restyle
from service.domain.text.provenance import BASE, Credit
from service.domain.text.tokens import sentence_starts
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
        self._changes: dict[str, dict[int, dict[int, Operation]]] = {}
        self._found: dict[tuple[str, range], tuple[Operation, ...]] = {}
        for at, operation in enumerate(theirs):
            if isinstance(operation, Edit | Marking | Restyle):
                held = self._changes.setdefault(operation.block, {})
                for sentence in self._sentences(operation):
                    held.setdefault(sentence, {})[at] = operation

    def near(self, operation: Operation) -> tuple[Operation, ...]:
        """Return the newer changes in the sentences that an operation changes."""
        if not isinstance(operation, Edit | Marking | Restyle) or operation.block not in self._changes:
            return ()
        place = operation.block, self._sentences(operation)
        if place not in self._found:
            held = self._changes[operation.block]
            near = {at: change for sentence in place[1] for at, change in held.get(sentence, {}).items()}
            self._found[place] = tuple(near[at] for at in sorted(near))
        return self._found[place]

    def _sentences(self, operation: Edit | Marking | Restyle) -> range:
        block = operation.block
        if block not in self._starts:
            self._starts[block] = sentence_starts(self._base[block].text)
        starts = self._starts[block]
        if isinstance(operation, Restyle):
            return range(len(starts) + 1)
        last = max(operation.start, operation.end - 1)
        return range(bisect_right(starts, operation.start), bisect_right(starts, last) + 1)
