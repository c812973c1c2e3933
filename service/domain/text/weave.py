"""Operations of one or several hands, worked into their base at once, each word with its credit.

The operations have to be compatible: who calls this has refused or settled every collision before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from service.domain.text import marks as marking
from service.domain.text import provenance as origin
from service.domain.text.blocks import Block
from service.domain.text.marks import Mark
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    InsertBlock,
    Marking,
    MoveBlock,
    Operation,
    Placement,
    Restyle,
)
from service.domain.text.provenance import Credit, Provenance, Run


@dataclass(frozen=True, slots=True)
class Woven:
    """The text that results, and for each of its blocks who brought which words."""

    blocks: tuple[Block, ...]
    provenance: Provenance


@dataclass(slots=True)
class _Plan:
    edits: dict[str, list[tuple[Edit, Credit]]] = field(default_factory=dict)
    markings: dict[str, list[Marking]] = field(default_factory=dict)
    styles: dict[str, Restyle] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)
    moved: set[str] = field(default_factory=set)
    placed: dict[str | None, list[tuple[Placement, Credit]]] = field(default_factory=dict)

    def add(self, operation: Operation, credit: Credit) -> None:
        match operation:
            case Edit(block=block):
                self.edits.setdefault(block, []).append((operation, credit))
            case Marking(block=block):
                self.markings.setdefault(block, []).append(operation)
            case Restyle(block=block):
                self.styles[block] = operation
            case DeleteBlock(content=content):
                self.struck.add(content.id)
            case MoveBlock(block=block, after=after):
                self.moved.add(block)
                self.placed.setdefault(after, []).append((operation, credit))
            case _:
                self.placed.setdefault(operation.after, []).append((operation, credit))


def weave(
    base: Sequence[Block],
    operations: Iterable[tuple[Operation, Credit]],
    base_provenance: Provenance | None = None,
) -> Woven:
    """Return the text with all operations worked in.

    What is placed after a block that another hand struck stands in that block's place.
    """
    plan = _Plan()
    for operation, credit in operations:
        plan.add(operation, credit)
    known = origin.untouched(base, base_provenance)
    old = {block.id: block for block in base}
    blocks: list[Block] = []
    runs: dict[str, tuple[Run, ...]] = {}

    def stand(block: Block) -> None:
        result, runs[block.id] = _rewrite(block, plan, known[block.id])
        blocks.append(result)

    def place_after(anchor: str | None) -> None:
        waiting = plan.placed.pop(anchor, [])[::-1]
        while waiting:
            operation, credit = waiting.pop()
            if isinstance(operation, InsertBlock):
                blocks.append(operation.content)
                runs[operation.block] = origin.whole(operation.content.text, credit)
            else:
                stand(old[operation.block])
            waiting += plan.placed.pop(operation.block, [])[::-1]

    place_after(None)
    for block in base:
        if block.id in plan.moved:
            continue
        if block.id not in plan.struck:
            stand(block)
        place_after(block.id)
    return Woven(tuple(blocks), runs)


def _rewrite(block: Block, plan: _Plan, known: Sequence[Run]) -> tuple[Block, tuple[Run, ...]]:
    styled: Sequence[Mark] = block.marks
    for change in plan.markings.get(block.id, ()):
        styled = marking.overlay(styled, change.mark, change.start, change.end, change.after)
    text, marks, runs = "", list[Mark](), list[Run]()
    at = 0
    edits = sorted(plan.edits.get(block.id, ()), key=lambda e: (e[0].start, e[0].end))
    for edit, credit in (*edits, (None, None)):
        stop = edit.start if edit else len(block.text)
        marks += marking.cut(styled, at, stop, to=len(text))
        runs += origin.part(known, at, stop, to=len(text))
        text += block.text[at:stop]
        if edit and credit:
            length = len(edit.inserted)
            marks += marking.cut(edit.marks, 0, length, to=len(text))
            runs.append(Run(len(text), len(text) + length, credit.origins, credit.resolver))
            text += edit.inserted
            at = edit.end
    style = plan.styles.get(block.id)
    kind, level = (style.kind, style.level) if style else (block.kind, block.level)
    return Block(block.id, kind, text, level, tuple(marks)), origin.joined(runs)
