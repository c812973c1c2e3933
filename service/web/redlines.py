"""Texts and their changes as the templates show them."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from service.domain.text import (
    Block,
    BlockChange,
    BlockState,
    Piece,
    Sentence,
    Span,
    SpanState,
    describe,
    pieces_of,
    redline,
    remarks,
    summarise,
)
from service.domain.text.sentences import NOTES
from service.web.languages import Language

__all__ = ["changes", "note", "passages", "pieces_of", "redline", "summary", "told_remarks"]

CONTEXT = 48
ELLIPSIS = "…"


def changes(language: Language, base: Sequence[Block], amended: Sequence[Block]) -> tuple[str, ...]:
    """Return what leads from one text to the other, one sentence for each change, in a language."""
    return tuple(told(language, sentence) for sentence in describe(base, amended))


def summary(language: Language, base: Sequence[Block], amended: Sequence[Block]) -> str:
    """Return what leads from one text to the other in a line, in a language."""
    return " ".join(told(language, sentence) for sentence in summarise(base, amended))


def told(language: Language, sentence: Sentence) -> str:
    """Return a sentence about a change in a language."""
    if sentence.plural is None:
        return language.say(sentence.template, sentence.values)
    return language.count(sentence.template, sentence.plural, sentence.count, sentence.values)


def note(language: Language, state: BlockState) -> str:
    """Return what stands above a block of which more is to be told than its words, in a language."""
    return language.say(NOTES[state])


def told_remarks(language: Language, piece: Piece) -> str:
    """Return what became of the look of words that stay, in a language; empty where it stays too."""
    return ", ".join(told(language, remark) for remark in remarks(piece))


def passages(base: Sequence[Block], amended: Sequence[Block]) -> tuple[BlockChange, ...]:
    """Return only the blocks that changed, each with no more of its unchanged words than tell the place."""
    changed = (change for change in redline(base, amended) if change.state is not BlockState.KEPT)
    return tuple(replace(change, spans=tuple(_shortened(change.spans))) for change in changed)


def _shortened(spans: Sequence[Span]) -> Iterator[Span]:
    last = len(spans) - 1
    for at, span in enumerate(spans):
        if span.state is not SpanState.KEPT:
            yield span
        elif at == 0 and at < last:
            yield _tail(span)
        elif at == last and at > 0:
            yield _head(span)
        elif len(span.text) > 2 * CONTEXT:
            yield from (_head(span), Span(span.state, " "), _tail(span))
        else:
            yield span


def _head(span: Span) -> Span:
    if len(span.text) <= CONTEXT or _remarked(span):
        return span
    shown = span.cut(0, len(span.text[:CONTEXT].rsplit(" ", 1)[0]))
    return Span(span.state, f"{shown.text} {ELLIPSIS}", _joined(*shown.pieces, Piece(f" {ELLIPSIS}")))


def _tail(span: Span) -> Span:
    if len(span.text) <= CONTEXT or _remarked(span):
        return span
    shown = span.cut(len(span.text) - len(span.text[-CONTEXT:].split(" ", 1)[-1]), len(span.text))
    return Span(span.state, f"{ELLIPSIS} {shown.text}", _joined(Piece(f"{ELLIPSIS} "), *shown.pieces))


def _remarked(span: Span) -> bool:
    """Say whether the look of some of its words changed, so that none may be left out."""
    return any(piece.was is not None for piece in span.details)


def _joined(*pieces: Piece) -> tuple[Piece, ...]:
    return () if all(piece == Piece(piece.text) for piece in pieces) else pieces
