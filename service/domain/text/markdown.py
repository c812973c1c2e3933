r"""A text as Markdown, and back: a small subset, without loss for whatever a text holds.

- `# ` to `###### ` begin a heading of that level.
- `- ` begins a list item; `*` and `+` are read as well. What is indented below an item is one level deeper; `- - `
  begins an item two levels deep at once. A numbered item is a list item that keeps its number as words, because
  lists here have no numbers of their own.
- `> ` begins a quotation, `> > ` one that is quoted within another.
- Everything else is a paragraph. A blank line ends it; a mere line end in it is a space.
- `*emphasis*`, `**strong emphasis**` and `[a link](https://cities.example)` are read inside any of them.
- A backslash before a sign makes it a character like any other.
- A level that no sign can tell stands in front: `\0# ` is a heading without a level, `\0- ` such a list item, and
  `\3 ` begins a paragraph of level 3.

Whatever else Markdown knows is words: code, pictures, tables, references, HTML. A list item of level 1 and a
quotation of level 0 are those that nothing stands around.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from service.domain.errors import FieldError, Invalid
from service.domain.text.blocks import Block, BlockKind
from service.domain.text.check import MAX_BLOCKS, MAX_LEVEL, normalise_blocks
from service.domain.text.inline import read_inline, write_inline
from service.domain.text.normalise import clean

FIELD: Final = "markdown"
_TAB: Final = 4
_STEP: Final = 2
_SHORT: Final = 1_000
_LINE_END: Final = re.compile(r"\r\n?|\n")
_HASHES: Final = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET: Final = re.compile(r"[-+*]\s+(?=\S)")
_NUMBER: Final = re.compile(r"([0-9]{1,3})[.)]\s+(?=\S)")
_LEVELLED: Final = re.compile(r"\\(?:0([#-])|([1-6]))\s+(?=\S)")
_LOOKS_BEGUN: Final = re.compile(r"(?:#{1,6}|[-+])\s|>")
_LOOKS_NUMBERED: Final = re.compile(r"[0-9]{1,3}(?=[.)]\s)")


@dataclass(slots=True)
class _Lines:
    """A block while its lines are read: what it is, in which line it began, and the lines without their signs."""

    kind: BlockKind
    level: int
    line: int
    written: list[str]

    def go_on(self, written: str) -> None:
        """Add a line; a backslash at the end of the one before made it end there, and is no word."""
        last = self.written[-1]
        if (len(last) - len(last.rstrip("\\"))) % 2:
            self.written[-1] = last[:-1]
        self.written.append(written)

    def block(self, name: str) -> Block:
        """Return the block that the lines say."""
        text, marks = read_inline(" ".join(self.written))
        return Block(name, self.kind, text, self.level, marks)


@dataclass(frozen=True, slots=True)
class Written:
    """What was read of a text: its blocks, without ids, and the line in which each begins, counted from 1."""

    blocks: tuple[Block, ...]
    lines: tuple[int, ...]

    def refused(self, refusal: Invalid) -> Invalid:
        """Return a refusal of the blocks as one of the text: what is wrong with a block is wrong in its line."""
        return Invalid(errors=[replace(error, field=self._place(error)) for error in refusal.errors])

    def _place(self, error: FieldError) -> str:
        _, _, rest = error.field.partition(".")
        return f"{FIELD}.{self.lines[int(rest.partition('.')[0])]}" if rest else FIELD


def to_markdown(blocks: Iterable[Block]) -> str:
    """Return the text as Markdown; read again, it gives the same blocks without their ids."""
    return "".join(f"{line}\n" for line in _lines(blocks))


def from_markdown(text: str) -> tuple[Block, ...]:
    """Return the blocks that a Markdown text says, in their one form and without ids: `recover_ids` finds those.

    Raises:
        Invalid: what `normalise_blocks` refuses, named by the line, counted from 1: `markdown.12`.
    """
    return read_markdown(text).blocks


def read_markdown(text: str) -> Written:
    """Return the blocks that a Markdown text says, with the lines in which they stand.

    Raises:
        Invalid: as `from_markdown`.
    """
    reader = _Reader()
    for number, line in enumerate(_LINE_END.split(text.removeprefix("\ufeff")), start=1):
        reader.take(number, line)
    blocks = [found.block(str(at)) for at, found in enumerate(reader.found[: MAX_BLOCKS + 1])]
    lines = tuple(found.line for found in reader.found)
    try:
        clean_blocks = normalise_blocks(blocks)
    except Invalid as refusal:
        raise Written((), lines).refused(refusal) from None
    return Written(tuple(replace(block, id="") for block in clean_blocks), lines)


@dataclass(slots=True)
class _Reader:
    """Takes one line after the other. `open` is the block that goes on, `items` where the items around it begin."""

    found: list[_Lines] = field(default_factory=list)
    open: _Lines | None = None
    items: list[int] = field(default_factory=list)

    def take(self, number: int, line: str) -> None:
        """Read one line."""
        written = line.strip()
        if _nothing_seen(written):
            self.open = None
            return
        indent = _width(line)
        if written[0] == ">":
            self._quotation(number, written)
        elif heading := _HASHES.match(written):
            self._begin(number, BlockKind.HEADING, len(heading[1]), _unclosed(written[heading.end() :]))
        elif levelled := _LEVELLED.match(written):
            self._levelled(number, levelled, written[levelled.end() :])
        elif bullet := _BULLET.match(written):
            self._item(number, indent, written[bullet.end() :])
        elif (numbered := _NUMBER.match(written)) and self._may_begin(numbered[1]):
            self._nest(indent)
            self._begin(number, BlockKind.LIST_ITEM, len(self.items), written)
        elif self.open is not None:
            self.open.go_on(written)
        else:
            if indent < _STEP:
                self.items.clear()
            self._begin(number, BlockKind.PARAGRAPH, 0, written)

    def _begin(self, number: int, kind: BlockKind, level: int, written: str) -> None:
        begun = _Lines(kind, level, number, [written])
        self.found.append(begun)
        self.open = None if kind is BlockKind.HEADING else begun
        if kind in {BlockKind.HEADING, BlockKind.QUOTATION}:
            self.items.clear()

    def _quotation(self, number: int, written: str) -> None:
        level = -1
        while level < MAX_LEVEL and written[:1] == ">":
            level += 1
            written = written[1:].lstrip()
        if not written:
            self.open = None
        elif self.open is not None and (self.open.kind, self.open.level) == (BlockKind.QUOTATION, level):
            self.open.go_on(written)
        else:
            self._begin(number, BlockKind.QUOTATION, level, written)

    def _levelled(self, number: int, sign: re.Match[str], written: str) -> None:
        self.items.clear()
        if sign[1] == "#":
            self._begin(number, BlockKind.HEADING, 0, _unclosed(written))
        elif sign[1]:
            self._begin(number, BlockKind.LIST_ITEM, 0, written)
        else:
            self._begin(number, BlockKind.PARAGRAPH, int(sign[2]), written)

    def _item(self, number: int, indent: int, written: str) -> None:
        self._nest(indent)
        while len(self.items) < MAX_LEVEL and (bullet := _BULLET.match(written)):
            self.items.append(self.items[-1] + _STEP)
            written = written[bullet.end() :]
        self._begin(number, BlockKind.LIST_ITEM, len(self.items), written)

    def _nest(self, indent: int) -> None:
        """Go to where an item belongs that is indented so far; none is deeper than a text can tell."""
        while self.items and indent < self.items[-1] + _STEP:
            self.items.pop()
        if len(self.items) < MAX_LEVEL:
            self.items.append(indent)

    def _may_begin(self, number: str) -> bool:
        """Tell whether a number begins an item, rather than a line of a paragraph that mentions it."""
        return self.open is None or self.open.kind is BlockKind.LIST_ITEM or number == "1"


def _nothing_seen(written: str) -> bool:
    """Tell whether a line is blank to a reader: characters that nobody sees do not make it otherwise."""
    if not written or written.isprintable():
        return not written
    return len(written) <= _SHORT and not clean(written).strip()


def _width(line: str) -> int:
    indent = line[: len(line) - len(line.lstrip())]
    return sum(_TAB if character == "\t" else 1 for character in indent)


def _unclosed(written: str) -> str:
    """Return the words of a heading without the signs that may close it as well."""
    words = written.rstrip("#")
    return words.rstrip() if words != written and words[-1:].isspace() else written


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    around = 0
    for at, block in enumerate(blocks):
        depth = block.level if block.kind is BlockKind.LIST_ITEM else 0
        if at and not (around and depth):
            yield ""
        words = write_inline(block)
        if block.kind is BlockKind.HEADING:
            yield _heading(block.level, words)
        elif block.kind is BlockKind.QUOTATION:
            yield "> " * (block.level + 1) + ("\\" * words.startswith(">")) + words
        elif depth:
            shared = min(around, depth - 1)
            hidden = "\\" * bool(_BULLET.match(words))
            yield " " * _STEP * shared + "- " * (depth - shared) + hidden + words
        elif block.kind is BlockKind.LIST_ITEM:
            yield f"\\0- {words}"
        else:
            yield f"\\{block.level} {words}" if block.level else _plain(words)
        around = depth


def _heading(level: int, words: str) -> str:
    shown = f"{words[:-1]}\\#" if words.endswith("#") else words
    sign = "#" * level or "\\0#"
    return f"{sign} {shown}"


def _plain(words: str) -> str:
    """Return the words of a paragraph so that they do not look like the beginning of something else."""
    if _LOOKS_BEGUN.match(words):
        return f"\\{words}"
    return _LOOKS_NUMBERED.sub(r"\g<0>\\", words, count=1) if _LOOKS_NUMBERED.match(words) else words
