"""The unit of text: a block with a stable id, and the digest of an ordered list of them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from service.domain.text.marks import Mark, canonical


class BlockKind(StrEnum):
    """What a block is in the document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item or quotation; its id is never reused.

    `text` is plain and holds no line ends; `level` is the depth of a heading or list item; `marks` are
    kept in their one canonical form, so that equal blocks look equal.
    """

    id: str
    kind: BlockKind
    text: str
    level: int = 0
    marks: tuple[Mark, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", BlockKind(self.kind))
        object.__setattr__(self, "marks", canonical(self.marks))


def canonical_json(value: object) -> str:
    """Return the one JSON text of a value: sorted keys, no white space, characters as themselves."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def mark_to_json(mark: Mark) -> dict[str, object]:
    """Return a mark as plain JSON values."""
    return {"kind": mark.kind.value, "start": mark.start, "end": mark.end, "href": mark.href}


def block_to_json(block: Block) -> dict[str, object]:
    """Return a block as plain JSON values: id, kind, level, marks, text."""
    return {
        "id": block.id,
        "kind": block.kind.value,
        "level": block.level,
        "marks": [mark_to_json(mark) for mark in block.marks],
        "text": block.text,
    }


def blocks_to_json(blocks: Iterable[Block]) -> list[dict[str, object]]:
    """Return blocks as plain JSON values, in their order; the digest is taken over exactly this."""
    return [block_to_json(block) for block in blocks]


def characters(blocks: Iterable[Block]) -> int:
    """Return how many code points the blocks hold."""
    return sum(len(block.text) for block in blocks)


def digest(blocks: Iterable[Block]) -> str:
    """Return the SHA-256 (hex) of the canonical JSON of the blocks, in UTF-8."""
    return hashlib.sha256(canonical_json(blocks_to_json(blocks)).encode()).hexdigest()
