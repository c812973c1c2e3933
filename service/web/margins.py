"""The working margin: what lies beside each block of a text, in the order of the text.

Where everything lies is told without reading it. Of what it says a first few are read, the rest when somebody asks.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from service.domain.comments import CommentState
from service.domain.overviews import heat
from service.domain.text import Block, BlockChange, BlockState, CollisionKind, redline
from service.domain.views.amendments import AmendmentRef, AmendmentView
from service.domain.views.margins import AmendmentMark, CommentMark, MarginMarks
from service.domain.views.overviews import BlockContest
from service.domain.views.recommendations import CommentView
from service.web.redlines import passages
from service.workflows import margins as lying
from service.workflows import reading
from service.workflows.context import Context

FEW = 6
"""How many of a kind are read at once beside one block, or about the whole."""
AT_ONCE = 60
"""How many of a kind are read at once beside all blocks of a text; where there are many blocks, each has its share."""

# What an amendment does to one block, told without the ids that its new paragraphs happen to have.
Deed = tuple[object, ...]
Told = tuple[AmendmentView, tuple[BlockChange, ...]]


class _Marked(Protocol):
    @property
    def id(self) -> str: ...


M = TypeVar("M", bound=_Marked)
V = TypeVar("V", bound=_Marked)


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording and every amendment that proposes it, in the order of their numbers."""

    amendments: tuple[AmendmentView, ...]
    changes: tuple[BlockChange, ...]


@dataclass(frozen=True, slots=True)
class Tangle:
    """Amendments that hang together at one block because they collide, and the one way in which they do, if it is."""

    refs: tuple[AmendmentMark, ...]
    kind: CollisionKind | None


@dataclass
class Margin:
    """One block of a text with what is about it; `number` counts from 1, the title included, as on paper.

    `told`, `refused` and `heard` are the few of its amendments and comments that have been read.
    """

    block: Block
    number: int
    amendments: list[AmendmentMark] = field(default_factory=list)
    settled: list[AmendmentMark] = field(default_factory=list)
    knots: list[Tangle] = field(default_factory=list)
    comments: list[CommentMark] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    refused: list[AmendmentRef] = field(default_factory=list)
    heard: list[CommentView] = field(default_factory=list)

    @property
    def heat(self) -> int:
        """How contested the block is, from 0 to 4."""
        return heat(len(self.amendments), len(self.knots), len(self.open_comments))

    @property
    def wordings(self) -> tuple[Wording, ...]:
        """What is proposed for the block, as far as it was read: amendments that say the same are told as one."""
        return same_words(self.told)

    @property
    def by_urgency(self) -> list[AmendmentMark]:
        """The amendments, first those that somebody has to decide between."""
        tangled = {ref.id for knot in self.knots for ref in knot.refs}
        return sorted(self.amendments, key=lambda mark: mark.id not in tangled)

    @property
    def open_comments(self) -> tuple[CommentMark, ...]:
        """The comments that still ask for something."""
        return tuple(c for c in self.comments if c.asks)

    @property
    def closed_comments(self) -> tuple[CommentMark, ...]:
        """The comments that are resolved or declined."""
        return tuple(c for c in self.comments if not c.asks)

    @property
    def asked(self) -> tuple[CommentView, ...]:
        """Those of the open comments that have been read."""
        return among(self.heard, self.open_comments)

    @property
    def answered(self) -> tuple[CommentView, ...]:
        """Those of the closed comments that have been read."""
        return among(self.heard, self.closed_comments)

    @property
    def busy(self) -> bool:
        """Whether anything lies beside the block."""
        return bool(self.amendments or self.settled or self.comments)


@dataclass
class Around:
    """All that lies beside a text, and the comments `about` the whole and on blocks that are `gone`."""

    rows: tuple[Margin, ...]
    whole: list[CommentMark] = field(default_factory=list)
    gone: list[CommentMark] = field(default_factory=list)
    about_whole: list[CommentView] = field(default_factory=list)
    about_gone: list[CommentView] = field(default_factory=list)

    @property
    def crowded(self) -> bool:
        """Whether more lies there than is read at once."""
        return (
            len(self.whole) > len(self.about_whole)
            or len(self.gone) > len(self.about_gone)
            or any(
                len(row.amendments) > len(row.told)
                or len(row.settled) > len(row.refused)
                or len(row.comments) > len(row.heard)
                for row in self.rows
            )
        )


def margins(blocks: Sequence[Block], found: MarginMarks) -> Around:
    """Return the blocks of a text with what lies beside them, none of it read yet.

    An amendment that inserts a paragraph lies beside the block that the paragraph follows.
    """
    rows = {block.id: Margin(block, number) for number, block in enumerate(blocks, start=1)}
    first, around = rows[blocks[0].id], Around(tuple(rows.values()))
    for mark in found.amendments:
        for margin in {id(m): m for m in (rows.get(b or "", first) for b in mark.blocks)}.values():
            (margin.amendments if mark.stands else margin.settled).append(mark)
    known = {mark.id: mark for mark in found.amendments}
    for knot in found.knots:
        refs = sorted((known[i] for i in knot.amendments if i in known), key=lambda ref: ref.number or 0)
        rows.get(knot.block or "", first).knots.append(Tangle(tuple(refs), knot.kind))
    for comment in found.comments:
        if comment.block_id is None:
            around.whole.append(comment)
        elif comment.block_id in rows:
            rows[comment.block_id].comments.append(comment)
        else:
            around.gone.append(comment)
    return around


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


def around(ctx: Context, recommendation_id: str, blocks: tuple[Block, ...]) -> Around:
    """Return the blocks of a recommendation's current text with what lies beside them, the first few of it read."""
    found = margins(blocks, lying.marks(ctx, recommendation_id, blocks))
    rows, standing = found.rows, [block.id for block in blocks]
    proposed = shares([row.by_urgency for row in rows])
    decided = shares([row.settled for row in rows])
    asked = shares([_by_urgency(row.open_comments) for row in rows])
    answered = shares([row.closed_comments for row in rows])
    whole, gone = _by_urgency(found.whole)[:FEW], _by_urgency(found.gone)[:FEW]
    amendments = lying.amendments(ctx, _ids(*proposed))
    refs = reading.references(ctx, _ids(*decided))
    comments = lying.comments(ctx, _ids(*asked, *answered, whole, gone))
    for at, row in enumerate(rows):
        row.told = [told(amendments[i], row.block.id, standing) for i in sorted(_ids(proposed[at]))]
        row.refused = [refs[i] for i in sorted(_ids(decided[at]))]
        row.heard = [comments[i] for i in sorted(_ids(asked[at], answered[at]))]
    found.about_whole = [comments[i] for i in sorted(_ids(whole))]
    found.about_gone = [comments[i] for i in sorted(_ids(gone))]
    return found


def told(amendment: AmendmentView, block_id: str, standing: Sequence[str]) -> Told:
    """Return an amendment with what it changes at one block of the current text."""
    return amendment, _places(amendment, standing).get(block_id, ())


def among(views: Iterable[V], marks: Iterable[_Marked]) -> tuple[V, ...]:
    """Return those views that belong to the marks, in their own order."""
    wanted = {mark.id for mark in marks}
    return tuple(view for view in views if view.id in wanted)


def shares(lists: Sequence[Sequence[M]]) -> list[Sequence[M]]:
    """Return the first few of each list: so many of each that they are not too many together."""
    few = next((few for few in range(FEW, 0, -1) if sum(min(few, len(one)) for one in lists) <= AT_ONCE), 0)
    return [one[:few] for one in lists]


def _by_urgency(comments: Iterable[CommentMark]) -> list[CommentMark]:
    """Return comments, first those that nobody has answered yet, then those that ask for something all the same."""
    return sorted(comments, key=lambda c: (c.state is not CommentState.OPEN, not c.asks))


def _ids(*lists: Iterable[_Marked]) -> set[str]:
    return {mark.id for one in lists for mark in one}


def same_words(amendments: Iterable[Told]) -> tuple[Wording, ...]:
    """Return amendments with what they change, those that say the same as one, in the order of the first of each."""
    found: dict[Deed, list[Told]] = {}
    for amendment, changes in amendments:
        found.setdefault(_deed(amendment, changes), []).append((amendment, changes))
    return tuple(Wording(tuple(a for a, _ in group), group[0][1]) for group in found.values())


def _deed(amendment: AmendmentView, changes: Sequence[BlockChange]) -> Deed:
    # What is shown may leave out words that stay, so two amendments are compared by all of theirs.
    here = {change.id for change in changes}
    whole = (c for c in redline(amendment.base_blocks, amendment.blocks) if c.id in here)
    return (amendment.base_version.id, *((c.state, c.kind, c.spans) for c in whole))


def _places(amendment: AmendmentView, standing: Sequence[str]) -> dict[str, tuple[BlockChange, ...]]:
    short = {change.id: change for change in passages(amendment.base_blocks, amendment.blocks)}
    found: dict[str, tuple[BlockChange, ...]] = {}
    anchor = standing[0]
    for change in redline(amendment.base_blocks, amendment.blocks):
        anchor = change.id if change.id in standing else anchor
        if change.state is not BlockState.KEPT:
            found[anchor] = (*found.get(anchor, ()), short[change.id])
    return found
