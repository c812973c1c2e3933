"""Who is in whose way is told without each pair, and is what the pairs say."""

from itertools import combinations

import pytest

from service.domain.text import (
    Block,
    BlockKind,
    Mark,
    MarkKind,
    collisions,
    contested,
    contested_at,
    diff,
)
from tests.domain.text.builders import document, paragraph, rewritten

BASE = document("one two three four five", "Second.", "Third.")
FIRST, SECOND, THIRD = BASE
DEUX, ZWEI = (rewritten(BASE, a=f"one {word} three four five") for word in ("deux", "zwei"))
APART = rewritten(BASE, a="one two three four cinq")
STRUCK, MOVED = BASE[1:], (THIRD, FIRST, SECOND)
NEW, SAME, NEWER = ((*BASE, paragraph(name, text)) for name, text in (("n", "N."), ("m", "N."), ("m", "M.")))
JOINED = (paragraph("a", "one two three four five Second."), THIRD)
TOGETHER = (paragraph("b", "Second. Third."), FIRST)
HEADING = (Block("a", BlockKind.HEADING, FIRST.text, 1), SECOND, THIRD)


def marked(*marks: Mark) -> tuple[Block, ...]:
    return (Block("a", BlockKind.PARAGRAPH, FIRST.text, marks=marks), SECOND, THIRD)


STRONG, WIDER = (marked(Mark(MarkKind.STRONG, 4, end)) for end in (7, 13))
WORDINGS = (
    *(DEUX, DEUX, ZWEI, APART, STRUCK, STRUCK, MOVED, NEW, SAME, NEWER, JOINED, HEADING, STRONG, WIDER),
    *(TOGETHER, TOGETHER),
)


def in_the_way(*versions: tuple[Block, ...]) -> set[int]:
    """Which versions, counted from 0, are in each other's way."""
    named = {f"{at:02}": diff(BASE, version) for at, version in enumerate(versions)}
    return {int(one) for one in contested(BASE, named)}


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        ((DEUX, ZWEI), {0, 1}),
        ((DEUX, DEUX), set()),
        ((DEUX, DEUX, ZWEI, APART), {0, 1, 2}),
        ((STRUCK, STRUCK), set()),
        ((STRUCK, DEUX, NEW), {0, 1}),
        ((NEW, SAME), set()),
        ((NEW, SAME, NEWER), {0, 1, 2}),
        ((STRONG, WIDER), set()),
        ((STRONG, DEUX), {0, 1}),
        ((JOINED, JOINED), set()),
        ((HEADING, DEUX), set()),
        ((TOGETHER, TOGETHER), set()),
        ((TOGETHER, TOGETHER, MOVED), {0, 1, 2}),
    ],
)
def test_those_who_cannot_both_stand_are_in_the_way(
    versions: tuple[tuple[Block, ...], ...], expected: set[int]
) -> None:
    assert in_the_way(*versions) == expected


def test_who_is_in_the_way_is_what_the_collisions_say() -> None:
    for chosen in combinations(WORDINGS, 3):
        named = {f"A{at}": diff(BASE, wording) for at, wording in enumerate(chosen)}
        found = [c for c in collisions(BASE, named) if c.kind.blocks_merge]
        assert contested(BASE, named) == {one for c in found for one in (c.first, c.second)}, chosen


def test_block_by_block_it_is_what_the_collisions_say_as_well() -> None:
    for chosen in combinations(WORDINGS, 3):
        named = {f"A{at}": diff(BASE, wording) for at, wording in enumerate(chosen)}
        met: dict[str | None, set[str]] = {}
        for c in collisions(BASE, named):
            if c.kind.blocks_merge:
                met.setdefault(c.block, set()).update((c.first, c.second))
        assert contested_at(BASE, named) == met, chosen
