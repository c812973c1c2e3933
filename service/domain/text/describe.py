"""A change told in sentences, for mails, lists and readers who cannot see the marks."""

from collections.abc import Iterator, Sequence
from typing import Final

from service.domain.text.blocks import Block
from service.domain.text.display import BlockChange, BlockState, redline
from service.domain.text.sentences import (
    ADDS,
    ADDS_ALL,
    ADDS_BLOCK,
    ADDS_FIRST,
    CHANGES,
    EMPHASISES,
    JOINS,
    LEVEL,
    LINKS,
    LINKS_ELSEWHERE,
    MAKES_BLOCK,
    MORE,
    MOVES_BLOCK,
    MOVES_FIRST,
    NOT_BOLD,
    NOT_EMPHASISED,
    NOT_LINKED,
    NOTHING,
    NOW_BOLD,
    NOW_EMPHASISED,
    NOW_LINKED,
    PLAYS_DOWN,
    REMOVES,
    REMOVES_BLOCK,
    REPLACES,
    SETS_BOLD,
    SETS_LIGHT,
    SPLITS,
    UNLINKS,
    Sentence,
    counted,
)
from service.domain.text.spans import Piece, Span, SpanState

MAX_QUOTED: Final = 80
TOLD_AT_MOST: Final = 3


def describe(base: Sequence[Block], amended: Sequence[Block]) -> tuple[Sentence, ...]:
    """Return what leads from `base` to `amended`, one sentence for each change, in the order of the text."""
    return tuple(_told(redline(base, amended)))


def summarise(
    base: Sequence[Block], amended: Sequence[Block], limit: int = TOLD_AT_MOST
) -> tuple[Sentence, ...]:
    """Return a change for a list or a mail: how many changes, the first `limit` of them, and how many more."""
    told = describe(base, amended)
    if not told:
        return (Sentence(NOTHING),)
    if len(told) == 1:
        return told
    rest = len(told) - limit
    return (counted(CHANGES, len(told)), *told[:limit], *([counted(MORE, rest)] if rest > 0 else []))


def describe_marks(change: BlockChange) -> tuple[Sentence, ...]:
    """Return what became of the emphasis and the links of the words of a block that stay."""
    kept = (span for span in change.spans if span.state is SpanState.KEPT)
    return tuple(sentence for span in kept for sentence in _mark_sentences(span))


def remarks(piece: Piece) -> tuple[Sentence, ...]:
    """Return what became of the look of words that stay: “now a link to …”, “no longer emphasised”."""
    return tuple(_remarks(piece))


def shortened(text: str, limit: int = MAX_QUOTED) -> str:
    """Return the text, with an ellipsis in place of its middle when it is over `limit` characters."""
    if len(text) <= limit:
        return text
    half = (limit - 3) // 2
    head, tail = text[:half], text[-half:]
    head = head.rsplit(" ", 1)[0] or head
    tail = tail.split(" ", 1)[-1] or tail
    return f"{head} … {tail}"


def _told(changes: Sequence[BlockChange]) -> Iterator[Sentence]:
    previous: Block | None = None
    parted = {change.origin.id for change in changes if change.origin}
    for change in changes:
        yield from _sentences(change, previous)
        seam = change.id in parted or change.joined or change.origin
        yield from (
            _word_sentences(_said(change.spans) if seam else change.spans) if _has_words(change) else ()
        )
        previous = change.after or previous


def _has_words(change: BlockChange) -> bool:
    """Tell whether words of an old block stand in it; of a block that is new or gone, all is told at once."""
    return change.after is not None and (change.before or change.origin) is not None


def _said(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the spans without the spaces at which blocks part or meet: they are nobody's wording."""
    return tuple(span for span in spans if span.state is SpanState.KEPT or span.text.strip())


def _sentences(change: BlockChange, previous: Block | None) -> Iterator[Sentence]:
    before, after = change.before, change.after
    if change.origin is not None:
        yield _quoting(SPLITS[change.kind], new=change.block.text)
    elif before is None:
        yield _quoting(ADDS_BLOCK[change.kind], new=change.block.text)
    elif after is None:
        yield _quoting(REMOVES_BLOCK[change.kind], old=change.block.text)
    else:
        if change.state is BlockState.MOVED and previous:
            yield _quoting(MOVES_BLOCK[after.kind], new=after.text, context=previous.text)
        elif change.state is BlockState.MOVED:
            yield _quoting(MOVES_FIRST[after.kind], new=after.text)
        for gone in change.joined:
            yield _quoting(JOINS, old=gone.text)
        if before.kind is not after.kind:
            yield _quoting(MAKES_BLOCK[after.kind], new=after.text)
        if before.level != after.level:
            values = {"new": shortened(after.text), "from": before.level, "to": after.level}
            yield Sentence(LEVEL, values)


def _word_sentences(spans: Sequence[Span]) -> Iterator[Sentence]:
    for at, span in enumerate(spans):
        previous = spans[at - 1] if at else None
        following = spans[at + 1] if at + 1 < len(spans) else None
        if span.state is SpanState.KEPT:
            yield from _mark_sentences(span)
        elif span.state is SpanState.REMOVED:
            if following and following.state is SpanState.INSERTED:
                yield _quoting(REPLACES, old=span.text.strip(), new=following.text.strip())
            else:
                yield _quoting(REMOVES, old=span.text.strip())
        elif not previous or previous.state is SpanState.KEPT:
            yield _addition(span, previous, following)


def _addition(span: Span, previous: Span | None, following: Span | None) -> Sentence:
    if previous:
        return _quoting(ADDS, new=span.text.strip(), context=_last_words(previous.text))
    if following:
        return _quoting(ADDS_FIRST, new=span.text.strip(), context=_first_words(following.text))
    return _quoting(ADDS_ALL, new=span.text.strip())


def _mark_sentences(span: Span) -> Iterator[Sentence]:
    """Yield what became of the marks of kept words, kind by kind, each stretch of one change once."""
    for change in (_emphasis, _strength, _link):
        last: tuple[str, dict[str, str]] | None = None
        words = ""
        for piece in (*span.pieces, Piece("")):
            found = change(piece)
            if found == last:
                words += piece.text
                continue
            if last:
                yield _quoting(last[0], **last[1], new=words.strip() or words)
            last, words = found, piece.text


def _emphasis(piece: Piece) -> tuple[str, dict[str, str]] | None:
    if piece.was is None or piece.was.emphasis == piece.look.emphasis:
        return None
    return (EMPHASISES if piece.look.emphasis else PLAYS_DOWN), {}


def _strength(piece: Piece) -> tuple[str, dict[str, str]] | None:
    if piece.was is None or piece.was.strong == piece.look.strong:
        return None
    return (SETS_BOLD if piece.look.strong else SETS_LIGHT), {}


def _link(piece: Piece) -> tuple[str, dict[str, str]] | None:
    if piece.was is None or piece.was.href == piece.look.href:
        return None
    if not piece.was.href:
        return LINKS, {"address": piece.look.href}
    if not piece.look.href:
        return UNLINKS, {"old": piece.was.href}
    return LINKS_ELSEWHERE, {"address": piece.look.href, "old": piece.was.href}


def _remarks(piece: Piece) -> Iterator[Sentence]:
    was, now = piece.was, piece.look
    if was is None:
        return
    if was.emphasis != now.emphasis:
        yield Sentence(NOW_EMPHASISED if now.emphasis else NOT_EMPHASISED)
    if was.strong != now.strong:
        yield Sentence(NOW_BOLD if now.strong else NOT_BOLD)
    if was.href != now.href:
        yield Sentence(NOW_LINKED, {"address": now.href}) if now.href else Sentence(NOT_LINKED)


def _quoting(template: str, **texts: str) -> Sentence:
    return Sentence(template, {name: shortened(text) for name, text in texts.items()})


def _last_words(text: str) -> str:
    return " ".join(text.split()[-4:])


def _first_words(text: str) -> str:
    return " ".join(text.split()[:4])
