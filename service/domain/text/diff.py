"""From two texts to the operations that lead from one to the other: exact, and the same everywhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from service.domain.errors import Invalid
from service.domain.text import marks as marking
from service.domain.text.align import Change, changes, longest_rise
from service.domain.text.blocks import Block
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
from service.domain.text.slide import slid
from service.domain.text.tokens import offsets, tokenise


def diff(base: Sequence[Block], amended: Sequence[Block]) -> tuple[Operation, ...]:
    """Return the operations that turn `base` into `amended`.

    First, in the base's order, what happens to each of its blocks; then, in the amended order, the blocks
    that are placed: new ones and moved ones. Blocks are the same when their ids are.

    Raises:
        Invalid: an id stands twice in one text, or marks lie outside their text or over each other.
    """
    olds, news = by_id(base), by_id(amended)
    operations: list[Operation] = []
    for block in base:
        if block.id in news:
            operations += _within(block, news[block.id])
        else:
            operations.append(DeleteBlock(block))
    return (*operations, *_placements(olds, base, amended))


def by_id(blocks: Sequence[Block]) -> dict[str, Block]:
    """Return the blocks by id, in their order; refuses those that no operation could speak of exactly."""
    found: dict[str, Block] = {}
    for at, block in enumerate(blocks):
        if block.id in found:
            raise Invalid.field(f"blocks.{at}.id", "Two paragraphs have the same id: %(id)s.", id=block.id)
        if not _markable(block):
            raise Invalid.field(
                f"blocks.{at}.marks", "Marks have to lie within the text, and links not over each other."
            )
        found[block.id] = block
    return found


def token_changes(old: str, new: str) -> list[Change]:
    """Return the stretches, in code points, in which two texts differ; they begin and end between tokens."""
    if old == new:
        return []
    before, after = tokenise(old), tokenise(new)
    old_at, new_at = offsets(before), offsets(after)
    return [
        (old_at[a], old_at[b], new_at[c], new_at[d])
        for a, b, c, d in slid(changes(before, after), before, after)
    ]


def kept(changed: Iterable[Change], old_end: int, new_end: int) -> Iterator[Change]:
    """Yield the stretches between the changed ones, empty ones left out."""
    at = to = 0
    for a, b, c, d in (*changed, (old_end, old_end, new_end, new_end)):
        if at < a:
            yield at, a, to, c
        at, to = b, d


def _markable(block: Block) -> bool:
    marks = block.marks
    if not marks:
        return True
    within = all(0 <= m.start < m.end <= len(block.text) for m in marks)
    return within and all(
        left.end <= right.start
        for kind in marking.MarkKind
        for left, right in pairwise([m for m in marks if m.kind is kind])
    )


def _within(old: Block, new: Block) -> Iterator[Operation]:
    if old == new:
        return
    if (old.kind, old.level) != (new.kind, new.level):
        yield Restyle(old.id, old.kind, old.level, new.kind, new.level)
    changed = token_changes(old.text, new.text)
    for a, b, c, d in changed:
        marks = marking.canonical(marking.cut(new.marks, c, d))
        yield Edit(old.id, a, b, old.text[a:b], new.text[c:d], marks)
    if old.marks or new.marks:
        yield from _markings(old, new, changed)


def _markings(old: Block, new: Block, changed: Sequence[Change]) -> Iterator[Marking]:
    for a, b, c, d in kept(changed, len(old.text), len(new.text)):
        before, after = marking.cut(old.marks, a, b), marking.cut(new.marks, c, d)
        for kind, start, end, was, becomes in marking.differences(before, after, b - a):
            yield Marking(old.id, start + a, end + a, kind, was, becomes)


def _placements(
    olds: Mapping[str, Block], base: Sequence[Block], amended: Sequence[Block]
) -> Iterator[Placement]:
    place = {block.id: at for at, block in enumerate(base)}
    stays = longest_rise([place[block.id] for block in amended if block.id in olds])
    before: str | None = None
    for block in amended:
        if block.id not in olds:
            yield InsertBlock(before, block)
        elif place[block.id] not in stays:
            at = place[block.id]
            yield MoveBlock(block.id, base[at - 1].id if at else None, before)
        before = block.id
