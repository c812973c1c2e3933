"""The demonstration's keyed texts as blocks of a version, and back."""

from collections.abc import Sequence
from dataclasses import dataclass

from service.demo.content.model import BlockText
from service.domain.text import Block, BlockKind
from service.domain.text.marks import Mark, MarkKind
from service.domain.views.recommendations import VersionView


@dataclass(frozen=True, slots=True)
class Text:
    """The current version of a recommendation, with the ids of its blocks by their keys."""

    version_id: str
    digest: str
    ids: dict[str, str]

    def blocks(self, texts: Sequence[BlockText]) -> tuple[Block, ...]:
        """Return the texts as blocks: those of the version under their ids, those that are new without one."""
        return as_blocks(texts, self.ids)


def as_blocks(texts: Sequence[BlockText], ids: dict[str, str]) -> tuple[Block, ...]:
    """Return the texts as blocks, with the ids that are known for their keys."""
    return tuple(
        Block(ids.get(one.key, ""), BlockKind(one.kind), one.text, one.level, _marks(one)) for one in texts
    )


def _marks(block: BlockText) -> tuple[Mark, ...]:
    return tuple(
        Mark(MarkKind(mark.kind), start, start + len(mark.phrase), mark.href)
        for mark in block.marks
        for start in (block.text.index(mark.phrase),)
    )


def text_of(version: VersionView, texts: Sequence[BlockText]) -> Text:
    """Return the version as one whose blocks are known by the keys of `texts`.

    Raises:
        ValueError: the version does not read as the texts do.
    """
    if [block.text for block in version.blocks] != [one.text for one in texts]:
        raise ValueError(f"version {version.number} does not read as it was written: {texts[0].text}")
    ids = {one.key: block.id for one, block in zip(texts, version.blocks, strict=True)}
    return Text(version.id, version.digest, ids)
