"""Beside which block an amendment lies follows from what it does alone."""

import pytest

from service.domain.text import Block, beside, diff
from tests.domain.text.builders import document, paragraph, rewritten

BASE = document("First words.", "Second words.", "Third words.")
FIRST, SECOND, THIRD = BASE
NEW, NEWER = paragraph("n", "New."), paragraph("m", "Newer still.")


@pytest.mark.parametrize(
    ("amended", "standing", "expected"),
    [
        (rewritten(BASE, b="Second thoughts."), "abc", ("b",)),
        (rewritten(BASE, a="First thoughts.", c="Third thoughts."), "abc", ("a", "c")),
        ((FIRST, SECOND, NEW, NEWER, THIRD), "abc", ("b",)),
        ((NEW, *BASE), "abc", (None,)),
        ((FIRST, THIRD), "abc", ("b",)),
        ((FIRST, THIRD), "ac", ("a",)),
        (rewritten(BASE, a="First thoughts."), "bc", (None,)),
        ((FIRST, SECOND, NEW, THIRD), "ac", ("a",)),
        ((FIRST, paragraph("b", "Second"), paragraph("d", "words."), THIRD), "abc", ("b",)),
        (BASE, "abc", ()),
    ],
)
def test_an_amendment_lies_beside_what_it_changes_or_follows(
    amended: tuple[Block, ...], standing: str, expected: tuple[str | None, ...]
) -> None:
    assert beside(BASE, diff(BASE, amended), set(standing)) == expected


def test_a_block_that_is_moved_lies_where_it_is() -> None:
    assert "c" in beside(BASE, diff(BASE, (THIRD, FIRST, SECOND)), {"a", "b", "c"})
