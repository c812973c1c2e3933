"""A text as Markdown: nothing is lost, anything is read, and work grows no faster than the text."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.domain.errors import Invalid
from service.domain.text import Block, from_markdown, normalise_blocks, to_markdown
from tests.properties.text.strategies import documents, examples, markdown, sign_documents, texts, wild_texts


def bare(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(replace(block, id="") for block in blocks)


@examples
@given(sign_documents() | documents(min_size=1) | documents(of=wild_texts, min_size=1))
def test_every_sound_text_comes_back_as_it_was(blocks: tuple[Block, ...]) -> None:
    with suppress(Invalid):
        sound = normalise_blocks(blocks)
        assert from_markdown(to_markdown(sound)) == bare(sound)


@examples
@given(markdown | wild_texts | texts)
def test_anything_is_read_or_refused_and_has_one_form(written: str) -> None:
    with suppress(Invalid):
        blocks = from_markdown(written)
        again = to_markdown(blocks)
        assert from_markdown(again) == blocks
        assert to_markdown(from_markdown(again)) == again


@examples
@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_half_characters_are_refused_and_nothing_else_happens(written: str) -> None:
    with suppress(Invalid):
        assert from_markdown(written) != ()


FLOODS: dict[str, Callable[[int], str]] = {
    "stars": lambda n: "*" * n,
    "words with stars": lambda n: "*a " * (n // 3),
    "strong that never ends": lambda n: "**a" * (n // 3),
    "brackets": lambda n: "[" * n,
    "closed brackets": lambda n: "[a]" * (n // 3),
    "links that never end": lambda n: "[](" * (n // 3),
    "addresses within each other": lambda n: "[](http://a" * (n // 12) + ")" * (n // 12),
    "one address that never ends": lambda n: "[a](" + "(" * n,
    "pictures": lambda n: "![" * (n // 2),
    "backslashes": lambda n: "\\" * n,
    "spaces": lambda n: "a" + " " * n + "# b",
    "unseen": lambda n: "\u200b" * n,
    "unseen among marks": lambda n: ("\u200b*a* " * 100 + "\n\n") * (n // 502),
    "lines": lambda n: "a\n" * (n // 2),
    "paragraphs": lambda n: "a\n\n" * (n // 3),
    "items": lambda n: "- a\n" * (n // 4),
    "items in items": lambda n: "- " * (n // 2) + "a",
    "lines further and further in": lambda n: "\n".join(" " * at + "- a" for at in range(int((2 * n) ** 0.5))),
    "quotations in quotations": lambda n: ">" * n,
    "quoted lines": lambda n: ">> a\n> b\n" * (n // 9),
    "headings": lambda n: "# " * (n // 2),
    "backticks": lambda n: "".join("`" * at + " " for at in range(int((2 * n) ** 0.5))),
}  # fmt: skip


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_of_signs_is_read_in_time_that_grows_as_it_does(name: str) -> None:
    small, large = 10_000, 100_000
    # Ten times as much takes about ten times as long; what grows with the square would take a hundred.
    assert _spent(FLOODS[name](large)) < 40 * max(_spent(FLOODS[name](small)), 0.02)


def _spent(written: str) -> float:
    """Return the seconds of work that reading takes, the better of two."""
    best = float("inf")
    for _ in range(2):
        begun = process_time()
        with suppress(Invalid):
            from_markdown(written)
        best = min(best, process_time() - begun)
    return best
