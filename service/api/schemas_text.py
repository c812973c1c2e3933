"""Shapes of texts: blocks, and what changes between two of them."""

from collections.abc import Iterable
from typing import Annotated, Literal, TypeAlias

import msgspec
from litestar.params import QueryParameter
from msgspec import Meta, Struct, UnsetType

from service.api.refusals import InvalidRequest
from service.api.schemas import Request
from service.api.settled import settled
from service.domain import text
from service.domain.errors import FieldError
from service.domain.text import (
    BlockKind,
    BlockState,
    MarkKind,
    SpanState,
    describe,
    plain,
    redline,
    summarise,
)

Offset = Annotated[int, Meta(ge=0, le=1_000_000, description="Counted in code points.")]


class Mark(Request, frozen=True):
    """A marked range of a block's text; `href` is a link's address."""

    kind: MarkKind
    start: Offset
    end: Offset
    href: str | None = None


class Block(Struct, frozen=True):
    """One heading, paragraph, list item or quotation; its id is kept from version to version."""

    id: str
    kind: BlockKind
    level: int
    text: str
    marks: tuple[Mark, ...]


class WrittenBlock(Request, frozen=True):
    """A block to write: one that is kept or changed brings its id, a new one may leave it out."""

    kind: BlockKind
    text: str
    id: Annotated[str, Meta(pattern=r"^[0-9A-Za-z_-]{0,64}$", description="Empty for a new block.")] = ""
    level: Annotated[int, Meta(ge=0, le=6, description="The depth of a heading or list item.")] = 0
    marks: tuple[Mark, ...] = ()


BlocksIn = Annotated[
    tuple[WrittenBlock, ...],
    Meta(
        max_length=500,
        description="The whole text, in order. The first block is the title: a heading of level 1.",
    ),
]

Markdown = Annotated[
    str,
    Meta(
        description="The whole text as Markdown: `#` for headings, `-` for list items, `>` for quotations, "
        "`*emphasis*`, `**strong**`, `[links](https://cities.example)`; the rest is paragraphs. Blocks that are "
        "known again keep their ids: those that say the same, or clearly resemble one block alone. Others are new. "
        "What cannot stand is named by its line, counted from 1: `markdown[12]`.",
        examples=[
            (
                "# Fund what lasts after a partnership ends\n\nCalls on the European Commission to reserve *at least* "
                "a tenth of each partnership's budget for its upkeep.\n\n- in the year it ends;\n- in the year after.\n"
            )
        ],
    ),
]

Format = Annotated[
    Literal["json", "text"],
    QueryParameter(
        name="format", description="`json`, or `text` for the same as plain text, as it stands in a mail."
    ),
]

Note = Annotated[str, Meta(description="A word to readers on what this version brings.")]


class Edit(Struct, frozen=True, tag_field="operation", tag="edit"):
    """Words of a block give way to others."""

    block: str
    start: int
    end: int
    deleted: str
    inserted: str
    marks: tuple[Mark, ...]


class Marking(Struct, frozen=True, tag_field="operation", tag="mark"):
    """Words that stay are marked otherwise; null is no mark, empty a mark without an address."""

    block: str
    start: int
    end: int
    mark: MarkKind
    before: str | None
    after: str | None


class Restyle(Struct, frozen=True, tag_field="operation", tag="restyle"):
    """A block becomes another kind of block, or gets another level."""

    block: str
    old_kind: BlockKind
    old_level: int
    kind: BlockKind
    level: int


class InsertBlock(Struct, frozen=True, tag_field="operation", tag="insert_block"):
    """A new block stands after the one named, or at the beginning."""

    block: str
    after: str | None
    content: Block


class DeleteBlock(Struct, frozen=True, tag_field="operation", tag="delete_block"):
    """A block is struck out."""

    block: str
    content: Block


class MoveBlock(Struct, frozen=True, tag_field="operation", tag="move_block"):
    """A block that stood after `origin` stands after `after`; null is the beginning."""

    block: str
    origin: str | None
    after: str | None


class SplitBlock(Struct, frozen=True, tag_field="operation", tag="split_block"):
    """A block ends at `start`; what it says from `end` on becomes the block `content`, after the words given there.

    The words `deleted` between the two are taken out, and `inserted` closes the first.
    """

    block: str
    start: int
    end: int
    deleted: str
    inserted: str
    marks: tuple[Mark, ...]
    content: Block


class JoinBlock(Struct, frozen=True, tag_field="operation", tag="join_block"):
    """A block becomes the end of the one before it, `into`.

    `deleted` is taken from the end of that one, from `start` on, `struck` from the beginning of the block, up to
    `end`; `inserted` stands between the two.
    """

    block: str
    into: str
    start: int
    deleted: str
    end: int
    struck: str
    inserted: str
    marks: tuple[Mark, ...]


Operation: TypeAlias = (
    Edit | Marking | Restyle | SplitBlock | JoinBlock | InsertBlock | DeleteBlock | MoveBlock
)


class Look(Struct, frozen=True):
    """How a stretch of text looks; `href` is empty where it is no link."""

    emphasis: bool
    strong: bool
    href: str


class Piece(Struct, frozen=True):
    """A part of a span that looks the same throughout.

    `was` is how kept words looked before, null where they look the same; `altered` marks the letters that differ
    where a word gives way to a similar one, or the words that differ where others of the stretch stay.
    """

    text: str
    look: Look
    was: Look | None
    altered: bool


class Span(Struct, frozen=True):
    """A stretch of a block's text that is kept, removed or inserted; without details it is plain throughout."""

    state: SpanState
    text: str
    details: tuple[Piece, ...]


class BlockChange(Struct, frozen=True):
    """A block of either text, as a reader sees it changed.

    A split block is new, and holds words of the block `origin_id`; a joined one holds those of `joined`, too.
    """

    state: BlockState
    block_id: str
    before: Block | None
    after: Block | None
    spans: tuple[Span, ...]
    origin_id: str | None
    joined: tuple[Block, ...]


class Difference(Struct, frozen=True):
    """What leads from one text to another: exact operations, the same word by word for reading, and in sentences.

    `summary` tells how many changes there are, and the first of them.
    """

    operations: tuple[Operation, ...]
    changes: tuple[BlockChange, ...]
    sentences: tuple[str, ...]
    summary: str


_OPERATIONS: dict[type[text.Operation], type[Operation]] = {
    text.Edit: Edit,
    text.Marking: Marking,
    text.Restyle: Restyle,
    text.SplitBlock: SplitBlock,
    text.JoinBlock: JoinBlock,
    text.InsertBlock: InsertBlock,
    text.DeleteBlock: DeleteBlock,
    text.MoveBlock: MoveBlock,
}
for _kind in (*_OPERATIONS.values(), Block, Span):
    settled(_kind)


def operation(made: text.Operation) -> Operation:
    """Render one operation."""
    return msgspec.convert(made, _OPERATIONS[type(made)], from_attributes=True)


def block(stored: text.Block) -> Block:
    """Render one block."""
    return msgspec.convert(stored, Block, from_attributes=True)


def blocks(stored: Iterable[text.Block]) -> tuple[Block, ...]:
    """Render the blocks of a text."""
    return tuple(block(one) for one in stored)


def written(sent: Iterable[WrittenBlock]) -> tuple[text.Block, ...]:
    """Return the blocks that a client sent, as the domain knows them."""
    return tuple(
        text.Block(
            b.id, b.kind, b.text, b.level, tuple(text.Mark(m.kind, m.start, m.end, m.href) for m in b.marks)
        )
        for b in sent
    )


def either(
    sent: tuple[WrittenBlock, ...] | UnsetType, markdown: str | UnsetType
) -> tuple[text.Block, ...] | str:
    """Return the text that a client sent in one of the two ways.

    Raises:
        InvalidRequest: it sent none, or both.
    """
    if not isinstance(sent, UnsetType) and isinstance(markdown, UnsetType):
        return written(sent)
    if isinstance(markdown, str) and isinstance(sent, UnsetType):
        return markdown
    raise InvalidRequest(
        errors=[
            FieldError("blocks", "Send the text either in `blocks` or in `markdown`: exactly one of them.")
        ]
    )


def difference(base: tuple[text.Block, ...], amended: tuple[text.Block, ...]) -> Difference:
    """Render what leads from `base` to `amended`."""
    return Difference(
        tuple(operation(made) for made in text.diff(base, amended)),
        tuple(_change(change) for change in redline(base, amended)),
        tuple(sentence.text for sentence in describe(base, amended)),
        summary(base, amended),
    )


def summary(base: tuple[text.Block, ...], amended: tuple[text.Block, ...]) -> str:
    """Render what leads from `base` to `amended` in a line."""
    return " ".join(sentence.text for sentence in summarise(base, amended))


def readable(base: tuple[text.Block, ...], amended: tuple[text.Block, ...]) -> str:
    """Render what leads from `base` to `amended` as plain text: the line, then the blocks that changed."""
    return f"{summary(base, amended)}\n\n{plain(redline(base, amended))}"


def _change(change: text.BlockChange) -> BlockChange:
    return BlockChange(
        change.state,
        change.block.id,
        block(change.before) if change.before is not None else None,
        block(change.after) if change.after is not None else None,
        tuple(msgspec.convert(span, Span, from_attributes=True) for span in change.spans),
        change.origin.id if change.origin is not None else None,
        blocks(change.joined),
    )
