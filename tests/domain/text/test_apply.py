from collections.abc import Sequence

import pytest

from service.domain.errors import PreconditionFailed
from service.domain.text import (
    Block,
    BlockKind,
    DeleteBlock,
    Edit,
    InsertBlock,
    Mark,
    Marking,
    MarkKind,
    MoveBlock,
    Operation,
    Restyle,
    apply,
    diff,
)
from tests.domain.text.builders import document, paragraph

BASE = document("One two three.", "Second.", "Third.")
NEW = paragraph("n", "New.")
STYLED = Restyle("a", BlockKind.PARAGRAPH, 0, BlockKind.HEADING, 1)


def test_apply_carries_out_everything_at_once() -> None:
    marked = Block("b", BlockKind.QUOTATION, "Second thoughts.", 1, (Mark(MarkKind.STRONG, 0, 6),))
    amended = (BASE[2], marked, NEW, paragraph("a", "One three."))
    assert apply(BASE, diff(BASE, amended)) == amended
    assert apply(amended, diff(amended, BASE)) == BASE


def test_apply_unmarks_a_part_of_a_marked_range() -> None:
    def marked(*marks: Mark) -> list[Block]:
        return [Block("a", BlockKind.PARAGRAPH, "one two three", marks=marks)]

    emphasis = MarkKind.EMPHASIS
    base = marked(Mark(emphasis, 0, 13), Mark(MarkKind.STRONG, 0, 3))
    amended = marked(Mark(emphasis, 0, 3), Mark(emphasis, 8, 13), Mark(MarkKind.STRONG, 0, 3))
    assert list(apply(base, diff(base, amended))) == amended


@pytest.mark.parametrize(
    ("operations", "reason"),
    [
        ([Edit("z", 0, 3, "One", "1")], "the paragraph z is not there"),
        ([Edit("a", 0, 3, "Uno", "1")], "the paragraph a is not as it was"),
        ([Edit("a", 12, 99, "e.", "")], "the paragraph a is not as it was"),
        ([Marking("a", 0, 3, MarkKind.STRONG, "", None)], "the paragraph a is not as it was"),
        ([Marking("a", 3, 3, MarkKind.STRONG, None, "")], "the paragraph a is not as it was"),
        ([Restyle("a", BlockKind.HEADING, 1, BlockKind.PARAGRAPH, 0)], "the paragraph a is not as it was"),
        ([DeleteBlock(paragraph("b", "Other."))], "the paragraph b is not as it was"),
        ([MoveBlock("c", "a", None)], "the paragraph c is not as it was"),
        ([InsertBlock(None, paragraph("a", "Again."))], "the paragraph a is there already"),
        ([InsertBlock("z", NEW)], "the paragraph z is not there to stand after"),
        ([DeleteBlock(BASE[1]), InsertBlock("b", NEW)], "the paragraph b is not there to stand after"),
        (
            [DeleteBlock(BASE[1]), Edit("b", 0, 6, "Second", "2")],
            "the paragraph b is both struck out and changed",
        ),
        ([Edit("a", 0, 3, "One", "1"), Edit("a", 2, 5, "e t", "")], "two changes meet in the paragraph a"),
        ([Edit("a", 4, 4, "", "x "), Edit("a", 4, 4, "", "y ")], "two changes meet in the paragraph a"),
        ([STYLED, STYLED], "two changes contradict each other at the paragraph a"),
        (
            [InsertBlock("a", NEW), InsertBlock("a", paragraph("m", "More."))],
            "two changes contradict each other at the paragraph m",
        ),
        (
            [MoveBlock("b", "a", "c"), MoveBlock("c", "b", "b")],
            "paragraphs are placed after each other in a circle",
        ),
    ],
)
def test_apply_refuses_what_was_made_for_another_text(operations: Sequence[Operation], reason: str) -> None:
    with pytest.raises(PreconditionFailed) as refusal:
        apply(BASE, operations)
    assert refusal.value.values == {"reason": reason}
