"""Operations of one or several hands, worked into their base at once, each word with its credit.

The operations have to be compatible: who calls this has refused or settled every collision before.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from service.domain.text import marks as marking
from service.domain.text import provenance as origin
from service.domain.text.blocks import Block, BlockKind
from service.domain.text.marks import Mark
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    InsertBlock,
    JoinBlock,
    Marking,
    MoveBlock,
    Operation,
    Placement,
    Restyle,
    SplitBlock,
)
from service.domain.text.provenance import Credit, Provenance, Run


@dataclass(frozen=True, slots=True)
class Woven:
    """The text that results, and for each of its blocks who brought which words."""

    blocks: tuple[Block, ...]
    provenance: Provenance


@dataclass(slots=True)
class _Plan:
    changes: dict[str, list[tuple[Edit | SplitBlock, Credit]]] = field(default_factory=dict)
    markings: dict[str, list[Marking]] = field(default_factory=dict)
    styles: dict[str, Restyle] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    joins: dict[str, tuple[JoinBlock, Credit]] = field(default_factory=dict)
    joined: dict[str, JoinBlock] = field(default_factory=dict)
    placed: dict[str | None, list[tuple[Placement, Credit]]] = field(default_factory=dict)

    def add(self, operation: Operation, credit: Credit) -> None:
        match operation:
            case Edit(block=block) | SplitBlock(block=block):
                self.changes.setdefault(block, []).append((operation, credit))
            case Marking(block=block):
                self.markings.setdefault(block, []).append(operation)
            case Restyle(block=block):
                self.styles[block] = operation
            case JoinBlock(block=block, into=into):
                self.joined[block] = operation
                self.joins[into] = operation, credit
            case DeleteBlock(content=content):
                self.struck.add(content.id)
            case MoveBlock(block=block, after=after):
                self.moved.add(block)
                self.placed.setdefault(after, []).append((operation, credit))
            case _:
                self.placed.setdefault(operation.after, []).append((operation, credit))


@dataclass(slots=True)
class _Piece:
    """A block of the result while it is written."""

    id: str
    kind: BlockKind
    level: int
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)

    def copy(self, old: Block, marks: Sequence[Mark], known: Sequence[Run], start: int, end: int) -> None:
        """Go on with words of the base, and with whose they are."""
        self.marks += marking.cut(marks, start, end, to=len(self.text))
        self.runs += origin.part(known, start, end, to=len(self.text))
        self.text += old.text[start:end]

    def write(self, words: str, marks: Sequence[Mark], credit: Credit) -> None:
        """Go on with words that somebody brings."""
        at, end = len(self.text), len(self.text) + len(words)
        self.marks += marking.cut(marks, 0, len(words), to=at)
        self.runs.append(Run(at, end, credit.origins, credit.resolver))
        self.text += words

    def append(self, piece: "_Piece") -> None:
        """Go on with what would have been a block of its own."""
        at = len(self.text)
        self.marks += marking.cut(piece.marks, 0, len(piece.text), to=at)
        self.runs += origin.part(piece.runs, 0, len(piece.text), to=at)
        self.text += piece.text


def weave(
    base: Sequence[Block],
    operations: Iterable[tuple[Operation, Credit]],
    base_provenance: Provenance | None = None,
) -> Woven:
    """Return the text with all operations worked in.

    What is placed after a block that another hand struck stands in that block's place; what is placed after
    one that is split or joined stands after all that it said.
    """
    plan = _Plan()
    for operation, credit in operations:
        plan.add(operation, credit)
    return _Loom(base, plan, base_provenance).woven()


class _Loom:
    """The base in its order, and the result as far as it is written."""

    def __init__(self, base: Sequence[Block], plan: _Plan, base_provenance: Provenance | None) -> None:
        self._base, self._plan = base, plan
        self._old = {block.id: block for block in base}
        self._known = origin.untouched(base, base_provenance)
        self._blocks: list[Block] = []
        self._runs: dict[str, tuple[Run, ...]] = {}

    def woven(self) -> Woven:
        """Write the whole result."""
        plan = self._plan
        self._place_after(None)
        for block in self._base:
            if block.id in plan.moved or block.id in plan.joined:
                continue
            stood = [block.id] if block.id in plan.struck else self._stand(block)
            for name in stood:
                self._place_after(name)
        return Woven(tuple(self._blocks), self._runs)

    def _place_after(self, anchor: str | None) -> None:
        waiting = self._plan.placed.pop(anchor, [])[::-1]
        while waiting:
            operation, credit = waiting.pop()
            stood = [operation.block]
            if isinstance(operation, InsertBlock):
                self._blocks.append(operation.content)
                self._runs[operation.block] = origin.whole(operation.content.text, credit)
            else:
                stood = self._stand(self._old[operation.block])
            for name in reversed(stood):
                waiting += self._plan.placed.pop(name, [])[::-1]

    def _stand(self, block: Block) -> list[str]:
        """Write a block and those that are joined to it; return the ids of all of them."""
        pieces, stood = list(self._pieces(block)), [block.id]
        while stood[-1] in self._plan.joins:
            join, credit = self._plan.joins[stood[-1]]
            first, *rest = self._pieces(self._old[join.block])
            pieces[-1].write(join.inserted, join.marks, credit)
            pieces[-1].append(first)
            pieces += rest
            stood.append(join.block)
        for piece in pieces:
            self._blocks.append(Block(piece.id, piece.kind, piece.text, piece.level, tuple(piece.marks)))
            self._runs[piece.id] = origin.joined(piece.runs)
        return stood

    def _pieces(self, block: Block) -> Iterator[_Piece]:
        """Yield what a block becomes: one piece, and one more for each time that it is split."""
        plan, known = self._plan, self._known[block.id]
        marks: Sequence[Mark] = block.marks
        for change in plan.markings.get(block.id, ()):
            marks = marking.overlay(marks, change.mark, change.start, change.end, change.after)
        style = plan.styles.get(block.id)
        kind, level = (style.kind, style.level) if style else (block.kind, block.level)
        piece = _Piece(block.id, kind, level)
        at = plan.joined[block.id].end if block.id in plan.joined else 0
        until = plan.joins[block.id][0].start if block.id in plan.joins else len(block.text)
        for made, credit in sorted(plan.changes.get(block.id, ()), key=lambda c: (c[0].start, c[0].end)):
            piece.copy(block, marks, known, at, made.start)
            piece.write(made.inserted, made.marks, credit)
            at = made.end
            if isinstance(made, SplitBlock):
                yield piece
                new = made.content
                piece = _Piece(new.id, new.kind, new.level)
                piece.write(new.text, new.marks, credit)
        piece.copy(block, marks, known, at, until)
        yield piece
