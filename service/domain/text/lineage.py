"""Which blocks came from which: one split into several, several joined in one; kept beside each version."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from service.domain.errors import Invalid
from service.domain.text.anchors import Anchor, map_anchor
from service.domain.text.blocks import Block
from service.domain.text.passages import passages


@dataclass(frozen=True, slots=True)
class Descent:
    """From which blocks of the version before it a block came, in the version with this number.

    One block: it was split from that one. More: it was joined out of them, and bears the id of one.
    """

    version: int
    blocks: tuple[str, ...]

    @property
    def joined(self) -> bool:
        """Whether several blocks became one."""
        return len(self.blocks) > 1


Lineage = Mapping[str, tuple[Descent, ...]]
"""Block id to how it came about, the oldest first; a block that was written as it stands is not in it."""


def descended(
    base: Sequence[Block],
    known: Lineage,
    new: Sequence[Block],
    version: int,
    told: Mapping[str, Sequence[str]] | None = None,
) -> dict[str, tuple[Descent, ...]]:
    """Return the lineage of a new version's blocks.

    What an editor tells goes before what the words show; where nobody tells, a block came from another where it holds
    the words that the other has lost.

    Args:
        base: the text of the version before.
        known: its lineage.
        new: the new version's text.
        version: the new version's number.
        told: for blocks of the new text, those of the base that their editor made them of.

    Raises:
        Invalid: a block is told to come from one that the base does not have.
    """
    came = {**dict(_shown(base, new)), **dict(_told(base, new, told or {}))}
    found = {
        block.id: (
            *known.get(block.id, ()),
            *((Descent(version, came[block.id]),) if block.id in came else ()),
        )
        for block in new
    }
    return {block: descents for block, descents in found.items() if descents}


def descendants(lineage: Lineage, block: str) -> tuple[str, ...]:
    """Return the blocks that came from one, straight or over others, in the order of their ids."""
    found: dict[str, None] = {}
    sought = [block]
    while sought:
        parent = sought.pop()
        for child, descents in lineage.items():
            if child not in found and child != block and any(parent in one.blocks for one in descents):
                found[child] = None
                sought.append(child)
    return tuple(sorted(found))


def follow_anchor(
    anchor: tuple[str, int, int], base: Sequence[Block], new: Sequence[Block], lineage: Lineage
) -> Anchor | None:
    """Return where a range of `base` is in `new`, also where its words went with a block that came from its own.

    Where the texts alone do not tell, the words are looked for, letter by letter, in the blocks that are known to come
    from the range's block; found twice, they are not found.

    Raises:
        PreconditionFailed: the range does not lie in `base`.
    """
    block, start, end = anchor
    there = map_anchor(anchor, base, new)
    if there is not None or start == end:
        return there
    words = next(one.text for one in base if one.id == block)[start:end]
    heirs = descendants(lineage, block)
    found = [one for one in new if one.id in heirs for _ in range(one.text.count(words))]
    if len(found) != 1:
        return None
    at = found[0].text.index(words)
    return Anchor(found[0].id, at, at + len(words))


def _shown(base: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for passage in passages(tuple(base), tuple(new)):
        if len(passage.olds) > 1:
            yield passage.news[0].id, tuple(block.id for block in passage.olds)
        for parted in passage.news[1:]:
            yield parted.id, (passage.olds[0].id,)


def _told(
    base: Sequence[Block], new: Sequence[Block], told: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    places = {block.id: at for at, block in enumerate(base)}
    for block in new:
        named = told.get(block.id, ())
        if unknown := [one for one in named if one not in places]:
            raise Invalid.field("lineage", "The version before has no block %(id)s.", id=unknown[0])
        own = {block.id} & places.keys()
        came = tuple(sorted({*named, *own}, key=places.__getitem__))
        if came and set(came) != own:
            yield block.id, came
