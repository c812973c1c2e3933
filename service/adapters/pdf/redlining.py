"""An amendment as two columns: what stood there, and what is proposed, the differing words marked in each."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.domain.text import Block, Edit, diff


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one column; changed words are struck out at the left and underlined at the right."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A block before and after; an empty side means that the block is new, or deleted."""

    before: tuple[Run, ...]
    after: tuple[Run, ...]


def pairs(base: Sequence[Block], amended: Sequence[Block]) -> tuple[Pair, ...]:
    """Return the touched blocks side by side, in the order of the amended text, deleted ones in their places."""
    edits: dict[str, list[Edit]] = {}
    for operation in diff(base, amended):
        if isinstance(operation, Edit):
            edits.setdefault(operation.block, []).append(operation)
    old = {block.id: block for block in base}
    kept = {block.id for block in amended}
    found: list[Pair] = []
    waiting = [block for block in base if block.id not in kept]
    order = [block.id for block in base]
    for block in amended:
        if block.id in old:
            gone = [one for one in waiting if order.index(one.id) < order.index(block.id)]
            found += [_deleted(one) for one in gone]
            waiting = [one for one in waiting if one not in gone]
            found.append(_edited(old[block.id], sorted(edits.get(block.id, []), key=lambda edit: edit.start)))
        else:
            found.append(Pair((), (Run(block.text, changed=True),)))
    return (*found, *(_deleted(one) for one in waiting))


def _deleted(block: Block) -> Pair:
    return Pair((Run(block.text, changed=True),), ())


def _edited(block: Block, edits: Sequence[Edit]) -> Pair:
    before: list[Run] = []
    after: list[Run] = []
    position = 0
    for edit in edits:
        same = Run(block.text[position : edit.start], changed=False)
        before += [same, Run(edit.deleted, changed=True)]
        after += [same, Run(edit.inserted, changed=True)]
        position = edit.end
    rest = Run(block.text[position:], changed=False)
    return Pair(
        tuple(run for run in (*before, rest) if run.text), tuple(run for run in (*after, rest) if run.text)
    )
