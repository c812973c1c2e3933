"""The working margin: what lies beside each block of a text, in the order of the text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from service.domain.amendments import stands
from service.domain.comments import UNSETTLED
from service.domain.overviews import heat
from service.domain.text import Block, BlockChange, BlockState, CollisionKind, redline
from service.domain.views.amendments import AmendmentRef, AmendmentView, CollisionView
from service.domain.views.overviews import BlockContest
from service.domain.views.recommendations import CommentView
from service.web.redlines import passages

# What an amendment does to one block, told without the ids that its new paragraphs happen to have.
Deed = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording and every amendment that proposes it, in the order of their numbers."""

    amendments: tuple[AmendmentView, ...]
    changes: tuple[BlockChange, ...]


@dataclass(frozen=True, slots=True)
class Knot:
    """Amendments that hang together at one block because they collide, and the ways in which they do."""

    refs: tuple[AmendmentRef, ...]
    kinds: tuple[CollisionKind, ...]


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
        return heat(len(self.amendments), len(self.knots), len(self.open_comments))

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """What is proposed for the block: amendments that say the same are told as one."""
        return same_words(self.amendments)

    @property
    def knots(self) -> tuple[Knot, ...]:
        """Where not everything can stand: amendments that collide here, straight or over a third one."""
        return tuple(_knots([c for c in self.collisions if c.kind.blocks_merge]))

    @property
    def open_comments(self) -> tuple[CommentView, ...]:
        """The comments that still ask for something."""
        return tuple(c for c in self.comments if c.state in UNSETTLED)

    @property
    def closed_comments(self) -> tuple[CommentView, ...]:
        """The comments that are resolved or declined."""
        return tuple(c for c in self.comments if c.state not in UNSETTLED)

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
            if stands(amendment.state, amendment.incorporated_in):
                rows[block_id].amendments.append((amendment, changes))
            else:
                rows[block_id].settled.append(amendment)
    for collision in {(c.first.id, c.second.id, c.kind, c.block_id): c for c in collisions}.values():
        rows[collision.block_id if collision.block_id in rows else first].collisions.append(collision)
    for comment in comments:
        if comment.block_id in rows:
            rows[comment.block_id].comments.append(comment)
    return tuple(rows.values())


def contests(recommendation_id: str, rows: Iterable[Margin]) -> tuple[BlockContest, ...]:
    """Return what is asked of each block of a text, in numbers; blocks of which nothing is asked are left out."""
    return tuple(
        BlockContest(
            recommendation_id,
            row.block.id,
            len(row.amendments),
            sum(len(knot.refs) for knot in row.knots),
            len(row.open_comments),
        )
        for row in rows
        if row.heat
    )


def same_words(
    amendments: Iterable[tuple[AmendmentView, tuple[BlockChange, ...]]],
) -> tuple[Wording, ...]:
    """Return amendments with what they change, those that say the same as one, in the order of the first of each."""
    found: dict[Deed, list[tuple[AmendmentView, tuple[BlockChange, ...]]]] = {}
    for amendment, changes in amendments:
        found.setdefault(_deed(amendment, changes), []).append((amendment, changes))
    return tuple(Wording(tuple(a for a, _ in group), group[0][1]) for group in found.values())


def _deed(amendment: AmendmentView, changes: Sequence[BlockChange]) -> Deed:
    # What is shown may leave out words that stay, so two amendments are compared by all of theirs.
    here = {change.id for change in changes}
    whole = (c for c in redline(amendment.base_blocks, amendment.blocks) if c.id in here)
    return (amendment.base_version.id, *((c.state, c.kind, c.spans) for c in whole))


def _knots(collisions: Sequence[CollisionView]) -> Iterable[Knot]:
    groups: list[tuple[dict[str, AmendmentRef], dict[CollisionKind, None]]] = []
    for collision in collisions:
        refs = {ref.id: ref for ref in (collision.first, collision.second)}
        kinds = {collision.kind: None}
        apart = []
        for known, sorts in groups:
            if known.keys() & refs.keys():
                refs, kinds = known | refs, sorts | kinds
            else:
                apart.append((known, sorts))
        groups = [*apart, (refs, kinds)]
    for refs, kinds in groups:
        yield Knot(tuple(sorted(refs.values(), key=lambda ref: ref.number or 0)), tuple(kinds))


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
