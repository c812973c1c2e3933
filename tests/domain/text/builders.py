"""Short ways to write texts down in tests."""

from collections.abc import Callable

import pytest

from service.domain.errors import Invalid
from service.domain.text import Block, BlockKind


def paragraph(name: str, text: str) -> Block:
    return Block(name, BlockKind.PARAGRAPH, text)


def document(*texts: str) -> tuple[Block, ...]:
    """Paragraphs with the ids a, b, c and so on."""
    return tuple(paragraph(chr(ord("a") + at), text) for at, text in enumerate(texts))


def rewritten(base: tuple[Block, ...], **texts: str) -> tuple[Block, ...]:
    """The base with the paragraphs named saying something else."""
    return tuple(paragraph(block.id, texts.get(block.id, block.text)) for block in base)


def told(blocks: tuple[Block, ...] | None) -> list[str] | None:
    return None if blocks is None else [block.text for block in blocks]


def faults(act: Callable[[], object]) -> list[tuple[str, str]]:
    """The fields that a refusal names, with what it says of each."""
    with pytest.raises(Invalid) as refusal:
        act()
    return [(error.field, error.message) for error in refusal.value.errors]
