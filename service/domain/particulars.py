"""Which words of a recommendation say when it has succeeded, and by when it is due.

They are words of the text like all others: they are amended, translated, endorsed and covered by its digest. They are
known by how they begin, or by the heading above them; the paper prints them in a place of their own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from service.domain.text import Block, BlockKind

_FIRST = 2


@dataclass(frozen=True, slots=True)
class Particular:
    """What a text says of one matter, and the ids of the blocks that say it; empty where it says nothing."""

    text: str = ""
    blocks: tuple[str, ...] = ()


class _Opening:
    """The words by which a matter is known, in a heading above it or at the beginning of its paragraph."""

    def __init__(self, words: Sequence[str], between: str) -> None:
        known = "|".join(map(re.escape, words))
        self._heading = re.compile(rf"(?:{known})\s*[:…]?", re.IGNORECASE)
        self._paragraph = re.compile(rf"(?:{known}){between}(?=\S)", re.IGNORECASE)

    def heads(self, block: Block) -> bool:
        """Tell whether a block is a heading above the matter."""
        return block.kind is BlockKind.HEADING and self._heading.fullmatch(block.text) is not None

    def told_in(self, block: Block) -> str:
        """Return what a paragraph says behind these words; nothing where it does not begin with them."""
        begins = self._paragraph.match(block.text) if block.kind is BlockKind.PARAGRAPH else None
        return block.text[begins.end() :] if begins else ""


_SUCCESS = _Opening(
    (
        "Success can be seen when",
        "La réussite se verra quand",
        "El éxito se verá cuando",
        "O êxito vê-se quando",
        "يُرى النجاح حين",
    ),
    r"[\s,:]+",
)
_DUE = _Opening(("By when", "Échéance", "Para cuándo", "Até quando", "الموعد"), r"\s*:\s*")


def success_of(blocks: Sequence[Block]) -> Particular:
    """Return what a text says of how its success can be seen, without the words by which that is known."""
    return _found(blocks, _SUCCESS, _DUE)


def due_of(blocks: Sequence[Block]) -> Particular:
    """Return by when a text wants what it asks for."""
    return _found(blocks, _DUE, _SUCCESS)


def _found(blocks: Sequence[Block], sought: _Opening, other: _Opening) -> Particular:
    for at, block in enumerate(blocks[_FIRST:], _FIRST + 1):
        if sought.heads(block):
            below = list(takewhile(lambda one: not _ends(one, other), blocks[at:]))
            if below:
                return Particular(" ".join(one.text for one in below), (block.id, *(one.id for one in below)))
        elif told := sought.told_in(block):
            return Particular(told, (block.id,))
    return Particular()


def _ends(block: Block, other: _Opening) -> bool:
    """Tell whether what stands below a heading ends before a block: a heading, or where the other matter begins."""
    return block.kind is BlockKind.HEADING or bool(other.told_in(block))
