"""The text core: what differs between two texts, what collides, how it is merged, who brought which words.

Pure functions over ordered blocks. Offsets are code points. Nothing reads a clock, and nothing depends on
the order in which rows come out of a store.
"""

from service.domain.text.anchors import Anchor, map_anchor
from service.domain.text.apply import apply
from service.domain.text.attribute import attribute
from service.domain.text.beside import beside
from service.domain.text.blocks import Block, BlockKind, blocks_to_json, canonical_json, digest
from service.domain.text.check import check_blocks, normalise_blocks
from service.domain.text.claims import CollisionKind
from service.domain.text.codec import (
    blocks_from_json,
    lineage_from_json,
    lineage_to_json,
    operations_from_json,
    operations_to_json,
    provenance_from_json,
    provenance_to_json,
)
from service.domain.text.collisions import Collision, Place, collisions, collisions_of, deed, identical, reach
from service.domain.text.contested import contested, contested_at
from service.domain.text.coverage import Coverage, Missing, Part, Tally, Wish, coverage, measure, share
from service.domain.text.describe import describe, remarks, shortened, summarise
from service.domain.text.diff import diff
from service.domain.text.display import BlockChange, BlockState, redline
from service.domain.text.distance import Distance, distance, distance_of
from service.domain.text.groups import Covers, Group, GroupKind, groups, wordings
from service.domain.text.knots import Knot, knots
from service.domain.text.lineage import Descent, Lineage, descendants, descended, follow_anchor
from service.domain.text.looks import Look
from service.domain.text.markdown import Written, from_markdown, read_markdown, to_markdown
from service.domain.text.marks import Mark, MarkKind
from service.domain.text.meetings import Meetings
from service.domain.text.merge import Merged, merge
from service.domain.text.normalise import normalise
from service.domain.text.operations import (
    DeleteBlock,
    Edit,
    InsertBlock,
    JoinBlock,
    Marking,
    MoveBlock,
    Operation,
    Restyle,
    SplitBlock,
    touched,
)
from service.domain.text.plain import plain
from service.domain.text.provenance import BASE, Provenance, Run
from service.domain.text.rebase import Outcome, Rebased, RebasedOperation, rebase
from service.domain.text.recover import recover_ids
from service.domain.text.resolutions import Resolution
from service.domain.text.sentences import Sentence, counted
from service.domain.text.spans import Piece, Span, SpanState, pieces_of, word_spans

__all__ = [
    "BASE",
    "Anchor",
    "Block",
    "BlockChange",
    "BlockKind",
    "BlockState",
    "Collision",
    "CollisionKind",
    "Coverage",
    "Covers",
    "DeleteBlock",
    "Descent",
    "Distance",
    "Edit",
    "Group",
    "GroupKind",
    "InsertBlock",
    "JoinBlock",
    "Knot",
    "Lineage",
    "Look",
    "Mark",
    "MarkKind",
    "Marking",
    "Meetings",
    "Merged",
    "Missing",
    "MoveBlock",
    "Operation",
    "Outcome",
    "Part",
    "Piece",
    "Place",
    "Provenance",
    "Rebased",
    "RebasedOperation",
    "Resolution",
    "Restyle",
    "Run",
    "Sentence",
    "Span",
    "SpanState",
    "SplitBlock",
    "Tally",
    "Wish",
    "Written",
    "apply",
    "attribute",
    "beside",
    "blocks_from_json",
    "blocks_to_json",
    "canonical_json",
    "check_blocks",
    "collisions",
    "collisions_of",
    "contested",
    "contested_at",
    "counted",
    "coverage",
    "deed",
    "descendants",
    "descended",
    "describe",
    "diff",
    "digest",
    "distance",
    "distance_of",
    "follow_anchor",
    "from_markdown",
    "groups",
    "identical",
    "knots",
    "lineage_from_json",
    "lineage_to_json",
    "map_anchor",
    "measure",
    "merge",
    "normalise",
    "normalise_blocks",
    "operations_from_json",
    "operations_to_json",
    "pieces_of",
    "plain",
    "provenance_from_json",
    "provenance_to_json",
    "reach",
    "read_markdown",
    "rebase",
    "recover_ids",
    "redline",
    "remarks",
    "share",
    "shortened",
    "summarise",
    "to_markdown",
    "touched",
    "word_spans",
    "wordings",
]
