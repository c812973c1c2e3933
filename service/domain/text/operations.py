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


Operation = Edit | Marking | Restyle | InsertBlock | DeleteBlock | MoveBlock
Placement = InsertBlock | MoveBlock
