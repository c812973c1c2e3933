"""A text under an editor's hands: blocks split, joined, moved, added, struck out; each knows what it was made of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from service.domain.errors import Invalid
from service.domain.text.blocks import Block, BlockKind
from service.domain.text.marks import canonical, cut
from service.domain.text.tokens import grapheme_edges, sentence_starts

FRESH: Final = "new-"


@dataclass(frozen=True, slots=True)
class Row:
    """A block as it is being edited, and the blocks of the version before that its words were taken from."""

    block: Block
    came: tuple[str, ...] = ()

    @property
    def kept(self) -> bool:
        """Whether it bears the id of a block of the version before."""
        return self.block.id in self.came


Rows = tuple[Row, ...]


def begun(base: Sequence[Block]) -> Rows:
    """Return a version's blocks, nothing changed yet."""
    return tuple(Row(block, (block.id,)) for block in base)


def split(rows: Rows, name: str, at: int) -> Rows:
    """Return the rows with a block parted before the character at `at`; what looks like one character stays whole.

    Raises:
        Invalid: nothing would stand before or after that place.
    """
    place = _place(rows, name)
    block = rows[place].block
    at = next((edge for edge in grapheme_edges(block.text) if edge >= at), len(block.text))
    head, tail = block.text[:at].rstrip(), block.text[at:].lstrip()
    if not head or not tail:
        raise Invalid.field(f"text.{name}", "Choose a place between two words of this block.")
    begins = len(block.text) - len(tail)
    first = replace(block, text=head, marks=canonical(cut(block.marks, 0, len(head))))
    second = replace(
        block, id=fresh(rows), text=tail, marks=canonical(cut(block.marks, begins, len(block.text)))
    )
    return (
        *rows[:place],
        replace(rows[place], block=first),
        Row(second, rows[place].came),
        *rows[place + 1 :],
    )


def join(rows: Rows, name: str) -> Rows:
    """Return the rows with a block and the one after it made one; it keeps the id that the version before knows."""
    place = _place(rows, name)
    if not 0 < place < len(rows) - 1:
        return rows
    one, other = rows[place], rows[place + 1]
    seam = " " if one.block.text and other.block.text else ""
    start = len(one.block.text) + len(seam)
    marks = (*one.block.marks, *cut(other.block.marks, 0, len(other.block.text), to=start))
    survivor = other if other.kept and not one.kept else one
    whole = replace(
        one.block,
        id=survivor.block.id,
        text=f"{one.block.text}{seam}{other.block.text}",
        marks=canonical(marks),
    )
    came = tuple(dict.fromkeys((*one.came, *other.came)))
    return (*rows[:place], Row(whole, came), *rows[place + 2 :])


def move(rows: Rows, name: str, by: int) -> Rows:
    """Return the rows with a block moved up or down by so many places; the title stays first."""
    place = _place(rows, name)
    if place == 0:
        return rows
    rest = [*rows[:place], *rows[place + 1 :]]
    rest.insert(min(max(place + by, 1), len(rest)), rows[place])
    return tuple(rest)


def insert(rows: Rows, name: str, *, before: bool = False) -> Rows:
    """Return the rows with an empty paragraph beside a block; nothing stands before the title."""
    place = _place(rows, name)
    place += 0 if before and place else 1
    return (*rows[:place], Row(Block(fresh(rows), BlockKind.PARAGRAPH, "")), *rows[place:])


def strike(rows: Rows, name: str) -> Rows:
    """Return the rows without a block; the title stays."""
    place = _place(rows, name)
    return (*rows[:place], *rows[place + 1 :]) if place else rows


def fresh(rows: Rows) -> str:
    """Return a name for a new block that no other bears; it lasts until the text is saved."""
    taken = {row.block.id for row in rows}
    return next(
        name for name in (f"{FRESH}{number}" for number in range(1, len(rows) + 2)) if name not in taken
    )


def sentence_ends(text: str) -> Iterator[tuple[int, str]]:
    """Yield the places between two sentences, each with the sentence that ends there."""
    starts = sentence_starts(text)
    for begin, end in pairwise(starts):
        yield end, text[begin:end].strip()


def origins(rows: Rows) -> Mapping[int, tuple[str, ...]]:
    """Return for each block that was made of others, by its place, of which."""
    return {at: row.came for at, row in enumerate(rows) if set(row.came) != {row.block.id} and row.came}


def _place(rows: Rows, name: str) -> int:
    found = next((at for at, row in enumerate(rows) if row.block.id == name), None)
    if found is None:
        raise Invalid.field("blocks", "This block is no longer in the text.")
    return found
