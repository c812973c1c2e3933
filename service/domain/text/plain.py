"""A difference as plain text, for mails and terminals: what pages and papers show, in words read aloud well."""

from collections.abc import Callable, Iterator, Sequence
from textwrap import wrap
from typing import Final

from service.domain.text.blocks import BlockKind
from service.domain.text.describe import remarks
from service.domain.text.display import BlockChange, BlockState
from service.domain.text.sentences import (
    ADDED_WORDS,
    NOTES,
    NOTHING,
    READING,
    REMARK,
    REMOVED_WORDS,
    Sentence,
)
from service.domain.text.spans import Span, SpanState

WIDTH: Final = 72
_SIGNS: Final = {BlockKind.LIST_ITEM: "- ", BlockKind.QUOTATION: "> "}
_WORDS: Final = {SpanState.REMOVED: REMOVED_WORDS, SpanState.INSERTED: ADDED_WORDS}

Say = Callable[[Sentence], str]


def english(sentence: Sentence) -> str:
    """Return a sentence in English."""
    return sentence.text


def plain(changes: Sequence[BlockChange], say: Say = english, width: int = WIDTH) -> str:
    """Return the blocks that changed, wrapped, each with what became of it; `say` translates.

    How to read it is told once, at the beginning. Blocks that stay are left out.
    """
    shown = [change for change in changes if change.state is not BlockState.KEPT]
    if not shown:
        return f"{say(Sentence(NOTHING))}\n"
    parts = [_wrapped(say(Sentence(READING)), width)]
    parts += [_block(change, say, width) for change in shown]
    return "\n\n".join(parts) + "\n"


def _block(change: BlockChange, say: Say, width: int) -> str:
    note = NOTES[change.state]
    sign = _SIGNS.get(change.kind, "")
    text = _wrapped("".join(_spans(change.spans, say)), width, sign)
    return f"{say(Sentence(note))}:\n{text}" if note else text


def _spans(spans: Sequence[Span], say: Say) -> Iterator[str]:
    for at, span in enumerate(spans):
        if span.state not in _WORDS:
            yield from _with_remarks(span, say)
            continue
        if at and spans[at - 1].state is SpanState.REMOVED:
            yield " "
        yield _bracketed(_WORDS[span.state], span.text, say)


def _with_remarks(span: Span, say: Say) -> Iterator[str]:
    for piece in span.pieces:
        words = piece.text.rstrip()
        told = [say(remark) for remark in remarks(piece)]
        yield f"{words} {REMARK % {'remarks': ', '.join(told)}}" if told else words
        yield piece.text[len(words) :]


def _bracketed(template: str, text: str, say: Say) -> str:
    """Put words into brackets and leave the spaces around them outside, so that the words can be read on."""
    words = text.strip() or text
    head, _, tail = text.partition(words)
    return f"{head}{say(Sentence(template, {'words': words}))}{tail}"


def _wrapped(text: str, width: int, sign: str = "") -> str:
    lines = wrap(
        text,
        width,
        initial_indent=sign,
        subsequent_indent=sign if sign.startswith(">") else " " * len(sign),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)
