"""Paragraphs as a word processor keeps them: words and paragraph ends, each kept, inserted or struck out."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from service.domain.errors import Invalid
from service.domain.text import Block, BlockKind, Look
from service.domain.word.remarks import Ignored

LARGEST: Final = 10 * 1024 * 1024
"""Bytes of a document that somebody hands in."""
MOST_PARAGRAPHS: Final = 2_000
MOST_CHARACTERS: Final = 600_000
"""What is read of a document: a text has a quarter of that, and what was struck out stands there, too."""

PLAIN: Final = Look()
MOVED: Final = "moved_"
"""Begins the bookmark of a paragraph at the place where it was moved to."""
_OWN: Final = "b_"
_HASHED: Final = "h_"
_NAME: Final = re.compile(r"[0-9A-Z_]{1,30}")


class Change(StrEnum):
    """What became of words, or of the end of a paragraph; `dropped` is what was inserted and struck out again."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    DROPPED = "dropped"

    @property
    def was_there(self) -> bool:
        """Whether it stood there before anything was changed."""
        return self in {Change.KEPT, Change.DELETED}

    @property
    def is_there(self) -> bool:
        """Whether it stands there once every change is accepted."""
        return self in {Change.KEPT, Change.INSERTED}


@dataclass(frozen=True, slots=True)
class Run:
    """Words that share a fate and a look; `was` is how kept words looked before, None where that is the same."""

    text: str
    change: Change = Change.KEPT
    look: Look = PLAIN
    was: Look | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph with its bookmarks; its end is inserted where it was split, and deleted where it was joined.

    `style` names how it is set, such as `list 2`; it is empty where a document uses one of its own. `was` is the style
    that it had before, empty where it is the same.
    """

    runs: tuple[Run, ...]
    end: Change = Change.KEPT
    names: tuple[str, ...] = ()
    style: str = ""
    was: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which text a document holds: what goes out with it, and is believed only where it fits."""

    recommendation: str
    version: str
    number: int
    digest: str
    amendment: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A document to write: a text as it was, as somebody would have it, and what stands around it.

    `author` and `at` are whose changes they are and of when; `head` and `foot` stand on every page.
    """

    stamp: Stamp
    title: str
    language: str
    base: tuple[Block, ...]
    blocks: tuple[Block, ...]
    author: str
    at: datetime
    head: str = ""
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that was read: what it says of itself, its paragraphs, and how often it holds what cannot be taken."""

    stamp: Mapping[str, str]
    paragraphs: tuple[Paragraph, ...]
    ignored: Mapping[str, int] = field(default_factory=dict)

    def count(self, what: Ignored) -> int:
        """Return how often the document holds something that is not taken."""
        return self.ignored.get(what.value, 0)


def merged(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return the runs with neighbours that share a fate and a look made one; what was dropped is left out."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if run.change is Change.DROPPED:
            continue
        if last is not None and (last.change, last.look, last.was) == (run.change, run.look, run.was):
            found[-1] = Run(last.text + run.text, run.change, run.look, run.was)
        else:
            found.append(run)
    return tuple(found)


def bookmark(block_id: str) -> str:
    """Return the name of a block's bookmark: word processors take few signs in it, and do not tell small from great."""
    if _NAME.fullmatch(block_id):
        return f"{_OWN}{block_id}"
    return f"{_HASHED}{hashlib.sha256(block_id.encode()).hexdigest()[:30]}"


def style_of(block: Block, at: int) -> str:
    """Return the style in which a block is set at its place, counted from 0."""
    if block.kind is BlockKind.HEADING:
        return "title" if at == 0 else f"heading {max(block.level, 1)}"
    if block.kind is BlockKind.LIST_ITEM:
        return f"list {max(block.level, 1)}"
    if block.kind is BlockKind.QUOTATION:
        return "quote"
    return "ask" if at == 1 else "body"


def form_of(style: str, at: int) -> tuple[BlockKind, int]:
    """Return the kind and level of a block that somebody set in a style at a place, counted from 0."""
    name, _, number = style.partition(" ")
    if at == 0:
        return BlockKind.HEADING, 1
    if name in {"heading", "title"}:
        return BlockKind.HEADING, max(int(number or "2"), 2)
    if name == "list":
        return BlockKind.LIST_ITEM, int(number)
    return BlockKind.QUOTATION if name == "quote" else BlockKind.PARAGRAPH, 0


def too_large() -> Invalid:
    """Return the refusal of a document beyond the limits."""
    return Invalid.field(
        "file",
        "This document is too large: at most 10 megabytes and %(limit)s paragraphs. Take out pictures and other texts.",
        limit=MOST_PARAGRAPHS,
    )


def not_a_document() -> Invalid:
    """Return the refusal of what is no Word document."""
    return Invalid.field(
        "file", "This is no Word document. Save it as “Word document (.docx)”, and choose it again."
    )


def damaged() -> Invalid:
    """Return the refusal of a document that ends or breaks in the middle, or holds what no word processor writes."""
    return Invalid.field(
        "file", "This document is damaged. Open it in your word processor, and save it anew."
    )
