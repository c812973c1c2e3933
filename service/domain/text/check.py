"""What a text has to be before it may be stored; every fault is named with the block it lies in."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from service.domain.errors import FieldError, Invalid
from service.domain.text.blocks import Block
from service.domain.text.marks import Mark, MarkKind
from service.domain.text.normalise import normalise, traced
from service.domain.text.tokens import grapheme_edges

MAX_BLOCKS: Final = 500
MAX_TOTAL: Final = 200_000
MAX_LEVEL: Final = 6
MAX_ID: Final = 64
MAX_MARKS: Final = 500
MAX_ADDRESS: Final = 2_000
_SCHEMES: Final = frozenset({"http", "https", "mailto"})


def normalise_blocks(blocks: Sequence[Block], known: Sequence[Block] = ()) -> tuple[Block, ...]:
    """Return the blocks with their texts in the one form and their marks moved along, checked as a whole.

    A mark that begins or ends inside what a reader sees as one character (a grapheme) takes in all of it.

    Args:
        blocks: what came from outside.
        known: blocks that this function returned before; those that come again word for word stand as they are.

    Raises:
        Invalid: what `normalise` and `check_blocks` refuse, such as `blocks.3.text`.
    """
    faults: list[FieldError] = []
    cleaned: list[Block] = []
    before = {block.id: block for block in known}
    for at, block in enumerate(blocks):
        if block == before.get(block.id):
            cleaned.append(block)
            continue
        try:
            text = normalise(block.text, field=f"blocks.{at}.text")
        except Invalid as refusal:
            faults += refusal.errors
        else:
            moved = block if text == block.text else _moved_marks(block, text)
            cleaned.append(_whole_characters(moved))
    if faults:
        raise Invalid(errors=faults)
    check_blocks(cleaned)
    return tuple(cleaned)


def check_blocks(blocks: Sequence[Block]) -> None:
    """Refuse blocks that no version can be made of.

    Raises:
        Invalid: no block or over 500; an id that is missing or stands twice; an empty text; over 200,000
            characters; a level outside 0 to 6; marks outside the text or over each other; a link that leads
            elsewhere than to http, https or mailto. Fields are named like `blocks.3.text`, counted from 0.
    """
    faults = list(_faults(blocks))
    if faults:
        raise Invalid(errors=faults)


def _faults(blocks: Sequence[Block]) -> Iterator[FieldError]:
    if not blocks:
        yield FieldError("blocks", "The text is empty. Write at least one paragraph.")
    if len(blocks) > MAX_BLOCKS:
        yield FieldError("blocks", "At most %(limit)s paragraphs fit in. Join some.", {"limit": MAX_BLOCKS})
    if sum(len(block.text) for block in blocks) > MAX_TOTAL:
        yield FieldError(
            "blocks", "At most %(limit)s characters fit in. Shorten the text.", {"limit": MAX_TOTAL}
        )
    seen: set[str] = set()
    for at, block in enumerate(blocks):
        yield from _block_faults(f"blocks.{at}", block, seen)
        seen.add(block.id)


def _block_faults(name: str, block: Block, seen: set[str]) -> Iterator[FieldError]:
    if not 0 < len(block.id) <= MAX_ID:
        yield FieldError(
            f"{name}.id", "A paragraph needs an id of 1 to %(limit)s characters.", {"limit": MAX_ID}
        )
    elif block.id in seen:
        yield FieldError(
            f"{name}.id", "Two paragraphs have the id %(id)s. Give each its own.", {"id": block.id}
        )
    if not block.text:
        yield FieldError(f"{name}.text", "This paragraph is empty. Write something, or take it out.")
    if not 0 <= block.level <= MAX_LEVEL:
        yield FieldError(f"{name}.level", "Choose a level from 0 to %(limit)s.", {"limit": MAX_LEVEL})
    yield from _mark_faults(f"{name}.marks", block)


def _mark_faults(name: str, block: Block) -> Iterator[FieldError]:
    if not block.marks:
        return
    if len(block.marks) > MAX_MARKS:
        yield FieldError(name, "At most %(limit)s marks fit into one paragraph.", {"limit": MAX_MARKS})
        return
    if not all(0 <= mark.start < mark.end <= len(block.text) for mark in block.marks):
        yield FieldError(name, "A mark lies outside the text. Mark the words again.")
    for kind in MarkKind:
        if any(left.end > right.start for left, right in pairwise(m for m in block.marks if m.kind is kind)):
            yield FieldError(name, "Two marks of the same kind lie over each other. Take one off.")
    if any(len(mark.value) > MAX_ADDRESS for mark in block.marks):
        yield FieldError(
            name, "An address is longer than %(limit)s characters. Shorten it.", {"limit": MAX_ADDRESS}
        )
    elif not all(leads_well(mark) for mark in block.marks):
        yield FieldError(name, "A link has to begin with https://, http:// or mailto: and name an address.")


def leads_well(mark: Mark) -> bool:
    """Tell whether a mark leads where a reader may be led: a link to the web or to a mailbox, any other nowhere."""
    if mark.kind is not MarkKind.LINK:
        return mark.href is None
    if mark.href is None or not mark.href.isprintable() or " " in mark.href:
        return False
    try:
        parts = urlsplit(mark.href)
        port = parts.port
    except ValueError:
        return False
    return (
        port != 0
        and parts.scheme in _SCHEMES
        and bool(parts.path if parts.scheme == "mailto" else parts.hostname)
    )


def _moved_marks(block: Block, text: str) -> Block:
    """Return the block with the cleaned text; a mark's ends go where the text before them has shrunk to."""
    whole, places = traced(block.text)
    leading = len(whole) - len(whole.lstrip())

    def place(offset: int) -> int:
        return min(max(places[offset] - leading, 0), len(text)) if offset >= 0 else offset

    marks = tuple(
        mark
        if max(mark.start, mark.end) > len(block.text)
        else Mark(mark.kind, place(mark.start), place(mark.end), mark.href)
        for mark in block.marks
    )
    return replace(block, text=text, marks=marks)


def _whole_characters(block: Block) -> Block:
    """Return the block with marks that hold every character they touch as a whole."""
    if not block.marks or block.text.isascii():
        return block
    edges = grapheme_edges(block.text)
    marks = tuple(
        mark
        if not 0 <= mark.start < mark.end <= len(block.text)
        else Mark(
            mark.kind,
            edges[bisect_right(edges, mark.start) - 1],
            edges[bisect_left(edges, mark.end)],
            mark.href,
        )
        for mark in block.marks
    )
    return replace(block, marks=marks)
