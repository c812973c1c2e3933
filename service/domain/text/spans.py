"""How a difference looks within a block: stretches of text that were kept, removed or inserted.

What is shown is cleaned for the reader: where two replacements stand side by side with only white space
between them, they are shown as one. That never changes an operation, and adds at most a quarter to what
is marked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from service.domain.text.align import Change
from service.domain.text.blocks import Block
from service.domain.text.diff import kept, token_changes

_ALLOWANCE: Final = 4


class SpanState(StrEnum):
    """What became of a stretch of text."""

    KEPT = "kept"
    REMOVED = "removed"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that was kept, removed or inserted."""

    state: SpanState
    text: str


def spans_between(old: Block | None, new: Block | None) -> tuple[Span, ...]:
    """Return what was kept, removed and inserted between a block before and after; None where there is no block."""
    if old is None:
        return (Span(SpanState.INSERTED, new.text),) if new else ()
    if new is None:
        return (Span(SpanState.REMOVED, old.text),)
    return word_spans(old.text, new.text)


def word_spans(old: str, new: str) -> tuple[Span, ...]:
    """Return what was kept, removed and inserted between two texts, cleaned for the reader."""
    spans = []
    changed = _readable(token_changes(old, new), old)
    stretches = [*((*change, True) for change in changed)]
    stretches += [(*same, False) for same in kept(changed, len(old), len(new))]
    for a, b, c, d, differs in sorted(stretches):
        if not differs:
            spans.append(Span(SpanState.KEPT, old[a:b]))
            continue
        if a < b:
            spans.append(Span(SpanState.REMOVED, old[a:b]))
        if c < d:
            spans.append(Span(SpanState.INSERTED, new[c:d]))
    return tuple(spans)


def _readable(changed: Sequence[Change], old: str) -> list[Change]:
    allowance = sum(b - a + d - c for a, b, c, d in changed) // _ALLOWANCE
    shown: list[Change] = []
    for a, b, c, d in changed:
        if shown and _replaces((a, b, c, d)) and _replaces(shown[-1]):
            between = old[shown[-1][1] : a]
            if between.isspace() and 2 * len(between) <= allowance:
                allowance -= 2 * len(between)
                shown[-1] = (shown[-1][0], b, shown[-1][2], d)
                continue
        shown.append((a, b, c, d))
    return shown


def _replaces(change: Change) -> bool:
    a, b, c, d = change
    return a < b and c < d
