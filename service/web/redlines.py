"""Texts and their changes as the templates show them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from service.domain.text import (
    Block,
    BlockChange,
    BlockState,
    MarkKind,
    Run,
    Span,
    SpanState,
    describe,
    redline,
)
from service.web.languages import Language

__all__ = ["Segment", "changes", "passages", "redline", "runs", "segments"]

CONTEXT = 48
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a block's text on which the same marks lie; `href` is empty where there is no link."""

    text: str
    emphasis: bool
    strong: bool
    href: str


def segments(block: Block) -> Iterator[Segment]:
    """Yield a block's text in stretches of equal marks."""
    points = {0, len(block.text)}
    for mark in block.marks:
        points.update((mark.start, mark.end))
    ordered = sorted(points)
    for start, end in pairwise(ordered):
        over = [mark for mark in block.marks if mark.start <= start and end <= mark.end]
        kinds = {mark.kind for mark in over}
        href = next((mark.href for mark in over if mark.href), "")
        yield Segment(block.text[start:end], MarkKind.EMPHASIS in kinds, MarkKind.STRONG in kinds, href or "")


def runs(block: Block, origins: Sequence[Run]) -> Iterator[tuple[str, Run]]:
    """Yield a block's text in stretches of one origin."""
    for run in origins:
        yield block.text[run.start : run.end], run


def changes(language: Language, base: Sequence[Block], amended: Sequence[Block]) -> tuple[str, ...]:
    """Return what leads from one text to the other, one sentence for each change, in a language."""
    return tuple(language.say(sentence.template, sentence.values) for sentence in describe(base, amended))


def passages(base: Sequence[Block], amended: Sequence[Block]) -> tuple[BlockChange, ...]:
    """Return only the blocks that changed, each with no more of its unchanged words than tell the place."""
    changed = (change for change in redline(base, amended) if change.state is not BlockState.KEPT)
    return tuple(replace(change, spans=tuple(_shortened(change.spans))) for change in changed)


def _shortened(spans: Sequence[Span]) -> Iterator[Span]:
    last = len(spans) - 1
    for at, span in enumerate(spans):
        if span.state is not SpanState.KEPT:
            yield span
        elif at == 0:
            yield Span(span.state, _tail(span.text))
        elif at == last:
            yield Span(span.state, _head(span.text))
        elif len(span.text) > 2 * CONTEXT:
            yield Span(span.state, f"{_head(span.text)} {_tail(span.text)}")
        else:
            yield span


def _head(text: str) -> str:
    if len(text) <= CONTEXT:
        return text
    return f"{text[:CONTEXT].rsplit(' ', 1)[0]} {ELLIPSIS}"


def _tail(text: str) -> str:
    if len(text) <= CONTEXT:
        return text
    return f"{ELLIPSIS} {text[-CONTEXT:].split(' ', 1)[-1]}"
