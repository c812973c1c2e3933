"""The working margin: what lies beside each block of a text, in the order of the text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from service.domain.amendments import ACCEPTED, OPEN
from service.domain.text import Block, BlockChange, BlockState, redline
from service.domain.views.amendments import AmendmentView, CollisionView
from service.domain.views.recommendations import CommentView
from service.web.redlines import passages

HOTTEST = 4


@dataclass
class Margin:
    """One block of a text with what is about it; `number` counts from 1, the title included, as on paper."""

    block: Block
    number: int
    amendments: list[tuple[AmendmentView, tuple[BlockChange, ...]]] = field(default_factory=list)
    settled: list[AmendmentView] = field(default_factory=list)
    collisions: list[CollisionView] = field(default_factory=list)
    comments: list[CommentView] = field(default_factory=list)

    @property
    def heat(self) -> int:
        """How contested the block is, from 0 to 4."""
        open_comments = sum(c.state.value in {"open", "answered"} for c in self.comments)
        return min(HOTTEST, len(self.amendments) + len(self.collisions) + (open_comments + 1) // 2)

    @property
    def busy(self) -> bool:
        """Whether anything lies beside the block."""
        return bool(self.amendments or self.settled or self.comments)


def margins(
    blocks: Sequence[Block],
    amendments: Iterable[AmendmentView],
    collisions: Iterable[CollisionView],
    comments: Iterable[CommentView],
) -> tuple[Margin, ...]:
    """Return the blocks of a text with their margins.

    An amendment that inserts a paragraph lies beside the block that the paragraph follows.
    """
    rows = {block.id: Margin(block, number) for number, block in enumerate(blocks, start=1)}
    first = blocks[0].id
    for amendment in amendments:
        places = _places(amendment, rows, first)
        for block_id, changes in places.items():
            if _stands(amendment):
                rows[block_id].amendments.append((amendment, changes))
            else:
                rows[block_id].settled.append(amendment)
    for collision in {(c.first.id, c.second.id, c.kind, c.block_id): c for c in collisions}.values():
        rows[collision.block_id if collision.block_id in rows else first].collisions.append(collision)
    for comment in comments:
        if comment.block_id in rows:
            rows[comment.block_id].comments.append(comment)
    return tuple(rows.values())


def _stands(amendment: AmendmentView) -> bool:
    return amendment.state in OPEN or (amendment.state in ACCEPTED and amendment.incorporated_in is None)


def _places(
    amendment: AmendmentView, rows: dict[str, Margin], first: str
) -> dict[str, tuple[BlockChange, ...]]:
    short = {change.id: change for change in passages(amendment.base_blocks, amendment.blocks)}
    found: dict[str, tuple[BlockChange, ...]] = {}
    anchor = first
    for change in redline(amendment.base_blocks, amendment.blocks):
        anchor = change.id if change.id in rows else anchor
        if change.state is not BlockState.KEPT:
            found[anchor] = (*found.get(anchor, ()), short[change.id])
    return found
