"""How a difference looks within a block: stretches of text that were kept, removed or inserted.

Each is made of pieces that look the same throughout: with their emphasis and links, and, where a word gives way to a
similar one, with the characters that are altered. Pages, papers and mails render these, and nothing else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby, pairwise
from operator import itemgetter

from service.domain.text.align import Change, changes
from service.domain.text.blocks import Block
from service.domain.text.diff import kept
from service.domain.text.looks import PLAIN, Look, look, seams, stretches
from service.domain.text.marks import Mark
from service.domain.text.readable import Difference, readable_together
from service.domain.text.refine import Detail, refined
from service.domain.text.slide import slid
from service.domain.text.tokens import offsets, tokenise


class SpanState(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    REMOVED = "removed"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a span that looks the same throughout.

    `was` is how kept words looked before, None where their look is kept too; `altered` marks what differs within a
    replacement of which other parts stay.
    """

    text: str
    look: Look = PLAIN
    was: Look | None = None
    altered: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that was kept, removed or inserted; `details` are its pieces where it is not one plain one."""

    state: SpanState
    text: str
    details: tuple[Piece, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces; joined they are the text."""
        return self.details or (Piece(self.text),)

    def cut(self, start: int, end: int) -> "Span":
        """Return the part of the span between two offsets."""
        found = []
        at = 0
        for piece in self.details:
            left, right = max(start - at, 0), max(end - at, 0)
            if piece.text[left:right]:
                found.append(replace(piece, text=piece.text[left:right]))
            at += len(piece.text)
        return Span(self.state, self.text[start:end], tuple(found))


def pieces_of(block: Block) -> Iterator[Piece]:
    """Yield a block's text in pieces that look the same throughout."""
    for start, end, looks in stretches(block.marks, 0, len(block.text)):
        yield Piece(block.text[start:end], looks)


_Marked = tuple[str, Sequence[Mark]]
"""A text with its marks."""


def spans_between(old: Block | None, new: Block | None) -> tuple[Span, ...]:
    """Return what was kept, removed and inserted between a block before and after; None where there is no block."""
    if old is None:
        return (_span(SpanState.INSERTED, (new.text, new.marks), 0, len(new.text)),) if new else ()
    if new is None:
        return (_span(SpanState.REMOVED, (old.text, old.marks), 0, len(old.text)),)
    return spans_of_all([(old, new)])[0]


def spans_of_all(pairs: Sequence[tuple[Block, Block]]) -> list[tuple[Span, ...]]:
    """Return what was kept, removed and inserted in each passage of a text, cleaned for who reads all of it."""
    shown = _shown([(old.text, new.text) for old, new in pairs])
    return [
        tuple(_spans((old.text, old.marks), (new.text, new.marks), found))
        for (old, new), found in zip(pairs, shown, strict=True)
    ]


def word_spans(old: str, new: str) -> tuple[Span, ...]:
    """Return what was kept, removed and inserted between two texts, cleaned for the reader."""
    return tuple(_spans((old, ()), (new, ()), _shown([(old, new)])[0]))


def _spans(old: _Marked, new: _Marked, changed: Sequence[Change]) -> Iterator[Span]:
    was, becomes = old[0], new[0]
    found = [*((*change, True) for change in changed)]
    found += [(*same, False) for same in kept(changed, len(was), len(becomes))]
    for a, b, c, d, differs in sorted(found):
        if not differs:
            yield _kept(was[a:b], (old[1], a), (new[1], c))
            continue
        gone, come = _details(was[a:b], becomes[c:d])
        if a < b:
            yield _span(SpanState.REMOVED, old, a, b, gone)
        if c < d:
            yield _span(SpanState.INSERTED, new, c, d, come)


def _shown(texts: Sequence[tuple[str, str]]) -> list[list[Change]]:
    """Return the changes of each pair of texts, in characters, as they are shown."""
    exact = [_exact(old, new) for old, new in texts]
    found: list[list[Change]] = []
    for one, shown in zip(exact, readable_together(exact), strict=True):
        old_at, new_at = offsets(one.old), offsets(one.new)
        found.append([(old_at[a], old_at[b], new_at[c], new_at[d]) for a, b, c, d in shown])
    return found


def _exact(old: str, new: str) -> Difference:
    if old == new:
        return Difference((), (), ())
    before, after = tokenise(old), tokenise(new)
    return Difference(slid(changes(before, after), before, after), before, after)


def _kept(text: str, before: tuple[Sequence[Mark], int], after: tuple[Sequence[Mark], int]) -> Span:
    """Return words that stay, from the marks of both sides and where the words begin there."""
    (old, old_at), (new, new_at) = before, after
    points = {at - old_at for at in seams(old, old_at, old_at + len(text))}
    points |= {at - new_at for at in seams(new, new_at, new_at + len(text))}
    pieces = []
    for start, end in pairwise(sorted(points)):
        was = look(old, start + old_at, end + old_at)
        now = look(new, start + new_at, end + new_at)
        pieces.append(Piece(text[start:end], now, None if was == now else was))
    return Span(SpanState.KEPT, text, _telling(pieces))


def _span(state: SpanState, of: _Marked, start: int, end: int, detail: Detail = ()) -> Span:
    text, marks = of
    pieces = []
    at = start
    for words, altered in detail or ((text[start:end], False),):
        found = stretches(marks, at, at + len(words))
        pieces += [Piece(text[a:b], looks, altered=altered) for a, b, looks in found]
        at += len(words)
    return Span(state, text[start:end], _telling(pieces))


def _telling(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return the pieces, or nothing where they say no more than the text."""
    return () if all(piece == Piece(piece.text) for piece in pieces) else tuple(pieces)


def _details(old: str, new: str) -> tuple[Detail, Detail]:
    """Return what is altered in words that give way to others; nothing where less than half of them stays."""
    before, after = tokenise(old), tokenise(new)
    if not before or not after:
        return (), ()
    gone: list[tuple[str, bool]] = []
    come: list[tuple[str, bool]] = []
    changed = changes(before, after)
    found = [*((*change, True) for change in changed)]
    found += [(*same, False) for same in kept(changed, len(before), len(after))]
    for a, b, c, d, differs in sorted(found):
        if not differs:
            gone.append(("".join(before[a:b]), False))
            come.append(("".join(after[c:d]), False))
            continue
        fine = refined(before[a], after[c]) if (b - a, d - c) == (1, 1) else ((), ())
        gone += fine[0] or [("".join(before[a:b]), True)]
        come += fine[1] or [("".join(after[c:d]), True)]
    stays_of = sum(_letters(text) for text, altered in gone if not altered)
    if 2 * stays_of < max(_letters(old), _letters(new)):
        return (), ()
    return tuple(_joined(gone)), tuple(_joined(come))


def _joined(pieces: Sequence[tuple[str, bool]]) -> Iterator[tuple[str, bool]]:
    """Yield the pieces with neighbours of one kind made one, and empty ones left out."""
    for altered, found in groupby((piece for piece in pieces if piece[0]), key=itemgetter(1)):
        yield "".join(text for text, _ in found), altered


def _letters(text: str) -> int:
    return sum(not sign.isspace() for sign in text)
