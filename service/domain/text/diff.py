"""From two texts to the operations that lead from one to the other: exact, and the same everywhere."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from service.domain.errors import Invalid
from service.domain.text import marks as marking
from service.domain.text.align import Change, changes, longest_rise
from service.domain.text.blocks import Block
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
from service.domain.text.passages import Passage, Stretch, passages
from service.domain.text.slide import slid
from service.domain.text.tokens import offsets, tokenise


def diff(base: Sequence[Block], amended: Sequence[Block]) -> tuple[Operation, ...]:
    """Return the operations that turn `base` into `amended`.

    First, in the base's order, what happens to each of its blocks; then, in the amended order, the blocks
    that are placed: new ones and moved ones. Blocks are the same when their ids are; a new block that holds
    what the one before it said is split from it, and one that is gone into the block before it is joined.

    Raises:
        Invalid: an id stands twice in one text, or marks lie outside their text or over each other.
    """
    by_id(base), by_id(amended)
    found = passages(tuple(base), tuple(amended))
    of = {block.id: passage for passage in found for block in passage.olds}
    operations: list[Operation] = []
    for block in base:
        passage = of.get(block.id)
        if passage is None:
            operations.append(DeleteBlock(block))
        elif passage.olds[0] == block:
            operations += _within(passage)
    return (*operations, *_placements(base, amended, found))


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


def _within(passage: Passage) -> Iterator[Operation]:
    old, new = passage.olds[0], passage.news[0]
    if (passage.olds, passage.news) == ((old,), (old,)):
        return
    if (old.kind, old.level) != (new.kind, new.level):
        yield Restyle(old.id, old.kind, old.level, new.kind, new.level)
    for stretch in passage.changed:
        yield _change(passage, stretch)
    if any(block.marks for block in (*passage.olds, *passage.news)):
        yield from _markings(passage)


def _change(passage: Passage, stretch: Stretch) -> Edit | SplitBlock | JoinBlock:
    a, b, c, d = stretch
    old, new = passage.olds[a.block], passage.news[c.block]
    if c.block < d.block:
        head, marks = _words(new, c.at, len(new.text))
        tail, tail_marks = _words(passage.news[d.block], 0, d.at)
        content = replace(passage.news[d.block], text=tail, marks=tail_marks)
        return SplitBlock(old.id, a.at, b.at, old.text[a.at : b.at], head, marks, content)
    inserted, marks = _words(new, c.at, d.at)
    if a.block < b.block:
        gone = passage.olds[b.block]
        return JoinBlock(gone.id, old.id, a.at, old.text[a.at :], b.at, gone.text[: b.at], inserted, marks)
    return Edit(old.id, a.at, b.at, old.text[a.at : b.at], inserted, marks)


def _words(block: Block, start: int, end: int) -> tuple[str, tuple[Mark, ...]]:
    marks = marking.canonical(marking.cut(block.marks, start, end)) if block.marks else ()
    return block.text[start:end], marks


def _markings(passage: Passage) -> Iterator[Marking]:
    for a, b, c, d in passage.kept():
        old, new = passage.olds[a.block], passage.news[c.block]
        before, after = marking.cut(old.marks, a.at, b.at), marking.cut(new.marks, c.at, d.at)
        for kind, start, end, was, becomes in marking.differences(before, after, b.at - a.at):
            yield Marking(old.id, start + a.at, end + a.at, kind, was, becomes)


def _placements(
    base: Sequence[Block], amended: Sequence[Block], found: Sequence[Passage]
) -> Iterator[Placement]:
    place = {block.id: at for at, block in enumerate(base)}
    # What stands after a passage stands after the last of the old blocks that went into it.
    last = {block.id: passage.olds[-1].id for passage in found for block in passage.news}
    stays = longest_rise([place[block.id] for block in amended if block.id in place])
    before: str | None = None
    for block in amended:
        if block.id not in last:
            yield InsertBlock(before, block)
        elif block.id in place and place[block.id] not in stays:
            at = place[block.id]
            yield MoveBlock(block.id, base[at - 1].id if at else None, before)
        before = last.get(block.id, block.id)
