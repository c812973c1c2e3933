"""Which blocks of two texts hold the same words: one as it was, one split into several, several joined in one.

A block keeps its id, so most passages are a block and what it became. A paragraph is told to be split when
new blocks follow it that say what it said itself, and to be joined when it says what the blocks said that
are gone from behind it. Where that is not plain, nothing is guessed: words are struck out here and new
ones written there, which is as exact.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, takewhile
from typing import Final, NamedTuple

from service.domain.keeping import keeping
from service.domain.text.align import changes
from service.domain.text.blocks import Block, characters
from service.domain.text.marks import cut
from service.domain.text.slide import slid
from service.domain.text.tokens import offsets, tokenise

SEAM: Final = "\u2029"
"""What stands between two blocks of a passage; no text in its one form holds it."""
KEPT: Final = 0.6
"""The least share of a block's words that the other side has to hold, beyond what it holds without it."""
_MOST: Final = 16


class Place(NamedTuple):
    """A place in a passage: which of its blocks, from 0, and how many code points into its text."""

    block: int
    at: int


class Stretch(NamedTuple):
    """A range of the old blocks of a passage, and the range of the new ones that stands for it."""

    old_start: Place
    old_end: Place
    new_start: Place
    new_end: Place


@dataclass(frozen=True)
class Passage:
    """Old blocks and the new ones that hold their words; on one side at least, it is a single block."""

    olds: tuple[Block, ...]
    news: tuple[Block, ...]

    @cached_property
    def changed(self) -> tuple[Stretch, ...]:
        """The stretches that differ, in order; none of them touch, and no two seams lie in one."""
        if [block.text for block in self.olds] == [block.text for block in self.news]:
            return ()
        old, new = _Side(self.olds), _Side(self.news)
        return tuple(
            Stretch(old.place(a), old.place(b), new.place(c), new.place(d))
            for a, b, c, d in slid(changes(old.tokens, new.tokens), old.tokens, new.tokens)
        )

    def kept(self) -> Iterator[Stretch]:
        """Yield the stretches between those that differ, empty ones left out; each lies in one block."""
        old = new = Place(0, 0)
        ends = (_end(self.olds), _end(self.news))
        for stretch in (*self.changed, Stretch(ends[0], ends[0], ends[1], ends[1])):
            if old.at < stretch.old_start.at:
                yield Stretch(old, stretch.old_start, new, stretch.new_start)
            old, new = stretch.old_end, stretch.new_end


def as_one(blocks: Sequence[Block]) -> Block:
    """Return the blocks of a passage's side as one: the first, with the texts and marks of all and seams between."""
    text, marks = blocks[0].text, list(blocks[0].marks)
    for block in blocks[1:]:
        text += SEAM
        marks += cut(block.marks, 0, len(block.text), to=len(text))
        text += block.text
    return replace(blocks[0], text=text, marks=tuple(marks)) if len(blocks) > 1 else blocks[0]


@keeping(lambda base, amended: characters(base) + characters(amended))
def passages(base: tuple[Block, ...], amended: tuple[Block, ...]) -> tuple[Passage, ...]:
    """Return the passages of two texts, in the order of the old one; every block stands in one at most.

    A block that is in no passage is struck out, or new. What was worked out is kept: the difference, the places of
    comments and the way it is shown all ask for it.
    """
    return tuple(_passages(base, amended))


def _passages(base: Sequence[Block], amended: Sequence[Block]) -> Iterator[Passage]:
    olds, news = {block.id for block in base}, {block.id: at for at, block in enumerate(amended)}
    for at, block in enumerate(base):
        if block.id not in news:
            continue
        there = news[block.id]
        alone = Passage((block,), (amended[there],))
        if block.text == amended[there].text or not _plain(*alone.olds, *alone.news):
            yield alone
            continue
        added = _following(amended, there, olds)
        gone = _following(base, at, news)
        yield _split(alone, added) or _joined(alone, gone) or alone


def _following(blocks: Sequence[Block], at: int, known: Mapping[str, int] | set[str]) -> list[Block]:
    """Return the blocks right after a place that the other text does not have."""
    after = blocks[at + 1 : at + 1 + _MOST]
    return list(takewhile(lambda block: block.id not in known and _plain(block), after))


def _plain(*blocks: Block) -> bool:
    return not any(SEAM in block.text for block in blocks)


def _split(alone: Passage, added: Sequence[Block]) -> Passage | None:
    return _grown(alone, [Passage(alone.olds, (*alone.news, *added[: n + 1])) for n in range(len(added))])


def _joined(alone: Passage, gone: Sequence[Block]) -> Passage | None:
    return _grown(alone, [Passage((*alone.olds, *gone[: n + 1]), alone.news) for n in range(len(gone))])


def _grown(alone: Passage, larger: Sequence[Passage]) -> Passage | None:
    """Return the largest passage in which each block says enough of what the other side says."""
    best, shared = None, _shared(alone) if larger else 0
    # Where the block itself keeps none of its words, nothing was parted from it.
    for passage in larger if shared else ():
        last = max(passage.olds, passage.news, key=len)[-1]
        gain = _shared(passage) - shared
        if not gain or gain < KEPT * _weight(last.text) or not _one_seam_each(passage):
            break
        best, shared = passage, shared + gain
    return best


def _shared(passage: Passage) -> int:
    """Return how many letters and digits stand in the words that both sides hold, in the same order."""
    return sum(
        _weight(passage.olds[same.old_start.block].text[same.old_start.at : same.old_end.at])
        for same in passage.kept()
    )


def _weight(text: str) -> int:
    return sum(map(str.isalnum, text))


def _one_seam_each(passage: Passage) -> bool:
    return all(
        s.old_end.block - s.old_start.block + s.new_end.block - s.new_start.block <= 1
        for s in passage.changed
    )


class _Side:
    """The blocks on one side of a passage as one row of tokens, with seams between them."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.tokens = tokenise(blocks[0].text)
        for block in blocks[1:]:
            self.tokens += (SEAM, *tokenise(block.text))
        self._offsets = offsets(self.tokens)
        self._begins = list(accumulate((len(block.text) + len(SEAM) for block in blocks[:-1]), initial=0))

    def place(self, token: int) -> Place:
        """Return where a token begins, or where the one before it ends: at a seam, the end of its block."""
        offset = self._offsets[token]
        block = bisect_right(self._begins, offset) - 1
        return Place(block, offset - self._begins[block])


def _end(blocks: Sequence[Block]) -> Place:
    return Place(len(blocks) - 1, len(blocks[-1].text))
