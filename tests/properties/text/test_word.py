"""What goes out as paragraphs with tracked changes comes back as exactly the text that it was."""

from contextlib import suppress

from hypothesis import given

from service.domain.errors import Invalid
from service.domain.text import Block, normalise_blocks
from service.domain.word import Paper, Paragraph, read, written
from tests.properties.text.strategies import amendments, examples


def words(blocks: tuple[Block, ...]) -> list[tuple[object, ...]]:
    return [(block.text, block.marks) for block in blocks]


def before(paragraphs: tuple[Paragraph, ...]) -> str:
    return "".join(run.text for p in paragraphs for run in p.runs if run.change.was_there)


@examples
@given(amendments(1))
def test_a_text_and_its_amendment_come_back(texts: tuple[tuple[Block, ...], list[tuple[Block, ...]]]) -> None:
    with suppress(Invalid):
        base, amended = normalise_blocks(texts[0]), normalise_blocks(texts[1][0])
        paragraphs = written(base, amended)
        assert sorted(before(paragraphs)) == sorted("".join(block.text for block in base))
        assert words(read(Paper({}, paragraphs), base).blocks) == words(amended)
