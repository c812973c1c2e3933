"""What an amendment does to its base, exactly: every position is one of the base's own.

Operations are values. Each says what it expects to find, so that it can refuse a text it was not made for.
"""

from dataclasses import dataclass

from service.domain.text.blocks import Block, BlockKind
from service.domain.text.marks import Mark, MarkKind


@dataclass(frozen=True, slots=True)
class Edit:
    """The words `deleted`, at `start` to `end` of a block, give way to the words `inserted`.

    Offsets are code points of the base's text; `marks` are those of the inserted words, counted from
    their first.
    """

    block: str
    start: int
    end: int
    deleted: str
    inserted: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Marking:
    """Words that stay are marked otherwise.

    A value is None where nothing is marked, a link's address, and empty for the other kinds.
    """

    block: str
    start: int
    end: int
    mark: MarkKind
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Restyle:
    """A block becomes another kind of block, or gets another level."""

    block: str
    old_kind: BlockKind
    old_level: int
    kind: BlockKind
    level: int


@dataclass(frozen=True, slots=True)
class InsertBlock:
    """A new block stands after the one named, or at the beginning when `after` is None."""

    after: str | None
    content: Block

    @property
    def block(self) -> str:
        """The new block's id."""
        return self.content.id


@dataclass(frozen=True, slots=True)
class DeleteBlock:
    """A block is struck out with all that it says."""

    content: Block

    @property
    def block(self) -> str:
        """The id of the block struck out."""
        return self.content.id


@dataclass(frozen=True, slots=True)
class MoveBlock:
    """A block that stood after `origin` stands after `after`; None is the beginning."""

    block: str
    origin: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class SplitBlock:
    """A block ends at `start`, and what it says from `end` on becomes a block of its own right after it.

    The words `deleted` between the two give way to the words `inserted` at the end of the one, and to the
    words that `content` holds at the beginning of the other; `content` is the new block as far as it is
    new: its id, kind and level, with the new words alone.
    """

    block: str
    start: int
    end: int
    deleted: str
    inserted: str
    marks: tuple[Mark, ...]
    content: Block


@dataclass(frozen=True, slots=True)
class JoinBlock:
    """A block becomes the end of the one before it, `into`.

    The words `deleted`, at the end of `into` from `start` on, and the words `struck`, at the beginning of the
    block up to `end`, give way to the words `inserted` between the two; `marks` are those of these.
    """

    block: str
    into: str
    start: int
    deleted: str
    end: int
    struck: str
    inserted: str
    marks: tuple[Mark, ...] = ()


Operation = Edit | Marking | Restyle | SplitBlock | JoinBlock | InsertBlock | DeleteBlock | MoveBlock
Placement = InsertBlock | MoveBlock


def touched(operation: Operation) -> tuple[str, ...]:
    """Return the ids of the blocks that an operation changes, makes or takes away."""
    match operation:
        case SplitBlock(block=block, content=content):
            return block, content.id
        case JoinBlock(block=block, into=into):
            return into, block
        case _:
            return (operation.block,)
