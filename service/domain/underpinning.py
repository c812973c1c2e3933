"""Which claims of a text are underpinned by evidence, and which are not yet."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from service.domain.text import Block, BlockKind

ASSERTING = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM})


@dataclass(frozen=True, slots=True)
class Claim:
    """A block that asserts something; `place` is its number in the text, `evidence_ids` name exactly this block."""

    block: Block
    place: int
    evidence_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Naming:
    """A piece of evidence that names a block of a text, or the text as a whole."""

    evidence_id: str
    block_id: str | None


@dataclass(frozen=True, slots=True)
class Underpinning:
    """The claims of a text; `whole` is evidence for the text as a whole, `lost` names blocks that are gone."""

    claims: tuple[Claim, ...]
    whole: tuple[str, ...]
    lost: tuple[str, ...]

    @property
    def bare(self) -> tuple[Claim, ...]:
        """The claims that no evidence names."""
        return tuple(claim for claim in self.claims if not claim.evidence_ids)


def underpinning(blocks: Sequence[Block], named: Iterable[Naming]) -> Underpinning:
    """Return the claims of a text with their evidence.

    Every paragraph and every list item is a claim, but for the first paragraph, which is the ask: it wants something,
    and says nothing that could be shown. Evidence counts for a claim when it names exactly that block.
    """
    listed = tuple(named)
    ask = next((block.id for block in blocks if block.kind is BlockKind.PARAGRAPH), None)
    claims = tuple(
        Claim(block, place, _of(block.id, listed))
        for place, block in enumerate(blocks, 1)
        if block.kind in ASSERTING and block.id != ask
    )
    there = {block.id for block in blocks}
    return Underpinning(claims, _of(None, listed), _lost(listed, there))


def _of(block_id: str | None, named: Sequence[Naming]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.evidence_id for one in named if one.block_id == block_id))


def _lost(named: Sequence[Naming], there: Collection[str]) -> tuple[str, ...]:
    gone = (one for one in named if one.block_id is not None and one.block_id not in there)
    return tuple(dict.fromkeys(one.evidence_id for one in gone))
