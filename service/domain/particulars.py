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
_SUCCESS = (
    "Success can be seen when",
    "La réussite se verra quand",
    "El éxito se verá cuando",
    "O êxito vê-se quando",
    "يُرى النجاح حين",
)
_DUE = ("By when", "Échéance", "Para cuándo", "Até quando", "الموعد")


@dataclass(frozen=True, slots=True)
class Particular:
    """What a text says of one matter, and the ids of the blocks that say it; empty where it says nothing."""

    text: str = ""
    blocks: tuple[str, ...] = ()


def success_of(blocks: Sequence[Block]) -> Particular:
    """Return what a text says of how its success can be seen, without the words by which that is known."""
    return _found(blocks, _SUCCESS, r"[\s,:]+")


def due_of(blocks: Sequence[Block]) -> Particular:
    """Return by when a text wants what it asks for."""
    return _found(blocks, _DUE, r"\s*:\s*")


def _found(blocks: Sequence[Block], words: Sequence[str], between: str) -> Particular:
    known = "|".join(map(re.escape, words))
    heading = re.compile(rf"(?:{known})\s*[:…]?", re.IGNORECASE)
    opening = re.compile(rf"(?:{known}){between}(?=\S)", re.IGNORECASE)
    for at, block in enumerate(blocks[_FIRST:], _FIRST + 1):
        if block.kind is BlockKind.HEADING and heading.fullmatch(block.text):
            below = list(takewhile(lambda one: one.kind is not BlockKind.HEADING, blocks[at:]))
            if below:
                return Particular(" ".join(one.text for one in below), (block.id, *(one.id for one in below)))
        elif block.kind is BlockKind.PARAGRAPH and (begins := opening.match(block.text)):
            return Particular(block.text[begins.end() :], (block.id,))
    return Particular()
