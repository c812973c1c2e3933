"""The text core: what differs between two texts, what collides, how it is merged, and who brought which words.

Pure functions over ordered blocks. Offsets are code points. Nothing reads a clock, and nothing depends on the
order in which rows come out of a store.
"""

from service.domain.text.apply import apply
from service.domain.text.blocks import Block, BlockKind, blocks_to_json, canonical_json, digest
from service.domain.text.diff import diff
from service.domain.text.marks import Mark, MarkKind
from service.domain.text.normalise import normalise
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    InsertBlock,
    Marking,
    MoveBlock,
    Operation,
    Restyle,
)
from service.domain.text.provenance import BASE, Provenance, Run

__all__ = [
    "BASE",
    "Block",
    "BlockKind",
    "DeleteBlock",
    "Edit",
    "InsertBlock",
    "Mark",
    "MarkKind",
    "Marking",
    "MoveBlock",
    "Operation",
    "Provenance",
    "Restyle",
    "Run",
    "apply",
    "blocks_to_json",
    "canonical_json",
    "diff",
    "digest",
    "normalise",
]
