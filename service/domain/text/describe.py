"""A change told in sentences, for mails, lists and readers who cannot see the marks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from service.domain.text.blocks import Block, BlockKind
from service.domain.text.display import BlockChange, BlockState, redline
from service.domain.text.spans import Span, SpanState

MAX_QUOTED: Final = 80

REPLACES: Final = "Replaces “%(old)s” by “%(new)s”."
ADDS: Final = "Adds “%(new)s” after “%(context)s”."
ADDS_FIRST: Final = "Adds “%(new)s” before “%(context)s”."
ADDS_ALL: Final = "Adds “%(new)s”."
REMOVES: Final = "Removes “%(old)s”."
MARKS: Final = "Changes the emphasis or the links in “%(new)s”."
ADDS_BLOCK: Final[Mapping[BlockKind, str]] = {
    BlockKind.HEADING: "Adds the heading “%(new)s”.",
    BlockKind.PARAGRAPH: "Adds the paragraph “%(new)s”.",
    BlockKind.LIST_ITEM: "Adds the list item “%(new)s”.",
    BlockKind.QUOTATION: "Adds the quotation “%(new)s”.",
}
REMOVES_BLOCK: Final[Mapping[BlockKind, str]] = {
    BlockKind.HEADING: "Removes the heading “%(old)s”.",
    BlockKind.PARAGRAPH: "Removes the paragraph “%(old)s”.",
    BlockKind.LIST_ITEM: "Removes the list item “%(old)s”.",
    BlockKind.QUOTATION: "Removes the quotation “%(old)s”.",
}
MOVES_BLOCK: Final[Mapping[BlockKind, str]] = {
    BlockKind.HEADING: "Moves the heading “%(new)s”.",
    BlockKind.PARAGRAPH: "Moves the paragraph “%(new)s”.",
    BlockKind.LIST_ITEM: "Moves the list item “%(new)s”.",
    BlockKind.QUOTATION: "Moves the quotation “%(new)s”.",
}
MAKES_BLOCK: Final[Mapping[BlockKind, str]] = {
    BlockKind.HEADING: "Makes “%(new)s” a heading.",
    BlockKind.PARAGRAPH: "Makes “%(new)s” a paragraph.",
    BlockKind.LIST_ITEM: "Makes “%(new)s” a list item.",
    BlockKind.QUOTATION: "Makes “%(new)s” a quotation.",
}
SPLITS: Final[Mapping[BlockKind, str]] = {
    BlockKind.HEADING: "Begins a new heading at “%(new)s”.",
    BlockKind.PARAGRAPH: "Begins a new paragraph at “%(new)s”.",
    BlockKind.LIST_ITEM: "Begins a new list item at “%(new)s”.",
    BlockKind.QUOTATION: "Begins a new quotation at “%(new)s”.",
}
JOINS: Final = "Joins “%(old)s” to what stands before it."
LEVEL: Final = "Changes the level of “%(new)s” from %(from)s to %(to)s."

TEMPLATES: Final = (
    *(REPLACES, ADDS, ADDS_FIRST, ADDS_ALL, REMOVES, MARKS, JOINS, LEVEL),
    *(
        text
        for table in (ADDS_BLOCK, REMOVES_BLOCK, MOVES_BLOCK, MAKES_BLOCK, SPLITS)
        for text in table.values()
    ),
)
"""Every sentence there can be, for translation."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One change in words: a template to translate, and its values; long texts are shortened."""

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in English."""
        return self.template % self.values


def describe(base: Sequence[Block], amended: Sequence[Block]) -> tuple[Sentence, ...]:
    """Return what leads from `base` to `amended`, one sentence for each change, in the order of the text."""
    changes = redline(base, amended)
    parted = {change.origin.id for change in changes if change.origin}
    return tuple(sentence for change in changes for sentence in _sentences(change, seam=change.id in parted))


def shortened(text: str, limit: int = MAX_QUOTED) -> str:
    """Return the text, with an ellipsis in place of its middle when it is over `limit` characters."""
    if len(text) <= limit:
        return text
    half = (limit - 3) // 2
    head, tail = text[:half], text[-half:]
    head = head.rsplit(" ", 1)[0] or head
    tail = tail.split(" ", 1)[-1] or tail
    return f"{head} … {tail}"


def _sentences(change: BlockChange, *, seam: bool) -> Iterator[Sentence]:
    before, after = change.before, change.after
    spans = change.spans
    if seam or change.joined or change.origin:
        # The space where a block ends is nobody's wording.
        spans = tuple(span for span in spans if span.state is SpanState.KEPT or span.text.strip())
    if change.origin:
        yield _quoting(SPLITS[change.kind], new=change.block.text)
        yield from _word_sentences(spans)
    elif before is None:
        yield _quoting(ADDS_BLOCK[change.kind], new=change.block.text)
    elif after is None:
        yield _quoting(REMOVES_BLOCK[change.kind], old=change.block.text)
    else:
        if change.state is BlockState.MOVED:
            yield _quoting(MOVES_BLOCK[after.kind], new=after.text)
        for gone in change.joined:
            yield _quoting(JOINS, old=gone.text)
        if before.kind is not after.kind:
            yield _quoting(MAKES_BLOCK[after.kind], new=after.text)
        if before.level != after.level:
            values = {"new": shortened(after.text), "from": before.level, "to": after.level}
            yield Sentence(LEVEL, values)
        if before.marks != after.marks and before.text == after.text:
            yield _quoting(MARKS, new=after.text)
        yield from _word_sentences(spans)


def _word_sentences(spans: Sequence[Span]) -> Iterator[Sentence]:
    for at, span in enumerate(spans):
        previous = spans[at - 1] if at else None
        following = spans[at + 1] if at + 1 < len(spans) else None
        if span.state is SpanState.REMOVED:
            if following and following.state is SpanState.INSERTED:
                yield _quoting(REPLACES, old=span.text.strip(), new=following.text.strip())
            else:
                yield _quoting(REMOVES, old=span.text.strip())
        elif span.state is SpanState.INSERTED and (not previous or previous.state is SpanState.KEPT):
            yield _addition(span, previous, following)


def _addition(span: Span, previous: Span | None, following: Span | None) -> Sentence:
    if previous:
        return _quoting(ADDS, new=span.text.strip(), context=_last_words(previous.text))
    if following:
        return _quoting(ADDS_FIRST, new=span.text.strip(), context=_first_words(following.text))
    return _quoting(ADDS_ALL, new=span.text.strip())


def _quoting(template: str, **texts: str) -> Sentence:
    return Sentence(template, {name: shortened(text) for name, text in texts.items()})


def _last_words(text: str) -> str:
    return " ".join(text.split()[-4:])


def _first_words(text: str) -> str:
    return " ".join(text.split()[:4])
